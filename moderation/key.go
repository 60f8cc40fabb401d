package moderation

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
)

// Keys gives the comments of one input their keys. An input is a page, or a file whose rows come in several parts: equal comments of a page are
// counted, and positions known, through all parts, so that each page merges as a multiset however the input is cut.
type Keys struct {
	equal map[digest]int   // how many comments of that content came on that page
	at    map[place]digest // the key of the comment at a position
}

// place is a position on an article's page.
type place struct {
	page     digest
	position int
}

// NewKeys begins an input.
func NewKeys() *Keys { return &Keys{equal: map[digest]int{}, at: map[place]digest{}} }

// Of is the next part's keys and its parents' keys, in the order given. A key is the source's own id where there is one, else a digest of article,
// parent's key, author, time, exact text and k, which counts equal ones. A comment's parent must stand before it; one that does not is ignored,
// and its key is "".
func (k *Keys) Of(articleID string, comments []Comment) (keys, parents []string) {
	keys, parents = make([]string, len(comments)), make([]string, len(comments))
	for i, c := range comments {
		page := digestOf(articleID, c.Page)
		if parent, ok := k.at[place{page, c.Parent}]; ok {
			parents[i] = parent.String()
		}
		var key digest
		if c.SourceID != "" {
			key = digestOf("id", articleID, c.SourceID)
		} else {
			content := digestOf("text", articleID, parents[i], c.Author, absolute(c.PostedAt), c.Text)
			onPage := digestOf(content.String(), c.Page)
			k.equal[onPage]++
			key = digestOf(content.String(), strconv.Itoa(k.equal[onPage]))
		}
		if keys[i] = key.String(); c.Position > 0 {
			k.at[place{page, c.Position}] = key
		}
	}
	return keys, parents
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

// digest is half a SHA-256.
type digest [16]byte

func (d digest) String() string { return hex.EncodeToString(d[:]) }

// digestOf is an unambiguous hash of its parts: each is preceded by its length.
func digestOf(parts ...string) (d digest) {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(strconv.Itoa(len(part)) + ":"))
		h.Write([]byte(part))
	}
	copy(d[:], h.Sum(nil))
	return d
}
