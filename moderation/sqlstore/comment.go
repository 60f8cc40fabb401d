package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// storedColumns and storedTables read a comment as lists show it: all but the article's body. The one parameter is the time now, which tells
// running leases from lapsed ones.
const (
	storedColumns = `c.id, c.article_id, c.source_id, c.position, c.parent_position, c.parent_id, c.author, c.posted_at, c.text, c.arrived_at,
	c.gone, c.claim_from, c.status, c.revision, c.text_version, c.label_stance, c.label_hostile, c.label_spam, c.harm, c.doubt, m.model,
	a.url, a.headline, coalesce(t.name, ''), coalesce(t.claim, ''), a.matched, a.side, a.source, a.origin,
	coalesce(l.user_name, ''), coalesce(l.until, 0), ` + waitingColumns + `, ` + predictionColumns
	storedTables = ` join article a on a.id = c.article_id join model_ref m on m.ref = c.model_ref
	left join topic t on t.id = a.topic_id left join lease l on l.comment_id = c.id and l.until > ?
	left join waiting w on w.comment_id = c.id`
	storedComment = `select ` + storedColumns + ` from comment c` + storedTables
)

// storedRow is a comment with its places in the queue.
type storedRow struct {
	moderation.Stored
	Harm, Doubt int64
	pile        pilePlace // where the queue is in that order
}

// scanner is a row of storedColumns.
type scanner interface{ Scan(targets ...any) error }

func scanStored(row scanner) (r storedRow, err error) {
	var arrived, until, snoozed int64
	var labels [3]string
	var lessee string
	targets := append([]any{
		&r.ID, &r.ArticleID, &r.SourceID, &r.Position, &r.Parent, &r.ParentID, &r.Author, &r.PostedAt, &r.Text, &arrived,
		&r.Gone, &r.ClaimFrom, &r.State.Status, &r.State.Revision, &r.State.TextVersion, &labels[0], &labels[1], &labels[2],
		&r.Harm, &r.Doubt, &r.Prediction.Model,
		&r.Article.URL, &r.Article.Headline, &r.Article.Topic, &r.Article.Claim, &r.Article.Matched, &r.Article.Side, &r.Article.Source, &r.Article.Origin,
		&lessee, &until, &snoozed, &r.State.Waiting.For, &r.State.Waiting.HandedBy, &r.State.Waiting.AskedBy}, predictionTargets(&r.Prediction)...)
	if err := row.Scan(targets...); err != nil {
		return r, err
	}
	r.Article.ID, r.ArrivedAt, r.State.Labels = r.ArticleID, instant(arrived), labelsOf(labels)
	r.State.Waiting.Until = instant(snoozed)
	if until > 0 {
		r.Lease = &moderation.Lease{User: lessee, Until: instant(until)}
	}
	return r, nil
}

// labelsOf reads the columns label_*, which stand in the order of the axes.
func labelsOf(columns [3]string) map[classifier.Axis]string {
	labels := make(map[classifier.Axis]string, len(columns))
	for i, answer := range columns {
		if answer != "" {
			labels[classifier.Axes[i]] = answer
		}
	}
	return labels
}

// selectStored reads every row of a query that begins with storedComment.
func selectStored(ctx context.Context, q sqlx.QueryerContext, query string, args ...any) ([]moderation.Stored, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []moderation.Stored
	for rows.Next() {
		row, err := scanStored(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row.Stored)
	}
	return all, rows.Err()
}

// storedByID is one comment without its article's body, NotFound where there is none.
func storedByID(ctx context.Context, q sqlx.QueryerContext, id int64, at time.Time) (moderation.Stored, error) {
	row, err := scanStored(q.QueryRowxContext(ctx, storedComment+` where c.id = ?`, milliseconds(at), id))
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Stored{}, moderation.NotFound("no comment %d", id)
	}
	return row.Stored, err
}

// Comment is one comment as it stands, its article's body included; NotFound where there is none.
func (s *Store) Comment(ctx context.Context, id int64, at time.Time) (stored moderation.Stored, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if stored, err = storedByID(ctx, tx, id, at); err != nil {
			return err
		}
		return tx.GetContext(ctx, &stored.Article.Body, `select body from article where id = ?`, stored.ArticleID)
	})
	return stored, err
}

// Thread is the comment's parents (nearest last) and its direct answers in order of arrival, at most limit of each. Leases are left out.
func (s *Store) Thread(ctx context.Context, commentID int64, limit int) (parents, answers []moderation.Stored, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		now := time.UnixMilli(1 << 60) // every lease has lapsed
		comment, err := storedByID(ctx, tx, commentID, now)
		if err != nil {
			return err
		}
		for id := comment.ParentID; id > 0 && len(parents) < limit; id = parents[len(parents)-1].ParentID {
			parent, err := storedByID(ctx, tx, id, now)
			if err != nil {
				return err
			}
			parents = append(parents, parent)
		}
		slices.Reverse(parents)
		answers, err = selectStored(ctx, tx, storedComment+` where c.parent_id = ? and c.parent_id > 0 order by c.id limit ?`,
			milliseconds(now), commentID, limit)
		return err
	})
	return parents, answers, err
}
