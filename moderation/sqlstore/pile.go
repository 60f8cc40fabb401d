package sqlstore

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// pileScan is how many comments that share a band are compared with one that comes, of each band the newest.
const pileScan = 20

// piler puts comments on piles, in one transaction.
type piler struct {
	tx         *sqlx.Tx
	done, due  int64 // comments with an id above done, up to due, are on no pile yet
	last       int64 // the greatest number of a pile
	byIdentity *sql.Stmt
	byBand     *sql.Stmt
	begin      *sql.Stmt
	join       *sql.Stmt // as pending, as most do
}

// newPiler begins with what likeness_due says.
func newPiler(ctx context.Context, tx *sqlx.Tx) (*piler, error) {
	p := &piler{tx: tx}
	if err := tx.QueryRowContext(ctx, `select done_to, due_to, (select coalesce(max(id), 0) from pile) from likeness_due`).Scan(&p.done, &p.due, &p.last); err != nil {
		return nil, err
	}
	for query, statement := range map[string]**sql.Stmt{sameIdentity: &p.byIdentity, sameIdentityOrBand: &p.byBand, beginPile: &p.begin, joinPile(string(moderation.Pending)): &p.join} {
		var err error
		if *statement, err = tx.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *piler) close() {
	p.byIdentity.Close()
	p.byBand.Close()
	p.begin.Close()
	p.join.Close()
}

const beginPile = `insert into pile (id, shelf, pending, escalated, approved, rejected, snoozed) values (?, ?, ?, ?, ?, ?, ?)`

// joinPile counts one more of a status into a comment's pile.
func joinPile(column string) string {
	return `update pile set ` + column + ` = ` + column + ` + 1 where id = (select pile from comment where id = ?) returning id`
}

const sameIdentity = `select * from (select comment_id, words, identity, simhash from likeness
	where identity = ? and comment_id > ? and comment_id <= ? and comment_id <> ? order by comment_id desc limit 1)`

// sameIdentityOrBand is what reads the same, then candidates by each of the bands, one index range after the other. What is behind the row that the
// reader ends with is not looked for.
var sameIdentityOrBand = func() string {
	query := sameIdentity
	for band := range moderation.Bands {
		query += fmt.Sprintf(` union all select * from (select comment_id, words, identity, simhash from likeness
			where band%d = ? and words >= %d and comment_id > ? and comment_id <= ? and comment_id <> ? order by comment_id desc limit %d)`,
			band, moderation.ShortText, pileScan)
	}
	return query
}()

// put counts a comment of that likeness into a pile, a new one where nothing is like it, and returns the pile. except is the comment's own
// number, 0 before it has one.
func (p *piler) put(ctx context.Context, likeness moderation.Likeness, except int64, status moderation.Status) (pile int64, err error) {
	column, err := pileColumn(status)
	if err != nil {
		return 0, err
	}
	like, err := p.find(ctx, likeness, except)
	if err != nil {
		return 0, err
	}
	switch {
	case like != 0 && status == moderation.Pending:
		err = p.join.QueryRowContext(ctx, like).Scan(&pile)
		return pile, err
	case like != 0:
		err = p.tx.GetContext(ctx, &pile, joinPile(column), like)
		return pile, err
	}
	p.last++
	_, err = p.begin.ExecContext(ctx, p.last, int64(likeness.Shelf), flag(status == moderation.Pending), flag(status == moderation.Escalated),
		flag(status == moderation.Approved), flag(status == moderation.Rejected), flag(status == moderation.Snoozed))
	return p.last, err
}

// find is a near-duplicate that is on a pile: the newest that reads the same, else the first found by a band; 0 where there is none. What reads the
// same is thereby always on one pile.
func (p *piler) find(ctx context.Context, likeness moderation.Likeness, except int64) (id int64, err error) {
	if p.done >= p.due {
		id, _, err = p.firstAmong(ctx, likeness, 0, math.MaxInt64, except)
		return id, err
	}
	late, same, err := p.firstAmong(ctx, likeness, p.due, math.MaxInt64, except)
	if err != nil || same {
		return late, err
	}
	early, same, err := p.firstAmong(ctx, likeness, 0, p.done, except)
	if same || late == 0 {
		return early, err
	}
	return late, err
}

// firstAmong is the first near-duplicate with a number above from, up to to; 0 where there is none. same says that it reads the same.
func (p *piler) firstAmong(ctx context.Context, likeness moderation.Likeness, from, to, except int64) (id int64, same bool, err error) {
	statement, args := p.byIdentity, []any{int64(likeness.Identity), from, to, except}
	if likeness.Words >= moderation.ShortText {
		statement = p.byBand
		for band := range moderation.Bands {
			args = append(args, int64(likeness.Band(band)), from, to, except)
		}
	}
	rows, err := statement.QueryContext(ctx, args...)
	if err != nil {
		return 0, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var row likenessRow
		if err := rows.Scan(&row.CommentID, &row.Words, &row.Identity, &row.SimHash); err != nil {
			return 0, false, err
		}
		if row.likeness().Like(likeness) {
			return row.CommentID, uint64(row.Identity) == likeness.Identity, nil
		}
	}
	return 0, false, rows.Err()
}

// renew takes a comment whose text changed off its pile and puts it on the one of its new text. A comment that is on none yet stays so.
func (p *piler) renew(ctx context.Context, likeness moderation.Likeness, commentID int64, status moderation.Status) error {
	var old int64
	if err := p.tx.GetContext(ctx, &old, `select pile from comment where id = ?`, commentID); err != nil || old == 0 {
		return err
	}
	pile, err := p.put(ctx, likeness, commentID, status)
	if err != nil {
		return err
	}
	column, err := pileColumn(status)
	if err != nil {
		return err
	}
	for _, step := range []struct {
		statement string
		args      []any
	}{
		{`update comment set pile = ? where id = ?`, []any{pile, commentID}},
		{`update pile set ` + column + ` = ` + column + ` - 1 where id = ?`, []any{old}},
		{`delete from pile where id = ? and pending + escalated + approved + rejected + snoozed = 0`, []any{old}},
	} {
		if _, err := p.tx.ExecContext(ctx, step.statement, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// movedInPile counts in its pile a comment that went from one status to another.
func movedInPile(ctx context.Context, tx *sqlx.Tx, commentID int64, from, to moderation.Status) error {
	less, err := pileColumn(from)
	if err != nil {
		return err
	}
	more, err := pileColumn(to)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `update pile set `+less+` = `+less+` - 1, `+more+` = `+more+` + 1 where id = (select pile from comment where id = ?)`, commentID)
	return err
}

// pileColumn is the column of pile that counts comments of that status.
func pileColumn(status moderation.Status) (string, error) {
	if !slices.Contains(moderation.Statuses[:], status) {
		return "", fmt.Errorf("no pile counts the status %q", status)
	}
	return string(status), nil
}

// checkPiles counts every pile anew and looks for comments without one.
func checkPiles(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	for _, status := range moderation.Statuses {
		column, err := pileColumn(status)
		if err != nil {
			return err
		}
		var rows []struct {
			ID      int64 `db:"id"`
			Counter int   `db:"counter"`
			Counted int   `db:"counted"`
		}
		if err := tx.SelectContext(ctx, &rows, `
			select id, counter, counted from (
				select p.id, p.`+column+` as counter, (select count(*) from comment c where c.pile = p.id and c.status = ?) as counted from pile p) x
			where counter <> counted order by id limit ?`, status, doctorLimit); err != nil {
			return err
		}
		for _, row := range rows {
			found("pile %d: %d of its comments are %s, its counter says %d", row.ID, row.Counted, status, row.Counter)
		}
	}
	for query, says := range map[string]string{
		`select c.id from comment c cross join likeness_due d where (c.pile = 0) <> (c.id > d.done_to and c.id <= d.due_to) order by c.id limit ?`: "comment %d: on no pile, or on one too early",
		`select c.id from comment c where c.pile <> 0 and not exists (select 1 from pile p where p.id = c.pile) order by c.id limit ?`:             "comment %d: its pile is missing",
		`select id from pile where pending + escalated + approved + rejected + snoozed = 0 order by id limit ?`:                                    "pile %d: no comment is on it",
	} {
		var ids []int64
		if err := tx.SelectContext(ctx, &ids, query, doctorLimit); err != nil {
			return err
		}
		for _, id := range ids {
			found(says, id)
		}
	}
	return nil
}
