package learn_test

import (
	"context"
	"errors"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func TestOneJobAtATime(t *testing.T) {
	d := newDesk(t)
	probe := d.teachInsult(4)
	running, err := d.store.StartJob(t.Context(), "ben", began)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.learner.Retrain(t.Context(), "anna", quiet)
	wantCode(t, err, moderation.CodeBusy)
	_, err = d.learner.Start(t.Context(), "anna")
	wantCode(t, err, moderation.CodeBusy)
	d.learner.Wait() // nothing was started: it returns at once
	if job := d.lastJob(); job.ID != running.ID || job.State != learn.JobRunning {
		t.Errorf("the job is %+v", job)
	}

	// The process that ran it is gone.
	if err := d.learner.InterruptJobs(t.Context()); err != nil {
		t.Fatal(err)
	}
	if job := d.lastJob(); job.State != learn.JobInterrupted || !job.EndedAt.Equal(began) {
		t.Errorf("after a restart the job is %+v", job)
	}
	if report := d.retrain(); !report.Promoted {
		t.Errorf("held: %s", report.Reason)
	}
	if job := d.lastJob(); job.State != learn.JobDone || job.StartedBy != "anna" || job.ModelID != d.championID() || job.Percent != 100 || job.EndedAt.IsZero() {
		t.Errorf("the job is %+v", job)
	}
	if got := d.comment(probe).Prediction.Model; got != d.championID() {
		t.Errorf("answered by %s", got)
	}
}

func TestAJobSaysHowFarItIs(t *testing.T) {
	d := newDesk(t)
	d.teachInsult(4)
	last := -1
	steps := map[string]bool{}
	report, err := d.learner.Retrain(t.Context(), "anna", func(step string, percent int) {
		if step == "" || percent < last || percent > 100 {
			t.Errorf("%q at %d %% after %d %%", step, percent, last)
		}
		last, steps[step] = percent, true
		if job := d.lastJob(); job.State != learn.JobRunning {
			t.Errorf("while it runs the job is %+v", job)
		}
	})
	if err != nil || !report.Promoted {
		t.Fatalf("%+v, error %v", report, err)
	}
	for _, want := range []string{"reading the ledger", "scoring the champion, part 1 of 5", "scoring the candidate, part 5 of 5", "fitting on everything", "promoting", "answering what waits, part 1 of 1"} {
		if !steps[want] {
			t.Errorf("no step %q in %v", want, steps)
		}
	}
}

func TestACancelledJobIsInterrupted(t *testing.T) {
	for _, at := range []string{"scoring the champion, part 3 of 5", "scoring the candidate, part 5 of 5"} {
		t.Run(at, func(t *testing.T) {
			d := newDesk(t)
			d.teachInsult(4)
			first := d.championID()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			_, err := d.learner.Retrain(ctx, "anna", func(step string, _ int) {
				if step == at {
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
			if job := d.lastJob(); job.State != learn.JobInterrupted || job.Message != "stopped before it was done" || job.EndedAt.IsZero() {
				t.Errorf("the job is %+v", job)
			}
			if len(d.models()) != 1 || d.championID() != first {
				t.Errorf("%d models, champion %s", len(d.models()), d.championID())
			}
			if report := d.retrain(); !report.Promoted {
				t.Errorf("afterwards held: %s", report.Reason)
			}
		})
	}
}

func TestStartRunsInTheBackground(t *testing.T) {
	d := newDesk(t)
	d.teachInsult(4)
	request, cancel := context.WithCancel(t.Context())
	job, err := d.learner.Start(request, "anna")
	if err != nil {
		t.Fatal(err)
	}
	cancel() // the request is over; the job goes on
	d.learner.Wait()
	if done := d.lastJob(); done.ID != job.ID || done.State != learn.JobDone || done.ModelID != d.championID() {
		t.Errorf("the job is %+v", done)
	}
	if d.champion.Model().ID() != d.lastJob().ModelID {
		t.Error("the new champion does not serve")
	}
}

func TestAStoppingProcessInterruptsItsJob(t *testing.T) {
	background, stop := context.WithCancel(t.Context())
	d := newDesk(t, func(o *learn.Options) { o.Background = background })
	d.teachInsult(4)
	stop()
	if _, err := d.learner.Start(t.Context(), "anna"); err != nil {
		t.Fatal(err)
	}
	d.learner.Wait()
	if job := d.lastJob(); job.State != learn.JobInterrupted || job.EndedAt.IsZero() {
		t.Errorf("the job is %+v", job)
	}
}

// unreadable is a store whose labels cannot be read.
type unreadable struct{ learn.Store }

var errDisk = errors.New("disk on fire in /secret/place")

func (unreadable) Labelled(context.Context, int64, func(learn.LabelledComment) error) (int64, error) {
	return 0, errDisk
}

func TestAFailureIsNotToldInDetail(t *testing.T) {
	d := newDesk(t, func(o *learn.Options) { o.Store = unreadable{o.Store} })
	if _, err := d.learner.Retrain(t.Context(), "anna", quiet); !errors.Is(err, errDisk) {
		t.Errorf("error %v", err)
	}
	if job := d.lastJob(); job.State != learn.JobFailed || job.Message != "it failed; the log has the reason" {
		t.Errorf("the job is %+v", job)
	}
}
