package trial

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

var quick = Options{Bootstrap: eval.Bootstrap{Resamples: 50, Seed: 1}}

func mustRun(t *testing.T, name string, axis classifier.Axis, splits []Split, options Options) Result {
	t.Helper()
	recipe, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	result, err := Run(context.Background(), recipe, axis, splits, options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestEveryRecipeLearns(t *testing.T) {
	for _, r := range Recipes() {
		for _, axis := range classifier.Axes {
			splits, err := InFolds(made(axis, 240, 0, 1), 4)
			if err != nil {
				t.Fatal(err)
			}
			result := mustRun(t, r.Name, axis, splits, Options{Bootstrap: quick.Bootstrap, Threshold: map[bool]float64{true: 0, false: .03}[axis == classifier.Stance]})
			if result.Report.N != 240 || result.Report.LeftOut != 0 || result.Report.Model != nil || result.Report.CommentsPerSecond != nil {
				t.Errorf("%s, %s: %+v", r.Name, axis, result.Report)
			}
			if accuracy := *result.Report.Accuracy; accuracy < .8 {
				t.Errorf("%s, %s: accuracy %v on examples that two words give away", r.Name, axis, accuracy)
			}
		}
	}
}

func TestRunIsTheSameEveryTime(t *testing.T) {
	splits, err := ByGroup(made(classifier.Spam, 90, 9, 1))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(mustRun(t, Default, classifier.Spam, splits, quick).Report, mustRun(t, Default, classifier.Spam, splits, quick).Report); diff != "" {
		t.Fatal(diff)
	}
}

func TestRunTimesOnlyTheClassifying(t *testing.T) {
	at := time.Unix(0, 0)
	options := quick
	options.Now = func() time.Time {
		at = at.Add(time.Second)
		return at
	}
	result := mustRun(t, "plain", classifier.Spam, Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 40, 0, 2)), options)
	if speed := result.Report.CommentsPerSecond; speed == nil || *speed != 40 {
		t.Fatalf("comments per second %v", speed)
	}
}

func TestRunCountsWhatIsLeftOut(t *testing.T) {
	test := append(made(classifier.Spam, 20, 0, 2), made(classifier.Hostile, 6, 0, 3)...)
	result := mustRun(t, Default, classifier.Spam, Given(made(classifier.Spam, 60, 0, 1), test), quick)
	if result.Report.N != 20 || result.Report.LeftOut != 6 {
		t.Fatalf("%d measured, %d left out", result.Report.N, result.Report.LeftOut)
	}
	if result.Report.Model == nil {
		t.Fatal("one model answered and is not named")
	}
}

// Rows of one single group are drawn by themselves, so that there are intervals.
func TestOneGroupStillHasIntervals(t *testing.T) {
	result := mustRun(t, Default, classifier.Spam, Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 20, 1, 2)), quick)
	if result.Report.Interval.Accuracy == nil {
		t.Fatal("no interval")
	}
}

func TestAgainst(t *testing.T) {
	splits := Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 40, 0, 2))
	base, other := mustRun(t, "plain", classifier.Spam, splits, quick), mustRun(t, Default, classifier.Spam, splits, quick)
	differences, err := other.Against(base, quick.Bootstrap)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, d := range differences {
		if d.Figure == eval.AUC {
			found = true
			if d.Base != *base.Report.AUC || d.Other != *other.Report.AUC || d.Low > d.Difference || d.High < d.Difference {
				t.Errorf("%+v", d)
			}
		}
	}
	if !found {
		t.Error("no difference of AUC")
	}
	elsewhere := mustRun(t, Default, classifier.Spam, Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 30, 0, 2)), quick)
	if _, err := other.Against(elsewhere, quick.Bootstrap); !errors.Is(err, eval.ErrDifferentRows) {
		t.Errorf("other examples: %v", err)
	}
}

// A model abstains on an axis that it lacks, and knows nothing there.
func TestRunModel(t *testing.T) {
	trained, err := shipped.Train(classifier.Spam, made(classifier.Spam, 60, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	result, err := RunModel(context.Background(), trained.Model, "mine", classifier.Spam, made(classifier.Spam, 40, 0, 2), quick)
	if err != nil {
		t.Fatal(err)
	}
	if *result.Report.Model != trained.Model.ID() || *result.Report.AUC < .8 {
		t.Errorf("model %v, AUC %v", *result.Report.Model, *result.Report.AUC)
	}
	result, err = RunModel(context.Background(), trained.Model, "mine", classifier.Hostile, made(classifier.Hostile, 40, 0, 2), quick)
	if err != nil {
		t.Fatal(err)
	}
	if *result.Report.Unsure != 1 || *result.Report.AUC != .5 || *result.Report.Brier != .25 {
		t.Errorf("unsure %v, AUC %v, Brier %v", *result.Report.Unsure, *result.Report.AUC, *result.Report.Brier)
	}
}

func TestRunErrors(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	spam := made(classifier.Spam, 40, 0, 1)
	if _, err := Run(cancelled, shipped, classifier.Spam, Given(spam, made(classifier.Spam, 4, 0, 2)), quick); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := RunModel(context.Background(), mustModel(t), "mine", classifier.Hostile, spam, quick); err == nil {
		t.Error("nothing labelled on the axis: no error")
	}
	splits, err := InFolds(spam[:4], 3)
	if err != nil {
		t.Fatal(err)
	}
	splits[0].Train = nil
	if _, err := Run(context.Background(), shipped, classifier.Spam, splits, quick); err == nil || !strings.HasPrefix(err.Error(), "fold ") {
		t.Errorf("a fold without training examples: %v", err)
	}
}

func mustModel(t *testing.T) *classifier.Model {
	t.Helper()
	trained, err := shipped.Train(classifier.Spam, made(classifier.Spam, 40, 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	return trained.Model
}
