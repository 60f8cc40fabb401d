package learn

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// Clock tells the time; tests move it.
type Clock func() time.Time

// Learner retrains, promotes and rolls back.
type Learner struct {
	store       Store
	starter     registry.Files
	champion    *Champion
	rescore     moderation.Rescore
	now         Clock
	logger      *slog.Logger
	autoPromote bool
	background  context.Context // ends when the process stops; jobs in the background stop with it
	running     sync.WaitGroup
	answerLater bool
	answering   chan struct{}          // holds one while a round of new answers is under way
	answered    atomic.Pointer[string] // the model that last gave everything that waits its answers
	rounds      rounds
}

// Options wire a Learner.
type Options struct {
	Store       Store
	Starter     registry.Files
	Champion    *Champion
	Rescore     moderation.Rescore // how a pending comment is answered anew
	Now         Clock
	Logger      *slog.Logger
	AutoPromote bool            // passing candidates promote themselves
	AnswerLater bool            // a promotion by a person returns at once; what waits gets its new answers in the background
	Background  context.Context // nil means context.Background()
}

// NewLearner wires a learner.
func NewLearner(o Options) *Learner {
	if o.Background == nil {
		o.Background = context.Background()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Learner{
		store: o.Store, starter: o.Starter, champion: o.Champion, rescore: o.Rescore, now: o.Now, logger: o.Logger,
		autoPromote: o.AutoPromote, answerLater: o.AnswerLater, background: o.Background, answering: make(chan struct{}, 1),
	}
}

// Waits is the reason of a candidate that passes and that nobody promoted yet, around why it passes.
const Waits = "it passes and waits for an editor: %s"

// Retrain makes a candidate, compares it and promotes it where it passes; it runs as the one job and returns when it is done.
func (l *Learner) Retrain(ctx context.Context, actor string, progress Progress) (Report, error) {
	job, err := l.store.StartJob(ctx, actor, l.now())
	if err != nil {
		return Report{}, err
	}
	return l.run(ctx, job, actor, progress)
}

// DryRun makes and compares a candidate and stores nothing.
func (l *Learner) DryRun(ctx context.Context, progress Progress) (Report, error) {
	made, err := l.train(ctx, progress)
	if err != nil {
		return Report{}, err
	}
	fate := "held"
	if made.report.Promoted {
		fate = "promoted"
	}
	made.report.Promoted, made.report.Reason = false, "dry run; it would be "+fate+": "+made.report.Reason
	return made.report, nil
}

// Start runs Retrain in the background and returns its job; Busy while one runs.
func (l *Learner) Start(ctx context.Context, actor string) (Job, error) {
	job, err := l.store.StartJob(ctx, actor, l.now())
	if err != nil {
		return Job{}, err
	}
	l.running.Go(func() {
		if _, err := l.run(l.background, job, actor, func(string, int) {}); err != nil {
			l.logger.Error("retraining failed", "job", job.ID, "error", err)
		}
	})
	return job, nil
}

// Wait returns when no job runs in the background any more.
func (l *Learner) Wait() { l.running.Wait() }

// run does the work of one job and writes how it went.
func (l *Learner) run(ctx context.Context, job Job, actor string, progress Progress) (Report, error) {
	report, err := l.retrain(ctx, actor, func(step string, percent int) {
		job.Step, job.Percent, job.HeardAt = step, percent, l.now()
		progress(step, percent)
		if err := l.store.UpdateJob(ctx, job); err != nil && ctx.Err() == nil {
			l.logger.Warn("job progress not written", "job", job.ID, "error", err)
		}
	})
	job.EndedAt, job.ModelID, job.Message, job.Percent = l.now(), report.Candidate, report.Reason, 100
	job.HeardAt = job.EndedAt
	switch {
	case err != nil && report.Promoted:
		job.State, job.Message = JobDone, report.Reason+"; not everything that waits has its new answers yet"
	case err != nil && ctx.Err() != nil:
		job.State, job.Message = JobInterrupted, "stopped before it was done"
	case err != nil:
		job.State, job.Message = JobFailed, failure(err)
	case report.Promoted:
		job.State = JobDone
	default:
		job.State = JobHeld
	}
	// The job's end is written even when the request or the process is going away.
	ended := l.store.UpdateJob(context.WithoutCancel(ctx), job)
	if moderation.ErrorCode(ended) == moderation.CodeNotFound {
		l.logger.Warn("another process ended the job", "job", job.ID)
		ended = nil
	}
	if ended != nil {
		err = errors.Join(err, ended)
	}
	return report, err
}

// failure is what a user may read of an error.
func failure(err error) string {
	var known *moderation.Error
	if errors.As(err, &known) {
		return known.Message
	}
	return "it failed; the log has the reason"
}

func (l *Learner) retrain(ctx context.Context, actor string, progress Progress) (Report, error) {
	made, err := l.train(ctx, progress)
	if err != nil {
		return Report{}, err
	}
	report := made.report
	passes := report.Promoted
	if passes && !l.autoPromote {
		report.Promoted, report.Reason = false, fmt.Sprintf(Waits, report.Reason)
	}
	encoded, err := encodeReport(report)
	if err != nil {
		return Report{}, err
	}
	record := ModelRecord{
		ID: report.Candidate, State: StateHeld, Parent: report.Champion, Position: report.Position, CreatedAt: l.now(), CreatedBy: actor,
		Reason: report.Reason, Report: encoded,
	}
	if report.Candidate == report.Champion {
		report.Promoted, report.Reason = false, "the candidate is the champion: nothing changed"
		return report, nil
	}
	if err := l.store.SaveModel(ctx, record, made.files); err != nil {
		return Report{}, err
	}
	if !report.Promoted {
		return report, nil
	}
	progress("promoting", 94)
	err = l.store.Promote(ctx, Promotion{ID: report.Candidate, Over: report.Champion, Actor: actor, Reason: report.Reason, At: l.now()})
	if moderation.ErrorCode(err) == moderation.CodeBusy {
		report.Promoted, report.Reason = false, "another model became the champion while this one was compared: retrain again"
		return report, nil
	}
	if err != nil {
		return Report{}, err
	}
	return report, l.serve(ctx, progress)
}

// Promote makes a stored model the champion. A held one needs a reason.
func (l *Learner) Promote(ctx context.Context, id, actor, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return moderation.Invalid("promoting a held model needs a reason")
	}
	return l.promote(ctx, Promotion{ID: id, Actor: actor, Reason: reason, At: l.now()})
}

