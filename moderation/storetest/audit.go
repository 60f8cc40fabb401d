package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"commentdesk/moderation"
)

// auditMerges fills ledger and events, some at the same moment, and pages through their union.
func auditMerges(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(4))
	stored := all(t, store)
	at := func(n int) time.Time { return Start.Add(time.Duration(n) * time.Hour) }
	for i, hour := range []int{1, 1, 2, 5, 9} {
		if err := store.Note(ctx, at(hour), []string{"anna", "ben"}[i%2], "sign-in", fmt.Sprint("event ", i), ""); err != nil {
			t.Fatal(err)
		}
	}
	for i, hour := range []int{0, 1, 5, 5, 30} {
		comment := stored[i%len(stored)]
		action := moderation.Action{ID: fmt.Sprint("a", i), CommentID: comment.ID, Revision: 1 + int64(i/len(stored)), Actor: []string{"ben", "anna"}[i%2],
			By: moderation.ByPerson, Decision: []moderation.Decision{moderation.Approve, moderation.Reject}[i%2]}
		if _, err := store.Act(ctx, action, at(hour)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := store.Undo(ctx, "a4", "ben", false, at(31)); err != nil {
		t.Fatal(err)
	}
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.") // at Start, though it is the newest entry
	service := moderation.NewService(store, nil, func() time.Time { return Start })
	list := func(filter moderation.AuditFilter, limit int) (rows []string) {
		t.Helper()
		for request := (moderation.AuditRequest{Filter: filter, Limit: limit}); ; {
			page, err := service.Audit(ctx, request)
			if err != nil {
				t.Fatal(err)
			}
			if len(page.Rows) > limit || page.Next != "" && len(page.Rows) < limit {
				t.Fatalf("%d rows on a page of %d, next %q", len(page.Rows), limit, page.Next)
			}
			for _, row := range page.Rows {
				if row.Entry != nil {
					rows = append(rows, fmt.Sprint("entry ", row.Entry.Position))
				} else {
					rows = append(rows, row.Event.Subject)
				}
			}
			if request.After = page.Next; request.After == "" {
				return rows
			}
		}
	}
	if entries, err := store.EntriesAt(ctx, []int64{5, 99, 2}); err != nil || len(entries) != 2 || entries[0].Position != 2 || entries[0].Actor != "anna" || entries[1].Position != 5 {
		t.Errorf("at positions 5, 99 and 2: %+v, error %v", entries, err)
	}
	if entries, err := store.EntriesAt(ctx, nil); err != nil || len(entries) != 0 {
		t.Errorf("at no position: %+v, error %v", entries, err)
	}
	everything := []string{"entry 6", "entry 5", "event 4", "entry 4", "entry 3", "event 3", "event 2", "entry 2", "event 1", "event 0", "entry 7", "entry 1"}
	for limit := 1; limit <= len(everything)+1; limit++ {
		if got := list(moderation.AuditFilter{}, limit); !slices.Equal(got, everything) {
			t.Errorf("%d a page: %q, want %q", limit, got, everything)
		}
	}
	for _, test := range []struct {
		filter moderation.AuditFilter
		want   []string
	}{
		{moderation.AuditFilter{Actor: "anna"}, []string{"event 4", "entry 4", "event 2", "entry 2", "event 0"}},
		{moderation.AuditFilter{Kind: "sign-in"}, []string{"event 4", "event 3", "event 2", "event 1", "event 0"}},
		{moderation.AuditFilter{Kind: "undo"}, []string{"entry 6"}},
		{moderation.AuditFilter{Decision: moderation.Reject}, []string{"entry 4", "entry 2"}},
		{moderation.AuditFilter{Decision: moderation.Approve, Until: at(30)}, []string{"entry 3", "entry 1"}},
		{moderation.AuditFilter{Kind: "sign-in", Actor: "ben"}, []string{"event 3", "event 1"}},
		{moderation.AuditFilter{From: at(2), Until: at(9)}, []string{"entry 4", "entry 3", "event 3", "event 2"}},
		{moderation.AuditFilter{CommentID: stored[0].ID}, []string{"entry 6", "entry 5", "entry 1"}},
		{moderation.AuditFilter{CommentID: stored[0].ID, Kind: "act", Until: at(1)}, []string{"entry 1"}},
		{moderation.AuditFilter{Actor: "nobody"}, nil},
	} {
		if got := list(test.filter, 2); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", test.filter, got, test.want)
		}
	}
	if kinds, err := store.AuditKinds(ctx); err != nil || !slices.Equal(kinds, []string{"act", "sign-in", "topic", "undo"}) {
		t.Errorf("kinds %q, error %v", kinds, err)
	}
	for _, request := range []moderation.AuditRequest{{Limit: 0}, {Limit: moderation.MaxAuditPage + 1}, {Limit: 1, After: "x"}, {Limit: 1, After: "1.2.3.4 "}, {Limit: 1, After: "1.2.3"}} {
		_, err := service.Audit(ctx, request)
		wantCode(t, err, moderation.CodeInvalid)
	}
}
