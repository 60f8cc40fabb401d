package sqlstore

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// keepLikeness stores the likeness of a comment's text, in place of an earlier text's.
const keepLikeness = `
	insert into likeness (comment_id, words, identity, simhash, band0, band1, band2, band3) values (?, ?, ?, ?, ?, ?, ?, ?)
	on conflict (comment_id) do update set words = excluded.words, identity = excluded.identity, simhash = excluded.simhash,
		band0 = excluded.band0, band1 = excluded.band1, band2 = excluded.band2, band3 = excluded.band3`

func likenessValues(commentID int64, l moderation.Likeness) []any {
	return []any{commentID, l.Words, int64(l.Identity), int64(l.SimHash), l.Band(0), l.Band(1), l.Band(2), l.Band(3)}
}

// likenessIn is the likeness that came with a comment, else its text's.
func likenessIn(in moderation.Incoming) moderation.Likeness {
	if in.Likeness == (moderation.Likeness{}) {
		return moderation.LikenessOf(in.Text)
	}
	return in.Likeness
}

// likenessRow is one row of likeness.
type likenessRow struct {
	CommentID int64 `db:"comment_id"`
	Words     int   `db:"words"`
	Identity  int64 `db:"identity"`
	SimHash   int64 `db:"simhash"`
}

func (r likenessRow) likeness() moderation.Likeness {
	return moderation.Likeness{Words: r.Words, Identity: uint64(r.Identity), SimHash: uint64(r.SimHash)}
}

// likenessParts are what near-duplicates share one of; each is an index range.
func likenessParts(l moderation.Likeness) (conditions []string, values []any) {
	conditions, values = []string{`identity = ?`}, []any{int64(l.Identity)}
	if l.Words >= moderation.ShortText {
		for band := range moderation.Bands {
			conditions, values = append(conditions, fmt.Sprintf(`band%d = ? and words >= 8`, band)), append(values, l.Band(band))
		}
	}
	return conditions, values
}

// Alike is the near-duplicates of a text: see moderation's alikeStore. Of each part of the hash the newest comments are looked at, limit of them
// and a few more.
func (s *Store) Alike(ctx context.Context, likeness moderation.Likeness, except int64, limit int) (alike []moderation.AlikeRow, more bool, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		seen := map[int64]bool{except: true}
		var ids []int64
		conditions, values := likenessParts(likeness)
		for i, condition := range conditions {
			if len(ids) > limit {
				break // enough for an answer
			}
			var rows []likenessRow
			if err := tx.SelectContext(ctx, &rows, `select comment_id, words, identity, simhash from likeness where `+condition+`
				order by comment_id desc limit ?`, values[i], limit+2); err != nil { // the comment itself, and one that tells of more
				return err
			}
			more = more || len(rows) == limit+2
			for _, row := range rows {
				if !seen[row.CommentID] && row.likeness().Like(likeness) {
					ids = append(ids, row.CommentID)
				}
				seen[row.CommentID] = true
			}
		}
		if len(ids) == 0 {
			return nil
		}
		slices.SortFunc(ids, func(a, b int64) int { return cmp.Compare(b, a) })
		if len(ids) > limit {
			ids, more = ids[:limit], true
		}
		var found []struct {
			ID        int64             `db:"id"`
			ArticleID string            `db:"article_id"`
			Status    moderation.Status `db:"status"`
		}
		if err := selectIn(ctx, tx, &found, `select id, article_id, status from comment where id in (?) order by id desc`, ids); err != nil {
			return err
		}
		for _, row := range found {
			alike = append(alike, moderation.AlikeRow{ID: row.ID, ArticleID: row.ArticleID, Status: row.Status})
		}
		return nil
	})
	return alike, more, err
}

// ByID is those of the comments that there are, in the order of the ids given. Article bodies and leases are left out.
func (s *Store) ByID(ctx context.Context, ids []int64) ([]moderation.Stored, error) {
	return storedInOrder(ctx, s.reader, ids, time.UnixMilli(1<<60))
}

