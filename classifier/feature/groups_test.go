package feature

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"commentdesk/classifier/text"
)

func groupLines() []string { return strings.Split(strings.TrimSuffix(groupList, "\n"), "\n") }

func TestGroupsAreSortedAndUnique(t *testing.T) {
	lines := groupLines()
	if !slices.IsSorted(lines) {
		t.Error("groups.txt is not sorted")
	}
	if distinct := slices.Compact(slices.Clone(lines)); len(distinct) != len(lines) {
		t.Errorf("%d of %d lines stand twice", len(lines)-len(distinct), len(lines))
	}
	if len(lines) < 900 || len(lines) > 1500 {
		t.Errorf("%d groups; 900 to 1500 are few enough to read and enough to cover the world", len(lines))
	}
}

func TestGroupsAreLowerCaseLetters(t *testing.T) {
	for _, line := range groupLines() {
		if line == "" || strings.ContainsFunc(line, func(r rune) bool { return r != '-' && !unicode.IsLower(r) }) {
			t.Errorf("%q is not lower-case letters and hyphens", line)
		}
	}
}

// A line that text reads otherwise could never match.
func TestEveryGroupIsReadAsOneWord(t *testing.T) {
	var read text.Text
	for _, line := range groupLines() {
		read.Read(line)
		if len(read.Words) != 1 || string(read.Form(read.Words[0])) != line {
			t.Errorf("%q is read as %d words", line, len(read.Words))
		}
	}
}

func TestIsGroup(t *testing.T) {
	for word, want := range map[string]bool{
		"muslim": true, "german": true, "germans": true, "black": true, "deaf": true, "transgender": true, "women": true, "women's": true,
		"old": true, "taoist": true, "immigrants": true, "québécois": true,
		"germany": false, "turkey": false, "straight": false, "liberal": false, "conservative": false, "democrat": false, "teacher": false,
		"mother": false, "idiot": false, "muslims'": false, "'s": false, "": false,
	} {
		if got := isGroup([]byte(word)); got != want {
			t.Errorf("isGroup(%q) is %v", word, got)
		}
	}
}

func TestIsGroupDoesNotAllocate(t *testing.T) {
	words := [][]byte{[]byte("women's"), []byte("harbour"), []byte("québécoise")}
	groups()
	if n := testing.AllocsPerRun(100, func() {
		for _, word := range words {
			isGroup(word)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
