package moderation_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/seeds"
)

// TestShelf sorts our training texts by shelf, by SimHash and by chance, and counts neighbours that share a fifth of their longer words.
func TestShelf(t *testing.T) {
	comments, err := seeds.Training()
	if err != nil {
		t.Fatal(err)
	}
	type item struct {
		words    map[string]bool
		likeness moderation.Likeness
	}
	items := make([]item, len(comments))
	for i, c := range comments {
		items[i] = item{map[string]bool{}, moderation.LikenessOf(c.Text)}
		for _, word := range strings.Fields(strings.ToLower(c.Text)) {
			if word = strings.Trim(word, `.,:;!?"'()`); len(word) >= 5 {
				items[i].words[word] = true
			}
		}
	}
	related := func(key func(item) uint64) (n int) {
		sorted := slices.Clone(items)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(sorted), func(i, j int) { sorted[i], sorted[j] = sorted[j], sorted[i] })
		slices.SortStableFunc(sorted, func(a, b item) int { return cmp.Compare(key(a), key(b)) })
		for i := 1; i < len(sorted); i++ {
			a, b, both := sorted[i-1].words, sorted[i].words, 0
			for word := range a {
				if b[word] {
					both++
				}
			}
			if both > 0 && 5*both >= len(a)+len(b)-both {
				n++
			}
		}
		return n
	}
	shelf := related(func(i item) uint64 { return i.likeness.Shelf })
	simHash, chance := related(func(i item) uint64 { return i.likeness.SimHash }), related(func(item) uint64 { return 0 })
	t.Logf("of %d texts, neighbours are related: by shelf %d, by SimHash %d, by chance %d", len(items), shelf, simHash, chance)
	if shelf < 3*simHash || shelf < 10 {
		t.Errorf("by shelf %d neighbours are related, by SimHash %d", shelf, simHash)
	}
}

func TestShelfOfFewWords(t *testing.T) {
	shelf := func(text string) uint64 { return moderation.LikenessOf(text).Shelf }
	if shelf("") != 0 || shelf("...") != 0 {
		t.Error("a text without words has a shelf")
	}
	for _, pair := range [][2]string{{"Well said!", "well SAID"}, {"The bridge bridge", "bridge the"}, {"Council of bridges", "bridges of council"}} {
		if shelf(pair[0]) != shelf(pair[1]) || shelf(pair[0]) == 0 {
			t.Errorf("%q and %q stand on shelves %x and %x", pair[0], pair[1], shelf(pair[0]), shelf(pair[1]))
		}
	}
}
