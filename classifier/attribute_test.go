package classifier

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// drawDesign is a random design of words (units are parts) or of letters (units are words made of parts). Some parts say what others say too: their
// log-odds are too large by up to twice, or for nothing.
func drawDesign(random *rand.Rand, spelled bool) (d *design, yes []bool, weights []float64) {
	d = &design{logOdds: make([]float64, 20)}
	truth := make([]float64, len(d.logOdds))
	for j := range d.logOdds {
		d.logOdds[j] = random.NormFloat64()
		truth[j] = d.logOdds[j] * float64(j%4) / 2
	}
	units := len(d.logOdds)
	if spelled {
		d.parts = make([][]int32, 12)
		for unit := range d.parts {
			for range random.IntN(5) {
				d.parts[unit] = append(d.parts[unit], int32(random.IntN(len(d.logOdds))))
			}
		}
		units = len(d.parts)
	}
	for range 200 {
		var of []int32
		sum := 0.0
		for range random.IntN(9) {
			unit := int32(random.IntN(units))
			of = append(of, unit)
			for _, j := range d.partsOf(unit) {
				sum += truth[j]
			}
		}
		d.units, d.scale = append(d.units, of), append(d.scale, 1/math.Sqrt(math.Max(1, float64(len(of)))))
		yes, weights = append(yes, sum+random.NormFloat64()/2 > 0), append(weights, 0.5+random.Float64())
	}
	return d, yes, weights
}

func (d *design) partsOf(unit int32) []int32 {
	if d.parts == nil {
		return []int32{unit}
	}
	return d.parts[unit]
}

// marginsByHand follows the definition: scale · Σ over units of Σ over parts of log-odds · weight.
func (d *design) marginsByHand(weights []float64) []float64 {
	margins := make([]float64, len(d.units))
	for k, of := range d.units {
		for _, unit := range of {
			for _, j := range d.partsOf(unit) {
				margins[k] += d.scale[k] * d.logOdds[j] * weights[j]
			}
		}
	}
	return margins
}

func TestMargins(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 1))
	for _, spelled := range []bool{false, true} {
		d, _, _ := drawDesign(random, spelled)
		weights, margins := make([]float64, len(d.logOdds)), make([]float64, len(d.units))
		for j := range weights {
			weights[j] = random.NormFloat64()
		}
		units := make([]float64, len(d.logOdds))
		if spelled {
			units = make([]float64, len(d.parts))
		}
		d.margins(weights, units, margins)
		for k, want := range d.marginsByHand(weights) {
			if math.Abs(margins[k]-want) > 1e-12 {
				t.Fatalf("letters %v: example %d has the margin %v, want %v", spelled, k, margins[k], want)
			}
		}
		// backward is the transpose: residuals · margins(w) = backward(residuals) · w.
		residuals, gradient := make([]float64, len(d.units)), make([]float64, len(d.logOdds))
		for k := range residuals {
			residuals[k] = random.NormFloat64()
		}
		d.backward(residuals, units, gradient)
		if one, other := dot(residuals, margins), dot(gradient, weights); math.Abs(one-other) > 1e-9 {
			t.Errorf("letters %v: forward %v, backward %v", spelled, one, other)
		}
	}
}

// logLoss is the mean log loss of margins at their best slope and bias.
func logLoss(margins []float64, yes []bool, weights []float64) float64 {
	loss := func(theta, gradient []float64) float64 {
		sum := 0.0
		clear(gradient)
		for k, margin := range margins {
			sign := -1.0
			if yes[k] {
				sign = 1
			}
			z := sign * (theta[0]*margin + theta[1])
			sum += weights[k] * softplus(-z)
			residual := -weights[k] * sign / (1 + math.Exp(z))
			gradient[0] += residual * margin
			gradient[1] += residual
		}
		return sum
	}
	return loss(minimise([]float64{1, 0}, loss, 100), make([]float64, 2)) / float64(len(margins))
}

