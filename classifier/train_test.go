package classifier

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

func TestOrderOfExamplesIsIrrelevant(t *testing.T) {
	examples := synthetic(300, 5)
	for i := range examples { // weights that do not add up exactly, and a claim in several spellings
		examples[i].Weight = []float64{0, 0.1, 0.3, 10}[i%4]
		if i%5 == 0 && examples[i].Claim == bridgeClaim {
			examples[i].Claim = "the town SHOULD  build the bridge "
		}
	}
	first, firstCounts := mustTrain(t, examples, Shipped())
	for seed := range uint64(5) {
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

// Every weight of the table is the library's own, to the precision of a float32.
func TestTableIsTheLibrary(t *testing.T) {
	model, counts := mustTrain(t, synthetic(400, 6), Shipped())
	seen := 0
	for _, axis := range Axes {
		learned, names, err := learnAxis(counts, axis, model.parameters.Axes[axis.Index()].Smoothing)
		if err != nil {
			t.Fatal(err)
		}
		scores := libraryScores(learned, names)
		if len(names) != model.Vocabulary(axis) {
			t.Errorf("%s: the model says %d features, the library has %d", axis, model.Vocabulary(axis), len(names))
		}
		from, to := columnsOf(axis)
		for j, name := range names {
			row := model.table.find(feature.Hash(name))
			if row < 0 {
				t.Fatalf("%s: %s is not in the table", axis, name)
			}
			for class, weight := range model.table.row(row)[from:to] {
				want := scores[j][0] - scores[j][1]
				if axis == Stance {
					want = scores[j][class] - (scores[j][0]+scores[j][1]+scores[j][2])/3
				}
				if math.Abs(float64(weight)-want) > 1e-6 {
					t.Fatalf("%s %s: table %v, library %v", axis, name, weight, want)
				}
				seen++
			}
		}
	}
	known := 0
	for _, weight := range model.table.weights {
		if weight == weight {
			known++
		}
	}
	if known != seen {
		t.Errorf("the table holds %d weights, the library %d", known, seen)
	}
}

// libraryScores asks the library for one feature at a time: another way than the one Build takes.
func libraryScores(learned *bayes.Classifier, names []string) [][]float64 {
	scores := make([][]float64, len(names))
	for j, name := range names {
		scores[j] = learned.LogScores([]string{name})
	}
	return scores
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
	parameters.MinExamples = 1
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

func TestSortScored(t *testing.T) {
	sorted := scoredYesNo(200, 1, 0, 1)
	for i := range sorted {
		sorted[i].Weight = float64(i % 3)
		sorted[i].Scores[1] = float64(i % 2)
	}
	shuffled := slices.Clone(sorted)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(a, b int) { shuffled[a], shuffled[b] = shuffled[b], shuffled[a] })
	sortScored(sorted)
	sortScored(shuffled)
	if !slices.Equal(sorted, shuffled) {
		t.Error("two orders were sorted differently")
	}
}
