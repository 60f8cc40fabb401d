package sqlstore_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestActAll acts on many comments: what others changed meanwhile is left and named, the rest is done and undone at once.
func TestActAll(t *testing.T) {
	store := open(t)
	service := moderation.NewService(store, nil, func() time.Time { return storetest.Start })
	ctx := t.Context()
	article := storetest.Article(1)
	if _, err := store.Submit(ctx, article, storetest.Incoming(article, storetest.Numbered(6)), true, storetest.Start); err != nil {
		t.Fatal(err)
	}
	bulk := moderation.Bulk{ID: "b1", Actor: "anna", Decision: moderation.Reject, Reason: "flood"}
	for id := range int64(5) {
		bulk.Comments = append(bulk.Comments, moderation.Seen{CommentID: id + 1, Revision: 1})
	}
	bulk.Comments = append(bulk.Comments, moderation.Seen{CommentID: 99, Revision: 1})
	if _, err := service.Act(ctx, moderation.Action{ID: "x", CommentID: 2, Revision: 1, Actor: "ben", Decision: moderation.Approve}); err != nil {
		t.Fatal(err)
	}
	result, err := service.ActAll(ctx, bulk)
	if err != nil || len(result.Done) != 4 || len(result.Left) != 2 {
		t.Fatalf("%d done, %d left, error %v", len(result.Done), len(result.Left), err)
	}
	var conflict *moderation.Conflict
	if left := result.Left[0]; left.CommentID != 2 || !errors.As(left.Err, &conflict) || conflict.By != "ben" {
		t.Errorf("the first left is %+v", left)
	}
	if left := result.Left[1]; left.CommentID != 99 || moderation.ErrorCode(left.Err) != moderation.CodeNotFound {
		t.Errorf("the second left is %+v", left)
	}
	for _, entry := range result.Done {
		if len(entry.Labels) != 0 || entry.Reason != "flood" || entry.ActionID != fmt.Sprintf("b1.%d", entry.CommentID) {
			t.Errorf("an entry is %+v", entry)
		}
	}
	again, err := service.ActAll(ctx, bulk)
	if err != nil || len(again.Done) != 4 || again.Done[0].Position != result.Done[0].Position {
		t.Errorf("sent twice: %d done, error %v", len(again.Done), err)
	}

	// Somebody decides one of them anew: the undo leaves it, and brings the other three back.
	if _, err := service.Act(ctx, moderation.Action{ID: "y", CommentID: 3, Revision: 2, Actor: "ben", Decision: moderation.Escalate}); err != nil {
		t.Fatal(err)
	}
	others, err := service.UndoAll(ctx, "b1", "cleo", false)
	if err != nil || len(others.Done) != 0 || len(others.Left) != 4 {
		t.Errorf("somebody else's undo: %d done, %d left, error %v", len(others.Done), len(others.Left), err)
	}
	undone, err := service.UndoAll(ctx, "b1", "anna", false)
	if err != nil || len(undone.Done) != 3 || len(undone.Left) != 1 || undone.Left[0].CommentID != 3 {
		t.Fatalf("undone: %+v, error %v", undone, err)
	}
	if twice, err := service.UndoAll(ctx, "b1", "anna", false); err != nil || len(twice.Done) != 0 || len(twice.Left) != 1 {
		t.Errorf("undone twice: %+v, error %v", twice, err)
	}
	counts, err := service.Counts(ctx)
	if err != nil || counts[moderation.Pending] != 4 || counts[moderation.Approved] != 1 || counts[moderation.Escalated] != 1 {
		t.Errorf("counts %v, error %v", counts, err)
	}
	if _, err := service.UndoAll(ctx, "nothing", "anna", false); moderation.ErrorCode(err) != moderation.CodeNotFound {
		t.Errorf("an unknown id: %v", err)
	}
	if differences, err := store.Doctor(ctx); err != nil || len(differences) != 0 {
		t.Errorf("doctor: %q, error %v", differences, err)
	}
}

func TestActAllRefuses(t *testing.T) {
	store := open(t)
	service := moderation.NewService(store, nil, func() time.Time { return storetest.Start })
	fine := moderation.Bulk{ID: "b", Actor: "anna", Decision: moderation.Approve, Comments: []moderation.Seen{{CommentID: 1, Revision: 1}}}
	for name, change := range map[string]func(*moderation.Bulk){
		"no id":             func(b *moderation.Bulk) { b.ID = "" },
		"a long id":         func(b *moderation.Bulk) { b.ID = strings.Repeat("b", 41) },
		"an id with a stop": func(b *moderation.Bulk) { b.ID = "a.b" },
		"no comments":       func(b *moderation.Bulk) { b.Comments = nil },
		"too many":          func(b *moderation.Bulk) { b.Comments = make([]moderation.Seen, 201) },
		"one twice":         func(b *moderation.Bulk) { b.Comments = append(b.Comments, b.Comments[0]) },
		"no revision":       func(b *moderation.Bulk) { b.Comments = []moderation.Seen{{CommentID: 1}} },
		"nothing to do":     func(b *moderation.Bulk) { b.Decision = "" },
		"no such decision":  func(b *moderation.Bulk) { b.Decision = "delete" },
		"no such answer":    func(b *moderation.Bulk) { b.Labels = map[classifier.Axis]string{classifier.Spam: "maybe"} },
		"too long a reason": func(b *moderation.Bulk) { b.Reason = strings.Repeat("x", moderation.MaxReason+1) },
		"nobody does it":    func(b *moderation.Bulk) { b.Actor = "" },
		"a comment below 1": func(b *moderation.Bulk) { b.Comments = []moderation.Seen{{CommentID: -1, Revision: 1}} },
	} {
		bulk := fine
		change(&bulk)
		if result, err := service.ActAll(t.Context(), bulk); moderation.ErrorCode(err) != moderation.CodeInvalid || len(result.Left) != 0 {
			t.Errorf("%s: %+v, error %v", name, result, err)
		}
	}
}
