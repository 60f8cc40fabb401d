package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/moderation"
)

// drawText is texts that are often alike: the words of a few long sentences, some changed.
func drawText() *rapid.Generator[string] {
	sentences := []string{
		"I have lived on this street for thirty years and nobody has ever asked me what I think about the bridge or the buses or the school",
		"Buy cheap watches at our shop today because tomorrow they will cost twice as much and you will be sorry that you did not listen to us",
		"First!", "first", "Well said", "You are a fool",
	}
	return rapid.Custom(func(t *rapid.T) string {
		words := strings.Fields(rapid.SampledFrom(sentences).Draw(t, "sentence"))
		for range rapid.IntRange(0, 2).Draw(t, "changes") {
			words[rapid.IntRange(0, len(words)-1).Draw(t, "place")] = rapid.SampledFrom([]string{"never", "the", "bridge", "fool"}).Draw(t, "word")
		}
		return strings.Join(words, " ")
	})
}

// nearDuplicatesFound compares what the store finds with each pair compared by hand; then texts change, and it is so still.
func nearDuplicatesFound(t *testing.T, store Store) {
	ctx := context.Background()
	page := 0
	rapid.Check(t, func(rt *rapid.T) {
		drawn := rapid.SliceOfN(drawText(), 1, 8).Draw(rt, "texts")
		changed := rapid.SampledFrom(drawn).Draw(rt, "later")
		comments := make([]moderation.Comment, len(drawn))
		for i, text := range drawn {
			comments[i] = moderation.Comment{SourceID: fmt.Sprintf("p%d-%d", page, i), Position: i + 1, Text: text}
		}
		page++
		submit(t, store, Article(page%3), comments)
		comments[0].Text = changed
		submit(t, store, Article(page%3), comments)
	})
	stored := all(t, store)
	for _, c := range stored[max(0, len(stored)-60):] {
		own := moderation.LikenessOf(c.Text)
		var want []int64
		for _, other := range slices.Backward(stored) {
			if other.ID != c.ID && own.Like(moderation.LikenessOf(other.Text)) {
				want = append(want, other.ID)
			}
		}
		rows, more, err := store.Alike(ctx, own, c.ID, len(stored))
		if err != nil || more {
			t.Fatalf("more %v, error %v", more, err)
		}
		var got []int64
		for _, row := range rows {
			got = append(got, row.ID)
			if other := stored[slices.IndexFunc(stored, func(s moderation.Stored) bool { return s.ID == row.ID })]; row.ArticleID != other.ArticleID || row.Status != other.State.Status {
				t.Errorf("comment %d is given as %+v", other.ID, row)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("like comment %d are %v, want %v", c.ID, got, want)
		}
		few, more, err := store.Alike(ctx, own, c.ID, 2)
		if err != nil || len(few) > 2 || len(want) > 2 && !more {
			t.Errorf("of %d are given %d, more %v, error %v", len(want), len(few), more, err)
		}
	}
	ids := []int64{stored[2].ID, 1 << 40, stored[0].ID}
	if found, err := store.ByID(ctx, ids); err != nil || len(found) != 2 || found[0].ID != ids[0] || found[1].Text != stored[0].Text {
		t.Errorf("by id: %v, error %v", texts(found), err)
	}
}
