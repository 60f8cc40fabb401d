package trial

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
)

// heldOutAnswers are of yes in one of ten, said with the probability that is given to it at a prior of 3 %.
func heldOutAnswers(n int) []classifier.HeldOutAnswer {
	answers := make([]classifier.HeldOutAnswer, n)
	for i := range answers {
		yes, class := .001+.0001*float64(i%40), 1
		if i%10 == 0 {
			yes, class = .02+.9*float64(i%70)/70, 0
		}
		opinion := classifier.Opinion{Best: classifier.No, Answer: classifier.No, Probabilities: [3]float64{yes, 1 - yes}, Known: 9, Words: 10}
		switch {
		case i%50 == 7: // not covered
			opinion.Known, opinion.Answer = 1, classifier.Unsure
		case yes >= .5:
			opinion.Best, opinion.Answer = classifier.Yes, classifier.Yes
		case yes > .1:
			opinion.Answer = classifier.Unsure
		}
		answers[i] = classifier.HeldOutAnswer{Class: class, Opinion: opinion}
	}
	return answers
}

func TestModelReport(t *testing.T) {
	parameters := classifier.Shipped()
	report, err := NewModelReport("made up", parameters, [3][]classifier.HeldOutAnswer{1: heldOutAnswers(700), 2: heldOutAnswers(5)[1:]})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Axes) != 1 || report.Axes[0].Axis != classifier.Hostile {
		t.Fatalf("%d axes: spam has no yes, stance no answers", len(report.Axes))
	}
	hostile, _ := report.On(classifier.Hostile)
	if _, ok := report.On(classifier.Spam); ok {
		t.Error("spam was not measured")
	}
	prior, mix := hostile.AtPrior, hostile.AtMix
	if *prior.Prior != parameters.Axes[1].Prior || *prior.Threshold != parameters.Axes[1].High || mix.Prior != nil || *mix.Threshold != parameters.Axes[1].High {
		t.Errorf("prior %v at %v, mix %v at %v", *prior.Prior, *prior.Threshold, mix.Prior, *mix.Threshold)
	}
	if math.Abs(*prior.AUC-*mix.AUC) > 1e-9 {
		t.Errorf("AUC %v and %v: a prior moves no rank", *prior.AUC, *mix.AUC)
	}
	if *mix.Recall < *prior.Recall {
		t.Errorf("recall %v at the mix of one in ten, %v at one in 33", *mix.Recall, *prior.Recall)
	}
	if mix.N != 700 || len(mix.Calibration) == 0 || len(mix.Thresholds) != 19 || len(mix.Abstention.Curve) != 10 || mix.Interval.AUC == nil {
		t.Errorf("%d rows, %d bins, %d thresholds, %d points of risk, interval %v", mix.N, len(mix.Calibration), len(mix.Thresholds), len(mix.Abstention.Curve), mix.Interval.AUC)
	}
	if again, err := NewModelReport("made up", parameters, [3][]classifier.HeldOutAnswer{1: heldOutAnswers(700)}); err != nil || cmp.Diff(report, again) != "" {
		t.Errorf("a second report differs, error %v", err)
	}
}

// At the mix a row is answered by the probability that is expected there, and not where it is not covered.
func TestExpectMix(t *testing.T) {
	parameters := classifier.AxisParameters{Prior: .03, Low: .1, High: .5, MinCoverage: .3}
	for name, c := range map[string]struct {
		yes      float64 // at the prior
		known    int     // of ten words
		want     float64
		answered bool
	}{
		"the prior becomes the mix": {.03, 9, .4, false},
		"near no":                   {.003, 9, .0609, true},
		"near yes":                  {.1, 9, .7055, true},
		"surely no":                 {0, 9, 0, true},
		"surely yes":                {1, 9, 1, true},
		"just covered":              {1, 3, 1, true},
		"not covered":               {1, 2, 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			answers := []classifier.HeldOutAnswer{{Opinion: classifier.Opinion{Probabilities: [3]float64{c.yes, 1 - c.yes}, Known: c.known, Words: 10}}}
			rows := heldOutRows(classifier.Hostile, answers)
			expectMix(rows, answers, parameters, .4)
			if math.Abs(rows[0].Probabilities[0]-c.want) > 5e-5 || rows[0].Answered != c.answered || rows[0].Probabilities[0]+rows[0].Probabilities[1] != 1 {
				t.Errorf("%v, answered %v; want %v, %v", rows[0].Probabilities, rows[0].Answered, c.want, c.answered)
			}
			if answers[0].Opinion.Probabilities[0] != c.yes {
				t.Error("the answers were changed")
			}
		})
	}
}

