package moderation

import (
	"time"

	"commentdesk/classifier"
)

// Comment is one reader's text under an article, as it came in.
type Comment struct {
	ID        int64 // the store's number; 0 before it is stored
	ArticleID string
	SourceID  string // the source system's own id, "" where it has none
	Page      string // the path of the page it was read from: an input may hold an article's page as saved twice; not stored
	Position  int    // on its page, from 1
	Parent    int    // the position of the comment it answers, 0 without one
	Author    string
	PostedAt  string // RFC 3339, without offset where the page names no zone; "" where unknown
	Text      string
	Labels    map[classifier.Axis]string // what an archive brings with it; nil elsewhere
}

// Status is where a comment stands.
type Status string

const (
	Pending   Status = "pending"
	Approved  Status = "approved"
	Rejected  Status = "rejected"
	Escalated Status = "escalated"
	Snoozed   Status = "snoozed" // not decided, and put off until a time
)

// Statuses lists every status in the order in which tabs show them.
var Statuses = [5]Status{Pending, Escalated, Snoozed, Approved, Rejected}

// State is what the ledger makes of a comment: a fold of its entries (see Fold).
type State struct {
	Status      Status
	Revision    int64                      // rises with every label, decision, undo or text change; starts at 1
	TextVersion int                        // starts at 1
	Labels      map[classifier.Axis]string // the latest label an axis not undone; an answer or CantTell
	Waiting     Waiting
}

// Lease says on whose screen a comment is open. It is advice; the revision is the guard.
type Lease struct {
	User  string
	Until time.Time
}

// Stored is a comment as the store holds it, with everything a moderator's list shows.
type Stored struct {
	Comment
	ParentID   int64 // the store's number of the comment it answers, 0 without one
	Article    Article
	State      State
	Prediction classifier.Prediction
	ClaimFrom  string // given, matched or headline
	Gone       bool   // no longer on the page
	ArrivedAt  time.Time
	Lease      *Lease // nil when nobody has it open
}

// CommentKeys gives each comment of one page its key, in the order given: see Keys.
func CommentKeys(articleID string, comments []Comment) []string {
	keys, _ := NewKeys().Of(articleID, comments)
	return keys
}
