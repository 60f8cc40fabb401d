package moderation

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"commentdesk/classifier"
)

// Comment is one reader's text under an article, as it came in.
type Comment struct {
	ID        int64 // the store's number; 0 before it is stored
	ArticleID string
	SourceID  string // the source system's own id, "" where it has none
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
)

// Statuses lists every status in the order in which tabs show them.
var Statuses = [4]Status{Pending, Escalated, Approved, Rejected}

// State is what the ledger makes of a comment: a fold of its entries (see Fold).
type State struct {
	Status      Status
	Revision    int64                      // rises with every label, decision, undo or text change; starts at 1
	TextVersion int                        // starts at 1
	Labels      map[classifier.Axis]string // the latest label an axis not undone; an answer or CantTell
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
	ClaimFrom  string // given or headline
	Gone       bool   // no longer on the page
	ArrivedAt  time.Time
	Lease      *Lease // nil when nobody has it open
}

// CommentKeys gives each comment of one page its key, in the order given: the source's own id where there is one, else a digest of article,
// parent's key, author, time, exact text and k, which counts equal ones, so that a page merges as a multiset. A comment's parent must stand
// before it; a parent that does not is ignored.
func CommentKeys(articleID string, comments []Comment) []string {
	keys := make([]string, len(comments))
	at := make(map[int]string, len(comments))
	seen := make(map[string]int, len(comments))
	for i, c := range comments {
		if c.SourceID != "" {
			keys[i] = digest("id", articleID, c.SourceID)
		} else {
			content := digest("text", articleID, at[c.Parent], c.Author, absolute(c.PostedAt), c.Text)
			seen[content]++
			keys[i] = digest(content, strconv.Itoa(seen[content]))
		}
		if c.Position > 0 {
			at[c.Position] = keys[i]
		}
	}
	return keys
}

// absolute is the time where it names one, "" otherwise.
func absolute(postedAt string) string {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02"} {
		if _, err := time.Parse(layout, postedAt); err == nil {
			return postedAt
		}
	}
	return ""
}

// digest is an unambiguous hash of its parts: each is preceded by its length.
func digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(strconv.Itoa(len(part)) + ":"))
		h.Write([]byte(part))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
