package sqlstore

import (
	"fmt"
	"path/filepath"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// BenchmarkBeside looks up what stands beside a comment: near-duplicates and the author's record. In "flood" every comment is like every other
// and by one author; in "mixed" only the author is.
func BenchmarkBeside(b *testing.B) {
	const n = 20000
	for _, flood := range []bool{true, false} {
		b.Run(map[bool]string{true: "flood", false: "mixed"}[flood], func(b *testing.B) {
			store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
			article, comments := storetest.Article(1), storetest.Numbered(n)
			for i := range comments {
				comments[i].Author = "Ann"
				if !flood {
					comments[i].Text = fmt.Sprintf("%x the %x bridge %x of our %x town %x", i*7919, i*104729, i*1299709, i*15485863, i*32452843)
				}
			}
			if _, err := store.Submit(b.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
				b.Fatal(err)
			}
			likeness := moderation.LikenessOf(comments[n/2].Text)
			b.Run("alike", func(b *testing.B) {
				for b.Loop() {
					if _, _, err := store.Alike(b.Context(), likeness, 1, moderation.AlikeLimit); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run("author", func(b *testing.B) {
				for b.Loop() {
					if _, err := store.Author(b.Context(), "Ann", 1, moderation.AuthorLimit, 5); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}
