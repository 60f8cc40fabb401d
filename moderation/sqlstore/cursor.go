package sqlstore

import (
	"encoding/base64"
	"fmt"
	"hash/fnv"
	"math"

	"commentdesk/moderation"
)

// cursor is the place of the last row that was looked at, in one queue.
type cursor struct {
	queue    string // filter and order: a cursor fits no other queue
	priority int64  // the row's harm or doubt; 0 for the other orders
	id       int64
}

// firstCursor stands before every row of the queue.
func firstCursor(request moderation.QueueRequest) cursor {
	first := cursor{queue: string(request.Order) + " " + request.Filter.String(), priority: math.MaxInt32}
	if request.Order == moderation.OrderNewest {
		first.id = math.MaxInt64
	}
	return first
}

// at is the cursor that stands on the row.
func (c cursor) at(order moderation.Order, row storedRow) cursor {
	c.id, c.priority = row.ID, 0
	switch order {
	case moderation.OrderHarm, "":
		c.priority = row.Harm
	case moderation.OrderDoubt:
		c.priority = row.Doubt
	}
	return c
}

// String is the opaque form that clients hand back: the place and a check sum over queue and place.
func (c cursor) String() string {
	sum := fnv.New32a()
	fmt.Fprintf(sum, "%d.%d.%s", c.priority, c.id, c.queue)
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d.%d.%08x", c.priority, c.id, sum.Sum32()))
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
		_, err = fmt.Sscanf(string(plain), "%d.%d.%08x", &c.priority, &c.id, &sum)
	}
	if err != nil || c.String() != request.After {
		return cursor{}, moderation.Invalid("this place in the queue is not of this filter and order: start at the top")
	}
	return c, nil
}
