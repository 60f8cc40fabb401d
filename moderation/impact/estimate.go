package impact

import (
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// How much is looked at and told.
const (
	MostWaiting  = 100_000 // waiting comments indexed; of more a sample
	MostLabelled = 5_000   // labelled comments compared, the newest
	First        = 50      // how many of an order are its first
	Examples     = 5       // comments named in each line
)

// Noticed is how far a place in an order, 0 to 1000 (see moderation.Priority), must move to be counted: a percentage point of probability.
const Noticed = 10

// Estimate is what labels on a comment would change elsewhere, counted beside the labels that the model in use was trained with. Where it is not Ready, the comments are
// still being read, and the rest is empty.
type Estimate struct {
	Ready       bool
	Read, OfAll int // comments read so far, where it is not ready
	CommentID   int64
	Waiting     int  // other comments that wait
	Indexed     int  // of which were looked at
	Sampled     bool // fewer were looked at than wait: all counts of waiting comments are scaled up
	Labelled    int  // labelled comments looked at
	Axes        []AxisChange
	Orders      []OrderChange // nil where a sample cannot tell
	Moved       int           // waiting comments whose place by likely harm moves by a percentage point or more
	Took        time.Duration
}

// Reason says why a label would change nothing, or less than could be.
type Reason string

const (
	Counted      Reason = ""              // the label counts
	TrainsNone   Reason = "cannot tell"   // "can't tell" trains nothing, and no learned label is taken out for it
	Learned      Reason = "learned"       // the model was trained with this label
	Twin         Reason = "twin"          // a near-duplicate has the same label and counts for both
	NoModel      Reason = "no model"      // the model does not answer on the axis
	UnknownClaim Reason = "unknown claim" // stance: the model has not learned the claim; the label counts only for what holds under every claim
)

// AxisChange is what the label on one axis does there.
type AxisChange struct {
	Axis        classifier.Axis
	Answer      string // the label, or moderation.CantTell
	Was         string // the label taken out for it, "" for none
	Reason      Reason
	Changed     int // waiting comments whose answer changes
	Transitions []Transition

	Agreed       int             // past labels on the axis that the model gives as its answer now
	Contradicted int             // of which it no longer would
	Gained       int             // past labels that it would give and does not now
	Contradicts  []Contradiction // the first few contradicted, those labelled last first
}

// Transition is waiting comments that go from one answer to another.
type Transition struct {
	From, To string
	Count    int
	Examples []int64 // comments, those that move furthest first
}

// Contradiction is a past label that the model would no longer agree with.
type Contradiction struct {
	CommentID int64
	Answer    string
	Would     string // the answer that the model would give
	By        string
	At        time.Time
}

// OrderChange is what happens at the top of an order: as many come in as leave.
type OrderChange struct {
	Order moderation.Order
	In    int
	Comes []int64 // the first few that come in
	Goes  []int64
}

// Changed is how many answers of waiting comments change on all axes.
func (e *Estimate) Changed() (n int) {
	for _, axis := range e.Axes {
		n += axis.Changed
	}
	return n
}

// Contradicted is how many past labels the model would no longer agree with.
func (e *Estimate) Contradicted() (n int) {
	for _, axis := range e.Axes {
		n += axis.Contradicted
	}
	return n
}
