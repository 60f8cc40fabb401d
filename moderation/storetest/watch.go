package storetest

import (
	"context"
	"maps"
	"testing"
	"time"

	"commentdesk/moderation"
)

func changesSeen(t *testing.T, store Store) {
	ctx := context.Background()
	service := moderation.NewService(store, nil, func() time.Time { return Start })
	submit(t, store, Article(1), Numbered(2))
	stored := all(t, store)
	first, second := stored[0].ID, stored[1].ID
	look := func(wantEnd, wantFirst int64, wantLater string) {
		t.Helper()
		if end, err := store.LedgerEnd(ctx); err != nil || end != wantEnd {
			t.Errorf("the ledger ends at %d, error %v, want %d", end, err, wantEnd)
		}
		want := map[int64]int64{first: wantFirst, second: 1}
		if got, err := store.Revisions(ctx, []int64{first, second, second + 99}); err != nil || !maps.Equal(got, want) {
			t.Errorf("revisions %v, error %v, want %v", got, err, want)
		}
		later, err := service.Later(ctx, first, 1)
		if err != nil || (later == nil) != (wantLater == "") || later != nil && later.Actor+" "+later.Did() != wantLater {
			t.Errorf("later is %+v, error %v, want %q", later, err, wantLater)
		}
		if later, err := service.Later(ctx, first, wantFirst); err != nil || later != nil {
			t.Errorf("after the newest revision stands %+v, error %v", later, err)
		}
	}
	look(0, 1, "")
	act(t, store, moderation.Action{ID: "a1", CommentID: first, Revision: 1, Actor: "anna", Decision: moderation.Reject})
	look(1, 2, "anna rejected")
	act(t, store, moderation.Action{ID: "a2", CommentID: first, Revision: 2, Actor: "ben", Decision: moderation.Approve})
	look(2, 3, "ben approved")
	if _, err := store.Undo(ctx, "a2", "eva", true, Start); err != nil {
		t.Fatal(err)
	}
	look(3, 4, "anna rejected")
	if _, err := store.Undo(ctx, "a1", "eva", true, Start); err != nil {
		t.Fatal(err)
	}
	look(4, 5, "eva undid an action")
	if got, err := store.Revisions(ctx, nil); err != nil || len(got) != 0 {
		t.Errorf("of none: %v, error %v", got, err)
	}
}
