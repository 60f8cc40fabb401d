package main

import (
	"context"
	"errors"
	"strconv"
	"time"
)

// What a moderator does of so many actions.
const (
	oneLabels  = 5
	oneRejects = 4
	oneUndoes  = 20
	mostSteps  = 30 // over comments that others have open, before this one is decided all the same
)

// moderator is one of many who work at once.
type moderator struct {
	number  int
	browser *browser
	place   string // where the next page is
	turn    int
	shift
}

// shift is what was done and how long it took.
type shift struct {
	acts, pages latency
	seen        map[string]seenState // of each action that was answered well, by its id
	undone      int
	conflicts   int
	steps       int           // over comments that others had open
	processor   time.Duration // of the server, meanwhile; 0 where the system does not tell
}

// seenState is the state in which somebody saw a comment before acting on it.
type seenState struct {
	comment, revision int64
	by                string
}

func (s *shift) join(other shift) {
	s.acts.join(other.acts)
	s.pages.join(other.pages)
	for id, seen := range other.seen {
		s.seen[id] = seen
	}
	s.undone += other.undone
	s.conflicts += other.conflicts
	s.steps += other.steps
}

// work is the row of the server's work: what does not depend on what else the machine does.
func (s *shift) work(name string) figure {
	requests := len(s.acts.milliseconds) + len(s.pages.milliseconds)
	if s.processor == 0 || requests == 0 {
		return figure{Name: name, Missing: absent("only Linux tells a program's processor time in /proc")}
	}
	return figure{Name: name, Value: rounded(s.processor.Seconds()*1e3/float64(requests)) + " ms of processor time a request",
		How: english.Sprintf("%s s of the server's process for %d pages and actions; what other programs do on the machine delays the answers and hardly changes this",
			rounded(s.processor.Seconds()), requests)}
}

// words says how much was done.
func (s *shift) words() string {
	return english.Sprintf("%d decisions and labels, %d undos, %d comments stepped over that a colleague had open, %d refused because a colleague was faster",
		len(s.seen), s.undone, s.steps, s.conflicts)
}

// work takes one comment after the other until the time is over; with a pace, each begins that long after the one before, the first after a wait.
func (m *moderator) work(ctx context.Context, until time.Time, pace, wait time.Duration) {
	m.shift = shift{seen: map[string]seenState{}}
	for due := time.Now().Add(wait); due.Before(until) && ctx.Err() == nil; due = due.Add(pace) {
		if pace == 0 {
			due = time.Now()
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(due)):
		}
		m.once(ctx)
	}
}

// once opens the next comment and decides it, and now and then takes the decision back.
func (m *moderator) once(ctx context.Context) {
	page := m.open(ctx)
	if page == nil {
		return
	}
	f, err := formOf(page, "act")
	if err != nil { // the end of this queue
		m.place = "/?order=newest"
		return
	}
	m.turn++
	id, was := f.fields.Get("action"), seenState{by: moderatorName(m.number)}
	was.comment, _ = strconv.ParseInt(f.fields.Get("comment"), 10, 64)
	was.revision, _ = strconv.ParseInt(f.fields.Get("revision"), 10, 64)
	next, err := m.post(ctx, m.fill(f, page))
	if err != nil {
		return
	}
	m.seen[id], m.place = was, next
	if m.turn%oneUndoes == 0 {
		if _, err := m.post(ctx, form{target: "/undo", fields: map[string][]string{"action": {id}, "place": f.fields["place"]}}); err == nil {
			m.undone++
		}
	}
}

// fill marks the form.
func (m *moderator) fill(f form, page []byte) form {
	f.with("decision", "approve")
	if (m.turn+m.number)%oneRejects == 0 {
		f.with("decision", "reject").with("reason_id", first(listedWhy, page))
	}
	if (m.turn+m.number)%oneLabels == 0 {
		f.with("hostile", []string{"yes", "no"}[m.turn%2])
	}
	return f
}

// open reads the page of the next comment, stepping over those that somebody else has open; nil where that failed.
func (m *moderator) open(ctx context.Context) (page []byte) {
	for range mostSteps {
		if err := m.pages.time(func() (err error) {
			page, err = m.browser.get(ctx, m.place)
			return err
		}); err != nil {
			return nil
		}
		next := first(nextLink, page)
		if !heldNotice.Match(page) || next == "" {
			break
		}
		m.place = next
		m.steps++
	}
	return page
}

// post sends a form. That somebody else was faster is no error: the person is told and goes on.
func (m *moderator) post(ctx context.Context, f form) (next string, err error) {
	start := time.Now()
	next, _, err = m.browser.post(ctx, f)
	took := time.Since(start)
	if errors.Is(err, errConflict) {
		m.conflicts++
		m.acts.add(took, nil)
		return "", err
	}
	m.acts.add(took, err)
	return next, err
}
