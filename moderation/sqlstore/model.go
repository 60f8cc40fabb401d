package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

type modelRow struct {
	ID        string      `db:"id"`
	State     learn.State `db:"state"`
	Parent    string      `db:"parent"`
	Position  int64       `db:"position"`
	CreatedAt int64       `db:"created_at"`
	CreatedBy string      `db:"created_by"`
	Reason    string      `db:"reason"`
	Report    []byte      `db:"report"`
}

func (r modelRow) record() learn.ModelRecord {
	return learn.ModelRecord{ID: r.ID, State: r.State, Parent: r.Parent, Position: r.Position, CreatedAt: instant(r.CreatedAt),
		CreatedBy: r.CreatedBy, Reason: r.Reason, Report: r.Report}
}

// SaveModel stores a model; the same id again changes nothing. Only Promote makes a champion: a record that says so is stored as held.
func (s *Store) SaveModel(ctx context.Context, r learn.ModelRecord, files learn.ModelFiles) error {
	if r.ID == "" {
		return moderation.Invalid("a model needs an id")
	}
	if r.State == learn.StateChampion || r.State == "" {
		r.State = learn.StateHeld
	}
	_, err := s.writer.ExecContext(ctx, `
		insert into model (id, state, parent, position, created_at, created_by, reason, report, manifest, counts, weights)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
		r.ID, r.State, r.Parent, r.Position, milliseconds(r.CreatedAt), r.CreatedBy, r.Reason,
		bytes(r.Report), bytes(files.Manifest), bytes(files.Counts), bytes(files.Weights))
	return err
}

// bytes is b, empty instead of null.
func bytes(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// Models lists every model, newest first.
func (s *Store) Models(ctx context.Context) ([]learn.ModelRecord, error) {
	var rows []modelRow
	err := s.reader.SelectContext(ctx, &rows, `
		select id, state, parent, position, created_at, created_by, reason, report from model order by created_at desc, number desc`)
	if err != nil {
		return nil, err
	}
	records := make([]learn.ModelRecord, len(rows))
	for i, row := range rows {
		records[i] = row.record()
	}
	return records, nil
}

// ModelFiles is a model's files, NotFound for an unknown id.
func (s *Store) ModelFiles(ctx context.Context, id string) (learn.ModelFiles, error) {
	var row struct {
		Manifest []byte `db:"manifest"`
		Counts   []byte `db:"counts"`
		Weights  []byte `db:"weights"`
	}
	err := s.reader.GetContext(ctx, &row, `select manifest, counts, weights from model where id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return learn.ModelFiles{}, moderation.NotFound("no model %q", id)
	}
	return learn.ModelFiles{Manifest: row.Manifest, Counts: row.Counts, Weights: row.Weights}, err
}

// ModelManifest is a model's manifest, NotFound for an unknown id.
func (s *Store) ModelManifest(ctx context.Context, id string) (manifest []byte, err error) {
	err = s.reader.GetContext(ctx, &manifest, `select manifest from model where id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, moderation.NotFound("no model %q", id)
	}
	return manifest, err
}

// ChampionID is the id of the model in use, "" before the first.
func (s *Store) ChampionID(ctx context.Context) (string, error) { return champion(ctx, s.reader) }

// ChampionAt is the id of the model that was in use then, "" before the first.
func (s *Store) ChampionAt(ctx context.Context, then time.Time) (id string, err error) {
	err = s.reader.GetContext(ctx, &id, `select model_id from champion where at <= ? order by number desc limit 1`, milliseconds(then))
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// PreviousChampion is the id of the champion to go back to, "" where there is none.
func (s *Store) PreviousChampion(ctx context.Context) (string, error) {
	var history []string
	if err := s.reader.SelectContext(ctx, &history, `select model_id from champion order by number`); err != nil {
		return "", err
	}
	return previous(history), nil
}

// previous is the champion before the last, where a model that comes back takes everything with it that came after it.
func previous(history []string) string {
	var line []string
	for _, id := range history {
		if back := slices.Index(line, id); back >= 0 {
			line = line[:back]
		}
		line = append(line, id)
	}
	if len(line) < 2 {
		return ""
	}
	return line[len(line)-2]
}

func champion(ctx context.Context, q sqlx.QueryerContext) (id string, err error) {
	err = sqlx.GetContext(ctx, q, &id, `select model_id from champion order by number desc limit 1`)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// Promote makes a stored model the champion, the old one retired, and notes the event, in one transaction. NotFound for an unknown id, Busy where
// the champion is not the one to replace, no change for the champion itself. A reason replaces the one stored; "" leaves it.
func (s *Store) Promote(ctx context.Context, p learn.Promotion) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		old, err := champion(ctx, tx)
		if err != nil {
			return err
		}
		if p.Over != "" && p.Over != old {
			return moderation.Busy("another model became the champion meanwhile")
		}
		if old == p.ID && p.ID != "" {
			return nil
		}
		result, err := tx.ExecContext(ctx, `
			update model set state = 'champion', reason = case when ? = '' then reason else ? end where id = ?`, p.Reason, p.Reason, p.ID)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			return moderation.NotFound("no model %q", p.ID)
		}
		if _, err := tx.ExecContext(ctx, `update model set state = 'retired' where id = ?`, old); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `insert into champion (model_id, at) values (?, ?)`, p.ID, milliseconds(p.At)); err != nil {
			return err
		}
		return note(ctx, tx, p.At, p.Actor, "model promoted", p.ID, p.Reason)
	})
}
