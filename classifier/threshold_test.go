package classifier

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// asTheyAre leaves log-odds as they are; those of scoredAt come out as the probability that they were made of.
var asTheyAre = Calibration{Slope: 1}

// scoredAt is a covered example that asTheyAre gives this probability of yes at the prior.
func scoredAt(probability, prior float64, class int) Scored {
	return Scored{Scores: [3]float64{logit(probability) - logit(prior)}, Class: class, Weight: 1, Coverage: 1}
}

// calibrated are n examples of each class whose log-odds at even odds lie around ±2·separation; with so many they are calibrated.
func calibrated(n int, separation float64) []Scored {
	held := make([]Scored, 0, 2*n)
	for i := range n {
		normal := math.Sqrt2 * math.Erfinv(2*(float64(i)+.5)/float64(n)-1)
		spread := 2 * math.Sqrt(separation)
		for class, mean := range []float64{2 * separation, -2 * separation} {
			held = append(held, Scored{Scores: [3]float64{mean + spread*normal}, Class: class, Weight: 1, Coverage: 1})
		}
	}
	return held
}

// With another prior as many that are no are called yes, as long as yes is not the more probable.
func TestExpect(t *testing.T) {
	for _, c := range []struct{ prior, expected, high, want float64 }{
		{.03, .03, .35, .35}, {.03, .01, .35, .2}, {.03, .05, .35, .48}, {.03, .3, .35, .5}, {.1, .03, .5, .22},
	} {
		a := AxisParameters{Prior: c.prior, Low: .1, High: c.high}
		a.Expect(c.expected)
		if a.Prior != c.expected || a.High != c.want || a.Low != .1 {
			t.Errorf("%+v: %v, no up to %v, yes from %v", c, a.Prior, a.Low, a.High)
		}
	}
}

func TestFitThresholdsOfYesAndNo(t *testing.T) {
	repeated := func(n int, e Scored) []Scored { return slices.Repeat([]Scored{e}, n) }
	at := func(probability float64, class int) Scored { return scoredAt(probability, .03, class) }
	sure := append(repeated(3000, at(.999, 0)), repeated(3000, at(.001, 1))...)
	for name, c := range map[string]struct {
		axis      Axis
		held      []Scored
		low, high float64
	}{
		"nothing":                              {Hostile, nil, .1, .5},
		"too few of no for a share in 100":     {Hostile, append(repeated(20, at(.9, 0)), repeated(299, at(.1, 1))...), .2, .5},
		"enough of them":                       {Hostile, append(repeated(20, at(.999, 0)), repeated(300, at(.001, 1))...), .2, .2},
		"too few of no for a share in 1,000":   {Spam, append(repeated(20, at(.999, 0)), repeated(1199, at(.001, 1))...), .2, .35},
		"too few of yes to miss any":           {Hostile, append(repeated(17, at(.9, 0)), repeated(299, at(.001, 1))...), .1, .5},
		"all told apart":                       {Spam, sure, .2, .2},
		"seven of 3,000 may be called spam":    {Spam, append(repeated(7, at(.3, 1)), sure...), .2, .2},
		"eight are one too many":               {Spam, append(repeated(8, at(.3, 1)), sure...), .2, .35},
		"on the step is called":                {Spam, append(repeated(8, at(.3500001, 1)), sure...), .2, .4},
		"of labels that are wrong not over .5": {Spam, append(repeated(40, at(.99, 1)), sure...), .2, .5},
		"a yes in six may be missed":           {Hostile, append(repeated(550, at(.155, 0)), sure...), .2, .2},
		"not more":                             {Hostile, append(repeated(610, at(.155, 0)), sure...), .15, .2},
		"however low":                          {Hostile, append(repeated(610, at(.001, 0)), sure...), .02, .2},
	} {
		t.Run(name, func(t *testing.T) {
			fitted := Shipped().Axes[c.axis.Index()]
			fitted.FitThresholds(c.axis, asTheyAre, c.held)
			if fitted.Low != c.low || fitted.High != c.high {
				t.Errorf("no up to %v, yes from %v; want %v and %v", fitted.Low, fitted.High, c.low, c.high)
			}
		})
	}
}

// What is not covered is not answered, so that it is no false alarm.
func TestFitThresholdsLooksAtWhatIsAnswered(t *testing.T) {
	held := calibrated(4000, 3)
	alarms := slices.Repeat([]Scored{scoredAt(.99, .03, 1)}, 100)
	fitted := Shipped().Axes[1]
	fitted.FitThresholds(Hostile, asTheyAre, append(slices.Clone(held), alarms...))
	covered := fitted.High
	for i := range alarms {
		alarms[i].Coverage = .1
	}
	fitted.FitThresholds(Hostile, asTheyAre, append(held, alarms...))
	if fitted.High >= covered {
		t.Errorf("yes from %v where the false alarms are not covered, from %v where they are", fitted.High, covered)
	}
}

