package sqlstore

import (
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation/figures"
)

// What thresholds and suggestions read is a range of an index, or the newest rows alone.
func TestThresholdAndSuggestionPlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	for _, test := range []struct {
		query, want string
		args        []any
	}{
		{opinionsQuery, "SEARCH c USING INDEX comment_status_id (status=?)", []any{10}},
		{judgedQuery, "SEARCH l USING INDEX", []any{10}},
		{unsortedQuery, "SEARCH a USING INDEX article_topic_arrived (topic_id=?)", []any{10, 10}},
		{sortedQuery, "SCAN article USING INDEX article_with_topic", []any{10, 10}},
	} {
		for _, analysed := range []bool{false, true} {
			if analysed {
				if _, err := store.writer.Exec(`analyze`); err != nil {
					t.Fatal(err)
				}
			}
			if got := plan(t, store, test.query, test.args...); !strings.Contains(got, test.want) {
				t.Errorf("analysed %v: %s\nwant %s", analysed, got, test.want)
			}
		}
	}
}

// BenchmarkJudged reads the labels of as many acts as are ever read, and the opinions of as many comments.
func BenchmarkJudged(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, figures.NewestDeeds)
	for _, statement := range []string{
		`insert into ledger (position, action_id, at, actor, kind, comment_id, revision, text_version, claim_id, side, decision, reason, cancels, note)
			select 1000 + id, 'a' || id, 1, 'anna', 'act', id, 2, 1, '', '', '', '', 0, '' from comment`,
		`insert into label (comment_id, position, axis, answer, hand, predicted, p1, p2, p3, model_ref) select id, 1000 + id, 'hostile', 'no', 'person', 'no', .1, .9, 0, 1 from comment`,
		`update comment set label_hostile = 'no'`,
	} {
		if _, err := store.writer.Exec(statement); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("labels", func(b *testing.B) {
		for b.Loop() {
			n := 0
			if err := store.Judged(b.Context(), figures.NewestDeeds, func(figures.Judged) { n++ }); err != nil || n != figures.NewestDeeds {
				b.Fatal(n, err)
			}
		}
	})
	b.Run("opinions", func(b *testing.B) {
		for b.Loop() {
			if _, err := store.Opinions(b.Context(), figures.NewestWaiting, func(classifier.Prediction) {}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
