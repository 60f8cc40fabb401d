package moderation

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"commentdesk/classifier"
)

// Limits of what a person may send with an action.
const (
	MaxReason   = 500 // characters
	MaxActionID = 64  // bytes
)

// Action is what a person does to one comment: labels, with a decision or a wait or neither, as one thing that can be undone.
type Action struct {
	ID        string // made by the client; sending it twice acts once
	CommentID int64
	Revision  int64  // the revision the person saw
	ClaimID   string // of the claim that the person saw, towards which stance is labelled; "" is not checked
	Actor     string
	By        By                         // "" means ByPerson
	Labels    map[classifier.Axis]string // an answer of the axis or CantTell
	Decision  Decision
	Reason    string
	Wait      Wait // what the comment waits for from now on; zero where it is not put off
}

// Validate says what is wrong with the action, nil when nothing is.
func (a Action) Validate() error {
	switch {
	case a.ID == "" || len(a.ID) > MaxActionID:
		return Invalid("an action needs an id of 1 to %d bytes", MaxActionID)
	case a.CommentID <= 0:
		return Invalid("no comment named")
	case a.Revision <= 0:
		return Invalid("no revision named")
	case a.Actor == "":
		return Invalid("no actor named")
	case len(a.Labels) == 0 && a.Decision == "" && a.Wait.Kind == "":
		return Invalid("nothing to do: no label and no decision")
	case !utf8.ValidString(a.Reason) || utf8.RuneCountInString(a.Reason) > MaxReason:
		return Invalid("the reason is longer than %d characters", MaxReason)
	}
	if err := a.validateWait(); err != nil {
		return err
	}
	switch a.Decision {
	case "", Approve, Reject, Escalate:
	default:
		return Invalid("no decision %.20q: approve, reject or escalate", a.Decision)
	}
	for axis, answer := range a.Labels {
		if axis.Index() < 0 {
			return Invalid("no axis %.20q: stance, hostile or spam", axis)
		}
		if answer != CantTell && axis.AnswerIndex(answer) < 0 {
			return Invalid("no answer %.20q on %s: %s or %s", answer, axis, strings.Join(axis.Answers(), ", "), CantTell)
		}
	}
	return nil
}

// actStore writes one action in one transaction.
type actStore interface {
	// Act appends the action's entry, with the stored prediction beside each label, and moves the comment to its new state. A stale revision
	// is a *Conflict and writes nothing, and so is what Action.Fits refuses. Whom a wait names must be able to act. An action id that was used
	// before for the same comment returns the entry of then. A stance label towards another claim than the comment has now is Invalid: topics are
	// merged and assigned without a new revision.
	Act(ctx context.Context, action Action, at time.Time) (Entry, error)
	// Undo appends an entry that cancels the action. It is a *Conflict when a later entry on that comment stands, NotFound for an unknown
	// action, Forbidden when it is not the actor's own and mayUndoOthers is false. Undoing twice returns the first undo's entry.
	Undo(ctx context.Context, actionID, actor string, mayUndoOthers bool, at time.Time) (Entry, error)
	// ActsOf is the acts whose action id begins with the prefix, in order of position, at most limit; undone ones too.
	ActsOf(ctx context.Context, prefix string, limit int) ([]ActRef, error)
	// LastAct is the actor's newest act since then that stands, with nothing standing on its comment after it; NotFound where there is none among
	// the newest.
	LastAct(ctx context.Context, actor string, since time.Time) (Entry, error)
}

// ActRef names an act.
type ActRef struct {
	ActionID  string
	CommentID int64
	Undone    bool
}

// Act does what the action says, or nothing: see actStore.Act.
func (s *Service) Act(ctx context.Context, action Action) (Entry, error) {
	if action.By == "" {
		action.By = ByPerson
	}
	action.Actor, action.Reason = Clean(action.Actor), Clean(action.Reason)
	if err := action.Validate(); err != nil {
		return Entry{}, err
	}
	now := s.now()
	if until := action.Wait.Until; !until.IsZero() && (!until.After(now) || until.After(now.Add(MaxSnooze))) {
		return Entry{}, Invalid("a snooze ends in the future, within a year")
	}
	return s.store.Act(ctx, action, now)
}

// undoWithin is how long an act is offered to be undone without its comment being looked up.
const undoWithin = time.Hour

// LastAct is the act that the actor would undo next: the newest of the last hour that stands and that nobody acted after; NotFound where there is
// none. Undoing it makes the one before the last.
func (s *Service) LastAct(ctx context.Context, actor string) (Entry, error) {
	return s.store.LastAct(ctx, actor, s.now().Add(-undoWithin))
}

// Undo cancels one action: see actStore.Undo.
func (s *Service) Undo(ctx context.Context, actionID, actor string, mayUndoOthers bool) (Entry, error) {
	if actionID == "" || len(actionID) > MaxActionID || actor == "" {
		return Entry{}, Invalid("an undo names an action and an actor")
	}
	return s.store.Undo(ctx, actionID, actor, mayUndoOthers, s.now())
}
