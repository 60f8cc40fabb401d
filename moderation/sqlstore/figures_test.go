package sqlstore

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/storetest"
)

// TestFigurePlans: the newest are read from the end, and spans of time from their index, not from the whole table.
func TestFigurePlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	for _, test := range []struct {
		name, query string
		args        []any
		has, hasNot string
	}{
		{"arrivals", arrivedQuery, []any{"pending", 0, 1}, "USING COVERING INDEX comment_status_arrived", "SCAN"},
		{"deeds", deedsQuery, []any{1000}, "SEARCH c USING INTEGER PRIMARY KEY", "TEMP B-TREE"},
		{"cells", cellsQuery, []any{1000, 0}, "SCAN comment", "comment USING INDEX"},
	} {
		if got := plan(t, store, test.query, test.args...); !strings.Contains(got, test.has) || strings.Contains(got, test.hasNot) {
			t.Errorf("%s: the plan is\n%s", test.name, got)
		}
	}
}

func BenchmarkFigures(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 100_000)
	for id := range int64(2000) {
		if _, err := store.Act(b.Context(), moderation.Action{ID: fmt.Sprint(id), CommentID: id + 1, Revision: 1, Actor: "anna", By: moderation.ByPerson,
			Decision: moderation.Reject, Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes}}, storetest.Start); err != nil {
			b.Fatal(err)
		}
	}
	service := figures.NewService(store, func() time.Time { return storetest.Start.Add(time.Hour) })
	for name, page := range map[string]func() error{
		"grid": func() error {
			_, err := service.Grid(b.Context(), figures.GridRequest{})
			return err
		},
		"fairness": func() error {
			_, err := service.Fairness(b.Context(), figures.Whose{Everyone: true})
			return err
		},
		"dashboard": func() error {
			_, err := service.Dashboard(b.Context())
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := page(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
