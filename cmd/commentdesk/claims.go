package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// topicClaim is what --claim or --topic gave.
type topicClaim struct{ topic, sentence string }

// claims chooses the claim of each article: what was given, else what its row brings, else its topic in the database, else the one that the
// model matches it to; an article without any keeps its headline.
type claims struct {
	given   topicClaim
	model   *classifier.Model
	shipped map[string]string // topics that ship with the program: name to claim
	desk    *desk             // nil without a database
}

// openClaims opens the database that --db names, where there is one and no claim was given. The claims must be closed.
func openClaims(cmd *cobra.Command, p program, given topicClaim, model *classifier.Model) (*claims, error) {
	c := &claims{given: given, model: model}
	if given.sentence != "" {
		return c, nil
	}
	var err error
	if c.shipped, err = shippedTopics(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(cmd.Flag("db").Value.String()); err == nil {
		c.desk, err = openDesk(cmd, p.now)
		return c, err
	}
	return c, nil
}

func (c *claims) close() {
	if c.desk != nil {
		c.desk.Close()
	}
}

// of is the article with its topic and claim, or with the claim that it was matched to.
func (c *claims) of(ctx context.Context, article moderation.Article) (moderation.Article, error) {
	if c.given.sentence != "" {
		article.Claim, article.Topic = c.given.sentence, c.given.topic
		return article, nil
	}
	if article.Claim != "" {
		return article, nil
	}
	named, err := c.topic(ctx, article)
	if err != nil || named.sentence != "" {
		article.Topic, article.Claim = named.topic, named.sentence
		return article, err
	}
	if match, ok := c.model.MatchClaim(article.Headline, article.Body); ok {
		article.Matched = match.Claim.Sentence
	}
	return article, nil
}

// topic is the topic that the article's row names, else the one that the article has in the database; an empty sentence for neither.
func (c *claims) topic(ctx context.Context, article moderation.Article) (topicClaim, error) {
	if article.Topic != "" {
		claim, err := c.named(ctx, article.Topic)
		if err != nil || claim.sentence != "" {
			return claim, err
		}
	}
	if article.ID == "" {
		article.ID = moderation.ArticleID(article.Key())
	}
	if c.desk == nil || article.ID == "" {
		return topicClaim{}, nil
	}
	stored, err := c.desk.service.Article(ctx, article.ID)
	if moderation.ErrorCode(err) == moderation.CodeNotFound {
		return topicClaim{}, nil
	}
	return topicClaim{stored.Topic, stored.Claim}, err
}

// named is the topic of that name: of the database, else one that ships with the program; an empty sentence for neither.
func (c *claims) named(ctx context.Context, name string) (topicClaim, error) {
	if c.desk != nil {
		topic, err := c.desk.service.Topic(ctx, name)
		if err == nil {
			return topicClaim{topic.Name, topic.Claim}, nil
		}
		if moderation.ErrorCode(err) != moderation.CodeNotFound {
			return topicClaim{}, err
		}
	}
	return topicClaim{name, c.shipped[name]}, nil
}

// chooseClaim is the sentence of --claim, or of --topic: a topic of the database, else one that ships with the program.
func chooseClaim(cmd *cobra.Command, p program) (topicClaim, error) {
	claim, name := cmd.Flag("claim").Value.String(), cmd.Flag("topic").Value.String()
	if claim != "" && name != "" && typed(cmd.Flag("claim")) == typed(cmd.Flag("topic")) {
		return topicClaim{}, usage(errors.New("--claim and --topic exclude one another"))
	}
	if claim != "" && (name == "" || typed(cmd.Flag("claim"))) {
		return topicClaim{sentence: claim}, nil
	}
	if name == "" {
		return topicClaim{}, nil
	}
	c, err := openClaims(cmd, p, topicClaim{}, nil)
	if err != nil {
		return topicClaim{}, err
	}
	defer c.close()
	chosen, err := c.named(cmd.Context(), name)
	if err == nil && chosen.sentence == "" {
		err = usage(fmt.Errorf("no topic %q; commentdesk topic list shows them, or give --claim", name))
	}
	return chosen, err
}
