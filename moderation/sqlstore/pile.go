package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// pileScan is how many comments that share a band are compared with one that comes, of each band the newest.
const pileScan = 20

// piler puts comments on piles, in one transaction.
type piler struct {
	tx         *sqlx.Tx
	done, due  int64 // comments with an id above done, up to due, are on no pile yet
	byIdentity *sqlx.Stmt
	byBand     *sqlx.Stmt
}

// newPiler begins with what likeness_due says.
func newPiler(ctx context.Context, tx *sqlx.Tx) (*piler, error) {
	p := &piler{tx: tx}
	if err := tx.QueryRowxContext(ctx, `select done_to, due_to from likeness_due`).Scan(&p.done, &p.due); err != nil {
		return nil, err
	}
	var err error
	if p.byIdentity, err = tx.PreparexContext(ctx, sameIdentity); err != nil {
		return nil, err
	}
	p.byBand, err = tx.PreparexContext(ctx, sameBand)
	return p, err
}

func (p *piler) close() {
	p.byIdentity.Close()
	p.byBand.Close()
}

const sameIdentity = `select comment_id from likeness
	where identity = ? and comment_id > ? and comment_id <= ? and comment_id <> ? order by comment_id desc limit 1`

// sameBand is candidates by each of the bands, one index range after the other.
var sameBand = func() string {
	parts := make([]string, moderation.Bands)
	for band := range parts {
		parts[band] = fmt.Sprintf(`select * from (select comment_id, words, identity, simhash from likeness
			where band%d = ? and words >= %d and comment_id > ? and comment_id <= ? and comment_id <> ? order by comment_id desc limit %d)`,
			band, moderation.ShortText, pileScan)
	}
	return strings.Join(parts, ` union all `)
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
	if like != 0 {
		err = p.tx.GetContext(ctx, &pile, `update pile set `+column+` = `+column+` + 1 where id = (select pile from comment where id = ?) returning id`, like)
		return pile, err
	}
	counts := make([]any, len(moderation.Statuses))
	for i, s := range moderation.Statuses {
		counts[i] = flag(s == status)
	}
	err = p.tx.GetContext(ctx, &pile, `insert into pile (shelf, pending, escalated, approved, rejected) values (?, ?, ?, ?, ?) returning id`,
		append([]any{int64(likeness.Shelf)}, counts...)...)
	return pile, err
}

// find is a near-duplicate that is on a pile: the newest that reads the same, else the first found by a band; 0 where there is none. What reads the
// same is thereby always on one pile.
func (p *piler) find(ctx context.Context, likeness moderation.Likeness, except int64) (id int64, err error) {
	ranges := [][2]int64{{0, math.MaxInt64}}
	if p.done < p.due {
		ranges = [][2]int64{{p.due, math.MaxInt64}, {0, p.done}}
	}
	for _, r := range ranges {
		err := p.byIdentity.GetContext(ctx, &id, int64(likeness.Identity), r[0], r[1], except)
		if !errors.Is(err, sql.ErrNoRows) {
			return id, err
		}
	}
	if likeness.Words < moderation.ShortText {
		return 0, nil
	}
	for _, r := range ranges {
		var args []any
		for band := range moderation.Bands {
			args = append(args, likeness.Band(band), r[0], r[1], except)
		}
		var rows []likenessRow
		if err := p.byBand.SelectContext(ctx, &rows, args...); err != nil {
			return 0, err
		}
		for _, row := range rows {
			if row.likeness().Like(likeness) {
				return row.CommentID, nil
			}
		}
	}
	return 0, nil
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
		{`delete from pile where id = ? and pending + escalated + approved + rejected = 0`, []any{old}},
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
		`select id from pile where pending + escalated + approved + rejected = 0 order by id limit ?`:                                              "pile %d: no comment is on it",
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
