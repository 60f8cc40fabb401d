package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var disguiser = Disguiser{
	Words:      map[string]bool{"idiot": true, "scum": true},
	LookAlikes: LookAlikes{'i': {"і"}, 'd': {"ԁ"}, 'o': {"ο"}, 't': {"т"}, 's': {"ѕ"}, 'c': {"с"}, 'u': {"υ"}, 'm': {"м"}},
}

func TestEachTrickHidesTheWordsAlone(t *testing.T) {
	const before, between, after = "You idiots, ", " and ", "! Don't say so."
	for _, trick := range Tricks {
		seen := map[string]bool{}
		for seed := range uint64(40) {
			raw := before + "IDIOT" + between + "scum" + after
			got := disguiser.Disguise(raw, trick, seed)
			inner, ok := strings.CutPrefix(got, before)
			inner, okAfter := strings.CutSuffix(inner, after)
			first, second, okBetween := strings.Cut(inner, between)
			if !ok || !okAfter || !okBetween {
				t.Fatalf("%s changed the text around: %q", trick, got)
			}
			if first == "IDIOT" || second == "scum" {
				t.Errorf("%s hid nothing: %q", trick, got)
			}
			if got != disguiser.Disguise(raw, trick, seed) {
				t.Errorf("%s: the same seed gives another text", trick)
			}
			seen[got] = true
		}
		if len(seen) < 3 {
			t.Errorf("%s: %d spellings of 40 seeds", trick, len(seen))
		}
	}
}

// What each trick may write, and how the word comes back.
func TestTricksDoWhatTheySay(t *testing.T) {
	only := func(kept string) func(string) string {
		return func(s string) string {
			return strings.Map(func(r rune) rune {
				if strings.ContainsRune(kept, r) {
					return r
				}
				return -1
			}, s)
		}
	}
	letters := only("idotscum")
	undo := map[Trick]func(string) string{
		TrickDots: letters, TrickSpaces: letters, TrickZeroWidth: letters,
		TrickLeet: func(s string) string {
			return strings.NewReplacer("1", "i", "!", "i", "|", "i", "0", "o", "7", "t", "+", "t", "5", "s", "$", "s", "(", "c").Replace(s)
		},
		TrickLookAlikes: func(s string) string {
			return strings.NewReplacer("і", "i", "ԁ", "d", "ο", "o", "т", "t", "ѕ", "s", "с", "c", "υ", "u", "м", "m").Replace(s)
		},
		TrickDoubled: func(s string) string {
			var out []rune
			for _, r := range s {
				if len(out) == 0 || out[len(out)-1] != r {
					out = append(out, r)
				}
			}
			return string(out)
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		trick := rapid.SampledFrom(Tricks).Draw(t, "trick")
		word := rapid.SampledFrom([]string{"idiot", "scum"}).Draw(t, "word")
		got := disguiser.Disguise(word, trick, rapid.Uint64().Draw(t, "seed"))
		if got == word || undo[trick](got) != word {
			t.Fatalf("%s writes %q as %q", trick, word, got)
		}
	})
}

func TestOtherTextStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.String().Draw(t, "text")
		if got := (Disguiser{}).Disguise(raw, rapid.SampledFrom(Tricks).Draw(t, "trick"), 1); got != raw {
			t.Fatalf("%q became %q", raw, got)
		}
	})
}

func TestReadLookAlikes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "confusables.json")
	if err := os.WriteFile(path, []byte(`{"a":[{"c":"а","n":"CYRILLIC"},{"c":"α"},{"c":"ab"},{"c":"@"},{"c":"⍺"}],"A":[{"c":"А"},{"c":"α"}],"é":[{"c":"x"}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	likes, err := ReadLookAlikes(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"α", "А", "а"}, likes['a']); diff != "" || len(likes['b']) > 0 {
		t.Errorf("(-want +got):\n%s, b: %q", diff, likes['b'])
	}
	if err := os.WriteFile(path, []byte(`{"a":`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadLookAlikes(path); err == nil || !strings.HasPrefix(err.Error(), path) {
		t.Errorf("a broken file: %v", err)
	}
}

// The package's list has look-alikes for every letter, all of them letters beyond ASCII.
func TestConfusablesCoverTheAlphabet(t *testing.T) {
	likes, err := ReadLookAlikes(ConfusablesPath)
	if os.IsNotExist(err) {
		t.Skipf("%s is absent: install python3-confusable-homoglyphs", ConfusablesPath)
	}
	if err != nil {
		t.Fatal(err)
	}
	for letter := 'a'; letter <= 'z'; letter++ {
		if len(likes[letter]) < 10 {
			t.Errorf("%c has %d look-alikes", letter, len(likes[letter]))
		}
		for _, like := range likes[letter] {
			for _, r := range like {
				if r < 0x80 || !unicode.IsLetter(r) {
					t.Errorf("%c looks like %q", letter, like)
				}
			}
		}
	}
}
