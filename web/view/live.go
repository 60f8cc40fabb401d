package view

import (
	"time"

	"commentdesk/moderation"
)

// NewLiveCounts are the counts of the tabs, by tab, and of what waits for the user.
func NewLiveCounts(counts map[moderation.Status]int, mine moderation.Mine) map[string]string {
	live := make(map[string]string, len(tabOrder))
	for _, name := range tabOrder {
		live[name] = Thousands(countIn(name, counts))
	}
	live["for-you"], live["answers"] = upToLimit(mine.ForYou), upToLimit(mine.Answers)
	return live
}

// LiveEntry is what somebody did to the comment that a page shows.
type LiveEntry struct {
	Comment int64     `json:"comment"`
	What    string    `json:"what"` // ben rejected this
	At      time.Time `json:"at"`
}

// NewLiveEntry says what the entry did.
func NewLiveEntry(e moderation.Entry) LiveEntry {
	what := e.Actor + " changed this"
	switch {
	case e.Kind == moderation.KindText:
		what = "The reader changed this text"
	case e.Kind == moderation.KindUndo:
		what = e.Actor + " undid what was done to this"
	case e.Kind == moderation.KindWake:
		what = "This came back: " + e.Reason
	case e.Kind == moderation.KindAct && e.Wait.Kind == moderation.Ask:
		what = e.Actor + " asks for a second opinion on this"
	case e.Kind == moderation.KindAct && e.Wait.Kind == moderation.HandOver:
		what = e.Actor + " handed this to " + e.Wait.For
	case e.Kind == moderation.KindAct && e.Wait.Kind == moderation.Snooze:
		what = e.Actor + " snoozed this"
	case e.Kind == moderation.KindAct && e.Wait.Kind == moderation.Recall:
		what = e.Actor + " brought this back"
	case e.Kind == moderation.KindAct && e.Decision != "":
		what = e.Actor + " " + string(e.Decision.Status()) + " this"
	case e.Kind == moderation.KindAct:
		what = e.Actor + " labelled this"
	}
	return LiveEntry{Comment: e.CommentID, What: what, At: e.At}
}

// LiveLease says who has the comment open.
type LiveLease struct {
	User    string `json:"user"`
	Mine    bool   `json:"mine"`
	Seconds int    `json:"seconds"` // until it lapses
}

// NewLiveLease is the lease as the user's page needs it.
func NewLiveLease(lease moderation.Lease, user string, now time.Time) LiveLease {
	return LiveLease{User: lease.User, Mine: lease.User == user, Seconds: int(lease.Until.Sub(now).Seconds())}
}