// MayRollBack tells whether there is a champion before this one.
func (l *Learner) MayRollBack(ctx context.Context) (bool, error) {
	id, err := l.store.PreviousChampion(ctx)
	return id != "", err
}

// Rollback makes the champion before this one the champion again. Busy where somebody changes the champion at the same time.
func (l *Learner) Rollback(ctx context.Context, actor string) error {
	now, err := l.store.ChampionID(ctx)
	if err != nil {
		return err
	}
	id, err := l.store.PreviousChampion(ctx)
	if err != nil {
		return err
	}
	if id == "" {
		return moderation.Invalid("there is no earlier champion to roll back to")
	}
	return l.promote(ctx, Promotion{ID: id, Over: now, Actor: actor, Reason: fmt.Sprintf("rolled back from %.8s", now), At: l.now()})
}

func (l *Learner) promote(ctx context.Context, p Promotion) error {
	files, err := l.store.ModelFiles(ctx, p.ID)
	if err != nil {
		return err
	}
	if _, err := openServable(files); err != nil {
		return moderation.Invalid("model %.8s cannot serve: %v", p.ID, err)
	}
	if err := l.store.Promote(ctx, p); err != nil {
		return err
	}
	if !l.answerLater {
		return l.serve(ctx, func(string, int) {})
	}
	l.answerBehind(context.WithoutCancel(ctx), p.ID)
	return nil
}

// Verify rebuilds a stored model through the library: from its own counts, and where it is not the starter also from the starter and the
// ledger. Both must give the same id and weights.
func (l *Learner) Verify(ctx context.Context, id string) error {
	files, err := l.store.ModelFiles(ctx, id)
	if err != nil {
		return err
	}
	return l.verify(ctx, files)
}

// Models lists every model, newest first.
func (l *Learner) Models(ctx context.Context) ([]ModelRecord, error) { return l.store.Models(ctx) }

// ModelFiles are the files of one model; NotFound where there is none.
func (l *Learner) ModelFiles(ctx context.Context, id string) (ModelFiles, error) {
	return l.store.ModelFiles(ctx, id)
}

// Jobs lists the newest jobs first.
func (l *Learner) Jobs(ctx context.Context, limit int) ([]Job, error) {
	return l.store.Jobs(ctx, limit)
}

// InterruptJobs ends jobs that a dead process left running; call it once at the start of the one process that serves.
func (l *Learner) InterruptJobs(ctx context.Context) error {
	return l.store.InterruptJobs(ctx, l.now())
}

// SetAside says why the starter serves instead of the stored champion, "" where it does not.
func (l *Learner) SetAside() string { return l.champion.SetAside() }
