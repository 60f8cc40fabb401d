package storetest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

func addTopic(t *testing.T, store Store, name, claim string) {
	t.Helper()
	if err := store.AddTopic(context.Background(), moderation.Topic{Name: name, Claim: claim}, "eve", Start); err != nil {
		t.Fatal(err)
	}
}

func topicOnArrival(t *testing.T, store Store) {
	ctx := context.Background()
	article := Article(1)
	article.Topic, article.Side = "bridges", moderation.SideAgainst
	_, err := store.Submit(ctx, article, Incoming(article, Page("Yes.")), true, Start)
	wantCode(t, err, moderation.CodeInvalid)
	if stored := all(t, store); len(stored) != 0 {
		t.Errorf("a refused article left %d comments", len(stored))
	}
	_, err = store.Article(ctx, article.ID)
	wantCode(t, err, moderation.CodeNotFound)

	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	addTopic(t, store, "ferries", "The ferry should stay.")
	article.Claim = "The old bridge should be rebuilt."
	submit(t, store, article, Page("Yes."))
	article.Topic = "ferries"
	submit(t, store, article, Page("Yes.", "No."))
	got, err := store.Article(ctx, article.ID)
	if err != nil || got.Topic != "bridges" || got.Claim != "The old bridge should be rebuilt." || got.Side != moderation.SideAgainst {
		t.Errorf("the article is %+v, error %v", got, err)
	}

	bare := moderation.Article{ID: "0123456789abcdef", Headline: "A headline", Origin: "api"}
	submit(t, store, bare, nil)
	bare.Headline, bare.Body, bare.URL = "Another headline", "And a body.", "https://news.example/x"
	submit(t, store, bare, nil)
	got, err = store.Article(ctx, bare.ID)
	if err != nil || got.Headline != "A headline" || got.Body != "And a body." || got.URL != bare.URL || got.Side != moderation.SideFor {
		t.Errorf("the article is %+v, error %v", got, err)
	}
}

func claimMoved(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	article := Article(1)
	submit(t, store, article, Page("Yes."))
	answered := Incoming(article, Page("Yes.", "No."))
	if err := store.AssignTopic(ctx, article.ID, "bridges", moderation.SideFor, "eve", Start, func(string, moderation.Article) moderation.Incoming {
		return moderation.Incoming{Prediction: Prediction("model-b", 0.2, 0.2), ClaimFrom: "given"}
	}); err != nil {
		t.Fatal(err)
	}
	for _, submit := range []func(context.Context, moderation.Article, []moderation.Incoming, bool, time.Time) (moderation.Receipt, error){
		store.Submit, store.DrySubmit,
	} {
		if _, err := submit(ctx, article, answered, true, Start); !errors.Is(err, moderation.ErrClaimMoved) {
			t.Errorf("answered under the old claim: %v", err)
		}
	}
	if stored := all(t, store); len(stored) != 1 {
		t.Errorf("%d comments are stored", len(stored))
	}
}

func topicsAssigned(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "ferries", "The ferry should stay.")
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	wantCode(t, store.AddTopic(ctx, moderation.Topic{Name: "bridges", Claim: "Another claim."}, "eve", Start), moderation.CodeExists)
	submit(t, store, Article(1), Page("Yes.", "No."))
	submit(t, store, Article(2), Page("Maybe."))
	decided := all(t, store)[0]
	act(t, store, moderation.Action{ID: "a1", CommentID: decided.ID, Revision: 1, Actor: "anna", Decision: moderation.Reject})

	rescore := func(text string, article moderation.Article) moderation.Incoming {
		if !strings.Contains(article.Claim, "bridge") || article.Headline == "" {
			t.Errorf("rescored under %+v", article)
		}
		in := moderation.Incoming{Prediction: Prediction("model-b", 0.7, 0.1), ClaimFrom: article.ClaimFrom()}
		in.Harm, in.Doubt = moderation.Priority(in.Prediction)
		return in
	}
	assign := func(article, topic string) error {
		return store.AssignTopic(ctx, article, topic, moderation.SideOpen, "eve", Start, rescore)
	}
	wantCode(t, assign(Article(1).ID, "tunnels"), moderation.CodeNotFound)
	wantCode(t, assign("none", "bridges"), moderation.CodeNotFound)
	if err := assign(Article(1).ID, "bridges"); err != nil {
		t.Fatal(err)
	}
	if err := assign(Article(1).ID, "bridges"); err != nil {
		t.Fatal(err)
	}
	for _, c := range all(t, store) {
		touched := c.Article.ID == Article(1).ID
		if (c.Prediction.Model == "model-b") != touched || (c.ClaimFrom == "given") != touched || (c.Article.Topic == "bridges") != touched {
			t.Errorf("comment %d of %s: model %s, claim %s, topic %q", c.ID, c.Article.ID, c.Prediction.Model, c.ClaimFrom, c.Article.Topic)
		}
	}
	if got := comment(t, store, decided.ID); got.State.Status != moderation.Rejected || got.State.Revision != 2 || got.Article.Side != moderation.SideOpen {
		t.Errorf("the decided one is %+v of side %s", got.State, got.Article.Side)
	}
	topics, err := store.Topics(ctx)
	want := []moderation.Topic{{Name: "bridges", Claim: "The old bridge should be rebuilt.", Articles: 1}, {Name: "ferries", Claim: "The ferry should stay."}}
	if diff := cmp.Diff(want, topics); diff != "" || err != nil {
		t.Errorf("topics differ: %s, error %v", diff, err)
	}
	wantCode(t, store.AddTopic(ctx, moderation.Topic{Name: "Bridges", Claim: "Other words."}, "eve", Start), moderation.CodeExists)
	names, err := store.TopicNames(ctx)
	if diff := cmp.Diff([]string{"bridges", "ferries"}, names); diff != "" || err != nil {
		t.Errorf("names of topics differ: %s, error %v", diff, err)
	}
	_, err = store.Topic(ctx, "tunnels")
	wantCode(t, err, moderation.CodeNotFound)
	// Two topics added, one assigned, one act: four positions, so that the next entry is the fifth.
	entry := act(t, store, moderation.Action{ID: "a2", CommentID: decided.ID, Revision: 2, Actor: "anna",
		Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}})
	if entry.Position != 5 || entry.ClaimID != classifier.ClaimID("The old bridge should be rebuilt.") || entry.Side != moderation.SideOpen {
		t.Errorf("the entry is %+v", entry)
	}
}
