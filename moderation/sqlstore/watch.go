package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"
)

// LedgerEnd is the position of the newest entry, from the counter table.
func (s *Store) LedgerEnd(ctx context.Context) (position int64, err error) {
	err = s.reader.GetContext(ctx, &position, `select value from counter where name = 'ledger'`)
	return position, err
}

// Revisions is the revision of each comment; unknown ones are missing.
func (s *Store) Revisions(ctx context.Context, commentIDs []int64) (map[int64]int64, error) {
	revisions := make(map[int64]int64, len(commentIDs))
	if len(commentIDs) == 0 {
		return revisions, nil
	}
	var rows []struct {
		ID       int64 `db:"id"`
		Revision int64 `db:"revision"`
	}
	query, args, err := sqlx.In(`select id, revision from comment where id in (?)`, commentIDs)
	if err != nil {
		return nil, err
	}
	if err := s.reader.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	for _, row := range rows {
		revisions[row.ID] = row.Revision
	}
	return revisions, nil
}
