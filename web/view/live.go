package view

import (
	"time"

	"commentdesk/moderation"
)

// NewLiveCounts are the counts of the tabs, by tab, and of what waits for the user.
func NewLiveCounts(local Local, counts map[moderation.Status]int, mine moderation.Mine) map[string]string {
	live := make(map[string]string, len(tabOrder))
	for _, name := range tabOrder {
		live[name] = local.Number(countIn(name, counts))
	}
	live["for-you"], live["opinions"], live["answers"] = upToLimit(local, mine.ForYou), upToLimit(local, mine.Opinions), upToLimit(local, mine.Answers)
	return live
}

// LiveEntry is what somebody did to the comment that a page shows.
type LiveEntry struct {
	Comment int64     `json:"comment"`
	What    string    `json:"what"` // ben rejected this
	At      time.Time `json:"at"`
	Settled bool      `json:"settled"` // decided or put off: whoever had it open is done with it
}

// NewLiveEntry says what the entry did.
func NewLiveEntry(local Local, e moderation.Entry) LiveEntry {
	settled := e.Decision != "" || e.Wait.Kind != "" && e.Wait.Kind != moderation.Recall
	return LiveEntry{Comment: e.CommentID, What: liveWords(local, e), At: e.At, Settled: settled}
}

var (
	liveDecisions = map[moderation.Decision]string{moderation.Approve: "live.approved", moderation.Reject: "live.rejected", moderation.Escalate: "live.escalated"}
	liveWaits     = map[moderation.WaitKind]string{moderation.Ask: "live.asks", moderation.HandOver: "live.handed", moderation.Snooze: "live.snoozed", moderation.Recall: "live.recalled"}
)

func liveWords(local Local, e moderation.Entry) string {
	key := "live.changed"
	switch {
	case e.Kind == moderation.KindText:
		key = "live.text"
	case e.Kind == moderation.KindUndo:
		key = "live.undid"
	case e.Kind == moderation.KindWake:
		key = "live.woke"
	case e.Kind != moderation.KindAct:
	case liveWaits[e.Wait.Kind] != "":
		key = liveWaits[e.Wait.Kind]
	case e.Decision == "":
		key = "live.labelled"
	case liveDecisions[e.Decision] != "":
		key = liveDecisions[e.Decision]
	}
	return local.T(key, "who", e.Actor, "to", e.Wait.For)
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
