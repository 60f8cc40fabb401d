package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Reasons is every reason in the order in which they are offered, retired ones last.
func (s *Store) Reasons(ctx context.Context) ([]moderation.Reason, error) {
	var rows []struct {
		ID      int64           `db:"id"`
		Name    string          `db:"name"`
		Axis    classifier.Axis `db:"axis"`
		Answer  string          `db:"answer"`
		Retired bool            `db:"retired"`
	}
	err := s.reader.SelectContext(ctx, &rows, `select id, name, axis, answer, retired from reason order by retired, place, id`)
	reasons := make([]moderation.Reason, len(rows))
	for i, r := range rows {
		reasons[i] = moderation.Reason(r)
	}
	return reasons, err
}

// AddReason puts a reason at the end: see moderation's reasonStore.
func (s *Store) AddReason(ctx context.Context, reason moderation.Reason, limit int, actor string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		var there struct {
			Reasons int   `db:"reasons"`
			Last    int64 `db:"last"`
		}
		if err := tx.GetContext(ctx, &there, `select count(*) as reasons, coalesce(max(place), 0) as last from reason`); err != nil {
			return err
		}
		if there.Reasons >= limit {
			return moderation.Invalid("there are %d reasons already, retired ones too: rename one that is no longer used", limit)
		}
		result, err := tx.ExecContext(ctx, `insert into reason (name, name_key, axis, answer, place, retired) values (?, ?, ?, ?, ?, ?)
			on conflict (name_key) do nothing`, reason.Name, moderation.FoldCase(reason.Name), reason.Axis, reason.Answer, there.Last+1, flag(reason.Retired))
		if err != nil {
			return err
		}
		if added, err := result.RowsAffected(); err != nil || added == 0 {
			return errors.Join(err, moderation.Exists("there is a reason %q already", reason.Name))
		}
		return note(ctx, tx, at, actor, "reason", reason.Name, "added; implies "+impliedWords(reason))
	})
}

// ChangeReason changes name, implied label and state: see moderation's reasonStore.
func (s *Store) ChangeReason(ctx context.Context, reason moderation.Reason, actor string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		before, err := reasonNamed(ctx, tx, reason.ID)
		if err != nil {
			return err
		}
		key := moderation.FoldCase(reason.Name)
		var taken int
		if err := tx.GetContext(ctx, &taken, `select count(*) from reason where name_key = ? and id <> ?`, key, reason.ID); err != nil {
			return err
		}
		if taken > 0 {
			return moderation.Exists("there is a reason %q already", reason.Name)
		}
		if _, err := tx.ExecContext(ctx, `update reason set name = ?, name_key = ?, axis = ?, answer = ?, retired = ? where id = ?`,
			reason.Name, key, reason.Axis, reason.Answer, flag(reason.Retired), reason.ID); err != nil {
			return err
		}
		detail := "now " + reason.Name + "; implies " + impliedWords(reason)
		if reason.Retired {
			detail += "; retired"
		}
		return note(ctx, tx, at, actor, "reason", before, detail)
	})
}

func impliedWords(reason moderation.Reason) string {
	if implied := reason.Implies(); implied != "" {
		return implied
	}
	return "nothing"
}

func reasonNamed(ctx context.Context, tx *sqlx.Tx, id int64) (name string, err error) {
	err = tx.GetContext(ctx, &name, `select name from reason where id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", moderation.NotFound("no reason %d", id)
	}
	return name, err
}

// MoveReason changes places with a neighbour: see moderation's reasonStore.
func (s *Store) MoveReason(ctx context.Context, id int64, up bool, actor string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		name, err := reasonNamed(ctx, tx, id)
		if err != nil {
			return err
		}
		var order []struct {
			ID      int64 `db:"id"`
			Retired bool  `db:"retired"`
		}
		if err := tx.SelectContext(ctx, &order, `select id, retired from reason order by retired, place, id`); err != nil {
			return err
		}
		from := 0
		for order[from].ID != id {
			from++
		}
		to, where := from+1, "down"
		if up {
			to, where = from-1, "up"
		}
		if to < 0 || to == len(order) || order[to].Retired != order[from].Retired {
			return nil
		}
		order[from], order[to] = order[to], order[from]
		for place, reason := range order {
			if _, err := tx.ExecContext(ctx, `update reason set place = ? where id = ?`, place+1, reason.ID); err != nil {
				return err
			}
		}
		return note(ctx, tx, at, actor, "reason", name, "moved "+where)
	})
}
