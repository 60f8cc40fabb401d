package sqlstore

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// One page looks at so much before it ends early: at most as many rows, and rows until their texts come to as much. Comments are seldom longer than
// 300 bytes, so that only floods of long ones meet the second limit.
const (
	scanLimit     = 20000
	scanTextLimit = 16 << 20 // bytes
)

// Queue is one page of the queue. Status and order are an index range, and so are status, newest or oldest, and an article, author or topic; what
// waits for a colleague or an opinion is read from its index and sorted, at most scanLimit; the other terms of the filter are looked at row by row, at
// most scanLimit a page. Article bodies are left out.
func (s *Store) Queue(ctx context.Context, request moderation.QueueRequest, at time.Time) (page moderation.QueuePage, err error) {
	if request.Limit <= 0 {
		return page, moderation.Invalid("a page holds at least one comment")
	}
	from, err := readCursor(request)
	if err != nil {
		return page, err
	}
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if scans(request) {
			page, err = s.search(ctx, tx, request, from, at)
		} else {
			page, err = s.page(ctx, tx, request, from, at)
		}
		return err
	})
	return page, err
}

// page is a page of a queue whose rows nearly all belong to it: they are read whole.
func (s *Store) page(ctx context.Context, tx *sqlx.Tx, request moderation.QueueRequest, from cursor, at time.Time) (page moderation.QueuePage, err error) {
	last, scanned, more, err := s.scan(ctx, tx, storedColumns, scanStored, request, from, at, func(row storedRow, at cursor) bool {
		if len(page.Comments) == request.Limit {
			return true
		}
		page.Comments = append(page.Comments, row.Stored)
		addPlace(&page, request, row, at)
		return false
	})
	if page.Scanned = scanned; more {
		page.Next = last.String()
	}
	return page, err
}

// addPlace notes where a row of the page stands.
func addPlace(page *moderation.QueuePage, request moderation.QueueRequest, row storedRow, at cursor) {
	page.Cursors = append(page.Cursors, at.String())
	if request.Order == moderation.OrderAlike {
		page.Piles = append(page.Piles, row.pile.Pile)
	}
}

// scan looks at the rows behind the cursor one by one, as many as the limits let it, and calls found with those that match until it says enough. It
// returns where it stopped, whether that was at a limit, and whether there is more behind it.
func (s *Store) scan(ctx context.Context, q sqlx.QueryerContext, columns string, read func(scanner) (storedRow, error), request moderation.QueueRequest,
	from cursor, at time.Time, found func(row storedRow, at cursor) (enough bool)) (last cursor, limited, more bool, err error) {
	// One row more than may be looked at tells whether there is anything behind them.
	rows, err := s.queueRows(ctx, q, columns, request, from, at, s.scanLimit+1)
	if err != nil {
		return from, false, false, err
	}
	defer rows.close()
	last = from
	for n, bytes := 0, 0; ; n++ {
		if more, err := rows.next(); err != nil || !more {
			return last, false, false, err
		}
		if n == s.scanLimit || bytes > s.scanTextLimit {
			return last, true, true, nil
		}
		row, err := rows.row(read)
		if err != nil {
			return last, false, false, err
		}
		bytes += len(row.Text)
		next := last.at(request, row)
		if request.Matches(row.Stored) && found(row, next) {
			return last, false, true, nil
		}
		last = next
	}
}

// queueQuery reads columns of the queue from the cursor on, up to limit rows, in any order but that of the piles.
func (s *Store) queueQuery(columns string, request moderation.QueueRequest, from cursor, at time.Time, limit int) (query string, args []any) {
	query, args = `select `+columns+` from comment c`+storedTables+` where `, []any{milliseconds(at)}
	if waits, named := s.waitingFor(request.Filter); waits != "" { // few: they are sorted
		query = `select ` + columns + ` from (` + waits + `) f cross join comment c` + storedTables + ` where c.id = f.comment_id and `
		args = append(named, args...)
	}
	if request.Filter.Status != "" {
		query, args = query+`c.status = ? and `, append(args, request.Filter.Status)
	}
	narrow, narrowing := narrowed(request)
	query, args = query+narrow, append(args, narrowing...)
	switch request.Order {
	case moderation.OrderDoubt:
		query += `c.doubt <= ? and (c.doubt < ? or c.id > ?) order by c.doubt desc, c.id limit ?`
		args = append(args, from.priority, from.priority, from.id)
	case moderation.OrderNewest:
		query, args = query+`c.id < ? order by c.id desc limit ?`, append(args, from.id)
	case moderation.OrderOldest:
		query, args = query+`c.id > ? order by c.id limit ?`, append(args, from.id)
	default:
		query += `c.harm <= ? and (c.harm < ? or c.id > ?) order by c.harm desc, c.id limit ?`
		args = append(args, from.priority, from.priority, from.id)
	}
	return query, append(args, limit)
}

// narrowed is a comment's number, or the one term of the filter that an index holds beside status and order of arrival; "" where there is none, and
// in the order of piles, which has indexes of its own. Without a status, one author's comments are sorted; a topic's could be too many for that.
func narrowed(request moderation.QueueRequest) (condition string, args []any) {
	filter := request.Filter
	switch {
	case request.Order == moderation.OrderAlike:
		return "", nil
	case filter.ID != 0:
		return `c.id = ? and `, []any{filter.ID}
	case request.Order != moderation.OrderNewest && request.Order != moderation.OrderOldest:
		return "", nil
	case filter.Article != "":
		return `c.article_id = ? and `, []any{filter.Article}
	case filter.Author != "":
		return `c.author_key = ? and `, []any{moderation.FoldCase(filter.Author)}
	case filter.Topic != "" && filter.Status != "":
		return `c.topic_id = (select id from topic where name = ?) and `, []any{filter.Topic}
	}
	return "", nil
}
