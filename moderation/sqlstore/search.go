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
		case rest.ID != 0:
			rest.ID = 0
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
	coalesce(t.name, ''), a.origin, a.side, ` + waitingColumns + `, `

// looked are the columns for one request: a text is read only where its words matter, a prediction where its answers or probabilities do, a lease
// where what is open is passed over.
func looked(request moderation.QueueRequest) string {
	text, lease, prediction := `''`, `, '', 0`, ``
	if len(request.Filter.Words) > 0 {
		text = `c.text`
	}
	if request.PassOpen {
		lease = `, coalesce(l.user_name, ''), coalesce(l.until, 0)`
	}
	if request.Filter.LooksAtAnswers() {
		prediction = `, ` + predictionColumns
	}
	return lookedColumns + text + lease + prediction
}

// scanLooked reads a row of looked columns.
func scanLooked(rows scanner, filter moderation.Filter) (r storedRow, err error) {
	var arrived, until, snoozed int64
	var labels [3]string
	var lessee string
	targets := []any{&r.ID, &r.Harm, &r.Doubt, &r.State.Status, &r.ArticleID, &r.Author, &arrived, &labels[0], &labels[1], &labels[2],
		&r.Article.Topic, &r.Article.Origin, &r.Article.Side, &snoozed, &r.State.Waiting.For, &r.State.Waiting.HandedBy, &r.State.Waiting.AskedBy, &r.Text, &lessee, &until}
	if filter.LooksAtAnswers() {
		targets = append(targets, predictionTargets(&r.Prediction)...)
	}
	if err := rows.Scan(targets...); err != nil {
		return r, err
	}
	r.Article.ID, r.ArrivedAt, r.State.Waiting.Until = r.ArticleID, instant(arrived), instant(snoozed)
	if until > 0 {
		r.Lease = &moderation.Lease{User: lessee, Until: instant(until)}
	}
	if filter.LooksAtAnswers() {
		r.State.Labels = labelsOf(labels)
	}
	return r, nil
}

// search is a page of a queue whose rows must be looked at: only what the filter looks at is read of each, and those that match are read whole.
func (s *Store) search(ctx context.Context, tx *sqlx.Tx, request moderation.QueueRequest, from cursor, at time.Time) (page moderation.QueuePage, err error) {
	var ids []int64
	last, scanned, more, err := s.scan(ctx, tx, looked(request), lookedAt(request.Filter), request, from, at, func(row storedRow, at cursor) bool {
		if len(ids) == request.Limit {
			return true
		}
		ids = append(ids, row.ID)
		addPlace(&page, request, row, at)
		return false
	})
	if err != nil {
		return page, err
	}
	if page.Scanned = scanned; more {
		page.Next = last.String()
	}
	page.Comments, err = storedInOrder(ctx, tx, ids, at)
	return page, err
}

func lookedAt(filter moderation.Filter) func(scanner) (storedRow, error) {
	return func(row scanner) (storedRow, error) { return scanLooked(row, filter) }
}

// CountMatching counts what a filter lets through, newest first: see moderation's queueStore.
func (s *Store) CountMatching(ctx context.Context, filter moderation.Filter, limit int) (matching moderation.Matching, err error) {
	request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderNewest}
	_, _, matching.More, err = s.scan(ctx, s.reader, looked(request), lookedAt(filter), request, firstCursor(request), time.UnixMilli(1<<60), func(storedRow, cursor) bool {
		if matching.Comments == limit {
			return true
		}
		matching.Comments++
		return false
	})
	return matching, err
}
