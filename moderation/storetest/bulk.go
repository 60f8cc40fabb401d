package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"commentdesk/moderation"
)

func actsByPrefix(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(6))
	for i, id := range []string{"b.1", "b.22", "b", "b/1", "B.1", "bb.1"} {
		act(t, store, moderation.Action{ID: id, CommentID: all(t, store)[i].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	}
	if _, err := store.Undo(ctx, "b.22", "anna", false, Start); err != nil {
		t.Fatal(err)
	}
	found := func(prefix string, limit int) (acts []string) {
		t.Helper()
		refs, err := store.ActsOf(ctx, prefix, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range refs {
			acts = append(acts, fmt.Sprintf("%s on %d", a.ActionID, a.CommentID))
			if a.Undone != (a.ActionID == "b.22") {
				t.Errorf("%s is undone: %v", a.ActionID, a.Undone)
			}
		}
		return acts
	}
	first, second := all(t, store)[0].ID, all(t, store)[1].ID
	want := []string{fmt.Sprintf("b.1 on %d", first), fmt.Sprintf("b.22 on %d", second)}
	if got := found("b.", 10); !slices.Equal(got, want) {
		t.Errorf("acts of b.: %q, want %q", got, want)
	}
	if got := found("b.", 1); len(got) != 1 {
		t.Errorf("one of them: %q", got)
	}
	if got := found("c.", 10); len(got) != 0 {
		t.Errorf("of an id that nobody used: %q", got)
	}
	_, err := store.ActsOf(ctx, "", 10)
	wantCode(t, err, moderation.CodeInvalid)
}

// cursorsStandOnComments starts a page behind each comment of another one.
func cursorsStandOnComments(t *testing.T, store Store) {
	submit(t, store, Article(1), Numbered(30))
	for _, order := range moderation.Orders {
		request := moderation.QueueRequest{Filter: moderation.Filter{Words: []string{"bridge"}}, Order: order, Limit: 12}
		page, err := store.Queue(context.Background(), request, Start)
		if err != nil || len(page.Cursors) != len(page.Comments) {
			t.Fatalf("%s: %d cursors for %d comments, error %v", order, len(page.Cursors), len(page.Comments), err)
		}
		whole := ids(walk(t, store, request, func() {}))
		for i, cursor := range page.Cursors {
			request.After = cursor
			if got := ids(walk(t, store, request, func() {})); !slices.Equal(got, whole[i+1:]) {
				t.Errorf("%s: behind comment %d stand %v, want %v", order, i, got, whole[i+1:])
			}
		}
	}
}
