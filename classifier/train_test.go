package classifier

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

func TestOrderOfExamplesIsIrrelevant(t *testing.T) {
	examples := synthetic(450, 5)
	for i := range examples { // weights that do not add up exactly, and a claim in several spellings
		examples[i].Weight = []float64{0, 0.1, 0.3, 10}[i%4]
		if i%5 == 0 && examples[i].Claim == bridgeClaim {
			examples[i].Claim = "the town SHOULD  build the bridge "
		}
	}
	first, firstCounts := mustTrain(t, examples, Shipped())
	if len(firstCounts.axes[Hostile.Index()].runs) == 0 || len(firstCounts.axes[Spam.Index()].runs) == 0 {
		t.Error("no attribute weights were learned: nothing is tested of them")
	}
	for seed := range uint64(3) {
		rand.New(rand.NewPCG(seed, 9)).Shuffle(len(examples), func(a, b int) { examples[a], examples[b] = examples[b], examples[a] })
		model, counts := mustTrain(t, examples, Shipped())
		if diff := cmp.Diff(first.Describe(), model.Describe()); diff != "" {
			t.Errorf("another order, another description:\n%s", diff)
		}
		if !bytes.Equal(first.Weights(), model.Weights()) {
			t.Error("another order, other weights")
		}
		if spelled(t, firstCounts) != spelled(t, counts) {
			t.Error("another order, other counts")
		}
	}
}

func TestTrainLearns(t *testing.T) {
	model := trainedModel(t)
	right, n := [3]int{}, 0
	for _, e := range synthetic(300, 99) {
		p := model.Classify(e)
		for i, axis := range Axes {
			if p.On(axis).Best == e.Labels[axis] {
				right[i]++
			}
		}
		n++
	}
	for i, axis := range Axes { // the prior of 3 % pulls hostile and spam towards no
		if share := float64(right[i]) / float64(n); share < 0.85 {
			t.Errorf("%s: %.2f of unseen examples right, want .85 and more", axis, share)
		}
	}
}

func TestTrainLeavesOutAxesWithoutEveryAnswer(t *testing.T) {
	examples := synthetic(200, 4)
	for i := range examples {
		if examples[i].Labels[Stance] == None {
			delete(examples[i].Labels, Stance)
		}
		examples[i].Labels[Spam] = No
	}
	model, _ := mustTrain(t, examples, Shipped())
	if model.Has(Stance) || model.Has(Spam) || !model.Has(Hostile) {
		t.Fatalf("has stance %v, hostile %v, spam %v; want hostile alone", model.Has(Stance), model.Has(Hostile), model.Has(Spam))
	}
	p := model.Classify(examples[0])
	for _, axis := range []Axis{Stance, Spam} {
		if o := p.On(axis); o.Answer != Unsure || o.Best != "" || o.Known != 0 || o.Probabilities != [3]float64{} {
			t.Errorf("%s: %+v, want no opinion", axis, *o)
		}
	}
}

func TestTrainOnAlmostNothing(t *testing.T) {
	label := func(answer string) map[Axis]string { return map[Axis]string{Hostile: answer} }
	two := []Example{{Text: "you idiot", Labels: label(Yes)}, {Text: "you saint", Labels: label(No)}}
	parameters := Shipped()
	parameters.Axes[Hostile.Index()].MinExamples = 1
	model, _ := mustTrain(t, two, parameters)
	p := model.Parameters().Axes[Hostile.Index()]
	if p.Slope != 1 || p.Bias != [3]float64{} {
		t.Errorf("slope %v and bias %v were fitted to examples that cannot be held out", p.Slope, p.Bias)
	}
	if yes, no := model.Classify(two[0]), model.Classify(two[1]); yes.Hostile.Probabilities[0] <= no.Hostile.Probabilities[0] {
		t.Errorf("the hostile example gets %v, the other %v", yes.Hostile.Probabilities[0], no.Hostile.Probabilities[0])
	}
	for name, examples := range map[string][]Example{
		"no examples": nil,
		"no labels":   {{Text: "you idiot"}},
		"one answer":  two[:1],
		"no words":    {{Text: " ", Labels: label(Yes)}, {Text: "", Labels: label(No)}},
	} {
		if _, _, err := Train(feature.Current, examples, parameters); err == nil {
			t.Errorf("%s: trained without an error", name)
		}
	}
}

