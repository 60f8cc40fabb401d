package classifier

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
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
		"the 1 % quantile":         {evenly(101, .3, .8), .31}, // the second least is .305
		"of many":                  {evenly(10001, 0.25, 1), .26},
		"not below .2":             {evenly(101, 0, 1), .2},
		"not above .6":             {evenly(101, .9, 1), .6},
		"of fewer than 100 least":  {[]float64{.7, .44, .9}, .44},
		"one known word of three":  {[]float64{1. / 3}, .33},
		"one that is not covered":  {append(evenly(150, .5, .9), 0), .5},
		"two that are not covered": {append(evenly(150, .5, .9), 0, 0), .2},
	} {
		t.Run(name, func(t *testing.T) {
			slices.Reverse(c.coverage)
			if got := (heldScores{coverage: c.coverage}).leastCoverage(); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		held := heldScores{coverage: rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 400).Draw(t, "coverage")}
		least := held.leastCoverage()
		below := 0
		for _, coverage := range held.coverage {
			if coverage < least-.005 {
				below++
			}
		}
		if least < lowestCoverage || least > highestCoverage || least != math.Round(least*100)/100 {
			t.Fatalf("least coverage %v", least)
		}
		if least > lowestCoverage && float64(below) > leastCoverageShare*float64(len(held.coverage)) {
			t.Fatalf("%d of %d lie below %v", below, len(held.coverage), least)
		}
	})
}

// The least coverage of hostile and spam comes from the examples, that of stance stays.
func TestTrainFitsLeastCoverage(t *testing.T) {
	examples := synthetic(400, 21)
	model, _ := mustTrain(t, examples, Shipped())
	for i, axis := range Axes {
		got := model.Parameters().Axes[i].MinCoverage
		if axis == Stance {
			if shipped := Shipped().Axes[i].MinCoverage; got != shipped {
				t.Errorf("%s: %v instead of the shipped %v", axis, got, shipped)
			}
			continue
		}
		training, err := NewTraining(feature.Current, examples, Shipped())
		if err != nil {
			t.Fatal(err)
		}
		if want := training.held.scores[i].leastCoverage(); got != want {
			t.Errorf("%s: %v instead of %v", axis, got, want)
		}
	}
}

// Every labelled example is answered once, as by a model of the other folds.
func TestHeldOutAnswers(t *testing.T) {
	examples := synthetic(300, 22)
	for i := range examples {
		if i%4 == 0 {
			delete(examples[i].Labels, Stance)
		}
	}
	training, err := NewTraining(feature.Current, examples, Shipped())
	if err != nil {
		t.Fatal(err)
	}
	answers, err := training.HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	for i, axis := range Axes {
		var want, got [3]int
		for _, e := range examples {
			if class := axis.AnswerIndex(e.Labels[axis]); class >= 0 {
				want[class]++
			}
		}
		right := 0
		for _, answer := range answers[i] {
			got[answer.Class]++
			if answer.Opinion.Best == axis.Answers()[answer.Class] {
				right++
			}
		}
		if got != want {
			t.Errorf("%s: answers to %v examples a class, labelled are %v", axis, got, want)
		}
		if right == len(answers[i]) && axis == Stance {
			t.Errorf("%s: not one of %d held-out answers is wrong", axis, right)
		}
	}
	again, err := training.HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(answers, again); diff != "" {
		t.Errorf("asked twice:\n%s", diff)
	}
}

// An example that says the opposite of all others of its words is answered as they say: its own label was not seen.
func TestHeldOutAnswersAreNotTheExamplesOwn(t *testing.T) {
	var examples []Example
	for i := range 200 {
		text, answer := "you idiot moron", Yes
		if i%2 == 1 {
			text, answer = "thanks dear friend", No
		}
		examples = append(examples, Example{Text: text + " " + string(rune('a'+i%26)) + string(rune('a'+i/26)), Labels: map[Axis]string{Hostile: answer}})
	}
	examples = append(examples, Example{Text: "you idiot moron zebra", Labels: map[Axis]string{Hostile: No}, Group: "odd"})
	training, err := NewTraining(feature.Current, examples, Shipped())
	if err != nil {
		t.Fatal(err)
	}
	answers, err := training.HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(answers[1], func(a HeldOutAnswer) bool { return a.Group == "odd" })
	if at < 0 || answers[1][at].Class != 1 || answers[1][at].Opinion.Best != Yes && answers[1][at].Opinion.Probabilities[0] < .2 {
		t.Errorf("the odd one is answered %+v", answers[1][max(0, at)])
	}
}
