package moderation

import (
	"context"
	"time"
)

// Order is how the queue is sorted.
type Order string

const (
	OrderHarm   Order = "harm"   // most likely harmful first
	OrderDoubt  Order = "doubt"  // most doubtful first
	OrderNewest Order = "newest" // arrived last first
	OrderOldest Order = "oldest"
	OrderAlike  Order = "alike" // what reads alike together, the largest pile first: see Pile
)

// Orders lists every order, the default first.
var Orders = [5]Order{OrderHarm, OrderDoubt, OrderNewest, OrderOldest, OrderAlike}

// ParseOrder reads an order; "" is the default.
func ParseOrder(name string) (Order, error) {
	if name == "" {
		return OrderHarm, nil
	}
	for _, o := range Orders {
		if string(o) == name {
			return o, nil
		}
	}
	return "", Invalid("no order %q: harm, doubt, newest, oldest or alike", name)
}

const (
	DefaultPage = 20
	MaxPage     = 200
	LeaseTime   = 2 * time.Minute
	AheadTime   = 20 * time.Second // of the comment that a page holds ready
)

// QueueRequest asks for one page of the queue.
type QueueRequest struct {
	Filter Filter
	Order  Order
	Limit  int    // 1 to MaxPage; 0 means DefaultPage
	After  string // the cursor of the page before; "" starts at the top

	// What this user gave away is left out: what the user handed to a colleague or asked a second opinion on. "" leaves nothing out, and so does a
	// filter that names what is waited for.
	PassOver string

	// PassOpen leaves out what somebody other than PassOver has open.
	PassOpen bool
}

// Matches reports whether the comment is on the pages that are asked for.
func (r QueueRequest) Matches(s Stored) bool {
	return r.Filter.Matches(s) && (r.Filter.Waits() || r.Filter.ID != 0 || !s.State.Waiting.GaveAway(r.PassOver)) &&
		!(r.PassOpen && s.Lease != nil && s.Lease.User != r.PassOver)
}

// QueuePage is one page of the queue. Next is "" at the end. Scanned says that the page ended because enough rows were looked at, not because
// enough were found; Next continues.
type QueuePage struct {
	Comments []Stored
	Cursors  []string // one a comment: a page after it begins with what follows that comment
	Piles    []Pile   // one a comment where the order is OrderAlike, else none
	Next     string
	Scanned  bool
}

// CountLimit is where the count of a filter stops.
const CountLimit = 1000

// Matching is how many comments a filter lets through. More says that the count stopped, at its limit or because enough rows were looked at.
type Matching struct {
	Comments int
	More     bool
}

// queueStore reads the queue. Nothing here writes but leases.
type queueStore interface {
	// Queue leaves the articles' bodies out, and so does Thread. A cursor of another filter or order is Invalid.
	Queue(ctx context.Context, request QueueRequest, at time.Time) (QueuePage, error)
	// CountMatching counts what a filter lets through, at most limit; see Matching.
	CountMatching(ctx context.Context, filter Filter, limit int) (Matching, error)
	// Comment is one comment as it stands, its article's body included; NotFound where there is none.
	Comment(ctx context.Context, id int64, at time.Time) (Stored, error)
	// Counts is how many comments stand in each status, from the counter table.
	Counts(ctx context.Context) (map[Status]int, error)
	// History is the comment's entries in order of position.
	History(ctx context.Context, commentID int64) ([]Entry, error)
	// Thread is the comment's parents (nearest last) and its direct answers, at most limit of each.
	Thread(ctx context.Context, commentID int64, limit int) (parents, answers []Stored, err error)
	// Lease notes that the user has the comment open until then, unless somebody else's lease still runs; it returns the lease that holds. It
	// never ends the user's own lease earlier.
	Lease(ctx context.Context, commentID int64, user string, at, until time.Time) (Lease, error)
}

// Queue is one page of the queue, with the snoozed comments in it whose time has come: keyset paging, so a page deep inside costs what the first one costs.
func (s *Service) Queue(ctx context.Context, request QueueRequest) (QueuePage, error) {
	if request.Limit == 0 {
		request.Limit = DefaultPage
	}
	if request.Limit < 0 || request.Limit > MaxPage {
		return QueuePage{}, Invalid("a page holds 1 to %d comments", MaxPage)
	}
	if request.Order == "" {
		request.Order = OrderHarm
	}
	if err := request.Filter.checkNamed(); err != nil {
		return QueuePage{}, err
	}
	if err := s.wake(ctx); err != nil {
		return QueuePage{}, err
	}
	return s.store.Queue(ctx, request, s.now())
}

// CountMatching counts what a filter lets through, at most CountLimit.
func (s *Service) CountMatching(ctx context.Context, filter Filter) (Matching, error) {
	if err := filter.checkNamed(); err != nil {
		return Matching{}, err
	}
	return s.store.CountMatching(ctx, filter, CountLimit)
}

// Comment is one comment as it stands.
func (s *Service) Comment(ctx context.Context, id int64) (Stored, error) {
	return s.store.Comment(ctx, id, s.now())
}

// Counts is how many comments stand in each status.
func (s *Service) Counts(ctx context.Context) (map[Status]int, error) {
	if err := s.wake(ctx); err != nil {
		return nil, err
	}
	return s.store.Counts(ctx)
}

// Lease notes that the user has the comment on screen.
func (s *Service) Lease(ctx context.Context, commentID int64, user string) (Lease, error) {
	now := s.now()
	return s.store.Lease(ctx, commentID, user, now, now.Add(LeaseTime))
}
