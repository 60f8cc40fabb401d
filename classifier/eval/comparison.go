package eval

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Difference is how far two measurements of the same rows lie apart on one figure: Other minus Base, with its 95 % interval.
type Difference struct {
	Figure     Figure  `json:"figure"`
	Base       float64 `json:"base"`
	Other      float64 `json:"other"`
	Difference float64 `json:"difference"`
	Low        float64 `json:"low"`
	High       float64 `json:"high"`
}

// Worse tells whether the other is worse than the base with 95 % confidence: the whole interval lies on the bad side of 0.
func (d Difference) Worse() bool {
	if d.Figure.lowerIsBetter() {
		return d.Low > 0
	}
	return d.High < 0
}

// Better tells whether the other is better than the base with 95 % confidence: the whole interval lies on the good side of 0.
func (d Difference) Better() bool {
	if d.Figure.lowerIsBetter() {
		return d.High < 0
	}
	return d.Low > 0
}

// ErrDifferentRows is what Compare answers when the two measurements are not of the same rows in the same order.
var ErrDifferentRows = errors.New("the two measurements are not of the same rows")

// ErrTooFewGroups is what Compare answers when there is nothing to resample.
var ErrTooFewGroups = errors.New("a comparison needs two groups of rows or more")

// Compare takes the paired bootstrap difference (Efron and Tibshirani 1993): every resample draws the same groups for both, so that what is hard
// for both cancels out. Both must come from the same classes and from rows with the same gold classes and groups, in the same order; options
// may differ. With no figures named it compares all that both have; a named figure that either lacks is an error, and so are rows that form
// fewer than two groups.
func Compare(base, other *Measurement, bootstrap Bootstrap, figures ...Figure) ([]Difference, error) {
	if !base.sameRows(other) {
		return nil, ErrDifferentRows
	}
	if base.groups < 2 {
		return nil, fmt.Errorf("%w, not %d", ErrTooFewGroups, base.groups)
	}
	if len(figures) == 0 {
		figures = base.sharedFigures(other)
	}
	differences := make([]Difference, len(figures))
	places := make([]int, len(figures))
	for i, figure := range figures {
		baseValue, inBase := base.Value(figure)
		otherValue, inOther := other.Value(figure)
		if !inBase || !inOther {
			return nil, fmt.Errorf("no %s on these rows", figure)
		}
		places[i] = slices.Index(base.names, figure)
		differences[i] = Difference{Figure: figure, Base: baseValue, Other: otherValue, Difference: otherValue - baseValue}
	}
	draws := drawDifferences(base, other, bootstrap, places)
	for i := range differences {
		if len(draws[i]) == 0 {
			return nil, fmt.Errorf("no %s on any resample", figures[i])
		}
		slices.Sort(draws[i])
		interval := central(draws[i])
		differences[i].Low, differences[i].High = interval.Low, interval.High
	}
	return differences, nil
}

// drawDifferences gives, for each figure at places, the difference on every resample where both are defined.
func drawDifferences(base, other *Measurement, bootstrap Bootstrap, places []int) [][]float64 {
	draws := make([][]float64, len(places))
	t := newTally(len(base.classes))
	baseValues, otherValues := make([]float64, 0, len(base.names)), make([]float64, 0, len(base.names))
	bootstrap.each(base.groups, func(weight []int32) {
		baseValues = base.compute(weight, t, baseValues)
		otherValues = other.compute(weight, t, otherValues)
		for i, place := range places {
			draws[i] = appendDefined(draws[i], otherValues[place]-baseValues[place])
		}
	})
	return draws
}

func (m *Measurement) sameRows(other *Measurement) bool {
	return slices.Equal(m.classes, other.classes) && slices.EqualFunc(m.outcomes, other.outcomes, func(a, b outcome) bool {
		return a.gold == b.gold && a.group == b.group
	})
}

func (m *Measurement) sharedFigures(other *Measurement) []Figure {
	var shared []Figure
	for i, figure := range m.names {
		if !math.IsNaN(m.values[i]) && !math.IsNaN(other.values[i]) {
			shared = append(shared, figure)
		}
	}
	return shared
}
