package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"commentdesk/classifier"
)

// thresholdNames are the rows of a change of thresholds, in their order.
var thresholdNames = []string{"thresholds set, the answer", "thresholds set, everything that waits answered anew", "approve, meanwhile"}

// lookEvery is how often it is looked whether everything has its answers.
const lookEvery = 200 * time.Millisecond

// thresholdChange measures a model with other thresholds: how long the page takes that makes it the champion, how long until everything that waits
// has its answers, and what a moderator who works on meanwhile notices.
type thresholdChange struct {
	answer, approve latency
	all             time.Duration
}

func (t *thresholdChange) measure(ctx context.Context, b *browser) error {
	page, err := b.get(ctx, "/models/thresholds?axis="+string(classifier.Spam)+"&low=0.01&high=0.95&coverage=0.5")
	if err != nil {
		return err
	}
	f, err := formOf(page, "set")
	if err != nil {
		return err
	}
	start := time.Now()
	if err := t.answer.time(func() error {
		_, _, err := b.post(ctx, f.with("reason", "measured"))
		return err
	}); err != nil {
		return err
	}
	for {
		if page, err = b.get(ctx, "/models"); err != nil {
			return err
		}
		if strings.Contains(string(page), `data-running="false"`) {
			t.all = time.Since(start)
			return nil
		}
		if t.all = time.Since(start); t.all > time.Hour {
			return errors.New("what waits was not answered anew within an hour")
		}
		d := deeds{browser: b}
		if err := d.act(ctx, &d.label, func(f form, _ []byte) form { return f.with("decision", "approve") }); err != nil {
			return fmt.Errorf("approve, meanwhile: %w", err)
		}
		t.approve.join(d.label)
		time.Sleep(lookEvery)
	}
}

// figures are the rows.
func (t *thresholdChange) figures(name func(string) string, waiting int) []figure {
	seconds := t.all.Seconds()
	meanwhile := t.approve.figure(name(thresholdNames[2]), "the same user approves the first comment again and again until then")
	if len(t.approve.milliseconds) == 0 {
		meanwhile.Value = "everything was answered before anybody could"
	}
	return []figure{
		t.answer.figure(name(thresholdNames[0]), "spam: no up to .01, yes from .95, a word in two known; a model is made, stored and serves"),
		{Name: name(thresholdNames[1]), Value: english.Sprintf("%s s, %s comments/s", rounded(seconds), rounded(float64(waiting)/seconds)),
			How: english.Sprintf("%d comments that wait, in the background", waiting)},
		meanwhile,
	}
}
