package moderation_test

import (
	"math/bits"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/moderation"
)

func TestLike(t *testing.T) {
	const long = "I have lived on this street for thirty years and nobody has ever asked me what I think about the bridge or the buses"
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"equal", "First!", "First!", true},
		{"case and punctuation", "Well said.", "WELL  said!!", true},
		{"short and nearly equal", "You are a fool, Ben", "You are a fool, Ann", false},
		{"other order", "dog bites man", "man bites dog", false},
		{"long with one more word", long + " " + long, strings.ToUpper(long) + " " + long + " indeed", true},
		{"long and different", long, "The mayor promised a new school last year, and now the money goes to a car park that no teacher wants to have", false},
		{"nothing but punctuation", "...", "?!", false},
		{"the same punctuation", "?!", " ?! ", true},
		{"punctuation of words is left out", "Why?!", "why", true},
		{"disguised", "You f.o.o.l, nobody wants you here", "you fool nobody wants you here", true},
	} {
		if got := moderation.LikenessOf(c.a).Like(moderation.LikenessOf(c.b)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestLikeProperties: every text is like itself; likeness goes both ways; what is alike by SimHash shares a band.
func TestLikeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hash := rapid.Uint64().Draw(t, "hash")
		a := moderation.Likeness{Words: rapid.IntRange(0, 20).Draw(t, "words of a"), Identity: 1, SimHash: hash}
		b := moderation.Likeness{Words: rapid.IntRange(0, 20).Draw(t, "words of b"), Identity: 2, SimHash: hash}
		for _, bit := range rapid.SliceOfN(rapid.IntRange(0, 63), 0, 6).Draw(t, "other bits") {
			b.SimHash ^= 1 << bit
		}
		if !a.Like(a) || a.Like(b) != b.Like(a) {
			t.Errorf("%+v and %+v: %v one way, %v the other", a, b, a.Like(b), b.Like(a))
		}
		apart := bits.OnesCount64(a.SimHash ^ b.SimHash)
		if want := apart <= 3 && a.Words >= moderation.ShortText && b.Words >= moderation.ShortText; a.Like(b) != want {
			t.Errorf("%d bits apart, %d and %d words: %v", apart, a.Words, b.Words, a.Like(b))
		}
		shared := false
		for band := range moderation.Bands {
			shared = shared || a.Band(band) == b.Band(band)
		}
		if a.Like(b) && !shared {
			t.Errorf("%x and %x are alike and share no band", a.SimHash, b.SimHash)
		}
	})
}
