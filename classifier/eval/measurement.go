package eval

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Measurement is what the rows of one axis yield. It is immutable.
type Measurement struct {
	N         int     // rows
	Confusion [][]int // [gold][answer]; rows that Options.Unsure leaves out or counts as wrong are not in it

	classes     []string
	options     Options
	names       []Figure
	values      []float64 // in the order of names; NaN where undefined
	outcomes    []outcome
	ranking     ranking // empty unless there are two classes
	reliability reliability
	certainty   certainty
	weighting   weighting
	groups      int
	once        []int32 // every group counted one time
	tally       *tally  // of once
}

// outcome is what one row adds to the figures that are plain sums.
type outcome struct {
	group   int32
	cell    int32
	gold    int32
	unsure  int32
	wrong   int32 // the best guess
	brier   float64
	logLoss float64
}

// leastProbability keeps the log loss finite: a gold class given probability 0 costs 34.5 nats.
const leastProbability = 1e-15

// Measure computes every figure over the rows of one axis. Classes are in their fixed order; with two, the first is the positive one. No rows
// is no error: every figure is then undefined. A row that cannot be right is an error that names it, counted from 1.
func Measure(classes []string, rows []Row, options Options) (*Measurement, error) {
	return measure(classes, rows, options, weighting{prior: options.Prior})
}

func measure(classes []string, rows []Row, options Options, weighting weighting) (*Measurement, error) {
	if len(classes) < 2 {
		return nil, errors.New("measuring needs two classes or more")
	}
	policy, err := ParseUnsurePolicy(string(options.Unsure))
	if err != nil {
		return nil, err
	}
	if err := checkThreshold(options.Threshold, len(classes)); err != nil {
		return nil, err
	}
	for i := range rows {
		if err := rows[i].check(len(classes)); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
	}
	if err := weighting.check(classes, rows); err != nil {
		return nil, err
	}
	groupOf, groups := groupRows(rows)
	m := &Measurement{
		N:           len(rows),
		classes:     slices.Clone(classes),
		options:     options,
		names:       figuresOf(classes),
		outcomes:    make([]outcome, len(rows)),
		reliability: newReliability(rows, groupOf),
		weighting:   weighting,
		groups:      groups,
		once:        slices.Repeat([]int32{1}, groups),
		tally:       newTally(len(classes)),
	}
	if len(classes) == 2 {
		m.ranking = newRanking(rows, groupOf)
	}
	for i := range rows {
		m.outcomes[i] = newOutcome(&rows[i], groupOf[i], rows[i].best(options.Threshold))
		m.outcomes[i].cell = int32(m.tally.table.cell(&rows[i], rows[i].best(options.Threshold), policy))
	}
	m.certainty = newCertainty(rows, m.outcomes, options.Threshold)
	m.values = m.compute(m.once, m.tally, make([]float64, 0, len(m.names)))
	m.Confusion = m.tally.table.matrix()
	return m, nil
}

// groupRows numbers the groups by first appearance and gives each row its number. A row without a group is a group of its own.
func groupRows(rows []Row) (groupOf []int32, groups int) {
	groupOf = make([]int32, len(rows))
	known := map[string]int32{}
	for i := range rows {
		name := rows[i].Group
		number, found := known[name]
		if !found || name == "" {
			number = int32(groups)
			groups++
			known[name] = number
		}
		groupOf[i] = number
	}
	return groupOf, groups
}

func newOutcome(row *Row, group int32, best int) outcome {
	o := outcome{group: group, gold: int32(row.Gold), brier: row.brier()}
	if !row.Answered {
		o.unsure = 1
	}
	if best != row.Gold {
		o.wrong = 1
	}
	o.logLoss = -math.Log(min(1, max(leastProbability, row.Probabilities[row.Gold])))
	return o
}

// brier is the squared error of the row's probabilities (Brier 1950): with two classes of the positive one alone, 0 to 1; with more summed over
// the classes, 0 to 2.
func (r *Row) brier() float64 {
	sum := 0.0
	for class, p := range r.Probabilities {
		if class == r.Gold {
			p -= 1
		}
		sum += p * p
		if len(r.Probabilities) == 2 {
			break
		}
	}
	return sum
}

// compute gives the figures, in the order of names, each group of rows counted weight times. The tally and the values are overwritten.
func (m *Measurement) compute(weight []int32, t *tally, values []float64) []float64 {
	t.count(m.outcomes, weight, m.weighting)
	rows := t.rows()
	values = append(values[:0], t.table.accuracy(t.weights), t.table.macroF1(t.weights))
	for class := range m.classes {
		values = append(values, t.table.f1(class, t.weights))
	}
	if len(m.classes) == 2 {
		auc, averagePrecision := m.ranking.areas(weight, t.weights)
		values = append(values, auc, averagePrecision)
	}
	unsure := t.total(func(s *sums) float64 { return float64(s.unsure) })
	values = append(values, t.total(func(s *sums) float64 { return s.brier })/rows, m.reliability.calibrationError(weight, t), unsure/rows,
		t.total(func(s *sums) float64 { return s.logLoss })/rows)
	if len(m.classes) == 2 {
		positives, negatives := &t.sums[0], &t.sums[1]
		values = append(values, float64(negatives.wrong)/float64(negatives.rows), 1-float64(positives.wrong)/float64(positives.rows))
	}
	wrong := t.total(func(s *sums) float64 { return float64(s.wrong) }) / rows
	values = m.certainty.errorsAt(certainShares, weight, t, append(values, wrong))
	answered := t.total(func(s *sums) float64 { return float64(s.rows - s.unsure) })
	return append(values, values[len(values)-1]/wrong, t.total(func(s *sums) float64 { return float64(s.wrongAnswered) })/answered)
}

// Classes lists the classes in their fixed order.
func (m *Measurement) Classes() []string { return slices.Clone(m.classes) }

// Figures lists the figures this measurement has, defined or not, in the order in which they are shown.
func (m *Measurement) Figures() []Figure { return slices.Clone(m.names) }

// Value is one figure; false where it does not apply to these classes or is undefined on these rows, as AUC is when one class is absent.
func (m *Measurement) Value(figure Figure) (float64, bool) {
	i := slices.Index(m.names, figure)
	if i < 0 || math.IsNaN(m.values[i]) {
		return 0, false
	}
	return m.values[i], true
}
