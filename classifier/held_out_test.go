package classifier

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier/feature"
)

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

// What a fold's own examples were scored has no say in how they are answered.
func TestHeldOutAnswersAreFittedWithoutTheirFold(t *testing.T) {
	training, err := NewTraining(feature.Current, synthetic(600, 23), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	before, err := training.HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	const moved = 0
	for i := range training.held.scores {
		held := &training.held.scores[i]
		for at, fold := range held.fold {
			if fold == moved {
				held.words[at].Class = 1 - min(held.words[at].Class, 1)
			}
		}
		for at, fold := range held.coverageFold {
			if fold == moved {
				held.coverage[at] = 0
			}
		}
	}
	after, err := training.HeldOut()
	if err != nil {
		t.Fatal(err)
	}
	for i, axis := range Axes {
		at, others := 0, 0
		for k, e := range training.held.examples {
			if axis.AnswerIndex(e.Labels[axis]) < 0 {
				continue
			}
			same := before[i][at] == after[i][at]
			at++
			switch own := training.held.foldOf[k] == moved; {
			case own && !same:
				t.Fatalf("%s: an answer changed with the scores of its own fold", axis)
			case !own && !same:
				others++
			}
		}
		if others == 0 {
			t.Errorf("%s: no answer changed with the scores of another fold", axis)
		}
	}
}