func TestBuildRefusesParameters(t *testing.T) {
	for name, change := range map[string]func(*AxisParameters){
		"no smoothing":         func(p *AxisParameters) { p.Smoothing = 0 },
		"smoothing below zero": func(p *AxisParameters) { p.Smoothing = -1 },
		"smoothing no number":  func(p *AxisParameters) { p.Smoothing = math.NaN() },
		"slope infinite":       func(p *AxisParameters) { p.Slope = math.Inf(1) },
		"bias no number":       func(p *AxisParameters) { p.Bias[0] = math.NaN() },
		"prior 0":              func(p *AxisParameters) { p.Prior = 0 },
		"prior 1":              func(p *AxisParameters) { p.Prior = 1 },
		"prior above 1":        func(p *AxisParameters) { p.Prior = 3 },
		"prior no number":      func(p *AxisParameters) { p.Prior = math.NaN() },
	} {
		parameters := Shipped()
		change(&parameters.Axes[Hostile.Index()])
		if _, err := Build(countsOf(synthetic(60, 1)), parameters); err == nil {
			t.Errorf("%s: built without an error", name)
		}
	}
}

func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 20).Draw(t, "n")
		e := Example{Text: rapid.String().Draw(t, "text"), Group: rapid.StringN(1, 8, -1).Draw(t, "group")}
		fold := Fold(e, n)
		if fold < 0 || fold >= n {
			t.Fatalf("fold %d of %d", fold, n)
		}
		e.Text += "!"
		if Fold(e, n) != fold {
			t.Fatal("two examples of one group fall in two folds")
		}
	})
}

// Examples that differ in anything that training reads have one order.
func TestInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		examples := append(drawExamples(t, "examples"), Example{Text: "one"})
		shuffled := rapid.Permutation(examples).Draw(t, "shuffled")
		if diff := cmp.Diff(inOrder(examples), inOrder(shuffled)); diff != "" {
			t.Fatalf("two orders were sorted differently:\n%s", diff)
		}
	})
}

// Folds' counts taken from the total are the counts of the rest, so that calibration sees nothing of what it scores.
func TestHeldOutIsNotSeen(t *testing.T) {
	parameters := Shipped()
	split := newHeldOut(feature.Current, synthetic(600, 15), parameters)
	examples, foldOf := split.examples, split.foldOf
	total := NewCounts(feature.Current)
	for _, fold := range split.folds {
		total.Merge(fold, 1)
	}
	if err := split.train(total, readExamples(feature.Current, examples)); err != nil {
		t.Fatal(err)
	}
	split.score()
	held := split.scores
	const out = 2
	var rest []Example
	for i, e := range examples {
		if foldOf[i] != out {
			rest = append(rest, e)
		}
	}
	counts := countsOf(rest)
	counts.Prune(parameters)
	if err := counts.learnAttributes(parameters, readExamples(feature.Current, rest), func(int) bool { return true }); err != nil {
		t.Fatal(err)
	}
	if len(counts.axes[Hostile.Index()].runs) == 0 {
		t.Fatal("no attribute weights were learned: nothing is tested of them")
	}
	model, err := Build(counts, parameters)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for i, e := range examples { // every example has words that every model knows
		if foldOf[i] == out {
			words, letters := model.scores(e)
			if diff := cmp.Diff(words[1], held[1].words[at]); diff != "" || letters[1] != held[1].letters[at] {
				t.Fatalf("example %d held out is scored %v and %v, by a model of the rest %v and %v", i, held[1].words[at], held[1].letters[at], words[1], letters[1])
			}
		}
		at++
	}
	if len(held[1].words) != at {
		t.Fatalf("%d of %d examples were scored", len(held[1].words), at)
	}
}

// Recalibrate by what was fitted to Score's scores is the same as calibrating the model's log-odds.
func TestRecalibrate(t *testing.T) {
	model := trainedModel(t)
	fitted := Calibration{Slope: 0.7, Bias: [3]float64{0.3, -0.2, 0}}
	parameters := model.Parameters()
	for i := range parameters.Axes {
		parameters.Axes[i].Recalibrate(fitted)
	}
	description := model.Describe()
	description.Parameters = parameters
	recalibrated, err := Restore(description, model.Weights())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range synthetic(50, 14) {
		prediction, scored := recalibrated.Classify(e), model.Score(e)
		for i, axis := range Axes {
			for class, want := range fitted.Probabilities(axis, scored[i], parameters.Axes[i].Prior) {
				if got := prediction.On(axis).Probabilities[class]; math.Abs(got-want) > 1e-12 {
					t.Fatalf("%s of %q: %v, the fitted calibration says %v", axis, e.Text, got, want)
				}
			}
		}
	}
}
