package trial

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
)

func TestFind(t *testing.T) {
	if r, err := Find(""); err != nil || r.Name != Default {
		t.Fatalf("%q, %v", r.Name, err)
	}
	for _, want := range Recipes() {
		if r, err := Find(want.Name); err != nil || r.Name != want.Name || r.About == "" {
			t.Errorf("%s: %q, %v", want.Name, r.About, err)
		}
	}
	if _, err := Find("none such"); err == nil || !strings.Contains(err.Error(), "plain") {
		t.Errorf("an unknown recipe: %v", err)
	}
}

// Recipes that say so make a model that is saved and verified; the others make none.
func TestSavingRecipesMakeModels(t *testing.T) {
	for _, r := range Recipes() {
		for _, axis := range classifier.Axes {
			trained, err := r.Train(axis, made(axis, 120, 0, 1))
			if err != nil {
				t.Fatal(err)
			}
			if (trained.Model != nil) != r.Saves {
				t.Fatalf("%s: saves %v, model %v", r.Name, r.Saves, trained.Model != nil)
			}
			if !r.Saves {
				continue
			}
			files, err := registry.Encode(trained.Model, trained.Counts, registry.Origin{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := registry.Verify(files); err != nil {
				t.Errorf("%s, %s: %v", r.Name, axis, err)
			}
			for _, other := range classifier.Axes {
				if trained.Model.Has(other) != (other == axis) {
					t.Errorf("%s trained on %s: has %s: %v", r.Name, axis, other, trained.Model.Has(other))
				}
			}
		}
	}
}

func TestTrainSeesOneAxis(t *testing.T) {
	examples := made(classifier.Spam, 120, 0, 1)
	alone, err := shipped.Train(classifier.Spam, examples)
	if err != nil {
		t.Fatal(err)
	}
	for i := range examples {
		examples[i].Labels[classifier.Hostile] = []string{classifier.Yes, classifier.No}[i/2%2]
	}
	beside, err := shipped.Train(classifier.Spam, examples)
	if err != nil {
		t.Fatal(err)
	}
	if alone.Model.ID() != beside.Model.ID() {
		t.Fatal("labels on another axis changed the model")
	}
	if len(examples[0].Labels) != 2 {
		t.Fatal("training changed the examples")
	}
}

func TestTrainNeedsEveryAnswer(t *testing.T) {
	var yes []Example
	for _, e := range made(classifier.Hostile, 20, 0, 1) {
		if e.Labels[classifier.Hostile] == classifier.Yes {
			yes = append(yes, e)
		}
	}
	for _, r := range Recipes() {
		_, err := r.Train(classifier.Hostile, yes)
		if err == nil || !strings.Contains(err.Error(), "10 yes and none is no") {
			t.Errorf("%s: %v", r.Name, err)
		}
		if _, err := r.Train(classifier.Stance, yes); err == nil {
			t.Errorf("%s trained on no label at all", r.Name)
		}
	}
}

// The reference is worked out by hand: two words, three examples of yes and two of no.
func TestPlainByHand(t *testing.T) {
	example := func(text, answer string) Example {
		return Example{Example: classifier.Example{Text: text, Labels: map[classifier.Axis]string{classifier.Spam: answer}}}
	}
	trained, err := plain.Train(classifier.Spam, []Example{
		example("cheap", classifier.Yes), example("cheap! cheap", classifier.Yes), example("news", classifier.Yes),
		example("news", classifier.No), example("once", classifier.No),
	})
	if err != nil {
		t.Fatal(err)
	}
	// Known are cheap (2, 0) and news (1, 1); once was seen in one example alone.
	yesCheap, noCheap := (2+.3)/(3+.6), .3/(1+.6)
	yesNews, noNews := (1+.3)/(3+.6), (1+.3)/(1+.6)
	for text, odds := range map[string]float64{
		"cheap":            3. / 2 * yesCheap / noCheap,
		"cheap. cheap":     3. / 2 * yesCheap / noCheap,
		"news, cheap":      3. / 2 * yesCheap / noCheap * yesNews / noNews,
		"once and unknown": 3. / 2,
	} {
		probabilities, sure := trained.answer(classifier.Example{Text: text})
		if got := probabilities[0] / probabilities[1]; math.Abs(got-odds) > 1e-6*odds || !sure {
			t.Errorf("%q: odds %v instead of %v, sure %v", text, got, odds, sure)
		}
	}
}

func TestAnswersAreProbabilities(t *testing.T) {
	for _, r := range Recipes() {
		for _, axis := range classifier.Axes {
			trained, err := r.Train(axis, made(axis, 90, 0, 1))
			if err != nil {
				t.Fatal(err)
			}
			rapid.Check(t, func(t *rapid.T) {
				probabilities, _ := trained.answer(classifier.Example{Text: rapid.String().Draw(t, "text")})
				sum := 0.0
				for class, p := range probabilities {
					if !(p >= 0 && p <= 1) || (p != 0 && class >= len(axis.Answers())) {
						t.Fatalf("%s: %v", r.Name, probabilities)
					}
					sum += p
				}
				if math.Abs(sum-1) > 1e-9 {
					t.Fatalf("%s: %v sum to %v", r.Name, probabilities, sum)
				}
			})
		}
	}
}
