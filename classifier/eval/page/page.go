package page

import (
	"time"

	"commentdesk/classifier/eval"
)

// Page is all that one page shows.
type Page struct {
	Command []string  // as typed, each word quoted for a shell
	At      time.Time // when it was measured
	Program string    // the program's version; "" leaves it out
	Sets    []Set     // what was read
	Axes    []Axis
}

// Set is the files that were read for one purpose.
type Set struct {
	Purpose string // "measured" or "trained on"
	Files   []File
	LeftOut int // rows without a label
	Refused int // rows and files that could not be read
}

// File is one file and how many of its rows were used.
type File struct {
	Name string
	Rows int
}

// Axis is one axis's section.
type Axis struct {
	Name        string // stance, hostile or spam
	Measured    string // "recipe shipped" or "model 3f9c…"
	Report      eval.Report
	Measurement *eval.Measurement
	By          string            // what Report.Slices are slices by
	Expects     float64           // share of yes that the model expects among comments; 0: not known
	Base        *Base             // nil: nothing to compare with
	Shared      int               // training rows left out because their text is measured too
	Learning    []LearningPoint   // empty: not asked for
	Claims      []eval.ClaimPoint // stance by labels a claim; empty: not asked for
	Wrong       int               // answers that are wrong
	Errors      []Error           // the most certain of them, the surest first
	WordsOf     string            // whose words these are
	Words       []ClassWords      // a class each
}

// Base is what the figures are compared with.
type Base struct {
	Name        string
	Measurement *eval.Measurement
	Differences []eval.Difference // empty where the rows are too few for any
}

// LearningPoint is one figure after training on a part of the examples.
type LearningPoint struct {
	Share    float64 // of the training examples
	Examples int
	Report   eval.Report
	Reason   string // why there is no report; "" where there is one
}

// Error is one comment that was answered wrongly.
type Error struct {
	Text        string
	Claim       string // that stance was measured against; ""
	File        string
	Line        int // 0: not known
	Label       string
	Answer      string
	Probability float64 // of the answer
	Unsure      bool    // the model abstained; the answer is its best guess
}

// ClassWords are the words that speak most for a class.
type ClassWords struct {
	Class string
	Words []Word
}

// Word is one word and what the model learned of it.
type Word struct {
	Text   string
	Claim  string    // under which it counts; "": everywhere
	Weight float64   // nats towards the class in a comment of that word alone
	Counts []float64 // training examples that held it, a class of the axis
}

// ErrorLimit is how many errors an axis is meant to show, WordLimit how many words a class.
const (
	ErrorLimit = 20
	WordLimit  = 30
)

// textLimit is how many characters of a comment are shown.
const textLimit = 2000

// Generator marks a page of ours: it stands within the first kilobyte.
const Generator = `<meta name="generator" content="commentdesk evaluate">`
