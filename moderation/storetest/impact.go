package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
)

var whole = impact.Sample{Below: impact.HashRange}

func waitingRead(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(40))
	stored := all(t, store)
	ids := make([]int64, len(stored))
	for i, c := range stored {
		ids[i] = c.ID
	}
	slices.Sort(ids)
	act(t, store, moderation.Action{ID: "a1", CommentID: ids[3], Revision: 1, Actor: "anna", Decision: moderation.Reject})
	pending := slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return id == ids[3] })
	read := func(sample impact.Sample) (got []int64) {
		t.Helper()
		for after := int64(0); ; {
			texts, err := store.Waiting(ctx, after, 7, sample)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range texts {
				c := comment(t, store, text.CommentID)
				if text.Text != c.Text || text.Version != c.State.TextVersion || text.Claim != c.Article.ClaimSentence() {
					t.Errorf("comment %d is read as %+v", c.ID, text)
				}
				got = append(got, text.CommentID)
				after = text.CommentID
			}
			if len(texts) < 7 {
				return got
			}
		}
	}
	if got := read(whole); !slices.Equal(got, pending) {
		t.Errorf("waiting %v, want %v", got, pending)
	}
	half := impact.Sample{Below: impact.HashRange / 2}
	want := slices.DeleteFunc(slices.Clone(pending), func(id int64) bool { return !half.Holds(id) })
	if got := read(half); !slices.Equal(got, want) || len(got) < 10 || len(got) > 30 {
		t.Errorf("half of what waits is %v, want %v", got, want)
	}
	for onlyPending, want := range map[bool][]int64{true: {ids[2]}, false: {ids[2], ids[3]}} {
		texts, err := store.TextsOf(ctx, []int64{ids[3], ids[2], ids[39] + 99}, onlyPending)
		var got []int64
		for _, text := range texts {
			got = append(got, text.CommentID)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("only pending %v: %v, error %v, want %v", onlyPending, got, err, want)
		}
	}
	if texts, err := store.TextsOf(ctx, nil, false); err != nil || len(texts) != 0 {
		t.Errorf("of none: %v, error %v", texts, err)
	}
}

func labelledLately(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(4))
	var ids []int64
	for _, c := range all(t, store) {
		ids = append(ids, c.ID)
	}
	slices.Sort(ids)
	label := func(n int, i int, axis classifier.Axis, answer string) {
		t.Helper()
		act(t, store, moderation.Action{ID: fmt.Sprint("l", n), CommentID: ids[i], Revision: comment(t, store, ids[i]).State.Revision, Actor: "anna",
			Labels: map[classifier.Axis]string{axis: answer}})
	}
	label(1, 2, classifier.Hostile, classifier.Yes)
	label(2, 0, classifier.Stance, classifier.Favor)
	label(3, 1, classifier.Spam, classifier.No)
	label(4, 2, classifier.Spam, classifier.No)
	act(t, store, moderation.Action{ID: "d", CommentID: ids[3], Revision: 1, Actor: "anna", Decision: moderation.Approve})
	if got, err := store.LabelledLately(ctx, 9); err != nil || !slices.Equal(got, []int64{ids[2], ids[1], ids[0]}) {
		t.Errorf("labelled lately %v, error %v, of %v", got, err, ids)
	}
	if got, err := store.LabelledLately(ctx, 1); err != nil || !slices.Equal(got, []int64{ids[2]}) {
		t.Errorf("labelled last %v, error %v", got, err)
	}
	if _, err := store.Undo(ctx, "l3", "anna", false, Start); err != nil {
		t.Fatal(err)
	}
	got, err := store.LabelledOf(ctx, ids)
	if err != nil || len(got) != 2 || got[0].CommentID != ids[0] || got[1].CommentID != ids[2] {
		t.Fatalf("labelled %+v, error %v", got, err)
	}
	if stance := got[0]; len(stance.Labels) != 1 || stance.Labels[0].Label.Answer != classifier.Favor || stance.Labels[0].Entry.Actor != "anna" ||
		stance.Claim != comment(t, store, ids[0]).Article.ClaimSentence() {
		t.Errorf("the stance is %+v", stance)
	}
	if two := got[1].Labels; len(two) != 2 || two[0].Label.Axis != classifier.Hostile || two[1].Label.Axis != classifier.Spam {
		t.Errorf("two labels are %+v", two)
	}
	if none, err := store.LabelledOf(ctx, nil); err != nil || len(none) != 0 {
		t.Errorf("of none: %v, error %v", none, err)
	}
}
