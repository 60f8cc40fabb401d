package feature

import (
	"testing"

	"pgregory.net/rapid"
)

// What is remembered of a form is what is found out of it anew, whatever stands behind it in memory.
func TestRecall(t *testing.T) {
	var words recalledWords
	form := rapid.OneOf(rapid.SampledFrom([]string{"", "\x00", "\x00\x00", "not", "nothing", "n't", "germans", "germans'", "women's", "<number>", "🙂", "naïveté"}),
		rapid.StringOfN(rapid.RuneFrom([]rune("ab\x00é'1")), 0, 20, -1))
	rapid.Check(t, func(t *rapid.T) {
		form, behind := form.Draw(t, "form"), rapid.StringN(0, 20, -1).Draw(t, "behind")
		written := []byte(form + behind)
		want := knowWord([]byte(form))
		for range 2 {
			got := words.recall(written[:len(form)])
			if got.hash != want.hash || got.runs != want.runs || got.group != want.group || got.negation != want.negation {
				t.Fatalf("%q before %q: %+v, want %+v", form, behind, got, want)
			}
		}
	})
}
