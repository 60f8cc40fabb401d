package sqlstore

import (
	"context"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// auditQuery ends a query over the ledger or the events, whose key is the column key: what the filter wants behind a place, newest first.
func auditQuery(columns, key string, filter moderation.AuditFilter, behind moderation.AuditPlace, limit int) (string, []any) {
	conditions, args := []string{"(at, " + key + ") < (?, ?)"}, []any{behind.At, behind.ID}
	add := func(condition string, arg any) { conditions, args = append(conditions, condition), append(args, arg) }
	if filter.Actor != "" {
		add("actor = ?", filter.Actor)
	}
	if filter.Kind != "" {
		add("kind = ?", filter.Kind)
	}
	if filter.Decision != "" {
		add("decision = ?", filter.Decision)
	}
	if !filter.From.IsZero() {
		add("at >= ?", milliseconds(filter.From))
	}
	if !filter.Until.IsZero() {
		add("at < ?", milliseconds(filter.Until))
	}
	if filter.CommentID != 0 {
		add("comment_id = ?", filter.CommentID)
	}
	return columns + " where " + strings.Join(conditions, " and ") + " order by at desc, " + key + " desc limit ?", append(args, limit)
}

// AuditEntries lists entries of the ledger newest first: see moderation's auditStore.
func (s *Store) AuditEntries(ctx context.Context, filter moderation.AuditFilter, behind moderation.AuditPlace, limit int) (
	entries []moderation.Entry, err error,
) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var rows []entryRow
		query, args := auditQuery(entryColumns, "position", filter, behind, limit)
		if err := tx.SelectContext(ctx, &rows, query, args...); err != nil || len(rows) == 0 {
			return err
		}
		entries, err = withLabels(ctx, tx, rows)
		return err
	})
	return entries, err
}

// EntriesAt is the entries at those positions: see moderation's auditStore.
func (s *Store) EntriesAt(ctx context.Context, positions []int64) (entries []moderation.Entry, err error) {
	if len(positions) == 0 {
		return nil, nil
	}
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var rows []entryRow
		if err := selectIn(ctx, tx, &rows, entryColumns+` where position in (?) order by position`, positions); err != nil || len(rows) == 0 {
			return err
		}
		entries, err = withLabels(ctx, tx, rows)
		return err
	})
	return entries, err
}

// withLabels is the entries of those rows.
func withLabels(ctx context.Context, tx *sqlx.Tx, rows []entryRow) ([]moderation.Entry, error) {
	positions := make([]int64, len(rows))
	for i, row := range rows {
		positions[i] = row.Position
	}
	var labels []labelRow
	if err := selectIn(ctx, tx, &labels, labelsOfEntries, positions); err != nil {
		return nil, err
	}
	return assemble(rows, labels), nil
}

// labelsOfEntries goes through the ledger, because labels are found by their comment.
const labelsOfEntries = `
	select l.comment_id, l.position, l.axis, l.answer, l.hand, l.predicted, l.p1, l.p2, l.p3, m.model
	from ledger e join label l on l.comment_id = e.comment_id and l.position = e.position join model_ref m on m.ref = l.model_ref
	where e.position in (?)`

// AuditEvents lists events newest first: see moderation's auditStore.
func (s *Store) AuditEvents(ctx context.Context, filter moderation.AuditFilter, behind moderation.AuditPlace, limit int) ([]moderation.Event, error) {
	var rows []eventRow
	query, args := auditQuery(eventColumns, "id", filter, behind, limit)
	if err := s.reader.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	return eventsOf(rows), nil
}

// AuditKinds is every kind that entries and events have. It steps from kind to kind, not from row to row.
func (s *Store) AuditKinds(ctx context.Context) (kinds []string, err error) {
	for _, next := range []string{
		`select coalesce(min(kind), '') from ledger where kind > ?`,
		`select coalesce(min(kind), '') from event where kind > ?`,
	} {
		for last := ""; ; {
			if err := s.reader.GetContext(ctx, &last, next, last); err != nil {
				return nil, err
			}
			if last == "" {
				break
			}
			kinds = append(kinds, last)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds), nil
}
