package eval

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// flattened gives the rows probabilities drawn towards a half: the same order, worse calibrated.
func flattened(rows []Row, share float64) []Row {
	flat := append([]Row(nil), rows...)
	for i := range flat {
		p := .5 + share*(flat[i].Probabilities[0]-.5)
		flat[i].Probabilities = []float64{p, 1 - p}
	}
	return flat
}

func TestCompareEqualInputs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := mustMeasure(t, stance, append(drawRows(t, 3, 1), Row{Probabilities: []float64{1, 0, 0}}), Options{})
		if m.groups < 2 {
			t.Skip("one group")
		}
		differences, err := Compare(m, m, Bootstrap{Resamples: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range differences {
			if d.Difference != 0 || d.Low != 0 || d.High != 0 || d.Worse() || d.Better() {
				t.Fatalf("a model differs from itself: %+v", d)
			}
		}
	})
}

func TestCompareFindsTheWorseModel(t *testing.T) {
	rows := simulatedRows(11, 600)
	good := mustMeasure(t, yesNo, rows, Options{})
	flat := mustMeasure(t, yesNo, flattened(rows, .3), Options{})
	differences, err := Compare(good, flat, Bootstrap{Seed: 4}, LogLoss, Brier, AUC)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Compare(flat, good, Bootstrap{Seed: 4}, LogLoss, Brier, AUC)
	if err != nil {
		t.Fatal(err)
	}
	for i, d := range differences {
		base, _ := good.Value(d.Figure)
		other, _ := flat.Value(d.Figure)
		if d.Base != base || d.Other != other || d.Difference != other-base || d.Low > d.Difference || d.High < d.Difference {
			t.Errorf("%+v, want %v and %v", d, base, other)
		}
		if d.Figure != back[i].Figure || !near(d.Difference, -back[i].Difference) || !near(d.Low, -back[i].High) || !near(d.High, -back[i].Low) {
			t.Errorf("%+v is not %+v turned round", d, back[i])
		}
		if worse := d.Figure != AUC; d.Worse() != worse || back[i].Better() != worse || d.Better() || back[i].Worse() {
			t.Errorf("%+v: worse %v, better %v", d, d.Worse(), d.Better())
		}
	}
}

// The point of pairing: what is hard for both models cancels out.
func TestPairedIsNarrowerThanUnpaired(t *testing.T) {
	rows := simulatedRows(12, 400)
	a, b := mustMeasure(t, yesNo, rows, Options{}), mustMeasure(t, yesNo, flattened(rows, .9), Options{})
	differences, err := Compare(a, b, Bootstrap{}, LogLoss)
	if err != nil {
		t.Fatal(err)
	}
	alone := a.Intervals(Bootstrap{})[LogLoss]
	if paired := differences[0].High - differences[0].Low; paired > .5*(alone.High-alone.Low) {
		t.Errorf("paired width %v, one model's %v", paired, alone.High-alone.Low)
	}
}

func TestWorseAndBetterFollowTheFiguresDirection(t *testing.T) {
	above, below, across := Difference{Low: .1, High: .2}, Difference{Low: -.2, High: -.1}, Difference{Low: -.1, High: .1}
	for figure, lower := range map[Figure]bool{
		Accuracy: false, MacroF1: false, F1Of("yes"): false, AUC: false, AveragePrecision: false,
		Brier: true, ECE: true, Unsure: true, LogLoss: true,
	} {
		above.Figure, below.Figure, across.Figure = figure, figure, figure
		if above.Worse() != lower || above.Better() == lower || below.Worse() == lower || below.Better() != lower {
			t.Errorf("%s: rising is worse %v, falling is worse %v", figure, above.Worse(), below.Worse())
		}
		if across.Worse() || across.Better() {
			t.Errorf("%s: an interval across 0 decides nothing", figure)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	rows := simulatedRows(1, 30)
	m := mustMeasure(t, yesNo, rows, Options{})
	otherGold := append([]Row(nil), rows...)
	otherGold[7].Gold = 1 - otherGold[7].Gold
	for name, other := range map[string]*Measurement{
		"gold":    mustMeasure(t, yesNo, otherGold, Options{}),
		"groups":  mustMeasure(t, yesNo, inGroupsOf(append([]Row(nil), rows...), 2), Options{}),
		"fewer":   mustMeasure(t, yesNo, rows[1:], Options{}),
		"classes": mustMeasure(t, []string{"no", "yes"}, rows, Options{}),
	} {
		if _, err := Compare(m, other, Bootstrap{}); !errors.Is(err, ErrDifferentRows) {
			t.Errorf("%s: error %v, want %v", name, err, ErrDifferentRows)
		}
	}
	three := mustMeasure(t, stance, threeClassRows(), Options{})
	if _, err := Compare(three, three, Bootstrap{}, AUC); err == nil || !strings.Contains(err.Error(), "no auc") {
		t.Errorf("AUC of three classes: error %v", err)
	}
	one := mustMeasure(t, yesNo, rows[:1], Options{})
	if _, err := Compare(one, one, Bootstrap{}); err == nil || !strings.Contains(err.Error(), "two groups") {
		t.Errorf("one row: error %v", err)
	}
}
