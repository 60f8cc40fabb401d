package classifier

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// arriving are n texts of which a share is yes, judged by a calibrated model with this prior: the log-odds of each class are normal around ±2.
func arriving(n int, share, prior float64, seed uint64) *Arrivals {
	random := rand.New(rand.NewPCG(seed, 3))
	var a Arrivals
	for i := range n {
		evidence := -2 + 2*random.NormFloat64()
		if float64(i) < share*float64(n) {
			evidence += 4
		}
		a.Add(1/(1+math.Exp(-evidence-logit(prior))), prior)
	}
	return &a
}

func TestShareOfYes(t *testing.T) {
	for _, share := range []float64{.005, .03, .1, .3, .5, .9} {
		for _, prior := range []float64{.03, .2} {
			if got := arriving(50000, share, prior, 1).ShareOfYes(prior); math.Abs(got-share) > .004+.03*share {
				t.Errorf("%v by a model that expects %v: found %v", share, prior, got)
			}
		}
	}
}

// The share found is where likelihood is greatest: to both sides of it there is less.
func TestShareOfYesIsTheMostLikely(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var a Arrivals
		for range rapid.IntRange(1, 60).Draw(t, "texts") {
			a.Add(rapid.Float64Range(0, 1).Draw(t, "yes"), .03)
		}
		likelihood := func(share float64) (sum float64) {
			for at, count := range a.bins {
				evidence := (float64(at-arrivalBins/2) + .5) * arrivalBinNats
				sum += float64(count) * math.Log(share*math.Exp(evidence)+1-share)
			}
			return sum
		}
		found := a.ShareOfYes(.03)
		if found <= 0 || found >= 1 {
			t.Fatalf("a share of %v", found)
		}
		if other := a.ShareOfYes(.6); math.Abs(other-found) > .01 {
			t.Fatalf("from .03 it goes to %v, from .6 to %v", found, other)
		}
		for _, other := range []float64{found - .02, found + .02} {
			if other > 0 && other < 1 && likelihood(other) > likelihood(found)+1e-9 {
				t.Fatalf("%v is likelier than %v", other, found)
			}
		}
	})
}

func TestPriorOfArrivals(t *testing.T) {
	for name, c := range map[string]struct {
		arrivals  *Arrivals
		want      float64
		estimated bool
	}{
		"none":                        {&Arrivals{}, .03, false},
		"one short":                   {arriving(LeastArrivals-1, .3, .03, 2), .03, false},
		"of the first half is taken":  {arriving(LeastArrivals, .23, .03, 2), .13, true},
		"of many all":                 {arriving(100000, .1, .03, 2), .1, true},
		"as before":                   {arriving(100000, .03, .03, 2), .03, true},
		"all no: not below .01":       {arriving(100000, 0, .03, 2), .01, true},
		"half yes: not above .3":      {arriving(100000, .5, .03, 2), .3, true},
		"told apart beyond all doubt": {&Arrivals{bins: [arrivalBins]int64{0: 90000, arrivalBins - 1: 10000}, total: 100000}, .099, true},
	} {
		t.Run(name, func(t *testing.T) {
			got, estimated := c.arrivals.Prior(.03)
			if math.Abs(got-c.want) > .011 || estimated != c.estimated || estimated && got != math.Round(got*1000)/1000 {
				t.Errorf("%v, %v; want %v, %v", got, estimated, c.want, c.estimated)
			}
		})
	}
}

// A text counts alike whatever the prior of the model that judged it.
func TestArrivalsLeaveThePriorOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evidence := float64(rapid.IntRange(-160, 160).Draw(t, "bin"))*arrivalBinNats + arrivalBinNats/2
		var a, b Arrivals
		for arrivals, prior := range map[*Arrivals]float64{&a: .03, &b: rapid.Float64Range(.005, .3).Draw(t, "prior")} {
			arrivals.Add(1/(1+math.Exp(-evidence-logit(prior))), prior)
		}
		if a != b {
			t.Fatalf("evidence %v falls into different bins", evidence)
		}
	})
	var extreme Arrivals
	for _, yes := range []float64{0, 1, 1e-300, 1 - 1e-16} {
		extreme.Add(yes, .03)
	}
	if extreme.Total() != 4 || extreme.bins[0] != 2 || extreme.bins[arrivalBins-1] != 2 {
		t.Errorf("probabilities of 0 and 1 are counted %v", extreme.bins)
	}
}
