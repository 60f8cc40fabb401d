package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// count moves a counter and returns its new value.
func count(ctx context.Context, tx *sqlx.Tx, name string, by int) (value int64, err error) {
	err = tx.GetContext(ctx, &value, `update counter set value = value + ? where name = ? returning value`, by, name)
	return value, err
}

// Counts is how many comments stand in each status, from the counter table.
func (s *Store) Counts(ctx context.Context) (map[moderation.Status]int, error) {
	var rows []struct {
		Name  moderation.Status `db:"name"`
		Value int               `db:"value"`
	}
	if err := s.reader.SelectContext(ctx, &rows, `select name, value from counter where name <> 'ledger'`); err != nil {
		return nil, err
	}
	counts := make(map[moderation.Status]int, len(rows))
	for _, row := range rows {
		counts[row.Name] = row.Value
	}
	return counts, nil
}

// moved counts a comment that went from one status to another, over all and in its pile.
func moved(ctx context.Context, tx *sqlx.Tx, commentID int64, from, to moderation.Status) error {
	if from == to {
		return nil
	}
	if _, err := count(ctx, tx, string(from), -1); err != nil {
		return err
	}
	if _, err := count(ctx, tx, string(to), 1); err != nil {
		return err
	}
	return movedInPile(ctx, tx, commentID, from, to)
}
