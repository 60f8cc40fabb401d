package storetest

import (
	"context"
	"errors"
	"math"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func arrivalsRead(t *testing.T, store Store) {
	ctx := context.Background()
	read := func() (count map[string]int, hostile, spam float64) {
		t.Helper()
		count = map[string]int{}
		if err := store.Arrivals(ctx, func(a learn.Arrival) error {
			count[a.Model]++
			hostile, spam = hostile+a.Hostile, spam+a.Spam
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return count, hostile, spam
	}
	if count, _, _ := read(); len(count) != 0 {
		t.Errorf("an empty store has arrivals of %v", count)
	}
	submit(t, store, Article(1), Numbered(40))
	stored := all(t, store)
	var wantHostile, wantSpam float64
	for _, c := range stored {
		wantHostile, wantSpam = wantHostile+c.Prediction.Hostile.Probabilities[0], wantSpam+c.Prediction.Spam.Probabilities[0]
	}
	for i, decision := range []moderation.Decision{moderation.Approve, moderation.Reject, moderation.Escalate} {
		act(t, store, moderation.Action{ID: string(decision), CommentID: stored[i].ID, Revision: 1, Actor: "anna", Decision: decision})
	}
	if count, hostile, spam := read(); count["model-a"] != 40 || len(count) != 1 || math.Abs(hostile-wantHostile) > 1e-9 || math.Abs(spam-wantSpam) > 1e-9 {
		t.Errorf("arrivals of %v with %v hostile, %v spam; want 40 with %v, %v", count, hostile, spam, wantHostile, wantSpam)
	}

	// Answered anew by a model that lacks spam.
	in := moderation.Incoming{Prediction: Prediction("model-b", 0.25, 0), ClaimFrom: "headline"}
	in.Prediction.Spam = classifier.Opinion{Answer: classifier.Unsure}
	in.Harm, in.Doubt = moderation.Priority(in.Prediction)
	if err := store.Rescored(ctx, []learn.Rescored{{CommentID: stored[5].ID, TextVersion: 1, Claim: Article(1).ClaimSentence(), Answers: in}}); err != nil {
		t.Fatal(err)
	}
	if count, _, _ := read(); count["model-a"] != 39 || count["model-b"] != 1 {
		t.Errorf("arrivals of %v after one was answered anew", count)
	}
	stop := errors.New("stop")
	seen := 0
	if err := store.Arrivals(ctx, func(a learn.Arrival) error {
		if a.Model == "model-b" && (a.Hostile != 0.25 || a.Spam != -1) {
			t.Errorf("answered anew: %+v", a)
		}
		seen++
		if seen == 40 {
			return stop
		}
		return nil
	}); !errors.Is(err, stop) {
		t.Errorf("the visitor's error became %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if err := store.Arrivals(cancelled, func(learn.Arrival) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