func TestLearnedWeightsLowerTheLoss(t *testing.T) {
	random := rand.New(rand.NewPCG(42, 1))
	for round := range 20 {
		d, yes, weights := drawDesign(random, round%2 == 1)
		ones := slices.Repeat([]float64{1}, len(d.logOdds))
		plain := logLoss(d.marginsByHand(ones), yes, weights)
		learned := logLoss(d.marginsByHand(d.learn(yes, weights)), yes, weights)
		if learned >= plain {
			t.Errorf("round %d: loss %v with weights, %v without", round, learned, plain)
		}
	}
}

// On the examples themselves, words with learned weights and letters with learned weights both fit better than without.
func TestLearnedAttributesLowerTheTrainingLoss(t *testing.T) {
	examples := inOrder(synthetic(500, 43))
	parameters := Shipped()
	counts := countsOf(examples)
	counts.Prune(parameters)
	plain := counts.Clone()
	read := readExamples(feature.Current, examples)
	if err := counts.learnAttributes(parameters, read, func(int) bool { return true }); err != nil {
		t.Fatal(err)
	}
	for _, letters := range []bool{false, true} {
		with, without := lossOf(t, counts, examples, letters), lossOf(t, plain, examples, letters)
		for i, axis := range Axes {
			if axis != Stance && with[i] >= without[i] {
				t.Errorf("%s, letters %v: training loss %v with weights, %v without", axis, letters, with[i], without[i])
			}
			if axis == Stance && with[i] != without[i] {
				t.Errorf("stance, letters %v: loss %v with weights, %v without", letters, with[i], without[i])
			}
		}
	}
	for i, axis := range Axes {
		for _, weight := range counts.axes[i].attributes {
			if weight != roundAttribute(weight) || axis == Stance && weight != 1 {
				t.Fatalf("%s: the attribute weight %v", axis, weight)
			}
		}
	}
}

// lossOf is the mean log loss of each axis by the scores of words, or of letters.
func lossOf(t *testing.T, counts *Counts, examples []Example, letters bool) (losses [3]float64) {
	t.Helper()
	model, err := Build(counts.Clone(), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	for i := range Axes {
		var margins, weights []float64
		var yes []bool
		for _, e := range examples {
			scored, spelled := model.scores(e)
			margin := scored[i].Scores[0]
			if letters {
				margin = spelled[i][0]
			}
			margins, yes, weights = append(margins, margin), append(yes, scored[i].Class == 0), append(weights, 1)
		}
		losses[i] = logLoss(margins, yes, weights)
	}
	return losses
}

// Too few examples of an answer teach no weights.
func TestFewExamplesTeachNoAttributes(t *testing.T) {
	examples, yes := []Example{}, 0
	for _, e := range synthetic(700, 44) {
		if e.Labels[Hostile] == Yes {
			if yes++; yes >= leastForAttributes {
				continue
			}
		}
		examples = append(examples, e)
	}
	counts := countsOf(examples)
	counts.Prune(seenIn(2))
	if err := counts.learnAttributes(Shipped(), readExamples(feature.Current, examples), func(int) bool { return true }); err != nil {
		t.Fatal(err)
	}
	weighted := func(axis Axis) bool {
		a := &counts.axes[axis.Index()]
		return len(a.runs) > 0 || slices.ContainsFunc(a.attributes, func(weight float64) bool { return weight != 1 })
	}
	if weighted(Hostile) || !weighted(Spam) {
		t.Errorf("weights were learned for hostile: %v, for spam: %v; want spam alone", weighted(Hostile), weighted(Spam))
	}
}

func TestRoundAttribute(t *testing.T) {
	for weight, want := range map[float64]float64{0: 0, 1: 1, 0.12345: 0.123, -0.9996: -1, 1e9: maxAttribute, -1e9: -maxAttribute} {
		if got := roundAttribute(weight); got != want {
			t.Errorf("%v is rounded to %v, want %v", weight, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		rounded := roundAttribute(rapid.Float64().Draw(t, "weight"))
		if again := roundAttribute(rounded); again != rounded || round9(rounded) != rounded {
			t.Fatalf("%v is rounded again to %v", rounded, again)
		}
	})
}
