package sqlstore_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// onlyComment is the one comment there is.
func onlyComment(t *testing.T, service *moderation.Service) moderation.Stored {
	t.Helper()
	queue, err := service.Queue(t.Context(), moderation.QueueRequest{})
	if err != nil || len(queue.Comments) != 1 {
		t.Fatalf("%d comments, error %v", len(queue.Comments), err)
	}
	return queue.Comments[0]
}

// An article without a topic is answered under the claim that it speaks of, labels are on that claim, and a topic goes before it.
func TestServiceMatchesArticles(t *testing.T) {
	service, champion := newService(t)
	article := moderation.Article{URL: "https://news.example/river", Headline: "The old bridge: rebuilt, or a ruin?", Origin: moderation.OriginPage}
	page := storetest.Page("Rebuild it now, you idiot!")
	submit := func() {
		t.Helper()
		if _, err := service.Submit(t.Context(), article, page); err != nil {
			t.Fatal(err)
		}
	}
	check := func(claim, from string) moderation.Stored {
		t.Helper()
		c := onlyComment(t, service)
		want := champion.model.Classify(classifier.Example{Text: c.Text, Claim: claim})
		if diff := cmp.Diff(want, c.Prediction); diff != "" || c.ClaimFrom != from || c.Article.ClaimSentence() != claim {
			t.Errorf("claim %q %s: %s", c.Article.ClaimSentence(), c.ClaimFrom, diff)
		}
		return c
	}
	submit()
	c := check(bridgeClaim, moderation.ClaimMatched)
	article.Headline, article.Matched = "Something else altogether", "Not what the model says."
	submit()
	check(bridgeClaim, moderation.ClaimMatched)
	entry, err := service.Act(t.Context(), moderation.Action{ID: "a1", CommentID: c.ID, Revision: c.State.Revision, Actor: "anna",
		Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}})
	if err != nil || entry.ClaimID != classifier.ClaimID(bridgeClaim) {
		t.Errorf("the label is on %q, error %v", entry.ClaimID, err)
	}
	if review, err := service.Review(t.Context(), c.ID, ""); err != nil || cmp.Diff(c.Prediction, review.Explanation.Prediction) != "" {
		t.Errorf("the evidence is of another claim, error %v", err)
	}
	if err := service.AddTopic(t.Context(), "ferries", "The ferry should stay.", "eve"); err != nil {
		t.Fatal(err)
	}
	if err := service.AssignTopic(t.Context(), c.ArticleID, "ferries", moderation.SideFor, "eve"); err != nil {
		t.Fatal(err)
	}
	check("The ferry should stay.", moderation.ClaimGiven)
	if err := service.AssignTopic(t.Context(), c.ArticleID, "", moderation.SideFor, "eve"); err != nil {
		t.Fatal(err)
	}
	submit()
	check("The old bridge: rebuilt, or a ruin?", moderation.ClaimHeadline)
}

// An article that speaks of no learned claim keeps its headline, and one that comes with a topic is not matched.
func TestServiceMatchesNoOtherArticle(t *testing.T) {
	service, _ := newService(t)
	if err := service.AddTopic(t.Context(), "ferries", "The ferry should stay.", "eve"); err != nil {
		t.Fatal(err)
	}
	for _, article := range []moderation.Article{
		{URL: "https://news.example/1", Headline: "Storks return to the brewery chimney", Matched: "What the input says does not count."},
		{URL: "https://news.example/2", Headline: "The old bridge: rebuilt, or a ruin?", Topic: "ferries"},
	} {
		if _, err := service.Submit(t.Context(), article, nil); err != nil {
			t.Fatal(err)
		}
		if got, err := service.Article(t.Context(), moderation.ArticleID(article.Key())); err != nil || got.Matched != "" || got.Topic != article.Topic {
			t.Errorf("%+v, error %v", got, err)
		}
	}
}
