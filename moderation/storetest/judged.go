package storetest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/figures"
)

func labelsJudged(t *testing.T, store Store) {
	ctx := context.Background()
	article, comments := Article(1), Numbered(5)
	submit(t, store, article, comments)
	stored := all(t, store)
	label := func(id string, of int, axis classifier.Axis, answer string) {
		t.Helper()
		now, err := store.Comment(ctx, stored[of].ID, Start)
		if err != nil {
			t.Fatal(err)
		}
		act(t, store, moderation.Action{ID: id, CommentID: stored[of].ID, Revision: now.State.Revision, Actor: "anna", Labels: map[classifier.Axis]string{axis: answer}})
	}
	label("a1", 0, classifier.Hostile, classifier.Yes)
	label("a2", 0, classifier.Hostile, classifier.No) // takes its place
	label("a3", 1, classifier.Hostile, classifier.Yes)
	label("a4", 1, classifier.Stance, classifier.Favor)
	label("a5", 2, classifier.Spam, moderation.CantTell)
	label("a6", 3, classifier.Spam, classifier.Yes)
	label("a7", 3, classifier.Spam, classifier.No)
	if _, err := store.Undo(ctx, "a7", "anna", false, Start); err != nil {
		t.Fatal(err)
	}
	label("a8", 4, classifier.Spam, classifier.Yes)
	comments[4].Text = "Another text."
	submit(t, store, article, comments)
	judged := func(newest int) (told []string) {
		t.Helper()
		err := store.Judged(ctx, newest, func(j figures.Judged) {
			told = append(told, fmt.Sprintf("%s %s %.2f %d/%d", j.Axis, j.Answer, j.Opinion.Probabilities[0], j.Opinion.Known, j.Opinion.Words))
		})
		if err != nil {
			t.Fatal(err)
		}
		return told
	}
	seen := func(axis classifier.Axis, of int, answer string) string {
		o := stored[of].Prediction.On(axis)
		return fmt.Sprintf("%s %s %.2f %d/%d", axis, answer, o.Probabilities[0], o.Known, o.Words)
	}
	want := []string{seen(classifier.Spam, 3, classifier.Yes), seen(classifier.Stance, 1, classifier.Favor), seen(classifier.Hostile, 1, classifier.Yes), seen(classifier.Hostile, 0, classifier.No)}
	if diff := cmp.Diff(want, judged(100)); diff != "" {
		t.Errorf("the labels differ: %s", diff)
	}
	if got := judged(5); len(got) != 2 {
		t.Errorf("the newest five acts hold %v", got)
	}
}

func opinionsRead(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(4))
	stored := all(t, store)
	act(t, store, moderation.Action{ID: "a1", CommentID: stored[3].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	for newest, want := range map[int]int{10: 3, 2: 2} {
		var got []classifier.Prediction
		waiting, err := store.Opinions(ctx, newest, func(p classifier.Prediction) { got = append(got, p) })
		if err != nil || len(got) != want || waiting != 3 {
			t.Fatalf("of the newest %d: %d of %d, error %v", newest, len(got), waiting, err)
		}
		if got[0].Hostile != stored[2].Prediction.Hostile || got[0].Spam != stored[2].Prediction.Spam {
			t.Errorf("the newest is %+v, want %+v", got[0], stored[2].Prediction)
		}
	}
}
