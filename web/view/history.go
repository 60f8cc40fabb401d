package view

import (
	"net/url"
	"time"

	"commentdesk/moderation"
)

// Act is one line of a comment's history.
type Act struct {
	Who, What, Reason string
	When, At          string // in words; as a date
	Undone            bool
	ActionID          string // set where the user may undo it
}

// newHistory lists the entries, newest first.
func newHistory(entries []moderation.Entry, frame Frame, now time.Time) []Act {
	cancelled := map[int64]bool{}
	for _, e := range entries {
		if e.Kind == moderation.KindUndo {
			cancelled[e.Cancels] = true
		}
	}
	last := moderation.LastStanding(entries)
	acts := make([]Act, 0, len(entries))
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		act := Act{Who: e.Actor, What: e.Did(), Reason: e.Reason, When: Ago(now, e.At), At: Day(e.At), Undone: cancelled[e.Position]}
		own := frame.User != nil && e.Actor == frame.User.Name
		if last != nil && e.Position == last.Position && e.Kind == moderation.KindAct && (frame.MayEdit() || own && frame.MayAct()) {
			act.ActionID = e.ActionID
		}
		acts = append(acts, act)
	}
	return acts
}

// webAddress is the address where it is an absolute http one, "" otherwise.
func webAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}
