package moderation

import (
	"context"
	"fmt"
	"math"
	"time"
)

// MaxAuditPage is the most rows that a page of the audit log holds.
const MaxAuditPage = 500

// AuditFilter is which rows of the audit log are wanted; zero fields want all.
type AuditFilter struct {
	Actor     string
	Kind      string    // an entry's or an event's
	Decision  Decision  // leaves out what decided something else or nothing
	From      time.Time // the first moment
	Until     time.Time // the first moment that is too late
	CommentID int64
}

// AuditRow is one row of the audit log: an entry of the ledger, or an event.
type AuditRow struct {
	Entry *Entry
	Event *Event
}

// At is when it was done.
func (r AuditRow) At() time.Time {
	if r.Entry != nil {
		return r.Entry.At
	}
	return r.Event.At
}

// AuditRequest asks for one page of the audit log.
type AuditRequest struct {
	Filter AuditFilter
	Limit  int    // 1 to MaxAuditPage
	After  string // the cursor of the page before; "" starts with the newest
}

// AuditPage is one page of the audit log, newest first. Next is "" at the end.
type AuditPage struct {
	Rows []AuditRow
	Next string
}

// AuditPlace is a row's place in the ledger or among the events; older rows stand behind it.
type AuditPlace struct {
	At int64 // milliseconds since 1970
	ID int64 // an entry's position or an event's id
}

// auditStart is the place before every row.
var auditStart = AuditPlace{math.MaxInt64, math.MaxInt64}

// auditStore reads ledger and events by time.
type auditStore interface {
	// AuditEntries lists up to limit entries that the filter wants and that stand behind the place, newest first.
	AuditEntries(ctx context.Context, filter AuditFilter, behind AuditPlace, limit int) ([]Entry, error)
	// EntriesAt is the entries at those positions, in order of position; positions without one are left out.
	EntriesAt(ctx context.Context, positions []int64) ([]Entry, error)
	// AuditEvents lists events likewise. The filter names no comment and no decision.
	AuditEvents(ctx context.Context, filter AuditFilter, behind AuditPlace, limit int) ([]Event, error)
	// AuditKinds is every kind that entries and events have.
	AuditKinds(ctx context.Context) ([]string, error)
}

// AuditKinds is every kind that a filter can name.
func (s *Service) AuditKinds(ctx context.Context) ([]string, error) { return s.store.AuditKinds(ctx) }

// Audit is one page of the union of ledger and events. Its cursor holds a place in both.
func (s *Service) Audit(ctx context.Context, request AuditRequest) (page AuditPage, err error) {
	if request.Limit < 1 || request.Limit > MaxAuditPage {
		return page, Invalid("a page of the audit log holds 1 to %d rows", MaxAuditPage)
	}
	cursor, err := readAuditCursor(request.After)
	if err != nil {
		return page, err
	}
	entries, err := s.store.AuditEntries(ctx, request.Filter, cursor.entry, request.Limit+1)
	if err != nil {
		return page, err
	}
	var events []Event
	if request.Filter.CommentID == 0 && request.Filter.Decision == "" { // events are about no comment
		if events, err = s.store.AuditEvents(ctx, request.Filter, cursor.event, request.Limit+1); err != nil {
			return page, err
		}
	}
	for len(page.Rows) < request.Limit && len(entries)+len(events) > 0 {
		if len(events) == 0 || len(entries) > 0 && !entries[0].At.Before(events[0].At) {
			cursor.entry = AuditPlace{entries[0].At.UnixMilli(), entries[0].Position}
			page.Rows, entries = append(page.Rows, AuditRow{Entry: &entries[0]}), entries[1:]
			continue
		}
		cursor.event = AuditPlace{events[0].At.UnixMilli(), events[0].ID}
		page.Rows, events = append(page.Rows, AuditRow{Event: &events[0]}), events[1:]
	}
	if len(entries)+len(events) > 0 {
		page.Next = cursor.String()
	}
	return page, nil
}

// Undone are the entries that undos among the rows cancelled, by their positions.
func (s *Service) Undone(ctx context.Context, rows []AuditRow) (map[int64]Entry, error) {
	var positions []int64
	for _, row := range rows {
		if row.Entry == nil || row.Entry.Kind != KindUndo || row.Entry.CommentID == 0 {
			continue
		}
		positions = append(positions, row.Entry.Cancels)
	}
	entries, err := s.store.EntriesAt(ctx, positions)
	if err != nil {
		return nil, err
	}
	undone := map[int64]Entry{}
	for _, entry := range entries {
		undone[entry.Position] = entry
	}
	return undone, nil
}

// Cancelled is the entry that an undo cancelled.
func (s *Service) Cancelled(ctx context.Context, undo Entry) (Entry, error) {
	entries, err := s.store.EntriesAt(ctx, []int64{undo.Cancels})
	if err != nil {
		return Entry{}, err
	}
	if len(entries) == 0 {
		return Entry{}, NotFound("no act of that number")
	}
	return entries[0], nil
}

// auditCursor is the place of the last row that was listed of each of the two.
type auditCursor struct{ entry, event AuditPlace }

func (c auditCursor) String() string {
	return fmt.Sprintf("%x.%x.%x.%x", c.entry.At, c.entry.ID, c.event.At, c.event.ID)
}

func readAuditCursor(after string) (auditCursor, error) {
	c := auditCursor{auditStart, auditStart}
	if after == "" {
		return c, nil
	}
	_, err := fmt.Sscanf(after, "%x.%x.%x.%x", &c.entry.At, &c.entry.ID, &c.event.At, &c.event.ID)
	if err != nil || c.String() != after {
		return c, Invalid("this is no place in the audit log: start with the newest")
	}
	return c, nil
}
