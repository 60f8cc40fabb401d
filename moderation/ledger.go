package moderation

import (
	"strings"
	"time"

	"commentdesk/classifier"
)

// CantTell is a label that is stored and never trained on.
const CantTell = "cant_tell"

// By is what kind of hand gave a label.
type By string

const (
	ByPerson  By = "person"  // a key or control for that axis
	ByArchive By = "archive" // an import
	ByClient  By = "client"  // an API token
)

// Label is a person's answer on one axis, with what that person saw before answering.
type Label struct {
	Axis        classifier.Axis
	Answer      string // one of the axis's answers, or CantTell
	By          By
	Predicted   string     // the prediction's answer then, Unsure included; "" where there was none
	Probability [3]float64 // the prediction's probabilities then
	Model       string     // which model said so
}

// Decision is what becomes of a comment; "" where an action only labels.
type Decision string

const (
	Approve  Decision = "approve"
	Reject   Decision = "reject"
	Escalate Decision = "escalate"
)

// Status is the status that a decision leads to; Pending for none.
func (d Decision) Status() Status {
	switch d {
	case Approve:
		return Approved
	case Reject:
		return Rejected
	case Escalate:
		return Escalated
	}
	return Pending
}

// Kind is what an entry records.
type Kind string

const (
	KindAct   Kind = "act"   // labels, a decision or a wait
	KindUndo  Kind = "undo"  // cancels one act
	KindText  Kind = "text"  // the reader changed the text: back to pending
	KindWake  Kind = "wake"  // a snoozed comment came back: its time had come, or an answer arrived
	KindTopic Kind = "topic" // an article was assigned to a topic, a topic's claim was set, topics were merged

	// Topics were merged: the comment's stance label counts under the claim ClaimID from here on, which says the same as the one before, or the
	// opposite, so that favor and against change places.
	KindSame     Kind = "same claim"
	KindOpposite Kind = "opposite claim"
)

// Entry is one row of the ledger. Positions rise by one in the order of commits, without gaps. Entries are never changed.
type Entry struct {
	Position    int64
	ActionID    string // made by the client; the same id twice is one entry
	At          time.Time
	Actor       string // user name
	Kind        Kind
	CommentID   int64  // 0 for KindTopic
	Revision    int64  // the comment's revision after the entry
	TextVersion int    // the text that was labelled or decided
	ClaimID     string // of the claim that stance was labelled against
	Side        Side
	Labels      []Label
	Decision    Decision
	Reason      string
	Wait        Wait
	Cancels     int64  // KindUndo: the position it cancels
	Note        string // KindTopic: article and topic, in words
}

// Did says in a few words what the entry did, for conflicts and histories.
func (e Entry) Did() string {
	switch e.Kind {
	case KindUndo:
		return "undid an action"
	case KindText:
		return "changed the text"
	case KindWake:
		return "brought back"
	case KindTopic:
		return e.Note
	case KindSame:
		return "kept the stance under a claim that says the same"
	case KindOpposite:
		return "turned the stance round under a claim that says the opposite"
	}
	var parts []string
	if e.Decision != "" {
		parts = append(parts, string(e.Decision.Status()))
	}
	if e.Wait.Kind != "" {
		parts = append(parts, e.Wait.Did())
	}
	for _, l := range e.Labels {
		parts = append(parts, "labelled "+string(l.Axis)+": "+strings.ReplaceAll(l.Answer, "_", " "))
	}
	if len(parts) == 0 {
		return "gave labels that are hidden for now"
	}
	return strings.Join(parts, ", ")
}

// Fold is the one definition of a comment's state: its entries in order of position, undone ones left out. A changed text sends the comment
// back to pending and drops the labels of the earlier text. A snoozed comment has no other status while it is snoozed. The revision counts every entry, undone ones too.
func Fold(entries []Entry) State {
	state := State{Status: Pending, Revision: 1 + int64(len(entries)), TextVersion: 1, Labels: map[classifier.Axis]string{}}
	cancelled := cancelledBy(entries)
	for _, e := range entries {
		switch {
		case cancelled[e.Position]:
		case e.Kind == KindAct && e.Decision != "":
			state.Status = e.Decision.Status()
		case e.Kind == KindText:
			state.Status, state.TextVersion = Pending, e.TextVersion
		}
	}
	if state.Waiting = waitingAfter(entries); !state.Waiting.Until.IsZero() {
		state.Status = Snoozed
	}
	for axis, given := range StandingLabels(entries) {
		state.Labels[axis] = given.Label.Answer
	}
	return state
}

// GivenLabel is a label with the entry that gave it.
type GivenLabel struct {
	Label Label
	Entry Entry
}

// StandingLabels is the latest label an axis that is not undone and was given on the text as it is after the last entry.
func StandingLabels(entries []Entry) map[classifier.Axis]GivenLabel {
	standing := map[classifier.Axis]GivenLabel{}
	cancelled := cancelledBy(entries)
	for _, e := range entries {
		switch {
		case cancelled[e.Position]:
		case e.Kind == KindAct:
			for _, l := range e.Labels {
				standing[l.Axis] = GivenLabel{l, e}
			}
		case e.Kind == KindSame || e.Kind == KindOpposite:
			if given, ok := standing[classifier.Stance]; ok {
				given.Entry.ClaimID, given.Entry.Side = e.ClaimID, e.Side
				if e.Kind == KindOpposite {
					given.Label = given.Label.opposite()
				}
				standing[classifier.Stance] = given
			}
		case e.Kind == KindText:
			clear(standing)
		}
	}
	return standing
}

// opposite is a stance label, and the prediction beside it, towards the opposite claim.
func (l Label) opposite() Label {
	favor, against := classifier.Stance.AnswerIndex(classifier.Favor), classifier.Stance.AnswerIndex(classifier.Against)
	l.Answer, l.Predicted = OppositeStance(l.Answer), OppositeStance(l.Predicted)
	l.Probability[favor], l.Probability[against] = l.Probability[against], l.Probability[favor]
	return l
}

// OppositeStance is what a stance is towards the opposite claim; only favor and against change places.
func OppositeStance(answer string) string {
	switch answer {
	case classifier.Favor:
		return classifier.Against
	case classifier.Against:
		return classifier.Favor
	}
	return answer
}

// cancelledBy is the positions that undos among the entries cancel.
func cancelledBy(entries []Entry) map[int64]bool {
	cancelled := make(map[int64]bool)
	for _, e := range entries {
		if e.Kind == KindUndo {
			cancelled[e.Cancels] = true
		}
	}
	return cancelled
}

// LastDecision is the newest entry of a comment that decided it and is not undone, or nil.
func LastDecision(entries []Entry) *Entry {
	cancelled := cancelledBy(entries)
	for i := len(entries) - 1; i >= 0; i-- {
		if e := &entries[i]; e.Kind == KindAct && e.Decision != "" && !cancelled[e.Position] {
			return e
		}
	}
	return nil
}

// LastStanding is the newest entry of a comment that is neither undone nor an undo, or nil. It is what a conflict names and the only one
// that can be undone.
func LastStanding(entries []Entry) *Entry {
	cancelled := cancelledBy(entries)
	for i := len(entries) - 1; i >= 0; i-- {
		if entries[i].Kind != KindUndo && !cancelled[entries[i].Position] {
			return &entries[i]
		}
	}
	return nil
}
