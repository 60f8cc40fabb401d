package eval

import (
	"math"
	"testing"
)

func TestRedrawnByHand(t *testing.T) {
	if redrawn := mustMeasure(t, yesNo, nil, Options{}).RedrawnECE(); redrawn != nil {
		t.Errorf("no rows: %+v", redrawn)
	}
	one := mustMeasure(t, yesNo, []Row{yesRow(.5, true)}, Options{}).RedrawnECE()
	if one.Mean != .5 || one.Quantile95 != .5 {
		t.Errorf("one row of even odds is always off by .5: %+v", one)
	}
	// Two rows of .3 in one bin: off by .3 with .49, by .2 with .42, by .7 with .09.
	two := mustMeasure(t, yesNo, []Row{noRow(.3, true), noRow(.3, true)}, Options{}).RedrawnECE()
	if math.Abs(two.Mean-(.49*.3+.42*.2+.09*.7)) > .02 || !near(two.Quantile95, .7) {
		t.Errorf("%+v", two)
	}
	certain := mustMeasure(t, stance, []Row{{Gold: 2, Probabilities: []float64{1, 0, 0}}}, Options{}).RedrawnECE()
	if certain.Mean != 0 || certain.Quantile95 != 0 {
		t.Errorf("labels redrawn from certainty are never off: %+v", certain)
	}
}

// A calibrated model stays below its own 95 % quantile about 95 times in 100, and the mean is what it shows; an overconfident one is found out.
func TestRedrawnTellsCalibratedFromNot(t *testing.T) {
	const trials = 150
	below, sum, mean := 0, 0., 0.
	for seed := range uint64(trials) {
		rows := simulatedRows(seed, 300)
		m := mustMeasure(t, yesNo, rows, Options{})
		ece, _ := m.Value(ECE)
		redrawn := m.RedrawnECE()
		if ece <= redrawn.Quantile95 {
			below++
		}
		sum += ece
		mean += redrawn.Mean
		for i, row := range rows {
			odds := math.Pow(row.Probabilities[0]/row.Probabilities[1], 3)
			rows[i].Probabilities = []float64{odds / (1 + odds), 1 / (1 + odds)}
		}
		sharpened := mustMeasure(t, yesNo, rows, Options{})
		if off, _ := sharpened.Value(ECE); off <= sharpened.RedrawnECE().Quantile95 {
			t.Errorf("seed %d: overconfident by %v and not found out", seed, off)
		}
	}
	if below < 135 || below == trials || math.Abs(sum-mean)/trials > .004 {
		t.Errorf("%d of %d below the quantile; mean %v, redrawn %v", below, trials, sum/trials, mean/trials)
	}
}

func TestRedrawnIsTheSameEveryTime(t *testing.T) {
	m := mustMeasure(t, yesNo, simulatedRows(1, 200), Options{Prior: .1})
	if a, b := *m.RedrawnECE(), *m.RedrawnECE(); a != b {
		t.Errorf("%+v, then %+v", a, b)
	}
}
