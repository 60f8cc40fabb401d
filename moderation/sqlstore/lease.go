package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// Lease notes that the user has the comment open: see moderation's queueStore.
func (s *Store) Lease(ctx context.Context, commentID int64, user string, at, until time.Time) (lease moderation.Lease, err error) {
	err = s.writeLoosely(ctx, func(tx *sqlx.Tx) error {
		var there int
		if err := tx.GetContext(ctx, &there, `select count(*) from comment where id = ?`, commentID); err != nil {
			return err
		}
		if there == 0 {
			return moderation.NotFound("no comment %d", commentID)
		}
		if _, err := tx.ExecContext(ctx, `
			insert into lease (comment_id, user_name, until) values (?, ?, ?)
			on conflict (comment_id) do update set user_name = excluded.user_name, until = excluded.until
			where lease.user_name = excluded.user_name and lease.until < excluded.until or lease.until <= ?`,
			commentID, user, milliseconds(until), milliseconds(at)); err != nil {
			return err
		}
		var row struct {
			User  string `db:"user_name"`
			Until int64  `db:"until"`
		}
		if err := tx.GetContext(ctx, &row, `select user_name, until from lease where comment_id = ?`, commentID); err != nil {
			return err
		}
		lease = moderation.Lease{User: row.User, Until: instant(row.Until)}
		return nil
	})
	return lease, err
}
