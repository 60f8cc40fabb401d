package moderation

import (
	"cmp"
	"context"
	"time"
	"unicode/utf8"

	"commentdesk/classifier"
)

// Limits of topics.
const (
	MaxTopicName = 80  // characters
	MaxClaim     = 300 // characters
	MaxArticles  = 100 // on one page of a topic's articles, and assigned at once
)

// topicStore keeps topics and which articles belong to them. Each change appends a ledger entry of KindTopic in the same transaction.
type topicStore interface {
	Topics(ctx context.Context) ([]Topic, error)
	// TopicNames is the names of Topics without those that were merged away and have no article since. Articles, of which there may be many
	// thousands, are not counted.
	TopicNames(ctx context.Context) ([]string, error)
	// Topic is NotFound where there is none of that name.
	Topic(ctx context.Context, name string) (Topic, error)
	// Articles lists up to limit articles of a topic ("" for those without one) in the order of their ids, after that id, without bodies.
	Articles(ctx context.Context, topic, after string, limit int) ([]Article, error)
	// AddTopic makes a topic; Exists where the name is taken by another claim, no change where it is the same.
	AddTopic(ctx context.Context, topic Topic, actor string, at time.Time) error
	// AssignTopic puts an article under a topic ("" takes it out) with a side. An article that was matched to a claim loses the match to a
	// topic, and to "" with the side it has; "" with another side sets the side alone. rescore gives the article's comments their new answers
	// within the same transaction.
	AssignTopic(ctx context.Context, articleID, topic string, side Side, actor string, at time.Time, rescore Rescore) error
}

// Rescore answers a comment's text anew under a claim.
type Rescore func(text string, article Article) Incoming

// Topics lists every topic by name.
func (s *Service) Topics(ctx context.Context) ([]Topic, error) { return s.store.Topics(ctx) }

// TopicNames lists the topics that there are to choose from, in order.
func (s *Service) TopicNames(ctx context.Context) ([]string, error) { return s.store.TopicNames(ctx) }

// Topic is one topic by name.
func (s *Service) Topic(ctx context.Context, name string) (Topic, error) {
	return s.store.Topic(ctx, name)
}

// Articles is a page of a topic's articles, "" for those without one; next is the id that the following page comes after, "" at the end.
func (s *Service) Articles(ctx context.Context, topic, after string) (articles []Article, next string, err error) {
	if topic != "" {
		if _, err := s.store.Topic(ctx, topic); err != nil {
			return nil, "", err
		}
	}
	articles, err = s.store.Articles(ctx, topic, after, MaxArticles+1)
	if len(articles) > MaxArticles {
		articles = articles[:MaxArticles]
		next = articles[MaxArticles-1].ID
	}
	return articles, next, err
}

// AssignTopics puts several articles under a topic, each with that side, or for "" with the one that sideUnder says. It stops at the first that
// fails.
func (s *Service) AssignTopics(ctx context.Context, articleIDs []string, topic string, side Side, actor string) error {
	if len(articleIDs) == 0 || len(articleIDs) > MaxArticles {
		return Invalid("choose 1 to %d articles", MaxArticles)
	}
	for _, id := range articleIDs {
		article, err := s.store.Article(ctx, id)
		if err != nil {
			return err
		}
		if err := s.AssignTopic(ctx, id, topic, cmp.Or(side, sideUnder(topic, article)), actor); err != nil {
			return err
		}
	}
	return nil
}

// sideUnder is an article's side where nobody names one: its own as long as its claim stays, for where its headline is its claim again, else open,
// since the side it has was towards another claim.
func sideUnder(topic string, article Article) Side {
	switch topic {
	case article.Topic:
		return article.Side
	case "":
		return SideFor
	}
	return SideOpen
}

// AddTopic makes a topic with its claim.
func (s *Service) AddTopic(ctx context.Context, name, claim, actor string) error {
	name, claim = tidyName(name), tidyName(claim)
	switch {
	case name == "" || claim == "":
		return Invalid("a topic needs a name and a claim")
	case utf8.RuneCountInString(name) > MaxTopicName || utf8.RuneCountInString(claim) > MaxClaim:
		return Invalid("a topic's name has at most %d characters, its claim %d", MaxTopicName, MaxClaim)
	}
	return s.store.AddTopic(ctx, Topic{Name: name, Claim: claim}, actor, s.now())
}

// AssignTopic puts an article under a topic; topic "" takes it out, and parts an article without one from the claim it was matched to: see
// topicStore.AssignTopic. Its comments are answered anew, decided ones keep their decision.
func (s *Service) AssignTopic(ctx context.Context, articleID, topic string, side Side, actor string) error {
	return s.store.AssignTopic(ctx, articleID, topic, side, actor, s.now(), s.Rescore)
}

// Rescore answers a text as the champion sees it now.
func (s *Service) Rescore(text string, article Article) Incoming {
	in := Incoming{ClaimFrom: article.ClaimFrom()}
	in.Text = text
	in.Prediction = s.champion.Model().Classify(classifier.Example{Text: text, Claim: article.ClaimSentence()})
	in.Harm, in.Doubt = Priority(in.Prediction)
	return in
}

// Article is one article by its id.
func (s *Service) Article(ctx context.Context, id string) (Article, error) {
	return s.store.Article(ctx, id)
}