// Where yes is frequent few answers no are right; the share of what is answered goes before.
func TestFitThresholdsAnswersEnough(t *testing.T) {
	fitted := AxisParameters{Prior: .3, Low: .1, High: .5}
	fitted.FitThresholds(Hostile, asTheyAre, calibrated(4000, .5))
	if fitted.Low != highestLow {
		t.Errorf("no up to %v of weak scores, want %v", fitted.Low, highestLow)
	}
	fitted.FitThresholds(Hostile, asTheyAre, calibrated(4000, 2))
	if fitted.Low <= lowestLow || fitted.Low >= highestLow {
		t.Errorf("no up to %v of good scores", fitted.Low)
	}
}

func TestFitThresholdsProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		axis := rapid.SampledFrom([]Axis{Hostile, Spam}).Draw(t, "axis")
		before := Shipped().Axes[axis.Index()]
		before.Prior = rapid.Float64Range(.005, .3).Draw(t, "prior")
		held := calibrated(rapid.IntRange(1, 2000).Draw(t, "examples of each"), rapid.Float64Range(.1, 4).Draw(t, "separation"))
		for range rapid.IntRange(0, 30).Draw(t, "wrong labels") {
			held = append(held, scoredAt(rapid.Float64Range(.001, .999).Draw(t, "probability"), before.Prior, rapid.IntRange(0, 1).Draw(t, "class")))
		}
		fitted := before
		fitted.FitThresholds(axis, asTheyAre, held)
		if fitted.Low > fitted.High || fitted.Low < lowestLow || fitted.Low > highestLow || fitted.High < lowestHigh || fitted.High > highestHigh {
			t.Fatalf("no up to %v, yes from %v", fitted.Low, fitted.High)
		}
		if fitted.Low != math.Round(fitted.Low*100)/100 || fitted.High != math.Round(fitted.High*20)/20 {
			t.Fatalf("no up to %v, yes from %v: not rounded", fitted.Low, fitted.High)
		}
		again := before
		again.FitThresholds(axis, asTheyAre, held)
		if again != fitted {
			t.Fatalf("fitted twice: %+v, %+v", fitted, again)
		}
		alarms, no := 0., 0.
		for _, e := range held {
			if e.Class == 1 {
				no++
				if asTheyAre.Probabilities(axis, e, before.Prior)[0] >= fitted.High {
					alarms++
				}
			}
		}
		if fitted.High != before.High && fitted.High < highestHigh && alarms/no > MostFalseAlarms(axis) {
			t.Fatalf("%v of %v are false alarms from %v", alarms, no, fitted.High)
		}
		harder := append(slices.Clone(held), scoredAt(.999, before.Prior, 1), scoredAt(.999, before.Prior, 1))
		again = fitted
		again.FitThresholds(axis, asTheyAre, harder)
		if again.High < fitted.High && no*MostFalseAlarms(axis) >= leastCounted {
			t.Fatalf("with two more false alarms yes from %v instead of %v", again.High, fitted.High)
		}
	})
}

// stanceScores are examples whose most probable answer has the probability; the share right of them is right.
func stanceScores(n int, probability, right float64) []Scored {
	held := make([]Scored, n)
	for i := range held {
		held[i] = Scored{Scores: [3]float64{math.Log(probability / ((1 - probability) / 2))}, Weight: 1, Coverage: 1}
		if float64(i) >= right*float64(n) {
			held[i].Class = 1
		}
	}
	return held
}

func TestFitThresholdOfStance(t *testing.T) {
	join := func(parts ...[]Scored) []Scored { return slices.Concat(parts...) }
	for name, c := range map[string]struct {
		held []Scored
		high float64
	}{
		"nothing":                              {nil, .5},
		"too few":                              {stanceScores(8, .9, 1), .5},
		"all right":                            {stanceScores(300, .9, 1), .4},
		"two of three right":                   {stanceScores(300, .45, .67), .4},
		"the unsure are wrong":                 {join(stanceScores(100, .445, .1), stanceScores(400, .7, .8)), .45},
		"too many unsure are wrong":            {join(stanceScores(200, .445, .45), stanceScores(200, .7, .8)), .44},
		"most are wrong":                       {stanceScores(300, .9, .4), .5},
		"most of what answers enough is wrong": {join(stanceScores(200, .445, .1), stanceScores(100, .7, .8)), .5},
		"never above .6":                       {join(stanceScores(100, .7, .3), stanceScores(900, .9, .64)), .6},
	} {
		t.Run(name, func(t *testing.T) {
			fitted := Shipped().Axes[0]
			fitted.FitThresholds(Stance, asTheyAre, c.held)
			if fitted.High != c.high || fitted.Low != 0 {
				t.Errorf("from %v, want %v", fitted.High, c.high)
			}
		})
	}
}

// The thresholds of a model are those of its held-out scores.
func TestTrainFitsThresholds(t *testing.T) {
	training, err := NewTraining(feature.Current, synthetic(900, 23), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for i, axis := range Axes {
		want := Shipped().Axes[i]
		want.fit(axis, training.held.scores[i])
		if got := training.Model.Parameters().Axes[i]; got.Low != want.Low || got.High != want.High {
			t.Errorf("%s: no up to %v, yes from %v; want %v and %v", axis, got.Low, got.High, want.Low, want.High)
		}
	}
}
