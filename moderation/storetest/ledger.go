package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

func ledgerInOrder(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	page := Numbered(2)
	submit(t, store, Article(1), page)
	stored := all(t, store)
	first := act(t, store, moderation.Action{ID: "a1", CommentID: stored[1].ID, Revision: 1, Actor: "anna", By: moderation.ByClient,
		Labels: map[classifier.Axis]string{classifier.Spam: classifier.No, classifier.Hostile: classifier.Yes}})
	second := act(t, store, moderation.Action{ID: "a2", CommentID: stored[0].ID, Revision: 1, Actor: "ben", Decision: moderation.Reject, Reason: "sells"})
	undo, err := store.Undo(ctx, "a1", "anna", false, Start)
	if err != nil {
		t.Fatal(err)
	}
	page[0].Text = "Another text."
	submit(t, store, Article(1), page)
	rescore := func(string, moderation.Article) moderation.Incoming {
		return moderation.Incoming{Prediction: Prediction("model-b", 0, 0), ClaimFrom: "given"}
	}
	if err := store.AssignTopic(ctx, Article(1).ID, "bridges", moderation.SideAgainst, "eve", Start, rescore); err != nil {
		t.Fatal(err)
	}
	want := []moderation.Entry{
		{Position: 1, At: Start, Actor: "eve", Kind: moderation.KindTopic, Note: `added topic "bridges": The old bridge should be rebuilt.`},
		first, second, undo,
		{Position: 5, At: Start, Actor: "import", Kind: moderation.KindText, CommentID: stored[0].ID, Revision: 3, TextVersion: 2},
		{Position: 6, At: Start, Actor: "eve", Kind: moderation.KindTopic, Side: moderation.SideAgainst,
			Note: "put article " + Article(1).ID + ` under topic "bridges", side against`},
	}
	var got []moderation.Entry
	for after := int64(0); ; {
		some, err := store.Ledger(ctx, after, 4)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			break
		}
		got, after = append(got, some...), some[len(some)-1].Position
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the ledger differs (-want +got): %s", diff)
	}
}
