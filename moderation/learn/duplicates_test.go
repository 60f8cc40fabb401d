package learn_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/moderation/learn"
)

const long = "I have lived on this street for thirty years and nobody has ever asked me what I think about the bridge or the buses"

func TestDuplicateGroups(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []string
		want  []int
	}{
		{"nothing", nil, []int{}},
		{"equal", []string{"First!", "Second", "First!"}, []int{0, 1, 0}},
		{"case, punctuation and space", []string{"Well said.", "WELL  said!!", "well, said"}, []int{0, 0, 0}},
		{"short texts only when equal", []string{"You are a fool, Ben", "You are a fool, Ann"}, []int{0, 1}},
		{"short whatever its punctuation", []string{"no, no, no, never, Ben!", "no, no, no, never, Ann!"}, []int{0, 1}},
		{"other order is another text", []string{"dog bites man", "man bites dog"}, []int{0, 1}},
		{"a long text with one more word", []string{long + " " + long, strings.ToUpper(long) + " " + long + " indeed"}, []int{0, 0}},
		{"long and different", []string{long, "The mayor promised a new school last year, and now the money goes to a car park that no teacher wants to have"}, []int{0, 1}},
		{"a third joins the first", []string{long, "Short", long + "!", "short"}, []int{0, 1, 0, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := learn.DuplicateGroups(c.texts); !slices.Equal(got, c.want) {
				t.Errorf("groups %v, want %v", got, c.want)
			}
		})
	}
}

func drawComment() *rapid.Generator[string] {
	word := rapid.SampledFrom(strings.Fields("you are the fool the bridge we want it now never again thanks for nothing 12 http://x.example idiot 😀"))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 30).Draw(t, "words"), " ")
	})
}

func TestDuplicatesOfTwoAreSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawComment().Draw(t, "a"), drawComment().Draw(t, "b")
		there, back := learn.DuplicateGroups([]string{a, b})[1] == 0, learn.DuplicateGroups([]string{b, a})[1] == 0
		if there != back {
			t.Errorf("%q and %q: %v one way, %v the other", a, b, there, back)
		}
		if same := strings.ToUpper(a) + " ..."; learn.DuplicateGroups([]string{a, same})[1] != 0 {
			t.Errorf("%q and %q are no duplicates", a, same)
		}
		words := len(strings.Fields(a))
		if words < 8 && len(strings.Fields(b)) < 8 && there != (a == b) {
			t.Errorf("short texts %q and %q: duplicates %v", a, b, there)
		}
	})
}

func TestDuplicateGroupsNameTheirFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(drawComment(), 0, 40).Draw(t, "texts")
		groups := learn.DuplicateGroups(texts)
		for i, first := range groups {
			if first > i || groups[first] != first {
				t.Errorf("text %d is of group %d, which is of %d", i, first, groups[first])
			}
			for j := range i {
				if texts[i] == texts[j] && groups[i] != groups[j] {
					t.Errorf("equal texts %d and %d in groups %d and %d", j, i, groups[j], groups[i])
				}
			}
		}
	})
}
