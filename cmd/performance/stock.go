package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/seeds"
)

const (
	// stockVersion stands in the name of a stocked database. It rises when what a stock holds changes, so that no older one is measured.
	stockVersion = 2
	// stockedDays is over how many days the comments of a stock arrived: the dashboard looks at these.
	stockedDays = 28
	// mostDecided caps how many comments of a stock are decided; of a small one a fifth are.
	mostDecided = 20_000
	oneDecided  = 5
	deciders    = 8 // people who decided them
	authors     = 997
	oneAnswer   = 3   // of so many comments one answers the one before
	perStocked  = 500 // comments of an article
)

// stock is a database as a desk has it after four weeks: articles of three sides, threads, comments that wait, and some that were decided and
// labelled. It is made once for a size, kept, and copied for each measurement.
type stock struct {
	folder   string
	comments int
	log      io.Writer
}

func (s stock) path() string {
	return filepath.Join(s.folder, fmt.Sprintf("desk-%d-v%d.db", s.comments, stockVersion))
}

// copyTo makes the stock where it is missing, and copies it.
func (s stock) copyTo(ctx context.Context, path string) error {
	if _, err := os.Stat(s.path()); errors.Is(err, os.ErrNotExist) {
		if err := s.make(ctx); err != nil {
			return fmt.Errorf("stock of %d comments: %w", s.comments, err)
		}
	} else if err != nil {
		return err
	}
	from, err := os.Open(s.path())
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

// make fills a database beside the stock's place and moves it there when it is whole.
func (s stock) make(ctx context.Context) (err error) {
	if err := os.MkdirAll(s.folder, 0o755); err != nil {
		return err
	}
	half, err := os.MkdirTemp(s.folder, "half-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(half)
	clock := &clock{at: time.Now().AddDate(0, 0, -stockedDays)}
	path := filepath.Join(half, "desk.db")
	d, err := openDeskAt(ctx, path, clock.now)
	if err != nil {
		return err
	}
	err = s.fill(ctx, d, clock)
	if err = errors.Join(err, d.Close()); err != nil {
		return err
	}
	return os.Rename(path, s.path())
}

// clock is a time that is set.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// sides are given to articles in turn.
var sides = []moderation.Side{moderation.SideFor, moderation.SideAgainst, moderation.SideFor, moderation.SideOpen}

// fill stores the comments article by article, then decides the first of them.
func (s stock) fill(ctx context.Context, d *desk, clock *clock) error {
	synthesis, err := newSynthesis()
	if err != nil {
		return err
	}
	began, waiting, stored := time.Now(), map[string][]seeds.Comment{}, 0
	step := time.Duration(stockedDays) * 24 * time.Hour / time.Duration(s.comments/perStocked+2)
	send := func(comments []seeds.Comment) error {
		clock.at = clock.at.Add(step)
		if err := d.service.AddTopic(ctx, comments[0].Topic, comments[0].Claim, user); err != nil {
			return err
		}
		n := stored / perStocked
		if err := d.submitArticle(ctx, n, sides[n%len(sides)], comments); err != nil {
			return err
		}
		if stored += len(comments); stored%50_000 < len(comments) {
			fmt.Fprintf(s.log, "  %d of %d comments are stored, %s\n", stored, s.comments, time.Since(began).Round(time.Second))
		}
		return nil
	}
	for range s.comments {
		c := synthesis.next()
		if waiting[c.Topic] = append(waiting[c.Topic], c); len(waiting[c.Topic]) < perStocked {
			continue
		}
		if err := send(waiting[c.Topic]); err != nil {
			return err
		}
		waiting[c.Topic] = nil
	}
	for _, rest := range waiting {
		if len(rest) > 0 {
			if err := send(rest); err != nil {
				return err
			}
		}
	}
	return s.decide(ctx, d, clock)
}

// submitArticle stores one numbered article with its comments, every third of them an answer.
func (d *desk) submitArticle(ctx context.Context, number int, side moderation.Side, comments []seeds.Comment) error {
	article := moderation.Article{Headline: fmt.Sprintf("Synthetic article %d on %s", number, comments[0].Topic), Body: "A synthetic article.",
		Topic: comments[0].Topic, Side: side, Origin: moderation.OriginPage}
	rows := make([]moderation.Comment, len(comments))
	for i, c := range comments {
		rows[i] = moderation.Comment{Position: i + 1, Author: fmt.Sprintf("Reader %d", (number*perStocked+i)%authors), Text: c.Text}
		if i%oneAnswer == oneAnswer-1 {
			rows[i].Parent = i
		}
	}
	receipt, err := d.service.Submit(ctx, article, rows)
	if err == nil && receipt.New != len(rows) {
		err = fmt.Errorf("%d of %d synthetic comments were stored", receipt.New, len(rows))
	}
	return err
}

// decide decides the comments that arrived first, half of them with labels.
func (s stock) decide(ctx context.Context, d *desk, clock *clock) error {
	due := min(s.comments/oneDecided, mostDecided)
	request := moderation.QueueRequest{Order: moderation.OrderOldest, Limit: moderation.MaxPage}
	for done := 0; done < due; {
		page, err := d.service.Queue(ctx, request)
		if err != nil {
			return err
		}
		for _, c := range page.Comments[:min(len(page.Comments), due-done)] {
			clock.at = c.ArrivedAt.Add(time.Duration(1+done%48) * time.Hour)
			action := moderation.Action{ID: fmt.Sprintf("stock-%d", c.ID), CommentID: c.ID, Revision: c.State.Revision,
				Actor: fmt.Sprintf("moderator %d", done%deciders), Decision: moderation.Approve}
			if c.Shown(classifier.Hostile) == classifier.Yes {
				action.Decision = moderation.Reject
			}
			if done%2 == 0 {
				action.Labels = map[classifier.Axis]string{classifier.Hostile: c.Shown(classifier.Hostile)}
				if action.Labels[classifier.Hostile] == classifier.Unsure {
					action.Labels[classifier.Hostile] = classifier.No
				}
			}
			if _, err := d.service.Act(ctx, action); err != nil {
				return err
			}
			done++
		}
		if done%5000 == 0 {
			fmt.Fprintf(s.log, "  %d of %d comments are decided\n", done, due)
		}
		if request.After = page.Next; request.After == "" && done < due {
			return fmt.Errorf("only %d of %d comments were decided", done, due)
		}
	}
	return nil
}
