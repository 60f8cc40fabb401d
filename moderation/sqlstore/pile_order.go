package sqlstore

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// pilePlace is where a row stands in the order of the piles.
type pilePlace struct {
	moderation.Pile
	shelf int64
}

// queueRows is the rows of a queue that are looked at, in order: one query, or several of which each goes on where the one before ended.
type queueRows struct {
	*sql.Rows
	ctx       context.Context
	from      sqlx.QueryerContext
	legs      []leg // that were not begun yet
	piled     bool  // each row ends with its place in the order of the piles
	continued bool  // the rows are of the pile that the page before ended in
}

// leg is one query of queueRows.
type leg struct {
	query     string
	args      []any
	continued bool
}

// queueRows begins to read columns of the queue from the cursor on. All legs should see one unchanging view.
func (s *Store) queueRows(ctx context.Context, q sqlx.QueryerContext, columns string, request moderation.QueueRequest, from cursor, at time.Time, limit int) (*queueRows, error) {
	r := &queueRows{ctx: ctx, from: q, piled: request.Order == moderation.OrderAlike}
	if r.piled {
		r.legs = pileLegs(columns, request, from, at, limit)
	} else {
		query, args := s.queueQuery(columns, request, from, at, limit)
		r.legs = []leg{{query: query, args: args}}
	}
	return r, r.begin()
}

// begin takes the next leg.
func (r *queueRows) begin() (err error) {
	next := r.legs[0]
	r.legs, r.continued = r.legs[1:], next.continued
	r.Rows, err = r.from.QueryContext(r.ctx, next.query, next.args...)
	return err
}

// next goes to the next row of any leg.
func (r *queueRows) next() (bool, error) {
	for !r.Rows.Next() {
		if err := r.Rows.Err(); err != nil || len(r.legs) == 0 {
			return false, err
		}
		r.Rows.Close()
		if err := r.begin(); err != nil {
			return false, err
		}
	}
	return true, nil
}

// close ends the reading.
func (r *queueRows) close() {
	if r.Rows != nil {
		r.Rows.Close()
	}
}

// row reads the row, with its pile where the rows are in that order.
func (r *queueRows) row(read func(scanner) (storedRow, error)) (row storedRow, err error) {
	if !r.piled {
		return read(r.Rows)
	}
	place := pilePlace{Pile: moderation.Pile{Continued: r.continued}}
	row, err = read(withPile{r.Rows, &place})
	row.pile = place
	return row, err
}

// withPile reads what a row has behind its columns.
type withPile struct {
	scanner
	place *pilePlace
}

func (w withPile) Scan(targets ...any) error {
	return w.scanner.Scan(append(targets, &w.place.Comments, &w.place.shelf, &w.place.ID)...)
}

// pileLegs reads the queue in the order of the piles from the cursor on: what is left of its pile, the piles behind it, and last what is on no
// pile yet.
func pileLegs(columns string, request moderation.QueueRequest, from cursor, at time.Time, limit int) []leg {
	if request.Filter.ID != 0 {
		return []leg{oneOnItsPile(columns, request.Filter, from, at, limit)}
	}
	if request.Filter.Status == "" {
		return pileLegsOfAll(columns, from, at, limit)
	}
	status, column := request.Filter.Status, string(request.Filter.Status)
	if _, err := pileColumn(status); err != nil {
		column = string(moderation.Pending) // such a status has no comments, and the condition on it lets none through
	}
	now := milliseconds(at)
	piles := `select ` + columns + `, p.` + column + `, p.shelf, p.id from pile p cross join comment c` + storedTables +
		` where c.pile = p.id and c.status = ? and p.` + column + ` > 0 and `
	order := ` order by p.` + column + ` desc, p.shelf, p.id, c.id limit ?`
	unpiled := func(after int64) leg {
		return leg{query: `select ` + columns + `, 0, 0, 0 from comment c` + storedTables + ` where c.pile = 0 and c.status = ? and c.id > ? order by c.id limit ?`,
			args: []any{now, status, after, limit}}
	}
	behind := leg{query: piles + `p.` + column + ` < ?` + order, args: []any{now, status, from.priority, limit}}
	switch from.pile {
	case noPile:
		return []leg{behind, unpiled(0)}
	case 0:
		return []leg{unpiled(from.id)}
	}
	behind.query = piles + `p.` + column + ` < ? and p.id <> ?` + order
	behind.args = []any{now, status, from.priority, from.pile, limit}
	return []leg{
		{continued: true, query: piles + `p.id = ? and c.id > ? order by c.id limit ?`, args: []any{now, status, from.pile, from.id, limit}},
		{query: piles + `p.` + column + ` = ? and p.shelf = ? and p.id > ?` + order, args: []any{now, status, from.priority, from.shelf, from.pile, limit}},
		{query: piles + `p.` + column + ` = ? and p.shelf > ?` + order, args: []any{now, status, from.priority, from.shelf, limit}},
		behind,
		unpiled(0),
	}
}

// pileOfAll joins a comment's pile with its comments of every status.
const pileOfAll = `, coalesce(p.pending + p.escalated + p.approved + p.rejected + p.snoozed, 0), 0, c.pile from comment c` + storedTables + ` left join pile p on p.id = c.pile where `

// oneOnItsPile is the one comment that has the filter's number, where it stands behind the cursor.
func oneOnItsPile(columns string, filter moderation.Filter, from cursor, at time.Time, limit int) leg {
	return leg{query: `select ` + columns + pileOfAll + `c.id = ? and c.id > ? limit ?`, args: []any{milliseconds(at), filter.ID, from.id, limit}}
}

// pileLegsOfAll reads comments of every status: the piles in the order in which they began, in each the statuses by name, as the index has them.
func pileLegsOfAll(columns string, from cursor, at time.Time, limit int) []leg {
	rows := `select ` + columns + pileOfAll
	const order = `order by c.pile, c.status, c.id limit ?`
	now, status := milliseconds(at), statusesByName[uint64(from.priority)%uint64(len(statusesByName))]
	inside := func(pile int64) leg {
		return leg{query: rows + `c.pile = ? and (c.status, c.id) > (?, ?) ` + order, args: []any{now, pile, status, from.id, limit}, continued: pile > 0}
	}
	behind := leg{query: rows + `c.pile > ? ` + order, args: []any{now, max(from.pile, 0), limit}}
	unpiled := leg{query: rows + `c.pile = 0 ` + order, args: []any{now, limit}}
	switch from.pile {
	case noPile:
		return []leg{behind, unpiled}
	case 0:
		return []leg{inside(0)}
	}
	return []leg{inside(from.pile), behind, unpiled}
}

// statusesByName is the statuses as an index sorts them.
var statusesByName = func() []moderation.Status {
	byName := slices.Clone(moderation.Statuses[:])
	slices.Sort(byName)
	return byName
}()
