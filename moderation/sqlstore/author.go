package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// countAuthor looks at an author's newest comments alone: what it costs does not grow with what the author ever wrote.
const countAuthor = `
	select status, label_stance, label_hostile, label_spam, count(*) as n
	from (select status, label_stance, label_hostile, label_spam from comment where author = ? and author <> '' order by id desc limit ?) as newest
	group by status, label_stance, label_hostile, label_spam`

// hasAuthor is one look into an index, however much the author wrote.
const hasAuthor = `select exists (select 1 from comment where author_key = ?)`

// HasAuthor tells whether there is a comment under that name: see moderation's authorStore.
func (s *Store) HasAuthor(ctx context.Context, name string) (found bool, err error) {
	err = s.reader.GetContext(ctx, &found, hasAuthor, moderation.FoldCase(name))
	return found, err
}

// Author counts the newest comments under a name: see moderation's authorStore.
func (s *Store) Author(ctx context.Context, name string, except int64, limit, last int) (moderation.AuthorRecord, error) {
	record := moderation.AuthorRecord{Name: name, Statuses: map[moderation.Status]int{}, Labels: map[classifier.Axis]map[string]int{}}
	err := s.read(ctx, func(tx *sqlx.Tx) (err error) {
		var rows []struct {
			Status  moderation.Status `db:"status"`
			Stance  string            `db:"label_stance"`
			Hostile string            `db:"label_hostile"`
			Spam    string            `db:"label_spam"`
			N       int               `db:"n"`
		}
		if err := tx.SelectContext(ctx, &rows, countAuthor, name, limit); err != nil {
			return err
		}
		for _, row := range rows {
			record.Counted += row.N
			record.Statuses[row.Status] += row.N
			for axis, answer := range labelsOf([3]string{row.Stance, row.Hostile, row.Spam}) {
				if record.Labels[axis] == nil {
					record.Labels[axis] = map[string]int{}
				}
				record.Labels[axis][answer] += row.N
			}
		}
		record.Last, err = selectStored(ctx, tx, storedComment+` where c.author = ? and c.author <> '' and c.id <> ? order by c.id desc limit ?`,
			milliseconds(time.UnixMilli(1<<60)), name, except, last)
		return err
	})
	return record, err
}