func TestModelReportIsStoredSmall(t *testing.T) {
	answers := heldOutAnswers(3000)
	stance := make([]classifier.HeldOutAnswer, 600)
	for i := range stance {
		stance[i] = classifier.HeldOutAnswer{Class: i % 3, Opinion: classifier.Opinion{Probabilities: [3]float64{.2, .3 + float64(i)/3e3, .5 - float64(i)/3e3}}}
	}
	report, err := NewModelReport("made up", classifier.Shipped(), [3][]classifier.HeldOutAnswer{stance, answers, answers})
	if err != nil {
		t.Fatal(err)
	}
	stored, err := report.JSON()
	if err != nil {
		t.Fatal(err)
	}
	if len(stored) > 40<<10 {
		t.Errorf("%d bytes", len(stored))
	}
	read, ok := ReadModelReport(stored)
	if !ok || len(read.Axes) != 3 || read.Axes[0].AtPrior != nil {
		t.Fatalf("read back: %v, %d axes", ok, len(read.Axes))
	}
	exact, short := *report.Axes[1].AtMix.LogLoss, *read.Axes[1].AtMix.LogLoss
	if math.Abs(exact-short) > 5e-4*exact || exact == short {
		t.Errorf("log loss %v is stored as %v", exact, short)
	}
	if again, err := read.JSON(); err != nil || string(again) != string(stored) {
		t.Errorf("stored again it differs, error %v", err)
	}
}

func TestReadModelReportOfOthers(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":             "",
		"no JSON":             "{",
		"a word":              `"good"`,
		"an older comparison": `{"candidate":"aa","axes":[{"axis":"hostile","labels":3}]}`,
		"another axis":        `{"measured":"x","axes":[{"axis":"sarcasm","at_mix":{"n":3}}]}`,
		"nothing measured":    `{"measured":"x","axes":[{"axis":"spam"}]}`,
	} {
		if report, ok := ReadModelReport(json.RawMessage(text)); ok || report.Measured != "" || len(report.Axes) > 0 {
			t.Errorf("%s: read as %+v", name, report)
		}
	}
}

func TestTrainedReport(t *testing.T) {
	var examples []Example
	for i := range 120 {
		text, label := "cheap pills click here", classifier.Yes
		if i%2 == 1 {
			text, label = "the mayor reads this paper", classifier.No
		}
		examples = append(examples, Example{Example: classifier.Example{Text: text + " " + strings.Repeat("x", i%7+1), Labels: map[classifier.Axis]string{classifier.Spam: label}}})
	}
	for _, recipe := range Recipes() {
		if recipe.Name == unclaimed.Name {
			continue // of stance
		}
		trained, err := recipe.Train(classifier.Spam, examples)
		if err != nil {
			t.Fatal(err)
		}
		report, err := trained.Report("its own examples")
		if !recipe.Saves {
			if err == nil {
				t.Errorf("%s: a report without a model", recipe.Name)
			}
			continue
		}
		if err != nil || len(report.Axes) != 1 || report.Axes[0].AtMix.N != len(examples) || report.Measured != "its own examples" {
			t.Errorf("%s: %+v, %v", recipe.Name, report, err)
		}
	}
}
