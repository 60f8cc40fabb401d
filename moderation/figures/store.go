package figures

import (
	"context"
	"errors"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Store reads what figures are made of. It reads no texts and writes nothing.
type Store interface {
	// Cells counts the newest comments by article and shown answers, those alone that arrived at since or later. looked is how many comments
	// were looked at, at most newest; all is how many there are.
	Cells(ctx context.Context, since time.Time, newest int) (cells []Cell, looked, all int, err error)
	// Deeds visits the newest acts, undos and changes of text, at most newest, the newest first. visit ends the walk with ErrEnough, which is
	// then no error of Deeds.
	Deeds(ctx context.Context, newest int, visit func(Deed) error) error
	// Arrived is how many comments of those statuses, as they stand now, arrived from each bound up to the next: one number fewer than bounds.
	Arrived(ctx context.Context, statuses []moderation.Status, bounds []time.Time) ([]int, error)
	// Judged visits the labels that people gave in the newest acts, at most newest acts, the newest first: each comment's label an axis that
	// stands, was given to the text that stands, is no can't tell, and had a prediction before it.
	Judged(ctx context.Context, newest int, visit func(Judged)) error
	// Opinions visits the predictions of the newest comments that need review, at most newest; all is how many need it.
	Opinions(ctx context.Context, newest int, visit func(classifier.Prediction)) (all int, err error)
}

// ErrEnough is what a visitor of Deeds returns to see no more.
var ErrEnough = errors.New("enough deeds were seen")

// Place is the article that a comment stands under.
type Place struct {
	ArticleID string
	Headline  string
	Topic     string // "" without one
	Side      moderation.Side
}

// Cell is how many comments of one article have the same shown answers: a person's label where there is one, else the prediction's.
type Cell struct {
	Place
	Stance   string
	Hostile  string
	Comments int
}

// Deed is one entry of the ledger about a comment, with the comment as it stands now.
type Deed struct {
	Entry moderation.Entry // ActionID, Revision, TextVersion, ClaimID, Side, Reason and Note are left out
	Place
	ArrivedAt time.Time
	Stance    string // the shown answers
	Hostile   string
	Spam      string
}

// Service makes figures.
type Service struct {
	store Store
	now   func() time.Time
}

// NewService wires the service. now is the clock; tests move it.
func NewService(store Store, now func() time.Time) *Service { return &Service{store, now} }

// Figures look at the newest alone, and so stay quick however much there is.
const (
	NewestComments = 100_000
	NewestDeeds    = 50_000 // entries of the ledger
)
