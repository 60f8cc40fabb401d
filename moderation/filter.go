package moderation

import (
	"time"

	"commentdesk/classifier"
)

// Filter is a parsed queue query; the zero value lets everything through.
type Filter struct {
	Status  Status                     // "" for any
	Answers map[classifier.Axis]string // the shown answer an axis: a person's label where there is one, else the prediction's
	Bounds  []Bound
	Topic   string
	Author  string
	Origin  string
	Before  time.Time // arrived before; zero for any time
	Words   []string  // each must stand in the text, case folded
}

// Bound compares a predicted probability with a number: p(hostile)>0.8. For stance the answer is named: p(favor)>0.5.
type Bound struct {
	Axis   classifier.Axis
	Answer string
	Above  bool // > or >=, else < or <=
	Equal  bool // >= or <=
	Value  float64
}
