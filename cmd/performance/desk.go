package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
	"commentdesk/moderation/sqlstore"
	"commentdesk/seeds"
)

// desk is an open database with the services that fill it and learn from it.
type desk struct {
	store   *sqlstore.Store
	service *moderation.Service
	learner *learn.Learner
}

func openDesk(ctx context.Context, path string) (*desk, error) {
	return openDeskAt(ctx, path, time.Now)
}

// openDeskAt is openDesk with a clock.
func openDeskAt(ctx context.Context, path string, now func() time.Time) (*desk, error) {
	store, err := sqlstore.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	champion, err := learn.OpenChampion(ctx, store, starterFiles(), now)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	service := moderation.NewService(store, champion, now)
	return &desk{store: store, service: service, learner: learn.NewLearner(learn.Options{
		Store: store, Starter: starterFiles(), Champion: champion, Rescore: service.Rescore, Now: now, AutoPromote: true, Background: ctx,
	})}, nil
}

// perArticle is how many comments a synthetic article has.
const perArticle = 100

// submit stores comments under articles of their topics.
func (d *desk) submit(ctx context.Context, comments []seeds.Comment) error {
	waiting := map[string][]moderation.Comment{}
	articles := 0
	send := func(topic string) error {
		articles++
		article := moderation.Article{
			Headline: fmt.Sprintf("Synthetic article %d", articles), Body: "A synthetic article on " + topic + ".", Topic: topic, Origin: moderation.OriginPage,
		}
		receipt, err := d.service.Submit(ctx, article, waiting[topic])
		if err == nil && receipt.New != len(waiting[topic]) {
			err = fmt.Errorf("%d of %d synthetic comments were stored", receipt.New, len(waiting[topic]))
		}
		waiting[topic] = nil
		return err
	}
	for i, c := range comments {
		if _, known := waiting[c.Topic]; !known {
			if err := d.service.AddTopic(ctx, c.Topic, c.Claim, "performance"); err != nil {
				return err
			}
		}
		waiting[c.Topic] = append(waiting[c.Topic], moderation.Comment{
			Position: len(waiting[c.Topic]) + 1, Author: fmt.Sprintf("Reader %d", i%997), Text: c.Text,
		})
		if len(waiting[c.Topic]) == perArticle {
			if err := send(c.Topic); err != nil {
				return err
			}
		}
	}
	for _, topic := range slices.Sorted(maps.Keys(waiting)) {
		if len(waiting[topic]) == 0 {
			continue
		}
		if err := send(topic); err != nil {
			return err
		}
	}
	return nil
}

// label gives every stored comment its labels and a decision, as a moderator would.
func (d *desk) label(ctx context.Context, comments []seeds.Comment) error {
	byText := map[string]seeds.Comment{}
	for _, c := range comments {
		byText[c.Text] = c
	}
	labelled := 0
	request := moderation.QueueRequest{Order: moderation.OrderOldest, Limit: moderation.MaxPage}
	for {
		page, err := d.service.Queue(ctx, request)
		if err != nil {
			return err
		}
		for _, stored := range page.Comments {
			c, ok := byText[stored.Text]
			if !ok {
				return fmt.Errorf("stored comment %d is none of the synthetic ones", stored.ID)
			}
			decision := moderation.Approve
			if c.Hostile == classifier.Yes || c.Spam == classifier.Yes {
				decision = moderation.Reject
			}
			if _, err := d.service.Act(ctx, moderation.Action{
				ID: fmt.Sprint(stored.ID), CommentID: stored.ID, Revision: stored.State.Revision, Actor: "performance", Decision: decision,
				Labels: map[classifier.Axis]string{classifier.Stance: c.Stance, classifier.Hostile: c.Hostile, classifier.Spam: c.Spam},
			}); err != nil {
				return err
			}
			labelled++
		}
		if request.After = page.Next; request.After == "" {
			break
		}
	}
	if labelled != len(comments) {
		return fmt.Errorf("%d of %d comments were labelled", labelled, len(comments))
	}
	return nil
}

// Close closes the database.
func (d *desk) Close() error { return d.store.Close() }
