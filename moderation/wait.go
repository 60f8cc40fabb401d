package moderation

import (
	"context"
	"time"
)

// MaxSnooze is how far ahead a comment can be snoozed.
const MaxSnooze = 366 * 24 * time.Hour

// WaitKind is what is done with a comment that is not decided now.
type WaitKind string

const (
	Snooze   WaitKind = "snooze"    // it comes back at a time
	HandOver WaitKind = "hand over" // one colleague is to decide it
	Ask      WaitKind = "ask"       // somebody else than the asker has to decide it
	Recall   WaitKind = "recall"    // it waits for nothing any more: snooze and handing over end, and the actor's own question
)

// Wait puts a comment off; the zero value does not. A decision settles everything that a comment waits for.
type Wait struct {
	Kind  WaitKind
	For   string    // HandOver: the colleague; Ask: the colleague who is asked, "" for anybody
	Until time.Time // Snooze
}

// Waiting is what a comment waits for; the zero value for the next moderator.
type Waiting struct {
	Until    time.Time // snoozed until then; zero where it is not
	For      string    // handed to; "" for nobody
	HandedBy string
	AskedBy  string // who wants a second opinion; "" for nobody
}

// Did says what the wait is, as Entry.Did does.
func (w Wait) Did() string {
	switch w.Kind {
	case Snooze:
		return "snoozed until " + w.Until.UTC().Format("2 Jan 2006 15:04") + " UTC"
	case HandOver:
		return "handed to " + w.For
	case Ask:
		if w.For != "" {
			return "asked for the opinion of " + w.For
		}
		return "asked for a second opinion"
	case Recall:
		return "brought back"
	}
	return ""
}

// validate says what is wrong with a wait by itself.
func (a Action) validateWait() error {
	w := a.Wait
	switch {
	case w == Wait{}:
		return nil
	case a.Decision != "":
		return Invalid("a comment is decided or put off, not both")
	case w.Kind == Snooze && (w.Until.IsZero() || w.For != ""):
		return Invalid("a snooze needs a time")
	case w.Kind == HandOver && w.For == "":
		return Invalid("choose the colleague to hand it to")
	case w.Kind != Snooze && !w.Until.IsZero(), w.Kind == Recall && w.For != "":
		return Invalid("only a snooze has a time, only handing over and asking a colleague")
	}
	switch w.Kind {
	case Snooze, HandOver, Ask, Recall:
		return nil
	}
	return Invalid("no kind of waiting %.20q", w.Kind)
}

// Fits says why the action cannot be done to a comment in that state, nil when it can. Stores ask it within the transaction of the action.
func (a Action) Fits(state State) error {
	waiting := state.Waiting
	switch {
	case a.Decision != "" && a.Actor != "" && FoldCase(waiting.AskedBy) == FoldCase(a.Actor): // no other spelling gets round it
		return Forbidden("You asked for a second opinion: somebody else decides this, or you take the question back first.")
	case a.Wait.Kind == "":
		return nil
	case state.Status == Approved || state.Status == Rejected:
		return Invalid("it is %s already: only what is not decided can wait", state.Status)
	case a.Wait.For == a.Actor:
		return Invalid("that is you: choose a colleague")
	case a.Wait.Kind == HandOver && a.Wait.For == waiting.AskedBy:
		return Invalid("%s asked for a second opinion on it: choose somebody else", waiting.AskedBy)
	case a.Wait.Kind == Ask && waiting.AskedBy != "":
		return Invalid("%s asked for a second opinion already", waiting.AskedBy)
	case a.Wait.Kind == Recall && waiting.Until.IsZero() && waiting.For == "" && waiting.AskedBy != a.Actor:
		return Invalid("there is nothing to bring it back from")
	}
	return nil
}

// StandingWaits is the entries that a comment still waits by; nil where it does not. A decision settles all, a new text wakes.
func StandingWaits(entries []Entry) (snoozed, handed, asked *Entry) {
	cancelled := cancelledBy(entries)
	for i := range entries {
		e := &entries[i]
		switch {
		case cancelled[e.Position]:
		case e.Kind == KindText || e.Kind == KindWake:
			snoozed = nil
		case e.Kind != KindAct:
		case e.Decision != "":
			snoozed, handed, asked = nil, nil, nil
		case e.Wait.Kind == Snooze:
			snoozed = e
		case e.Wait.Kind == HandOver:
			handed = e
		case e.Wait.Kind == Ask:
			asked = e
			if e.Wait.For != "" {
				handed = e
			}
		case e.Wait.Kind == Recall:
			snoozed, handed = nil, nil
			if asked != nil && asked.Actor == e.Actor {
				asked = nil
			}
		}
	}
	return snoozed, handed, asked
}

