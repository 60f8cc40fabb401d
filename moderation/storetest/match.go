package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// matchStays holds that an article keeps the claim it was matched to when it arrived, until its topic changes.
func matchStays(t *testing.T, store Store) {
	ctx := context.Background()
	const claim = "The old bridge should be rebuilt."
	article := Article(1)
	article.Matched = claim
	submit(t, store, article, Page("Yes."))
	again := article
	again.Matched = "Another claim."
	if _, err := store.Submit(ctx, again, Incoming(again, Page("Yes.", "No.")), true, Start); !errors.Is(err, moderation.ErrClaimMoved) {
		t.Errorf("answered under another match: %v", err)
	}
	submit(t, store, article, Page("Yes.", "No."))
	if got, err := store.Article(ctx, article.ID); err != nil || got != article {
		t.Errorf("the article is %+v, error %v", got, err)
	}
	for _, c := range all(t, store) {
		if c.ClaimFrom != moderation.ClaimMatched || c.Article.Matched != claim || c.Article.ClaimSentence() != claim {
			t.Errorf("%q is stored %s, %+v", c.Text, c.ClaimFrom, c.Article)
		}
	}
	labelled := act(t, store, moderation.Action{ID: "a1", CommentID: all(t, store)[0].ID, Revision: 1, Actor: "anna",
		Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}})
	if labelled.ClaimID != classifier.ClaimID(claim) {
		t.Errorf("the label is on the claim %s", labelled.ClaimID)
	}
	if sentence, err := store.Claim(ctx, labelled.ClaimID); err != nil || sentence != claim {
		t.Errorf("the claim is %q, error %v", sentence, err)
	}
	if _, err := store.Claim(ctx, "none"); moderation.ErrorCode(err) != moderation.CodeNotFound {
		t.Errorf("an unknown claim: %v", err)
	}
}

// matchGivesWay holds that a topic goes before a match, and that a match is parted with for good.
func matchGivesWay(t *testing.T, store Store) {
	ctx := context.Background()
	const claim, ferry = "The old bridge should be rebuilt.", "The ferry should stay."
	addTopic(t, store, "ferries", ferry)
	article := Article(1)
	article.Matched = claim
	submit(t, store, article, Page("Yes."))
	named := Article(2)
	named.Topic, named.Claim, named.Matched = "ferries", ferry, claim
	submit(t, store, named, Page("Yes."))

	rescored := 0
	assign := func(topic string, side moderation.Side) moderation.Stored {
		t.Helper()
		rescored = 0
		rescore := func(_ string, under moderation.Article) moderation.Incoming {
			rescored++
			return moderation.Incoming{Prediction: Prediction("model-b", 0.2, 0.2), ClaimFrom: under.ClaimFrom()}
		}
		if err := store.AssignTopic(ctx, article.ID, topic, side, "eve", Start, rescore); err != nil {
			t.Fatal(err)
		}
		return all(t, store)[0]
	}
	for _, step := range []struct {
		does                  string
		topic                 string
		side                  moderation.Side
		claim, from, notes    string
		rescored, ledgerGrows int
	}{
		{"a side alone keeps the match", "", moderation.SideAgainst, claim, moderation.ClaimMatched, "side against", 0, 1},
		{"a topic goes before it", "ferries", moderation.SideAgainst, ferry, moderation.ClaimGiven, "under topic", 1, 1},
		{"without the topic the match is gone", "", moderation.SideAgainst, article.Headline, moderation.ClaimHeadline, "out of topic", 1, 1},
		{"nothing to part with", "", moderation.SideAgainst, article.Headline, moderation.ClaimHeadline, "out of topic", 0, 0},
	} {
		before := ledgerLength(t, store)
		got := assign(step.topic, step.side)
		if got.Article.ClaimSentence() != step.claim || got.ClaimFrom != step.from || got.Article.Side != step.side || rescored != step.rescored {
			t.Errorf("%s: claim %q %s, side %s, %d rescored", step.does, got.Article.ClaimSentence(), got.ClaimFrom, got.Article.Side, rescored)
		}
		if grown := ledgerLength(t, store) - before; grown != step.ledgerGrows || !strings.Contains(lastNote(t, store), step.notes) {
			t.Errorf("%s: %d entries more, the last says %q", step.does, grown, lastNote(t, store))
		}
	}
	if got := all(t, store)[1]; got.ClaimFrom != moderation.ClaimGiven || got.Article.Matched != "" {
		t.Errorf("an article with a topic was matched: %+v", got.Article)
	}

	other := Article(3)
	other.Matched = claim
	submit(t, store, other, Page("Yes."))
	article = other
	assign("", moderation.SideFor)
	if got, err := store.Article(ctx, other.ID); err != nil || got.Matched != "" || rescored != 1 || !strings.Contains(lastNote(t, store), "does not speak of") {
		t.Errorf("parted from its claim: %+v, %d rescored, %q, error %v", got, rescored, lastNote(t, store), err)
	}
}

func ledgerEntries(t testing.TB, store Store) []moderation.Entry {
	t.Helper()
	entries, err := store.Ledger(context.Background(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func ledgerLength(t testing.TB, store Store) int { return len(ledgerEntries(t, store)) }

func lastNote(t testing.TB, store Store) string {
	entries := ledgerEntries(t, store)
	return entries[len(entries)-1].Note
}
