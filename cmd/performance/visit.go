package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// Limits on how long one page is measured.
const (
	visitTime   = 4 * time.Second // then it is enough
	fewVisits   = 10              // but not before these
	visitWarmUp = 3
)

// mostDeep is how far inside the queue a deep page lies, at most.
const mostDeep = 50_000

// visit is a page that is measured: what it is called, and its address at each turn.
type visit struct {
	name    string
	address func(turn int) string
	how     string
}

// always is an address that stays the same.
func always(address string) func(int) string { return func(int) string { return address } }

// visits are the pages of a desk of that many comments. harm and newest are cursors deep inside these orders.
func visits(comments, deep int, harm, newest string) []visit {
	filtered := func(query string) string { return "/?" + url.Values{"order": {"newest"}, "q": {query}}.Encode() }
	return []visit{
		{"queue, most likely harmful", always("/"), "the first comment, with all that stands beside it"},
		{"queue, most doubtful", always("/?order=doubt"), "the same"},
		{"queue, newest", always("/?order=newest"), "the same"},
		{"queue, oldest", always("/?order=oldest"), "the same"},
		{"queue, deep inside", always("/?after=" + harm), english.Sprintf("most likely harmful, behind %d others", deep)},
		{"a comment by its number", func(turn int) string { return fmt.Sprintf("/?tab=all&id=%d", 1+turn*7919%comments) }, "another one each time"},
		{"list", always("/?view=list"), "50 comments"},
		{"list, deep inside", always("/?view=list&order=newest&after=" + newest), english.Sprintf("newest, behind %d others", deep)},
		{"list, by author", always(filtered(`author:"Reader 7"`) + "&view=list"), "newest; an index holds it; what fits is counted up to 1,000"},
		{"list, hostile", always("/?view=list&q=hostile:yes"), "looked for in order; what fits is counted up to 1,000"},
		{"queue, a filter that nothing fits", always(filtered("zyzzyva")), "three pages of 20,000 rows are looked at, and 20,000 rows are counted"},
		{"near-duplicates", func(turn int) string { return fmt.Sprintf("/alike/%d", 1+turn*7919%comments) }, "of another comment each time"},
		{"grid", always("/grid"), ""},
		{"dashboard", always("/dashboard"), ""},
		{"fairness", always("/fairness"), ""},
		{"audit log", always("/audit"), ""},
	}
}

// measure visits the page again and again. A page that is not the one that was meant is an error.
func (v visit) measure(ctx context.Context, b *browser, requests int) (latency, error) {
	var l latency
	began := time.Now()
	for turn := range visitWarmUp + requests {
		path := v.address(turn)
		var page []byte
		visited := func() (err error) {
			page, err = b.get(ctx, path)
			return err
		}
		var err error
		if turn < visitWarmUp {
			err = visited()
		} else {
			err = l.time(visited)
		}
		switch {
		case err != nil:
			return l, fmt.Errorf("%s: %w", v.name, err)
		case hintNotice.Match(page):
			return l, errors.New(v.name + ": the filter was not understood")
		}
		if len(l.milliseconds) >= min(fewVisits, requests) && time.Since(began) > visitTime {
			break
		}
	}
	return l, nil
}

// deepCursors are the cursors behind that many comments that wait, in the orders harm and newest.
func (d *desk) deepCursors(ctx context.Context, deep int) (harm, newest string, err error) {
	behind := func(order moderation.Order) (string, error) {
		request := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: order, Limit: moderation.MaxPage}
		for seen := 0; seen < deep; seen += request.Limit {
			page, err := d.service.Queue(ctx, request)
			if err != nil {
				return "", err
			}
			if page.Next == "" {
				return "", fmt.Errorf("fewer than %d comments wait", deep)
			}
			request.After = page.Next
		}
		return request.After, nil
	}
	if harm, err = behind(moderation.OrderHarm); err != nil {
		return "", "", err
	}
	newest, err = behind(moderation.OrderNewest)
	return harm, newest, err
}

// addUsers makes an admin and so many moderators, all with the same password.
func (d *desk) addUsers(ctx context.Context, password string, moderators int) error {
	accounts := account.NewService(d.store, time.Now)
	if _, err := accounts.Add(ctx, user, user, password, account.Admin); err != nil {
		return err
	}
	for i := range moderators {
		if _, err := accounts.Add(ctx, user, moderatorName(i), password, account.Moderator); err != nil {
			return err
		}
	}
	return nil
}

func moderatorName(i int) string { return fmt.Sprintf("moderator-%d", i+1) }
