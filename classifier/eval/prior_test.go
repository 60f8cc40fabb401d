package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// Two rows of yes and four of no: with a prior of .1 a yes weighs .3 and a no 1.35, together 6.
func priorRows() []Row {
	return []Row{yesRow(.9, true), yesRow(.2, false), noRow(.6, true), noRow(.3, true), noRow(.1, true), noRow(.1, true)}
}

func TestPriorByHand(t *testing.T) {
	m := mustMeasure(t, yesNo, priorRows(), Options{Prior: .1})
	wantValue(t, m, Accuracy, (.3+3*1.35)/6)
	wantValue(t, m, F1Of("yes"), 2*.3/(.6+.3+1.35))
	wantValue(t, m, AUC, 6./8)
	wantValue(t, m, AveragePrecision, (1+.6/(.6+2*1.35))/2)
	wantValue(t, m, Brier, (.3*(.01+.64)+1.35*(.36+.09+.01+.01))/6)
	wantValue(t, m, LogLoss, -(.3*math.Log(.9*.2)+1.35*math.Log(.4*.7*.9*.9))/6)
	wantValue(t, m, Unsure, .3/6)
	wantValue(t, m, FalsePositiveRate, 1./4)
	wantValue(t, m, Recall, 1./2)
	wantValue(t, m, Error, (.3+1.35)/6)
	wantValue(t, m, ErrorAnswered, 1.35/5.7)
	wantValue(t, m, ErrorCertain, (.3+.15)/4.8) // .9 .1 .1 · .2 · .3 · a ninth of .6
	if diff := cmp.Diff([][]int{{1, 1}, {1, 3}}, m.Confusion); diff != "" {
		t.Errorf("the confusion matrix counts rows (-want +got):\n%s", diff)
	}
	want := []ThresholdRow{{Threshold: .5, Flagged: 2, Share: number(1.65 / 6), Precision: number(.3 / 1.65), Recall: number(.5)}}
	if diff := cmp.Diff(want, m.Thresholds([]float64{.5}), cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("thresholds (-want +got):\n%s", diff)
	}
}

// A prior is what repeating the rows of a class would bring.
func TestPriorWeighsAsRepeatedRowsDo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := append(drawRows(t, 2, 0), yesRow(.5, true), noRow(.5, false))
		times := [2]int{rapid.IntRange(1, 4).Draw(t, "yes"), rapid.IntRange(1, 4).Draw(t, "no")}
		var repeated []Row
		yes := 0
		for _, row := range rows {
			for range times[row.Gold] {
				repeated = append(repeated, row)
				yes += 1 - row.Gold
			}
		}
		options := Options{Unsure: rapid.SampledFrom([]UnsurePolicy{UnsureBest, UnsureSkip, UnsureWrong}).Draw(t, "unsure")}
		want := mustMeasure(t, yesNo, repeated, options)
		options.Prior = float64(yes) / float64(len(repeated))
		got := mustMeasure(t, yesNo, rows, options)
		for i, figure := range got.names {
			if !near(got.values[i], want.values[i]) {
				t.Fatalf("%s = %v, of repeated rows %v", figure, got.values[i], want.values[i])
			}
		}
	})
}

func TestOwnMixAsPriorChangesNothing(t *testing.T) {
	rows := simulatedRows(3, 400)
	plain := mustMeasure(t, yesNo, rows, Options{})
	yes := 0.
	for _, row := range rows {
		yes += float64(1 - row.Gold)
	}
	mixed := mustMeasure(t, yesNo, rows, Options{Prior: yes / 400})
	for i, figure := range plain.names {
		if !near(plain.values[i], mixed.values[i]) {
			t.Errorf("%s = %v, with its own mix as prior %v", figure, plain.values[i], mixed.values[i])
		}
	}
}

func TestPriorRefusals(t *testing.T) {
	for name, try := range map[string]struct {
		classes []string
		rows    []Row
		prior   float64
		want    string
	}{
		"three classes": {stance, threeClassRows(), .5, "two classes, not 3"},
		"over 1":        {yesNo, twoClassRows(), 1.5, "prior 1.5"},
		"below 0":       {yesNo, twoClassRows(), -.1, "prior -0.1"},
		"not a number":  {yesNo, twoClassRows(), math.NaN(), "prior NaN"},
		"one class":     {yesNo, []Row{yesRow(.5, true)}, .5, "none is no"},
		"no rows":       {yesNo, nil, .5, "none is yes"},
	} {
		if _, err := Measure(try.classes, try.rows, Options{Prior: try.prior}); err == nil || !strings.Contains(err.Error(), try.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
