package sqlstore_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

const bridgeClaim = "The old bridge should be rebuilt."

// champion is a small trained model that is always in use.
type champion struct{ model *classifier.Model }

func (c champion) Model() *classifier.Model { return c.model }

func (c champion) ModelAt(context.Context, time.Time) (*classifier.Model, error) { return c.model, nil }

// newService is the service on an empty store, with a model that learned a few words under the bridge claim.
func newService(t *testing.T) (*moderation.Service, champion) {
	t.Helper()
	var examples []classifier.Example
	for i := range 120 {
		stance := []string{classifier.Favor, classifier.Against, classifier.None}[i%3]
		hostile := []string{classifier.Yes, classifier.No}[i%2]
		text := map[string]string{classifier.Favor: "rebuild it now", classifier.Against: "leave that ruin alone", classifier.None: "what a lovely day"}[stance] +
			map[string]string{classifier.Yes: " you idiot", classifier.No: " dear neighbour"}[hostile]
		examples = append(examples, classifier.Example{Text: fmt.Sprintf("%s number %d", text, i), Claim: bridgeClaim,
			Labels: map[classifier.Axis]string{classifier.Stance: stance, classifier.Hostile: hostile, classifier.Spam: hostile}})
	}
	model, _, err := classifier.Train(feature.Current, examples, classifier.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	c := champion{model}
	return moderation.NewService(open(t), c, func() time.Time { return storetest.Start }), c
}

func TestServiceAnswersAsTheStoreKnowsTheArticle(t *testing.T) {
	service, champion := newService(t)
	answer := func(text, claim string) classifier.Prediction {
		return champion.model.Classify(classifier.Example{Text: text, Claim: claim})
	}
	page := storetest.Page("Rebuild it now, you idiot!", "Leave that ruin alone.")
	if given, headline := answer(page[0].Text, bridgeClaim), answer(page[0].Text, "Bridge"); cmp.Equal(given, headline) {
		t.Fatal("the model answers alike under any claim: this test could not fail")
	}
	article := moderation.Article{URL: "https://news.example/bridge?utm_source=x", Headline: "Bridge", Topic: "bridges", Claim: "Not the topic's claim.",
		Origin: moderation.OriginPage}
	if _, err := service.Submit(t.Context(), article, page); moderation.ErrorCode(err) != moderation.CodeInvalid {
		t.Errorf("under an unknown topic: %v", err)
	}
	if err := service.AddTopic(t.Context(), "bridges", bridgeClaim, "eve"); err != nil {
		t.Fatal(err)
	}
	receipt, err := service.Submit(t.Context(), article, append(page, moderation.Comment{Text: " \n"}))
	if err != nil || receipt.Seen != 3 || receipt.New != 2 || receipt.Refused["empty text"] != 1 || receipt.Articles != 1 {
		t.Fatalf("%+v, error %v", receipt, err)
	}
	check := func(claim, from string, want int) {
		t.Helper()
		queue, err := service.Queue(t.Context(), moderation.QueueRequest{})
		if err != nil || len(queue.Comments) != want {
			t.Fatalf("%d comments, want %d, error %v", len(queue.Comments), want, err)
		}
		for _, c := range queue.Comments {
			if diff := cmp.Diff(answer(c.Text, claim), c.Prediction); diff != "" || c.ClaimFrom != from {
				t.Errorf("%q, claim %s: %s", c.Text, c.ClaimFrom, diff)
			}
		}
	}
	check(bridgeClaim, "given", 2)
	article.Topic, article.Claim, article.Headline = "", "", "Bridge, corrected"
	if _, err := service.Submit(t.Context(), article, append(page, storetest.Page("What a lovely day.")...)); err != nil {
		t.Fatal(err)
	}
	check(bridgeClaim, "given", 3)
	id := moderation.ArticleID(article.Key())
	if err := service.AssignTopic(t.Context(), id, "", moderation.SideFor, "eve"); err != nil {
		t.Fatal(err)
	}
	check("Bridge", "headline", 3)
	if _, err := service.Submit(t.Context(), article, storetest.Page("Leave that ruin alone.", "Rebuild it now.")); err != nil {
		t.Fatal(err)
	}
	check("Bridge", "headline", 4)
}

// mover is a champion beside whose first answers an editor puts the article under a topic.
type mover struct {
	champion
	move func()
}

func (m *mover) Model() *classifier.Model {
	if move := m.move; move != nil {
		m.move = nil
		move()
	}
	return m.model
}

func TestServiceAnswersAnewWhereTheClaimMoves(t *testing.T) {
	_, trained := newService(t)
	moving := &mover{champion: trained}
	service := moderation.NewService(open(t), moving, func() time.Time { return storetest.Start })
	article := storetest.Article(1)
	if _, err := service.Submit(t.Context(), article, storetest.Page("What a lovely day.")); err != nil {
		t.Fatal(err)
	}
	if err := service.AddTopic(t.Context(), "bridges", bridgeClaim, "eve"); err != nil {
		t.Fatal(err)
	}
	moving.move = func() {
		if err := service.AssignTopic(t.Context(), article.ID, "bridges", moderation.SideFor, "eve"); err != nil {
			t.Error(err)
		}
	}
	receipt, err := service.Submit(t.Context(), article, storetest.Page("What a lovely day.", "Rebuild it now, you idiot!", " "))
	if err != nil || receipt.Seen != 3 || receipt.New != 1 || receipt.Already != 1 || receipt.Refused["empty text"] != 1 {
		t.Fatalf("%+v, error %v", receipt, err)
	}
	if diff := cmp.Diff([]moderation.RefusedAt{{At: 2, Reason: "empty text"}}, receipt.Which); diff != "" {
		t.Error(diff)
	}
	queue, err := service.Queue(t.Context(), moderation.QueueRequest{})
	if err != nil || len(queue.Comments) != 2 {
		t.Fatalf("%d comments, error %v", len(queue.Comments), err)
	}
	for _, c := range queue.Comments {
		want := trained.model.Classify(classifier.Example{Text: c.Text, Claim: bridgeClaim})
		if diff := cmp.Diff(want, c.Prediction); diff != "" || c.ClaimFrom != "given" {
			t.Errorf("%q, claim %s: %s", c.Text, c.ClaimFrom, diff)
		}
	}
}

func TestServiceReviewAndAct(t *testing.T) {
	service, _ := newService(t)
	page := storetest.Page("What a lovely day.", "Rebuild it now, you idiot!", "Leave that ruin alone.")
	page[1].Parent, page[2].Parent = 1, 2
	article := storetest.Article(1)
	if _, err := service.Submit(t.Context(), article, page); err != nil {
		t.Fatal(err)
	}
	queue, err := service.Queue(t.Context(), moderation.QueueRequest{Order: moderation.OrderOldest})
	if err != nil {
		t.Fatal(err)
	}
	id := queue.Comments[1].ID
	if looked, err := service.Review(t.Context(), id, ""); err != nil || looked.Lease != nil {
		t.Errorf("who only looks has the lease %+v, error %v", looked.Lease, err)
	}
	review, err := service.Review(t.Context(), id, "anna")
	if err != nil || review.Lease == nil || review.Lease.User != "anna" || len(review.Parents) != 1 || len(review.Answers) != 1 ||
		len(review.History) != 0 || review.Article.Body != article.Body || len(review.Explanation.Evidence) == 0 {
		t.Errorf("the review is %+v, error %v", review, err)
	}
	act := func(action, actor string, revision int64, labels map[classifier.Axis]string) error {
		_, err := service.Act(t.Context(), moderation.Action{ID: action, CommentID: id, Revision: revision, Actor: actor, Decision: moderation.Reject, Labels: labels})
		return err
	}
	if err := act("a1", "ben", review.State.Revision, map[classifier.Axis]string{classifier.Hostile: classifier.Yes}); err != nil {
		t.Errorf("somebody else's lease is advice: %v", err)
	}
	if err := act("a2", "anna", review.State.Revision, nil); err == nil || err.Error() != "ben rejected, labelled hostile: yes at 2026-05-14T09:00:00Z; nothing was saved" {
		t.Errorf("anna is told %v", err)
	}
	if _, err := service.Undo(t.Context(), "a1", "ben", false); err != nil {
		t.Error(err)
	}
	if counts, err := service.Counts(t.Context()); err != nil || counts[moderation.Pending] != 3 || len(counts) != len(moderation.Statuses) {
		t.Errorf("%v, error %v", counts, err)
	}
}
