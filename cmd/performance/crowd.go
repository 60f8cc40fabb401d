package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"commentdesk/moderation"
)

const (
	// moderators is how many people work at once.
	moderators = 25
	// slowestAction is what is wanted of them, p99, in ms.
	slowestAction = 50
	// pace is how long a moderator takes over a comment where they are paced: a short text, and a key.
	pace = time.Second
)

// crowdNames are the rows of a crowd, in their order.
var crowdNames = []string{"paced, an action", "paced, a page", "paced, the server's work", "flat out, an action", "flat out, a page", "faults"}

func (l load) crowdNames() (names []string) {
	for _, name := range crowdNames {
		names = append(names, l.named(fmt.Sprintf("%d at once, %s", moderators, name)))
	}
	return names
}

// measureCrowd lets everybody work at once, at the pace of people and then as fast as the server answers. Afterwards the ledger tells whether
// anybody's work was lost or done twice.
func (l load) measureCrowd(ctx context.Context) (figures []figure, err error) {
	var before int64
	path, err := l.copied(ctx, "crowd", func(d *desk) (err error) {
		if err := d.addUsers(ctx, l.password, moderators); err != nil {
			return err
		}
		before, err = d.store.LedgerEnd(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, forget(path)) }()
	paced, flat, err := l.work(ctx, path)
	if err != nil {
		return nil, err
	}
	names := l.crowdNames()
	row := func(i int, measured *latency, how string) figure {
		f := measured.figure(names[i], how)
		if len(measured.milliseconds) > 0 {
			f.Wanted = "p99 " + atMost(measured.at(.99), slowestAction, "ms")
		}
		return f
	}
	figures = []figure{
		row(0, &paced.acts, english.Sprintf("%d people, each with a session, in the four orders; each begins something every %s, for %s: %s; "+
			"times are those of a client on the same machine, from the request to the end of the answer", moderators, pace, l.sizes.crowd, paced.words())),
		row(1, &paced.pages, "the comment that comes next, and those that a colleague had open and that were stepped over"),
		paced.work(names[2]),
		row(3, &flat.acts, english.Sprintf("the same people without a pause, for %s; the machine is saturated, by the clients too: %s", l.sizes.crowd/2, flat.words())),
		row(4, &flat.pages, "the same"),
	}
	paced.join(flat)
	faults, how, err := l.faults(ctx, path, before, paced)
	if err != nil {
		return nil, err
	}
	return append(figures, figure{Name: names[5], Value: english.Sprintf("%d", len(faults)), Wanted: atMost(float64(len(faults)), 0, ""), How: how}), nil
}

// work serves the database to the crowd.
func (l load) work(ctx context.Context, path string) (paced, flat shift, err error) {
	s, err := l.serveFrom(ctx, path)
	if err != nil {
		return paced, flat, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	people := make([]*moderator, moderators)
	for i := range people {
		b, err := signIn(ctx, s.address, moderatorName(i), l.password)
		if err != nil {
			return paced, flat, err
		}
		people[i] = &moderator{number: i, browser: b, place: "/?order=" + string(moderation.Orders[i%len(moderation.Orders)])}
	}
	before := processorTime(s.cmd.Process.Pid)
	if paced, err = together(ctx, people, l.sizes.crowd, pace); err != nil {
		return paced, flat, err
	}
	paced.processor = processorTime(s.cmd.Process.Pid) - before
	flat, err = together(ctx, people, l.sizes.crowd/2, 0)
	return paced, flat, err
}

// together lets everybody work for that long, and adds up what they did.
func together(ctx context.Context, people []*moderator, long, pace time.Duration) (all shift, err error) {
	var group sync.WaitGroup
	until := time.Now().Add(long)
	for i, m := range people {
		group.Go(func() { m.work(ctx, until, pace, pace*time.Duration(i)/time.Duration(len(people))) })
	}
	group.Wait()
	all.seen = map[string]seenState{}
	for _, m := range people {
		all.join(m.shift)
	}
	return all, ctx.Err()
}

// faults is what went wrong: errors that people saw, and what the database says that it should not. Every action that was answered well must be
// one entry of the ledger, made by who sent it, and on the revision that this person had seen: so nobody decided over a decision unseen.
func (l load) faults(ctx context.Context, path string, before int64, worked shift) (faults []string, how string, err error) {
	d, err := openDesk(ctx, path)
	if err != nil {
		return nil, "", err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	for _, failed := range []latency{worked.acts, worked.pages} {
		if failed.errors > 0 {
			faults = append(faults, fmt.Sprintf("%d errors, the first: %v", failed.errors, failed.first))
		}
	}
	entries, differences, err := d.checked(ctx, before)
	if err != nil {
		return nil, "", err
	}
	faults = append(faults, compare(entries, worked.seen, worked.undone)...)
	faults = append(faults, differences...)
	how = english.Sprintf("%d entries of the ledger stand for %d actions that were answered well, each on the revision that its person had seen; %d were refused because a "+
		"colleague was faster; then every counter, state and likeness was computed anew from the ledger and compared", len(entries), len(worked.seen)+worked.undone, worked.conflicts)
	if len(faults) > 0 {
		how += ". Faults: " + strings.Join(faults[:min(len(faults), 5)], "; ")
	}
	return faults, how, nil
}

// checked is the entries behind a position, and what the doctor finds.
func (d *desk) checked(ctx context.Context, before int64) (entries []moderation.Entry, differences []string, err error) {
	for {
		page, err := d.store.Ledger(ctx, before, 1000)
		if err != nil {
			return nil, nil, err
		}
		if len(page) == 0 {
			break
		}
		entries, before = append(entries, page...), page[len(page)-1].Position
	}
	differences, err = d.store.Doctor(ctx)
	return entries, differences, err
}

// compare says where the ledger and what people were told differ.
func compare(entries []moderation.Entry, seen map[string]seenState, undone int) (faults []string) {
	type state struct{ comment, revision int64 }
	taken, found := map[state]bool{}, 0
	for _, e := range entries {
		if at := (state{e.CommentID, e.Revision}); taken[at] {
			faults = append(faults, fmt.Sprintf("comment %d has revision %d twice", e.CommentID, e.Revision))
		} else {
			taken[at] = true
		}
		switch e.Kind {
		case moderation.KindUndo:
			undone--
		case moderation.KindAct:
			was, known := seen[e.ActionID]
			if known {
				found++
			}
			if !known || was.by != e.Actor || was.comment != e.CommentID || was.revision != e.Revision-1 {
				faults = append(faults, fmt.Sprintf("entry %d was made over something that %s had not seen", e.Position, e.Actor))
			}
		}
	}
	if found != len(seen) {
		faults = append(faults, fmt.Sprintf("%d actions were answered well, %d stand in the ledger", len(seen), found))
	}
	if undone != 0 {
		faults = append(faults, fmt.Sprintf("%d undos were answered well and do not stand in the ledger", undone))
	}
	slices.Sort(faults)
	return faults
}
