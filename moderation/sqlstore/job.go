package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

type jobRow struct {
	ID        int64          `db:"id"`
	State     learn.JobState `db:"state"`
	StartedBy string         `db:"started_by"`
	StartedAt int64          `db:"started_at"`
	HeardAt   int64          `db:"heard_at"`
	EndedAt   int64          `db:"ended_at"`
	Step      string         `db:"step"`
	Percent   int            `db:"percent"`
	Message   string         `db:"message"`
	ModelID   string         `db:"model_id"`
}

func (r jobRow) job() learn.Job {
	return learn.Job{ID: r.ID, State: r.State, StartedBy: r.StartedBy, StartedAt: instant(r.StartedAt), HeardAt: instant(r.HeardAt), EndedAt: instant(r.EndedAt),
		Step: r.Step, Percent: r.Percent, Message: r.Message, ModelID: r.ModelID}
}

const jobColumns = `id, state, started_by, started_at, heard_at, ended_at, step, percent, message, model_id`

// StartJob is Busy while another job runs. One that was not heard of for learn.SilentJob is interrupted.
func (s *Store) StartJob(ctx context.Context, startedBy string, at time.Time) (learn.Job, error) {
	var row jobRow
	err := s.write(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `update job set state = 'interrupted', ended_at = ? where state = 'running' and heard_at < ?`,
			milliseconds(at), milliseconds(at.Add(-learn.SilentJob))); err != nil {
			return err
		}
		err := tx.GetContext(ctx, &row, `
			insert into job (state, started_by, started_at, heard_at, ended_at, step, percent, message, model_id)
			values ('running', ?, ?, ?, 0, '', 0, '', '')
			on conflict (state) where state = 'running' do nothing
			returning `+jobColumns, startedBy, milliseconds(at), milliseconds(at))
		if errors.Is(err, sql.ErrNoRows) {
			return moderation.Busy("a retraining is running already")
		}
		return err
	})
	if err != nil {
		return learn.Job{}, err
	}
	return row.job(), nil
}

// UpdateJob writes how far a running job has come, or how it ended. A job that has ended does not change again: NotFound.
func (s *Store) UpdateJob(ctx context.Context, job learn.Job) error {
	result, err := s.writer.ExecContext(ctx, `
		update job set state = ?, heard_at = ?, ended_at = ?, step = ?, percent = ?, message = ?, model_id = ? where id = ? and state = 'running'`,
		job.State, milliseconds(job.HeardAt), milliseconds(job.EndedAt), job.Step, job.Percent, job.Message, job.ModelID, job.ID)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	return moderation.NotFound("no running job %d", job.ID)
}

// InterruptJobs ends jobs that a dead process left running.
func (s *Store) InterruptJobs(ctx context.Context, at time.Time) error {
	_, err := s.writer.ExecContext(ctx, `update job set state = 'interrupted', ended_at = ? where state = 'running'`, milliseconds(at))
	return err
}

// Jobs lists the newest jobs first.
func (s *Store) Jobs(ctx context.Context, limit int) ([]learn.Job, error) {
	var rows []jobRow
	err := s.reader.SelectContext(ctx, &rows, `
		select `+jobColumns+` from job order by id desc limit ?`, limit)
	if err != nil {
		return nil, err
	}
	jobs := make([]learn.Job, len(rows))
	for i, row := range rows {
		jobs[i] = row.job()
	}
	return jobs, nil
}
