package view

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestFoldKeepsTheText folds random pieces: together they are what they were, and a long text is folded near the limit.
func TestFoldKeepsTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.RuneFrom([]rune("aä🙂 \n")), 1, 900, -1)
		var pieces []Piece
		for i, text := range rapid.SliceOfN(word, 0, 14).Draw(t, "texts") {
			pieces = append(pieces, Piece{Text: text, Class: []string{"", "counts"}[i%2]})
		}
		joined := func(pieces []Piece) (all string) {
			for _, piece := range pieces {
				all += piece.Text
			}
			return all
		}
		first, rest := fold(pieces)
		if got := joined(first) + joined(rest); got != joined(pieces) {
			t.Fatalf("%d characters became %d", characters(pieces), utf8.RuneCountInString(got))
		}
		if long := characters(pieces) > foldAfter+foldLeast; long != (len(rest) > 0) || long && characters(first) > foldAfter+900 {
			t.Errorf("of %d characters %d are shown, %d folded", characters(pieces), characters(first), characters(rest))
		}
	})
	first, rest := fold([]Piece{{Text: strings.Repeat("word ", 2000)}})
	if !strings.HasSuffix(first[0].Text, "word ") || characters(first) > foldAfter || characters(rest) < 6000 {
		t.Errorf("%d and %d characters; the first part ends with %q", characters(first), characters(rest), first[0].Text[len(first[0].Text)-8:])
	}
}
