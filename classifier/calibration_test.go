package classifier

import (
	"math"
	"math/rand/v2"
	"testing"
)

// scoredYesNo draws n examples whose log-odds of yes are slope·score + bias, of which about half are yes.
func scoredYesNo(n int, slope, bias, spread float64) []Scored {
	random := rand.New(rand.NewPCG(11, 1))
	examples := make([]Scored, n)
	for i := range examples {
		score := random.NormFloat64() * spread
		class := 1
		if random.Float64() < 1/(1+math.Exp(-slope*score-bias)) {
			class = 0
		}
		examples[i] = Scored{Scores: [3]float64{score}, Class: class, Weight: 1}
	}
	return examples
}

func TestCalibrateRecoversSlopeAndBias(t *testing.T) {
	for _, test := range []struct{ slope, bias, spread float64 }{
		{1, 0, 1}, {2.5, 0.7, 1}, {0.4, -1.5, 3}, {0.2, 0.3, 20}, {6, 1, 0.5},
	} {
		examples := scoredYesNo(20000, test.slope, test.bias, test.spread)
		var mix [2]float64
		for _, e := range examples {
			mix[e.Class]++
		}
		fitted := Calibrate(Hostile, examples)
		if math.Abs(fitted.Slope/test.slope-1) > 0.06 {
			t.Errorf("slope %v, want %v", fitted.Slope, test.slope)
		}
		if bias := fitted.Bias[0] + math.Log(mix[0]/mix[1]); math.Abs(bias-test.bias) > 0.06 {
			t.Errorf("slope %v: bias with the mix put back %v, want %v", test.slope, bias, test.bias)
		}
	}
}

// What is fitted does not depend on how many of the examples were yes: that is the prior's business.
func TestCalibrateTakesTheMixOut(t *testing.T) {
	random := rand.New(rand.NewPCG(12, 1))
	var examples []Scored
	for range 20000 { // two bells of width 1, half a unit left and right of .3, one yes to nine no: true log-odds score − .3 at even odds
		class, centre := 1, -0.2
		if random.IntN(10) == 0 {
			class, centre = 0, 0.8
		}
		examples = append(examples, Scored{Scores: [3]float64{centre + random.NormFloat64()}, Class: class, Weight: 1})
	}
	fitted := Calibrate(Spam, examples)
	if math.Abs(fitted.Slope-1) > 0.07 || math.Abs(fitted.Bias[0]+0.3) > 0.07 {
		t.Errorf("slope %v, bias %v; want 1 and -0.3", fitted.Slope, fitted.Bias[0])
	}
}

func TestCalibrateRecoversStance(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 1))
	slope, bias := 1.8, [3]float64{0.5, -0.4, 0}
	var examples []Scored
	for range 20000 {
		e := Scored{Weight: 1}
		var z, p [3]float64
		for class := range e.Scores {
			e.Scores[class], e.Offset[class] = random.NormFloat64(), 2*random.NormFloat64()
			z[class] = slope*e.Scores[class] + bias[class] + e.Offset[class]
		}
		softmax(z[:], p[:])
		for at := random.Float64() - p[0]; at > 0 && e.Class < 2; at -= p[e.Class] {
			e.Class++
		}
		examples = append(examples, e)
	}
	fitted := Calibrate(Stance, examples)
	if math.Abs(fitted.Slope-slope) > 0.06 {
		t.Errorf("slope %v, want %v", fitted.Slope, slope)
	}
	for class, want := range bias {
		if math.Abs(fitted.Bias[class]-want) > 0.06 {
			t.Errorf("bias %d is %v, want %v", class, fitted.Bias[class], want)
		}
	}
}

func TestCalibrateStaysFinite(t *testing.T) {
	separable := func(classes int, far float64) (examples []Scored) {
		for i := range 30 {
			e := Scored{Class: i % classes, Weight: 1}
			if classes == 2 {
				e.Scores[0] = far * float64(1-2*e.Class)
			} else {
				e.Scores[e.Class] = far
			}
			examples = append(examples, e)
		}
		return examples
	}
	tests := []struct {
		name     string
		axis     Axis
		examples []Scored
	}{
		{"separable", Hostile, separable(2, 1)},
		{"separable and far", Hostile, separable(2, 500)},
		{"separable the wrong way", Hostile, separable(2, -5)},
		{"separable stance", Stance, separable(3, 1)},
		{"separable stance, far", Stance, separable(3, 500)},
		{"all scores equal", Spam, separable(2, 0)},
		{"all stance scores equal", Stance, separable(3, 0)},
		{"one class", Spam, separable(2, 1)[:1]},
		{"two of three classes", Stance, separable(3, 1)[:2]},
		{"no examples", Stance, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			fitted := Calibrate(test.axis, test.examples)
			for _, number := range append(fitted.Bias[:], fitted.Slope) {
				if math.IsNaN(number) || math.Abs(number) > 100 {
					t.Fatalf("fitted %+v", fitted)
				}
			}
			if fitted.Slope <= 0 {
				t.Errorf("slope %v turns the answers round", fitted.Slope)
			}
			for _, e := range test.examples {
				sum := 0.0
				for _, p := range fitted.Probabilities(test.axis, e, 0.5) {
					sum += p
				}
				if math.Abs(sum-1) > 1e-9 {
					t.Errorf("probabilities of %v sum to %v", e.Scores, sum)
				}
			}
		})
	}
}

func TestCalibrateCountsWeights(t *testing.T) {
	examples := scoredYesNo(200, 1.5, 0.2, 1)
	var twice []Scored
	for i, e := range examples {
		twice = append(twice, e)
		if i%3 == 0 {
			twice = append(twice, e)
			examples[i].Weight = 2
		}
	}
	weighted, repeated := Calibrate(Hostile, examples), Calibrate(Hostile, twice)
	if math.Abs(weighted.Slope-repeated.Slope) > 1e-9 || math.Abs(weighted.Bias[0]-repeated.Bias[0]) > 1e-9 {
		t.Errorf("weight 2 gives %+v, the example twice %+v", weighted, repeated)
	}
}

// Scores that mislead get the flattest slope, and the biases that are best for it: then the mean probability is the share.
func TestCalibrateAtTheFlattestSlope(t *testing.T) {
	examples := scoredYesNo(300, -1.5, -1, 2)
	yes := 0.0
	for _, e := range examples {
		yes += float64(1 - e.Class)
	}
	fitted := Calibrate(Hostile, examples)
	mean := 0.0
	for _, e := range examples {
		mean += fitted.Probabilities(Hostile, e, yes/float64(len(examples)))[0]
	}
	if fitted.Slope != 0.05 || math.Abs(mean-yes) > 1e-2 {
		t.Errorf("slope %v; %v expected among %v yes", fitted.Slope, mean, yes)
	}
}
