package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// bulkSize is how many comments are decided at once: a whole page of the list.
const bulkSize = 50

// deeds measures what one moderator does: each kind again and again, at the top of the queue.
type deeds struct {
	browser                                       *browser
	approve, reject, label, undo, next, ask, bulk latency
	unbulk                                        latency
}

// measure does each kind so many times. next is the page that follows an approval.
func (d *deeds) measure(ctx context.Context, times, bulks int) error {
	for range times {
		for _, kind := range []struct {
			to   *latency
			name string
			fill func(form, []byte) form
		}{
			{&d.approve, "approve", func(f form, _ []byte) form { return f.with("decision", "approve") }},
			{&d.reject, "reject", func(f form, page []byte) form {
				return f.with("decision", "reject").with("reason_id", first(listedWhy, page)).with("reason", "measured")
			}},
			{&d.label, "label", func(f form, _ []byte) form { return f.with("decision", "label").with("hostile", "no") }},
		} {
			if err := d.act(ctx, kind.to, kind.fill); err != nil {
				return fmt.Errorf("%s: %w", kind.name, err)
			}
		}
	}
	for range bulks {
		if err := d.actAll(ctx); err != nil {
			return fmt.Errorf("bulk: %w", err)
		}
	}
	return nil
}

// act sends the form of the first comment, goes where the answer points, and where it was an approval takes it back.
func (d *deeds) act(ctx context.Context, l *latency, fill func(form, []byte) form) error {
	page, err := d.browser.get(ctx, "/")
	if err != nil {
		return err
	}
	f, err := formOf(page, "act")
	if err != nil {
		return err
	}
	next := ""
	if err := l.time(func() (err error) {
		next, _, err = d.browser.post(ctx, fill(f, page))
		return err
	}); err != nil {
		return err
	}
	if l != &d.approve {
		return nil
	}
	if err := d.next.time(func() (err error) {
		page, err = d.browser.get(ctx, next)
		return err
	}); err != nil {
		return err
	}
	return d.takeBack(ctx, &d.undo, page)
}

// takeBack sends the page's form that undoes the last action.
func (d *deeds) takeBack(ctx context.Context, l *latency, page []byte) error {
	f, err := formOf(page, "undo")
	if err != nil {
		return err
	}
	return l.time(func() error {
		_, _, err := d.browser.post(ctx, f)
		return err
	})
}

// actAll approves the first page of the list at once, and takes that back.
func (d *deeds) actAll(ctx context.Context) error {
	page, err := d.browser.get(ctx, "/?view=list&order=newest")
	if err != nil {
		return err
	}
	f, err := formOf(page, "bulk")
	if err != nil {
		return err
	}
	for _, box := range pickedBox.FindAllSubmatch(page, -1) {
		f.fields.Add("pick", string(box[1]))
	}
	if n := len(f.fields["pick"]); n != bulkSize {
		return fmt.Errorf("the list has %d comments", n)
	}
	var confirm []byte
	if err := d.ask.time(func() (err error) {
		confirm, err = d.browser.get(ctx, f.with("decision", "approve").address())
		return err
	}); err != nil {
		return err
	}
	if f, err = formOf(confirm, "bulk"); err != nil {
		return err
	}
	if !strings.Contains(f.fields.Get("decision"), "approve") || len(f.fields["pick"]) != bulkSize {
		return errors.New("the page that asks shows other comments")
	}
	next := ""
	if err := d.bulk.time(func() (err error) {
		next, _, err = d.browser.post(ctx, f)
		return err
	}); err != nil {
		return err
	}
	if page, err = d.browser.get(ctx, next); err != nil {
		return err
	}
	return d.takeBack(ctx, &d.unbulk, page)
}
