package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// scans reports whether rows of the request must be looked at one by one: an index holds no more than its status and what narrowed finds.
func scans(request moderation.QueueRequest) bool {
	rest := request.Filter
	rest.Status = ""
	if narrow, _ := narrowed(request); narrow != "" {
		switch {
		case rest.Article != "":
			rest.Article = ""
		case rest.Author != "":
			rest.Author = ""
		default:
			rest.Topic = ""
		}
	}
	return rest.String() != ""
}

// lookedColumns is what a filter looks at of a comment. Reading all the rest of thousands of rows would take several times as long.
const lookedColumns = `c.id, c.harm, c.doubt, c.status, c.article_id, c.author, c.arrived_at, c.label_stance, c.label_hostile, c.label_spam,
	coalesce(t.name, ''), a.origin, `

// looked are the columns for one filter: a text is read only where its words matter, a prediction where its answers or probabilities do.
func looked(filter moderation.Filter) string {
	text, prediction := `''`, ``
	if len(filter.Words) > 0 {
		text = `c.text`
	}
	if len(filter.Answers) > 0 || len(filter.Bounds) > 0 {
		prediction = `, ` + predictionColumns
	}
	return lookedColumns + text + prediction
}

// scanLooked reads a row of looked columns.
func scanLooked(rows scanner, filter moderation.Filter) (r storedRow, err error) {
	var arrived int64
	var labels [3]string
	targets := []any{&r.ID, &r.Harm, &r.Doubt, &r.State.Status, &r.ArticleID, &r.Author, &arrived, &labels[0], &labels[1], &labels[2],
		&r.Article.Topic, &r.Article.Origin, &r.Text}
	if len(filter.Answers) > 0 || len(filter.Bounds) > 0 {
		targets = append(targets, predictionTargets(&r.Prediction)...)
	}
	if err := rows.Scan(targets...); err != nil {
		return r, err
	}
	r.Article.ID, r.ArrivedAt = r.ArticleID, instant(arrived)
	if len(filter.Answers) > 0 {
		r.State.Labels = labelsOf(labels)
	}
	return r, nil
}

// searchRows looks at the rows behind the cursor one by one, scanLimit of them at most, and calls found with those that match until it says enough.
// It returns where it stopped, and whether there is more behind that.
func (s *Store) searchRows(ctx context.Context, q sqlx.QueryerContext, request moderation.QueueRequest, from cursor, at time.Time,
	found func(id int64, at cursor) (enough bool)) (last cursor, scanned, more bool, err error) {
	// One row more than may be looked at tells whether there is anything behind them.
	query, args := queueQuery(looked(request.Filter), request, from, at, s.scanLimit+1)
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return from, false, false, err
	}
	defer rows.Close()
	last = from
	for n := 0; rows.Next(); n++ {
		if n == s.scanLimit {
			return last, true, true, nil
		}
		row, err := scanLooked(rows, request.Filter)
		if err != nil {
			return last, false, false, err
		}
		next := last.at(request.Order, row)
		if request.Filter.Matches(row.Stored) && found(row.ID, next) {
			return last, false, true, nil
		}
		last = next
	}
	return last, false, false, rows.Err()
}

// search is a page of a queue whose rows must be looked at, on one unchanging view of the database.
func (s *Store) search(ctx context.Context, request moderation.QueueRequest, from cursor, at time.Time) (page moderation.QueuePage, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var ids []int64
		last, scanned, more, err := s.searchRows(ctx, tx, request, from, at, func(id int64, at cursor) bool {
			if len(ids) == request.Limit {
				return true
			}
			ids, page.Cursors = append(ids, id), append(page.Cursors, at.String())
			return false
		})
		if err != nil {
			return err
		}
		if page.Scanned = scanned; more {
			page.Next = last.String()
		}
		page.Comments, err = storedInOrder(ctx, tx, ids, at)
		return err
	})
	return page, err
}

// CountMatching counts what a filter lets through, newest first: see moderation's queueStore.
func (s *Store) CountMatching(ctx context.Context, filter moderation.Filter, limit int) (matching moderation.Matching, err error) {
	request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderNewest}
	_, _, matching.More, err = s.searchRows(ctx, s.reader, request, firstCursor(request), time.UnixMilli(1<<60), func(int64, cursor) bool {
		if matching.Comments == limit {
			return true
		}
		matching.Comments++
		return false
	})
	return matching, err
}
