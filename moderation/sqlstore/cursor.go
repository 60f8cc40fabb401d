package sqlstore

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"

	"commentdesk/moderation"
)

// cursor is the place of the last row that was looked at, in one queue.
type cursor struct {
	queue    string // filter and order: a cursor fits no other queue
	priority int64  // the row's harm or doubt, else 0; in the order of the piles see onPile
	shelf    int64  // of the row's pile; 0 in the other orders
	pile     int64  // the same
	id       int64
}

// noPile stands before every pile.
const noPile = -1

// firstCursor stands before every row of the queue.
func firstCursor(request moderation.QueueRequest) cursor {
	first := cursor{queue: string(request.Order) + " " + request.Filter.String(), priority: math.MaxInt32}
	if request.Order == moderation.OrderNewest {
		first.id = math.MaxInt64
	}
	if request.Order == moderation.OrderAlike {
		first.pile = noPile
	}
	return first
}

// at is the cursor that stands on the row.
func (c cursor) at(request moderation.QueueRequest, row storedRow) cursor {
	if request.Order == moderation.OrderAlike {
		return c.onPile(request.Filter.Status == "", row)
	}
	c.id, c.priority = row.ID, 0
	switch request.Order {
	case moderation.OrderHarm, "":
		c.priority = row.Harm
	case moderation.OrderDoubt:
		c.priority = row.Doubt
	}
	return c
}

// onPile is the cursor that stands on the row in the order of the piles. While a pile is gone through and its comments are decided one by one, the
// cursor keeps the size that the pile had when it was come to: what is behind is behind that.
func (c cursor) onPile(anyStatus bool, row storedRow) cursor {
	switch {
	case anyStatus:
		c.priority = int64(slices.Index(statusesByName, row.State.Status))
	case !row.pile.Continued:
		c.priority = int64(row.pile.Comments)
	}
	c.shelf, c.pile, c.id = row.pile.shelf, row.pile.ID, row.ID
	return c
}

// String is the opaque form that clients hand back: the place and a check sum over queue and place.
func (c cursor) String() string {
	sum := fnv.New32a()
	place := fmt.Appendf(nil, "%d.%d", c.priority, c.id)
	if c.shelf != 0 || c.pile != 0 {
		place = fmt.Appendf(place, ".%d.%d", c.shelf, c.pile)
	}
	fmt.Fprintf(sum, "%s.%s", place, c.queue)
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(place, ".%08x", sum.Sum32()))
}

// readCursor is where the page starts; Invalid where the cursor was not made for this queue.
func readCursor(request moderation.QueueRequest) (cursor, error) {
	c := firstCursor(request)
	if request.After == "" {
		return c, nil
	}
	var sum uint32
	plain, err := base64.RawURLEncoding.DecodeString(request.After)
	if err == nil {
		c.shelf, c.pile = 0, 0
		if strings.Count(string(plain), ".") == 4 {
			_, err = fmt.Sscanf(string(plain), "%d.%d.%d.%d.%08x", &c.priority, &c.id, &c.shelf, &c.pile, &sum)
		} else {
			_, err = fmt.Sscanf(string(plain), "%d.%d.%08x", &c.priority, &c.id, &sum)
		}
	}
	if err != nil || c.String() != request.After {
		return cursor{}, moderation.Invalid("this place in the queue is not of this filter and order: start at the top")
	}
	return c, nil
}
