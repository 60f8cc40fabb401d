package sqlstore

import (
	"context"
	"math"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// Note records what somebody did elsewhere than on a comment: a sign-in, a changed user, a promoted model.
func (s *Store) Note(ctx context.Context, at time.Time, actor, kind, subject, detail string) error {
	return note(ctx, s.writer, at, actor, kind, subject, detail)
}

func note(ctx context.Context, db sqlx.ExecerContext, at time.Time, actor, kind, subject, detail string) error {
	_, err := db.ExecContext(ctx, `insert into event (at, actor, kind, subject, detail) values (?, ?, ?, ?, ?)`,
		milliseconds(at), moderation.Clean(actor), kind, moderation.Clean(subject), moderation.Clean(detail))
	return err
}

// Events lists up to limit events, newest first, older than the event with the id before; 0 starts at the newest.
func (s *Store) Events(ctx context.Context, before int64, limit int) ([]moderation.Event, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	var rows []eventRow
	if err := s.reader.SelectContext(ctx, &rows, eventColumns+` where id < ? order by id desc limit ?`, before, limit); err != nil {
		return nil, err
	}
	return eventsOf(rows), nil
}

const eventColumns = `select id, at, actor, kind, subject, detail from event`

type eventRow struct {
	ID      int64  `db:"id"`
	At      int64  `db:"at"`
	Actor   string `db:"actor"`
	Kind    string `db:"kind"`
	Subject string `db:"subject"`
	Detail  string `db:"detail"`
}

func eventsOf(rows []eventRow) []moderation.Event {
	events := make([]moderation.Event, len(rows))
	for i, r := range rows {
		events[i] = moderation.Event{ID: r.ID, At: instant(r.At), Actor: r.Actor, Kind: r.Kind, Subject: r.Subject, Detail: r.Detail}
	}
	return events
}
