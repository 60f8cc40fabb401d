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
	names       []Figure
	values      []float64 // in the order of names; NaN where undefined
	outcomes    []outcome
	ranking     ranking // empty unless there are two classes
	reliability reliability
	groups      int
	once        []int32 // every group counted one time
}

// outcome is what one row adds to the figures that are plain sums.
type outcome struct {
	group   int32
	cell    int32
	gold    int32
	unsure  int32
	brier   float64
	logLoss float64
}

// leastProbability keeps the log loss finite: a gold class given probability 0 costs 34.5 nats.
const leastProbability = 1e-15

// Measure computes every figure over the rows of one axis. Classes are in their fixed order; with two, the first is the positive one. No rows
// is no error: every figure is then undefined. A row that cannot be right is an error that names it, counted from 1.
func Measure(classes []string, rows []Row, options Options) (*Measurement, error) {
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
	groupOf, groups := groupRows(rows)
	m := &Measurement{
		N:           len(rows),
		classes:     slices.Clone(classes),
		names:       figuresOf(classes),
		outcomes:    make([]outcome, len(rows)),
		reliability: newReliability(rows, groupOf),
		groups:      groups,
		once:        slices.Repeat([]int32{1}, groups),
	}
	if len(classes) == 2 {
		m.ranking = newRanking(rows, groupOf)
	}
	table := newConfusion(len(classes))
	for i := range rows {
		m.outcomes[i] = newOutcome(&rows[i], groupOf[i], table.cell(&rows[i], rows[i].best(options.Threshold), policy))
	}
	m.values = m.compute(m.once, table, make([]float64, 0, len(m.names)))
	m.Confusion = table.matrix()
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

func newOutcome(row *Row, group int32, cell int) outcome {
	o := outcome{group: group, cell: int32(cell), gold: int32(row.Gold), brier: row.brier()}
	if !row.Answered {
		o.unsure = 1
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

// compute gives the figures, in the order of names, each group of rows counted weight times. The table and the values are overwritten.
func (m *Measurement) compute(weight []int32, table confusion, values []float64) []float64 {
	clear(table.cells)
	var total, unsure int64
	var brier, logLoss float64
	for i := range m.outcomes {
		o := &m.outcomes[i]
		count := int64(weight[o.group])
		table.cells[o.cell] += count
		total += count
		unsure += count * int64(o.unsure)
		brier += float64(count) * o.brier
		logLoss += float64(count) * o.logLoss
	}
	values = append(values[:0], table.accuracy(), table.macroF1())
	for class := range m.classes {
		values = append(values, table.f1(class))
	}
	if len(m.classes) == 2 {
		auc, averagePrecision := m.ranking.areas(weight)
		values = append(values, auc, averagePrecision)
	}
	rows := float64(total)
	return append(values, brier/rows, m.reliability.calibrationError(weight, total), float64(unsure)/rows, logLoss/rows)
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
