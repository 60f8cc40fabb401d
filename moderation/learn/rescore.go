package learn

import (
	"context"
	"fmt"

	"commentdesk/moderation"
)

// rescoreBatch is how many pending comments get their new answers in one transaction: so few that a moderator's action hardly waits for it.
const rescoreBatch = 50

// rescoreStep is after how many comments a job says how far it is.
const rescoreStep = 1000

// Rescoring is how far a new champion is in answering what waits.
type Rescoring struct {
	Done int // comments that have its answers by now
	Of   int // comments that waited when it began
}

// Rescoring is how far the round of new answers is that this process is at; false where it is at none.
func (l *Learner) Rescoring() (Rescoring, bool) {
	if now := l.rescoring.Load(); now != nil {
		return *now, true
	}
	return Rescoring{}, false
}

// Follow serves the store's champion, which another process may have promoted, and where it has not answered what waits yet, lets it. A server
// calls it again and again: so it ends what a promotion left behind that was interrupted.
func (l *Learner) Follow(ctx context.Context) error {
	if err := l.champion.Refresh(ctx); err != nil {
		return err
	}
	if answered := l.answered.Load(); answered != nil && *answered == l.champion.Model().ID() {
		return nil
	}
	return l.serve(ctx, func(string, int) {})
}

// serve swaps in the store's champion and gives what still waits its new answers.
func (l *Learner) serve(ctx context.Context, progress Progress) error {
	if err := l.champion.Refresh(ctx); err != nil {
		return err
	}
	return l.rescorePending(ctx, progress)
}

// beginRescoring says how much a round has before it.
func (l *Learner) beginRescoring(ctx context.Context) (Rescoring, error) {
	counts, err := l.store.Counts(ctx)
	if err != nil {
		return Rescoring{}, err
	}
	now := Rescoring{Of: counts[moderation.Pending] + counts[moderation.Snoozed]}
	l.rescoring.Store(&Rescoring{Of: now.Of})
	return now, nil
}

// rescorePending answers every pending comment that another model answered, most likely harmful first. Where the champion changes meanwhile it
// begins again with the new one, so that two processes do not undo one another's answers.
func (l *Learner) rescorePending(ctx context.Context, progress Progress) error {
	l.answering.Lock()
	defer l.answering.Unlock()
	defer l.rescoring.Store(nil)
	now, err := l.beginRescoring(ctx)
	if err != nil {
		return err
	}
	var model string
	var after *moderation.Stored
	for {
		if err := l.champion.Refresh(ctx); err != nil {
			return err
		}
		if champion := l.champion.Model().ID(); champion != model {
			model, after, now.Done = champion, nil, 0
		}
		batch, err := l.store.PendingBatch(ctx, model, after, rescoreBatch)
		if err != nil {
			return err
		}
		if len(batch) == 0 && after == nil {
			l.answered.Store(&model)
			return nil
		}
		if len(batch) == 0 { // a last look from the top, at what another process put back meanwhile
			after = nil
			continue
		}
		if err := l.answerBatch(ctx, batch); err != nil {
			return err
		}
		after = &batch[len(batch)-1]
		before := now.Done / rescoreStep
		now.Done = min(now.Done+len(batch), now.Of)
		l.rescoring.Store(&Rescoring{now.Done, now.Of})
		if part := now.Done / rescoreStep; part != before || now.Done == len(batch) {
			progress(fmt.Sprintf("%s, part %d of %d", "answering what waits", part+1, now.Of/rescoreStep+1), 95)
		}
	}
}

// answerBatch gives comments the champion's answers.
func (l *Learner) answerBatch(ctx context.Context, batch []moderation.Stored) error {
	answers := make([]Rescored, len(batch))
	for i, c := range batch {
		answers[i] = Rescored{
			CommentID: c.ID, TextVersion: c.State.TextVersion, Claim: c.Article.ClaimSentence(), Answers: l.rescore(c.Text, c.Article),
		}
	}
	return l.store.Rescored(ctx, answers)
}
