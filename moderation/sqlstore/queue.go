package sqlstore

import (
	"context"
	"time"

	"commentdesk/moderation"
)

// scanLimit is how many rows one page looks at before it ends early.
const scanLimit = 20000

// Queue is one page of the queue. Status and order are an index range, and so are status, newest or oldest, and an article, author or topic; the
// other terms of the filter are looked at row by row, at most scanLimit a page. Article bodies are left out.
func (s *Store) Queue(ctx context.Context, request moderation.QueueRequest, at time.Time) (moderation.QueuePage, error) {
	if request.Limit <= 0 {
		return moderation.QueuePage{}, moderation.Invalid("a page holds at least one comment")
	}
	from, err := readCursor(request)
	if err != nil {
		return moderation.QueuePage{}, err
	}
	// One row more than may be looked at tells whether there is anything behind them.
	rows, err := s.queueRows(ctx, request, from, at, s.scanLimit+1)
	if err != nil {
		return moderation.QueuePage{}, err
	}
	defer rows.close()
	var page moderation.QueuePage
	last := from
	for scanned := 0; ; scanned++ {
		if more, err := rows.next(); err != nil || !more {
			return page, err
		}
		if scanned == s.scanLimit {
			page.Next, page.Scanned = last.String(), true
			return page, nil
		}
		row, err := rows.row()
		if err != nil {
			return moderation.QueuePage{}, err
		}
		if request.Filter.Matches(row.Stored) {
			if len(page.Comments) == request.Limit {
				page.Next = last.String()
				return page, nil
			}
			page.Comments = append(page.Comments, row.Stored)
			page.Cursors = append(page.Cursors, last.at(request, row).String())
			if rows.piled {
				page.Piles = append(page.Piles, row.pile.Pile)
			}
		}
		last = last.at(request, row)
	}
}

// queueQuery reads the queue from the cursor on, up to limit rows, in any order but that of the piles.
func queueQuery(request moderation.QueueRequest, from cursor, at time.Time, limit int) (query string, args []any) {
	query, args = storedComment+` where `, []any{milliseconds(at)}
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

// narrowed is the one term of the filter that an index holds beside status and order of arrival, "" where there is none. Without a status, one author's
// comments are sorted; a topic's could be too many for that.
func narrowed(request moderation.QueueRequest) (condition string, args []any) {
	filter := request.Filter
	switch {
	case request.Order != moderation.OrderNewest && request.Order != moderation.OrderOldest:
		return "", nil
	case filter.Article != "":
		return `c.article_id = ? and `, []any{filter.Article}
	case filter.Author != "":
		return `c.author_key = ? and `, []any{foldCase(filter.Author)}
	case filter.Topic != "" && filter.Status != "":
		return `c.topic_id = (select id from topic where name = ?) and `, []any{filter.Topic}
	}
	return "", nil
}

// CountMatching counts what a filter lets through, newest first: see moderation's queueStore.
func (s *Store) CountMatching(ctx context.Context, filter moderation.Filter, limit int) (matching moderation.Matching, err error) {
	request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderNewest}
	query, args := queueQuery(request, firstCursor(request), time.UnixMilli(1<<60), s.scanLimit+1)
	rows, err := s.reader.QueryContext(ctx, query, args...)
	if err != nil {
		return matching, err
	}
	defer rows.Close()
	for scanned := 0; rows.Next(); scanned++ {
		if scanned == s.scanLimit {
			matching.More = true
			return matching, nil
		}
		row, err := scanStored(rows)
		if err != nil {
			return matching, err
		}
		if !filter.Matches(row.Stored) {
			continue
		}
		if matching.Comments == limit {
			matching.More = true
			return matching, nil
		}
		matching.Comments++
	}
	return matching, rows.Err()
}
