package learn

import (
	"context"
	"fmt"
	"sync"
	"time"

	"commentdesk/moderation"
)

// rescoreBatch is how many pending comments get their new answers in one transaction: so few that a moderator's action hardly waits for it.
const rescoreBatch = 50

// rescoreStep is after how many comments a job says how far it is.
const rescoreStep = 1000

// heartbeat is how often a job that waits for its turn says that it lives.
const heartbeat = time.Minute

// Rescoring is how far a new champion is in answering what waits.
type Rescoring struct {
	Done int // comments that have its answers by now
	Of   int // comments that lacked them when it began
}

// rounds is what can be seen of rounds of new answers: one may be announced while another is still under way.
type rounds struct {
	mutex sync.Mutex
	open  int // announced or under way
	now   Rescoring
}

func (r *rounds) begin(now Rescoring) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.open++
	r.now = now
}

func (r *rounds) reach(now Rescoring) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.now = now
}

func (r *rounds) end() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.open--
}

// Rescoring is how far the round of new answers is that this process is at; false where it is at none.
func (l *Learner) Rescoring() (Rescoring, bool) {
	l.rounds.mutex.Lock()
	defer l.rounds.mutex.Unlock()
	return l.rounds.now, l.rounds.open > 0
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

// answerBehind swaps in a champion that was just promoted and lets what waits have its answers in the background. A failure is no failure of the
// promotion: Follow tries again.
func (l *Learner) answerBehind(ctx context.Context, model string) {
	lacking, err := l.store.CountUnanswered(ctx, model)
	if err == nil {
		err = l.champion.Refresh(ctx)
	}
	if err != nil {
		l.logger.Warn("the new champion does not serve yet; it is tried again", "error", err)
		return
	}
	l.rounds.begin(Rescoring{Of: lacking})
	l.running.Go(func() {
		defer l.rounds.end()
		if err := l.rescorePending(l.background, func(string, int) {}); err != nil && l.background.Err() == nil {
			l.logger.Warn("what waits is not answered anew yet; it is tried again", "error", err)
		}
	})
}

// takeTurn waits until no other round is under way.
func (l *Learner) takeTurn(ctx context.Context, progress Progress) error {
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for {
		select {
		case l.answering <- struct{}{}:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-alive.C:
			progress(answeringWhatWaits, 95)
		}
	}
}

const answeringWhatWaits = "answering what waits"

// rescorePending answers every pending comment that another model answered, most likely harmful first. Where the champion changes meanwhile it
// begins again with the new one, so that two processes do not undo one another's answers.
func (l *Learner) rescorePending(ctx context.Context, progress Progress) error {
	if err := l.takeTurn(ctx, progress); err != nil {
		return err
	}
	defer func() { <-l.answering }()
	var model string
	var now Rescoring
	var after *moderation.Stored
	begun := false
	for {
		if err := l.champion.Refresh(ctx); err != nil {
			return err
		}
		if champion := l.champion.Model().ID(); champion != model {
			lacking, err := l.store.CountUnanswered(ctx, champion)
			if err != nil {
				return err
			}
			model, after, now = champion, nil, Rescoring{Of: lacking}
			if !begun && lacking > 0 {
				begun = true
				l.rounds.begin(now)
				defer l.rounds.end()
			}
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
		l.rounds.reach(now)
		if part := now.Done / rescoreStep; part != before || now.Done == len(batch) {
			progress(fmt.Sprintf("%s, part %d of %d", answeringWhatWaits, part+1, now.Of/rescoreStep+1), 95)
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
