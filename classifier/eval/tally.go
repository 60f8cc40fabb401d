package eval

import (
	"fmt"
	"slices"
)

// tally is what one pass over the rows counts: the confusion matrix and, for each gold class, the figures that are plain sums.
type tally struct {
	table   confusion
	sums    []sums
	weights []float64 // what a row of each gold class counts
}

// sums are of the rows of one gold class, each counted as often as a resample drew it.
type sums struct {
	rows, unsure         int64
	wrong, wrongAnswered int64 // best guesses
	brier, logLoss       float64
}

func newTally(classes int) *tally {
	return &tally{table: newConfusion(classes), sums: make([]sums, classes), weights: make([]float64, classes)}
}

// count counts every row, each group of rows weight times, and sets what a row of each class weighs.
func (t *tally) count(outcomes []outcome, weight []int32, weighting weighting) {
	clear(t.table.cells)
	clear(t.sums)
	for i := range outcomes {
		o := &outcomes[i]
		count := int64(weight[o.group])
		t.table.cells[o.cell] += count
		s := &t.sums[o.gold]
		s.rows += count
		s.unsure += count * int64(o.unsure)
		s.wrong += count * int64(o.wrong)
		s.wrongAnswered += count * int64(o.wrong*(1-o.unsure))
		s.brier += float64(count) * o.brier
		s.logLoss += float64(count) * o.logLoss
	}
	weighting.of(t)
}

// total sums what of gives for each gold class, weighted.
func (t *tally) total(of func(*sums) float64) float64 {
	total := 0.0
	for class := range t.sums {
		total += t.weights[class] * of(&t.sums[class])
	}
	return total
}

// rows is the weight of all rows together; without weighting their number.
func (t *tally) rows() float64 { return t.total(func(s *sums) float64 { return float64(s.rows) }) }

func (t *tally) drawn() int64 {
	drawn := int64(0)
	for class := range t.sums {
		drawn += t.sums[class].rows
	}
	return drawn
}

// weighting says what a row of each gold class counts.
type weighting struct {
	prior float64   // the first of two classes is to make up this share; 0: not asked for
	fixed []float64 // goes before prior
}

// of sets the tally's weights. Where a class that is to make up a share is absent they are infinite, and what rests on them is undefined.
func (w weighting) of(t *tally) {
	for class := range t.weights {
		t.weights[class] = 1
	}
	switch {
	case w.fixed != nil:
		copy(t.weights, w.fixed)
	case w.prior != 0:
		drawn := float64(t.drawn())
		t.weights[0] = w.prior * drawn / float64(t.sums[0].rows)
		t.weights[1] = (1 - w.prior) * drawn / float64(t.sums[1].rows)
	}
}

// check refuses what no weights could bring about.
func (w weighting) check(classes []string, rows []Row) error {
	if w.prior == 0 || w.fixed != nil {
		return nil
	}
	if len(classes) != 2 {
		return fmt.Errorf("a prior needs two classes, not %d", len(classes))
	}
	if !(w.prior > 0 && w.prior < 1) {
		return fmt.Errorf("prior %v is not between 0 and 1", w.prior)
	}
	for class, name := range classes {
		if !slices.ContainsFunc(rows, func(r Row) bool { return r.Gold == class }) {
			return fmt.Errorf("a prior needs rows of both classes, and none is %s", name)
		}
	}
	return nil
}
