package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// SavedViews is the user's views by name.
func (s *Store) SavedViews(ctx context.Context, user string) ([]moderation.SavedView, error) {
	var rows []struct {
		ID     int64             `db:"id"`
		Name   string            `db:"name"`
		Status moderation.Status `db:"status"`
		Query  string            `db:"query"`
		Order  moderation.Order  `db:"order_name"`
	}
	err := s.reader.SelectContext(ctx, &rows, `select id, name, status, query, order_name from saved_view where user_name = ? order by name_key`, user)
	views := make([]moderation.SavedView, len(rows))
	for i, r := range rows {
		views[i] = moderation.SavedView(r)
	}
	return views, err
}

// SaveView keeps the view under its name: see moderation's savedViewStore.
func (s *Store) SaveView(ctx context.Context, user string, view moderation.SavedView, limit int) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		key := moderation.FoldCase(view.Name)
		var others int
		if err := tx.GetContext(ctx, &others, `select count(*) from saved_view where user_name = ? and name_key <> ?`, user, key); err != nil {
			return err
		}
		if others >= limit {
			return moderation.Invalid("you have %d saved views already: delete one first", others)
		}
		_, err := tx.ExecContext(ctx, `insert into saved_view (user_name, name, name_key, status, query, order_name) values (?, ?, ?, ?, ?, ?)
			on conflict (user_name, name_key) do update set name = excluded.name, status = excluded.status, query = excluded.query,
			order_name = excluded.order_name`, user, view.Name, key, view.Status, view.Query, view.Order)
		return err
	})
}

// DropView forgets one of the user's own views.
func (s *Store) DropView(ctx context.Context, user string, id int64) error {
	result, err := s.writer.ExecContext(ctx, `delete from saved_view where user_name = ? and id = ?`, user, id)
	if err != nil {
		return err
	}
	if dropped, err := result.RowsAffected(); err != nil || dropped > 0 {
		return err
	}
	return moderation.NotFound("no saved view %d", id)
}
