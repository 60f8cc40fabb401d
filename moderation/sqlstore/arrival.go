package sqlstore

import (
	"context"
	"errors"

	"commentdesk/moderation/learn"
)

// Arrivals visits what a model said of each comment: see learn's arrivalStore. A row at a time is held.
func (s *Store) Arrivals(ctx context.Context, visit func(learn.Arrival) error) (err error) {
	rows, err := s.reader.QueryContext(ctx, `
		select m.model,
			case when c.hostile_best = '' then -1.0 else c.hostile_yes end,
			case when c.spam_best = '' then -1.0 else c.spam_yes end
		from comment c join model_ref m on m.ref = c.model_ref`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var arrival learn.Arrival
		if err := rows.Scan(&arrival.Model, &arrival.Hostile, &arrival.Spam); err != nil {
			return err
		}
		if err := visit(arrival); err != nil {
			return err
		}
	}
	return rows.Err()
}