// waitingAfter is what a comment waits for after its entries.
func waitingAfter(entries []Entry) (w Waiting) {
	snoozed, handed, asked := StandingWaits(entries)
	if snoozed != nil {
		w.Until = snoozed.Wait.Until
	}
	if handed != nil {
		w.For, w.HandedBy = handed.Wait.For, handed.Actor
	}
	if asked != nil {
		w.AskedBy = asked.Actor
	}
	return w
}

// GaveAway reports whether the comment waits for somebody else because the user wanted it so: the user's own queue passes over it.
func (w Waiting) GaveAway(user string) bool {
	return user != "" && (w.AskedBy == user || w.HandedBy == user && w.For != user)
}

// HidesLabels reports whether labels stay hidden from the user, so that the second opinion is not led by the first.
func (w Waiting) HidesLabels(user string) bool { return w.AskedBy != "" && w.AskedBy != user }

// Shown is an entry of the comment as the user may see it: without the labels of the one who asks for a second opinion.
func (w Waiting) Shown(e Entry, user string) Entry {
	if w.HidesLabels(user) && e.Actor == w.AskedBy {
		e.Labels = nil
	}
	return e
}

// Blind hides from the user how the one who asks for a second opinion labelled the comment, and what that one decided and undid again.
func (r *Review) Blind(user string) {
	if !r.State.Waiting.HidesLabels(user) {
		return
	}
	undone := map[int64]bool{}
	for _, entry := range r.History {
		if entry.Kind == KindUndo && entry.Actor == r.State.Waiting.AskedBy {
			undone[entry.Cancels] = true
		}
	}
	var history []Entry
	for _, entry := range r.History {
		if undone[entry.Position] || undone[entry.Cancels] {
			r.Blinded = true
			continue
		}
		shown := r.State.Waiting.Shown(entry, user)
		r.Blinded = r.Blinded || len(shown.Labels) < len(entry.Labels)
		history = append(history, shown)
	}
	r.History = history
	seen := Fold(history).Labels
	for axis, answer := range r.State.Labels {
		if seen[axis] != answer && r.ByAuthor.Labels[axis][answer] > 0 {
			r.ByAuthor.Labels[axis][answer]-- // the author's record counts this comment too
		}
	}
	r.State.Labels = seen
}

// Answer is a decision on a comment that somebody wanted a second opinion on.
type Answer struct {
	Entry   Entry // labels are left out
	Comment Stored
}

// Mine is what waits for one user, each counted up to MineLimit.
type Mine struct {
	ForYou   int // comments handed to the user
	Opinions int // comments on which others want a second opinion
	Answers  int // answers to the user's questions that were not marked as seen
}

// MineLimit is where counts of what waits for one user stop; MaxAnswers is how many answers are listed at once.
const (
	MineLimit  = 1000
	MaxAnswers = 100
)

// wakeBatch is how many snoozed comments one look brings back.
const wakeBatch = 500

// waitStore keeps what comments wait for.
type waitStore interface {
	// Wake brings back snoozed comments whose time has come, at most limit, the earliest first: each by an entry of its own. It writes nothing where
	// none is due, and leaves it to the next look where somebody else writes for longer: whoever reads does not wait for that.
	Wake(ctx context.Context, at time.Time, limit int) (woken int, err error)
	// Mine counts what waits for the user, each kind up to limit.
	Mine(ctx context.Context, user string, limit int) (Mine, error)
	// Answers is the decisions on what the user asked about, the newest first, without those that were seen. An answer that was undone is none.
	Answers(ctx context.Context, user string, limit int) ([]Answer, error)
	// SeeAnswers marks the user's answers up to that position as seen.
	SeeAnswers(ctx context.Context, user string, upTo int64) error
}

// wake brings back what is due. There is no timer: whoever reads the queue or its counts calls it, a page that listens once a second.
func (s *Service) wake(ctx context.Context) error {
	_, err := s.store.Wake(ctx, s.now(), wakeBatch)
	return err
}

// Mine counts what waits for the user, each kind up to MineLimit.
func (s *Service) Mine(ctx context.Context, user string) (Mine, error) {
	return s.store.Mine(ctx, user, MineLimit)
}

// Answers is the newest answers to the user's questions that were not marked as seen, at most MaxAnswers.
func (s *Service) Answers(ctx context.Context, user string) ([]Answer, error) {
	return s.store.Answers(ctx, user, MaxAnswers)
}

// SeeAnswers marks the user's answers up to that position as seen.
func (s *Service) SeeAnswers(ctx context.Context, user string, upTo int64) error {
	return s.store.SeeAnswers(ctx, user, upTo)
}
