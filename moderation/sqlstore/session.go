package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jmoiron/sqlx"
)

// Sessions keeps web sessions for scs. Tokens are stored as they are handed over: set HashTokenInStore, and a stolen file opens no session. An
// ended session stays, without data, until it would have expired: a request that was under way when it ended cannot bring it back.
type Sessions struct {
	store *Store
	now   func() time.Time
}

// Sessions is the session store in this database. now is the clock.
func (s *Store) Sessions(now func() time.Time) scs.CtxStore { return &Sessions{store: s, now: now} }

// FindCtx is the session's data; not found where there is none or it has expired.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.reader.GetContext(ctx, &data, `select data from session where token = ? and expires_at > ? and length(data) > 0`, token, milliseconds(s.now()))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx stores the session, unless it has ended, and deletes every session that has expired. Who signed in moments before the power failed
// may have to again.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.writeLoosely(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `delete from session where expires_at <= ?`, milliseconds(s.now())); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			insert into session (token, data, expires_at) values (?, ?, ?)
			on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at where length(session.data) > 0`,
			token, bytes(data), milliseconds(expiry))
		return err
	})
}

// DeleteCtx ends the session; an unknown token is no error.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.store.writer.ExecContext(ctx, `update session set data = x'' where token = ?`, token)
	return err
}

// Find, Commit and Delete are what scs asks for beside the methods with a context.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
