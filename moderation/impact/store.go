package impact

import (
	"context"

	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// Sample is the part of all comments that are indexed, by a hash of their ids: the same comments each time. The hash of an id is the remainder of
// id · HashFactor by HashRange.
type Sample struct {
	Below int64 // of the hashes from 0 to HashRange−1 those below it
}

const (
	HashRange  = 1 << 31
	HashFactor = 1327217885
)

// everything is the sample that leaves nothing out.
var everything = Sample{Below: HashRange}

// Holds says whether the comment is in the sample.
func (s Sample) Holds(commentID int64) bool {
	return commentID%HashRange*HashFactor%HashRange < s.Below
}

// Text is what a comment is scored by.
type Text struct {
	CommentID int64  `db:"id"`
	Version   int    `db:"text_version"`
	Text      string `db:"text"`
	Claim     string `db:"claim"` // the article's claim sentence
}

// Labelled is a comment with the labels that stand on its text.
type Labelled struct {
	Text   // its claim is the one that stance was labelled against
	Labels []moderation.GivenLabel
}

// Store is what is read to index what waits, and to keep up with it.
type Store interface {
	// Counts is how many comments stand in each status.
	Counts(ctx context.Context) (map[moderation.Status]int, error)
	// LedgerEnd is the position of the newest entry, and Ledger lists entries after a position in order.
	LedgerEnd(ctx context.Context) (int64, error)
	Ledger(ctx context.Context, after int64, limit int) ([]moderation.Entry, error)
	// History is the comment's entries in order of position.
	History(ctx context.Context, commentID int64) ([]moderation.Entry, error)
	// Waiting is up to limit pending comments of the sample with greater ids, by id.
	Waiting(ctx context.Context, after int64, limit int, sample Sample) ([]Text, error)
	// TextsOf is those of the comments that there are, by id; onlyPending leaves out those that do not wait.
	TextsOf(ctx context.Context, ids []int64, onlyPending bool) ([]Text, error)
	// LabelledLately is up to limit comments that were labelled in the newest entries of the ledger, the newest first. It looks at a bounded number of
	// entries.
	LabelledLately(ctx context.Context, limit int) ([]int64, error)
	// LabelledOf is those of the comments that have standing labels, by id.
	LabelledOf(ctx context.Context, ids []int64) ([]Labelled, error)
	// ModelFiles are the files of one model; NotFound where there is none.
	ModelFiles(ctx context.Context, id string) (registry.Files, error)
}
