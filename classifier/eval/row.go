package eval

import (
	"fmt"
	"math"
)

// Row is one labelled text and what a model said of it on one axis.
type Row struct {
	Gold          int       // the labelled class, an index into the classes
	Probabilities []float64 // one a class, in the order of the classes; they sum to 1
	Answered      bool      // false: the model abstained, its probabilities are its best guess
	Group         string    // rows of one group are resampled together; "": the row stands by itself
	Threshold     float64   // with two classes, the threshold this row's own model was fitted with; 0: none. Options.Threshold goes before it
}

// UnsurePolicy says how rows on which the model abstained count in the confusion matrix, accuracy and F1. Every other figure takes all rows.
type UnsurePolicy string

const (
	UnsureBest  UnsurePolicy = "best"  // the most probable class counts as the answer; the default
	UnsureSkip  UnsurePolicy = "skip"  // the row is left out
	UnsureWrong UnsurePolicy = "wrong" // the row is a miss for its gold class and nobody's false alarm
)

// ParseUnsurePolicy reads a policy's name; "" is best.
func ParseUnsurePolicy(name string) (UnsurePolicy, error) {
	switch policy := UnsurePolicy(name); policy {
	case "":
		return UnsureBest, nil
	case UnsureBest, UnsureSkip, UnsureWrong:
		return policy, nil
	default:
		return "", fmt.Errorf("no unsure policy %q: best, skip or wrong", name)
	}
}

// Options say how answers are read from probabilities.
type Options struct {
	Unsure    UnsurePolicy // "" is UnsureBest
	Threshold float64      // with two classes, the probability from which the first class is the answer, above 0 and at most 1; 0: none given

	// Prior, with two classes, measures as if the first class made up this share of the rows, between 0 and 1: the rows of each class are weighted
	// so, in every resample anew. Every figure is then that of rows repeated so often; counts of rows stay what they are. The probabilities are
	// taken as they are: they must come from a model that expects this share. 0: every row counts once.
	Prior float64
}

// probabilitySlack is how far from 1 a row's probabilities may sum.
const probabilitySlack = 1e-6

func (r *Row) check(classes int) error {
	if r.Gold < 0 || r.Gold >= classes {
		return fmt.Errorf("gold class %d, but there are %d classes", r.Gold, classes)
	}
	if len(r.Probabilities) != classes {
		return fmt.Errorf("%d probabilities for %d classes", len(r.Probabilities), classes)
	}
	if err := checkThreshold(r.Threshold, classes); err != nil {
		return err
	}
	sum := 0.0
	for _, p := range r.Probabilities {
		if !(p >= 0 && p <= 1+probabilitySlack) {
			return fmt.Errorf("probability %v is not between 0 and 1", p)
		}
		sum += p
	}
	if math.Abs(sum-1) > probabilitySlack {
		return fmt.Errorf("probabilities sum to %v, not 1", sum)
	}
	return nil
}

func checkThreshold(threshold float64, classes int) error {
	if threshold == 0 {
		return nil
	}
	if classes != 2 {
		return fmt.Errorf("a threshold needs two classes, not %d", classes)
	}
	if !(threshold > 0 && threshold <= 1) {
		return fmt.Errorf("threshold %v is not above 0 and at most 1", threshold)
	}
	return nil
}

// best is the class the row answers with: by threshold where there is one, else the most probable class, the first of equals.
func (r *Row) best(threshold float64) int {
	if threshold == 0 {
		threshold = r.Threshold
	}
	if threshold != 0 {
		if r.Probabilities[0] >= threshold {
			return 0
		}
		return 1
	}
	best := 0
	for class, p := range r.Probabilities {
		if p > r.Probabilities[best] {
			best = class
		}
	}
	return best
}
