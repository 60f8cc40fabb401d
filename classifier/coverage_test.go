package classifier

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

func TestLeastCoverage(t *testing.T) {
	evenly := func(n int, low, high float64) []float64 {
		spread := make([]float64, n)
		for i := range spread {
			spread[i] = low + (high-low)*float64(i)/float64(n-1)
		}
		return spread
	}
	for name, c := range map[string]struct {
		coverage []float64
		want     float64
	}{
		"the 1 % quantile":         {evenly(101, .3, .8), .3}, // the second least is .305
		"of many":                  {evenly(10001, 0.25, 1), .25},
		"not below .2":             {evenly(101, 0, 1), .2},
		"not above .6":             {evenly(101, .9, 1), .6},
		"of fewer than 100 least":  {[]float64{.7, .44, .9}, .44},
		"one known word of three":  {[]float64{1. / 3}, .33},
		"many at five of eight":    {slices.Repeat([]float64{3. / 8}, 100), .37},
		"one that is not covered":  {append(evenly(150, .5, .9), 0), .5},
		"two that are not covered": {append(evenly(150, .5, .9), 0, 0), .2},
	} {
		t.Run(name, func(t *testing.T) {
			slices.Reverse(c.coverage)
			if got := fittedCoverage(Hostile, c.coverage); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	if least, most := fittedCoverage(Stance, evenly(101, 0, 1)), fittedCoverage(Stance, evenly(101, .9, 1)); least != .1 || most != .3 {
		t.Errorf("of stance %v to %v, want .1 to .3", least, most)
	}
	rapid.Check(t, func(t *rapid.T) {
		axis := rapid.SampledFrom(Axes[:]).Draw(t, "axis")
		coverage := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 400).Draw(t, "coverage")
		least, below := fittedCoverage(axis, coverage), 0
		for _, c := range coverage {
			if c < least-1e-9 {
				below++
			}
		}
		if least < lowestCoverage[axis] || least > highestCoverage[axis] || math.Abs(least*100-math.Round(least*100)) > 1e-9 {
			t.Fatalf("least coverage %v", least)
		}
		if least > lowestCoverage[axis] && float64(below) > leastCoverageShare*float64(len(coverage)) {
			t.Fatalf("%d of %d lie below %v", below, len(coverage), least)
		}
	})
}

func fittedCoverage(axis Axis, coverage []float64) float64 {
	var parameters AxisParameters
	parameters.FitCoverage(axis, coverage)
	return parameters.MinCoverage
}

func TestTrainFitsLeastCoverage(t *testing.T) {
	training, err := NewTraining(feature.Current, synthetic(400, 21), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for i, axis := range Axes {
		got, want := training.Model.Parameters().Axes[i].MinCoverage, fittedCoverage(axis, training.held.scores[i].coverage)
		if got != want {
			t.Errorf("%s: %v instead of %v", axis, got, want)
		}
	}
}
