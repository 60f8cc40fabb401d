package eval

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// Slice is what the rows that share a name come to: those of one file, one group, one article. Under Options.Prior a row of each class weighs what
// it weighs among all rows, so that slices differ in their shares as they do there.
type Slice struct {
	Slice             string        `json:"slice"`
	N                 int           `json:"n"`
	Yes               *float64      `json:"yes"`              // share of the first of two classes among the labels
	MeanProbability   *float64      `json:"mean_probability"` // of that class
	FalsePositiveRate *float64      `json:"false_positive_rate"`
	Recall            *float64      `json:"recall"`
	Accuracy          *float64      `json:"accuracy"`
	MacroF1           *float64      `json:"macro_f1"`
	AUC               *float64      `json:"auc"`
	ECE               *float64      `json:"ece"`
	ECERedrawn        *Redrawn      `json:"ece_redrawn"`
	Interval          SliceInterval `json:"interval"` // 95 %
}

// SliceInterval holds the 95 % interval of each figure, null where there is none.
type SliceInterval struct {
	FalsePositiveRate *Interval `json:"false_positive_rate"`
	Recall            *Interval `json:"recall"`
	Accuracy          *Interval `json:"accuracy"`
	MacroF1           *Interval `json:"macro_f1"`
	AUC               *Interval `json:"auc"`
	ECE               *Interval `json:"ece"`
}

// errNames is the error of names that are not one a row.
var errNames = errors.New("slices need one name a row")

// Sliced cuts the rows by names, one a row, leaves out slices of fewer than least rows, and measures the others, in the order of their names.
// Rows of a slice that all belong to one group are resampled one by one.
func Sliced(classes []string, rows []Row, names []string, least int, options Options, bootstrap Bootstrap) ([]Slice, error) {
	if len(names) != len(rows) {
		return nil, errNames
	}
	whole, err := Measure(classes, rows, options)
	if err != nil {
		return nil, err
	}
	parted := part(rows, names, least)
	slicesFound := []Slice{}
	for _, name := range slices.Sorted(maps.Keys(parted)) {
		m, err := measure(classes, parted[name], options, weighting{fixed: whole.tally.weights})
		if err != nil {
			return nil, fmt.Errorf("slice %q: %w", name, err)
		}
		slicesFound = append(slicesFound, newSlice(name, m, parted[name], m.Intervals(bootstrap)))
	}
	return slicesFound, nil
}

// part gathers the rows of each name that has at least least of them.
func part(rows []Row, names []string, least int) map[string][]Row {
	parted := map[string][]Row{}
	for i, row := range rows {
		parted[names[i]] = append(parted[names[i]], row)
	}
	for name, rows := range parted {
		if len(rows) < least {
			delete(parted, name)
			continue
		}
		if !slices.ContainsFunc(rows, func(r Row) bool { return r.Group != rows[0].Group }) {
			for i := range rows {
				rows[i].Group = ""
			}
		}
	}
	return parted
}

func newSlice(name string, m *Measurement, rows []Row, intervals map[Figure]Interval) Slice {
	s := Slice{Slice: name, N: m.N, ECERedrawn: m.RedrawnECE()}
	if len(m.classes) == 2 {
		s.Yes = number(m.tally.weights[0] * float64(m.tally.sums[0].rows) / m.tally.rows())
		s.MeanProbability = number(m.meanProbability(rows))
	}
	for _, field := range []struct {
		figure   Figure
		value    **float64
		interval **Interval
	}{
		{FalsePositiveRate, &s.FalsePositiveRate, &s.Interval.FalsePositiveRate},
		{Recall, &s.Recall, &s.Interval.Recall},
		{Accuracy, &s.Accuracy, &s.Interval.Accuracy},
		{MacroF1, &s.MacroF1, &s.Interval.MacroF1},
		{AUC, &s.AUC, &s.Interval.AUC},
		{ECE, &s.ECE, &s.Interval.ECE},
	} {
		if value, ok := m.Value(field.figure); ok {
			*field.value = &value
		}
		if interval, ok := intervals[field.figure]; ok {
			*field.interval = &interval
		}
	}
	return s
}

// meanProbability is the mean probability of the first class, each row counting what it weighs.
func (m *Measurement) meanProbability(rows []Row) float64 {
	sum := 0.0
	for i := range rows {
		sum += m.tally.weights[rows[i].Gold] * rows[i].Probabilities[0]
	}
	return sum / m.tally.rows()
}

// ErrNoRecall is what RecallThreshold answers where no threshold brings the recall asked for.
var ErrNoRecall = errors.New("no threshold has that recall")

// RecallThreshold is the highest threshold at which the first of two classes has at least that recall: the mean over the slices of at least least
// rows that have such rows, or with names nil the recall over all rows. Recall is above 0 and at most 1.
func RecallThreshold(rows []Row, names []string, least int, recall float64) (float64, error) {
	if names == nil {
		names = make([]string, len(rows))
		least = 0
	}
	if len(names) != len(rows) {
		return 0, errNames
	}
	type step struct{ probability, recall float64 }
	var steps []step
	parted := part(rows, names, least)
	kinds := 0
	for _, name := range slices.Sorted(maps.Keys(parted)) {
		var found []step
		for _, row := range parted[name] {
			if row.Gold == 0 {
				found = append(found, step{probability: row.Probabilities[0]})
			}
		}
		if len(found) > 0 {
			kinds++
		}
		for i := range found {
			found[i].recall = 1 / float64(len(found))
		}
		steps = append(steps, found...)
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		switch {
		case a.probability > b.probability:
			return -1
		case a.probability < b.probability:
			return 1
		}
		return 0
	})
	const slack = 1e-9 // of sums that come to the recall but for rounding
	reached := 0.0
	for _, s := range steps {
		reached += s.recall / float64(kinds)
		if reached >= recall-slack && s.probability > 0 {
			return math.Min(s.probability, 1), nil
		}
	}
	return 0, fmt.Errorf("%w: %v", ErrNoRecall, recall)
}