// storedInOrder is those of the comments that there are, in the order of the ids given, with the leases that run at that time.
func storedInOrder(ctx context.Context, q sqlx.QueryerContext, ids []int64, at time.Time) ([]moderation.Stored, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	query, args, err := sqlx.In(storedComment+` where c.id in (?)`, milliseconds(at), ids)
	if err != nil {
		return nil, err
	}
	stored, err := selectStored(ctx, q, query, args...)
	slices.SortFunc(stored, func(a, b moderation.Stored) int { return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID)) })
	return stored, err
}

// TakeLikeness stores the likeness of up to limit comments that arrived before likenesses and piles were stored, and puts them on piles: see
// moderation's alikeStore.
func (s *Store) TakeLikeness(ctx context.Context, limit int) (left int64, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		var due struct {
			Done int64 `db:"done_to"`
			Due  int64 `db:"due_to"`
		}
		if err := tx.GetContext(ctx, &due, `select done_to, due_to from likeness_due`); err != nil || due.Done >= due.Due {
			return err
		}
		var rows []struct {
			ID     int64             `db:"id"`
			Text   string            `db:"text"`
			Status moderation.Status `db:"status"`
		}
		if err := tx.SelectContext(ctx, &rows, `select id, text, status from comment where id > ? and id <= ? order by id limit ?`, due.Done, due.Due, limit); err != nil {
			return err
		}
		done := due.Due
		if len(rows) == limit {
			done = rows[len(rows)-1].ID
		}
		piles, err := newPiler(ctx, tx)
		if err != nil {
			return err
		}
		defer piles.close()
		for _, row := range rows {
			likeness := moderation.LikenessOf(row.Text)
			if _, err := tx.ExecContext(ctx, keepLikeness, likenessValues(row.ID, likeness)...); err != nil {
				return err
			}
			pile, err := piles.put(ctx, likeness, row.ID, row.Status)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `update comment set pile = ? where id = ?`, pile, row.ID); err != nil {
				return err
			}
			piles.done = row.ID
		}
		left = due.Due - done
		_, err = tx.ExecContext(ctx, `update likeness_due set done_to = ?`, done)
		return err
	})
	return left, err
}

// checkLikeness compares each stored likeness with the one that its text has now.
func checkLikeness(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	for last := int64(0); ; {
		var rows []struct {
			ID   int64  `db:"id"`
			Text string `db:"text"`
			Due  bool   `db:"due"`
			likenessRow
			Band0, Band1, Band2, Band3 uint16
		}
		if err := tx.SelectContext(ctx, &rows, `
			select c.id, c.text, c.id > d.done_to and c.id <= d.due_to as due, coalesce(l.comment_id, 0) as comment_id, coalesce(l.words, 0) as words,
				coalesce(l.identity, 0) as identity, coalesce(l.simhash, 0) as simhash, coalesce(l.band0, 0) as band0, coalesce(l.band1, 0) as band1,
				coalesce(l.band2, 0) as band2, coalesce(l.band3, 0) as band3
			from comment c cross join likeness_due d left join likeness l on l.comment_id = c.id where c.id > ? order by c.id limit ?`,
			last, doctorBatch); err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			want := moderation.LikenessOf(row.Text)
			want.Shelf = 0 // is not kept here: a pile has its first text's
			bands := [moderation.Bands]uint16{row.Band0, row.Band1, row.Band2, row.Band3}
			switch {
			case row.CommentID == 0 && !row.Due:
				found("comment %d: its likeness is missing", row.ID)
			case row.CommentID != 0 && (row.likeness() != want || bands != [moderation.Bands]uint16{want.Band(0), want.Band(1), want.Band(2), want.Band(3)}):
				found("comment %d: its likeness is not its text's", row.ID)
			}
		}
		last = rows[len(rows)-1].ID
	}
}
