package eval

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMeasureTwoClasses(t *testing.T) {
	m := mustMeasure(t, yesNo, twoClassRows(), Options{})
	if diff := cmp.Diff([][]int{{2, 1}, {1, 2}}, m.Confusion); diff != "" {
		t.Errorf("confusion (-want +got):\n%s", diff)
	}
	wantValue(t, m, Accuracy, 4./6)
	wantValue(t, m, MacroF1, 2./3)
	wantValue(t, m, F1Of("yes"), 2./3)
	wantValue(t, m, F1Of("no"), 2./3)
	wantValue(t, m, AUC, 6.5/9)
	wantValue(t, m, AveragePrecision, (1+2./3+3./5)/3)
	wantValue(t, m, Brier, (.01+.64+.16+.36+.16+.01)/6)
	wantValue(t, m, ECE, (.1+.2+.4+.8+.1)/6) // .1 · the tie at .4 · .6 · .8 · .9
	wantValue(t, m, Unsure, 1./6)
	wantValue(t, m, LogLoss, -math.Log(.9*.2*.6*.4*.6*.9)/6)
}

func TestMeasureThreeClasses(t *testing.T) {
	m := mustMeasure(t, stance, threeClassRows(), Options{})
	if diff := cmp.Diff([][]int{{1, 0, 0}, {1, 0, 0}, {0, 1, 1}}, m.Confusion); diff != "" {
		t.Errorf("confusion (-want +got):\n%s", diff)
	}
	wantValue(t, m, Accuracy, .5)
	wantValue(t, m, F1Of("favor"), 2./3)
	wantValue(t, m, F1Of("against"), 0)
	wantValue(t, m, F1Of("none"), 2./3)
	wantValue(t, m, MacroF1, 4./9)
	wantValue(t, m, Brier, (.14+.78+.06+1.04)/4)
	wantValue(t, m, ECE, (.3+.5+.2+.6)/4)
	wantValue(t, m, LogLoss, -math.Log(.7*.3*.8*.2)/4)
	for _, figure := range []Figure{AUC, AveragePrecision} {
		if value, ok := m.Value(figure); ok {
			t.Errorf("%s of three classes = %v, want none", figure, value)
		}
	}
}

func TestUnsurePolicyAndThreshold(t *testing.T) {
	ownThreshold := twoClassRows()
	for i := range ownThreshold {
		ownThreshold[i].Threshold = .4
	}
	tests := []struct {
		name                  string
		rows                  []Row
		options               Options
		confusion             [][]int
		accuracy, yesF1, noF1 float64
	}{
		{"best", twoClassRows(), Options{Unsure: UnsureBest}, [][]int{{2, 1}, {1, 2}}, 4. / 6, 2. / 3, 2. / 3},
		{"skip", twoClassRows(), Options{Unsure: UnsureSkip}, [][]int{{2, 0}, {1, 2}}, 4. / 5, 4. / 5, 4. / 5},
		{"wrong", twoClassRows(), Options{Unsure: UnsureWrong}, [][]int{{2, 0}, {1, 2}}, 4. / 6, 2. / 3, 4. / 5},
		{"threshold", twoClassRows(), Options{Threshold: .4}, [][]int{{3, 0}, {2, 1}}, 4. / 6, 3. / 4, 1. / 2},
		{"threshold of the row", ownThreshold, Options{}, [][]int{{3, 0}, {2, 1}}, 4. / 6, 3. / 4, 1. / 2},
		{"options before the row", ownThreshold, Options{Threshold: .5}, [][]int{{2, 1}, {1, 2}}, 4. / 6, 2. / 3, 2. / 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := mustMeasure(t, yesNo, test.rows, test.options)
			if diff := cmp.Diff(test.confusion, m.Confusion); diff != "" {
				t.Errorf("confusion (-want +got):\n%s", diff)
			}
			wantValue(t, m, Accuracy, test.accuracy)
			wantValue(t, m, F1Of("yes"), test.yesF1)
			wantValue(t, m, F1Of("no"), test.noF1)
			wantValue(t, m, AUC, 6.5/9)
			wantValue(t, m, Unsure, 1./6)
		})
	}
}

func TestEqualProbabilitiesAnswerTheFirstClass(t *testing.T) {
	m := mustMeasure(t, stance, []Row{{Gold: 2, Probabilities: []float64{.2, .4, .4}, Answered: true}}, Options{})
	if diff := cmp.Diff([][]int{{0, 0, 0}, {0, 0, 0}, {0, 1, 0}}, m.Confusion); diff != "" {
		t.Errorf("confusion (-want +got):\n%s", diff)
	}
}

func TestUndefinedFigures(t *testing.T) {
	empty := mustMeasure(t, yesNo, nil, Options{})
	for _, figure := range empty.Figures() {
		if value, ok := empty.Value(figure); ok {
			t.Errorf("no rows: %s = %v, want none", figure, value)
		}
	}
	if points := empty.Reliability(); len(points) != 0 {
		t.Errorf("no rows: reliability has %d points", len(points))
	}

	oneClass := mustMeasure(t, yesNo, []Row{yesRow(.9, true), yesRow(.8, true)}, Options{})
	for _, figure := range []Figure{AUC, F1Of("no")} {
		if value, ok := oneClass.Value(figure); ok {
			t.Errorf("only yes: %s = %v, want none", figure, value)
		}
	}
	wantValue(t, oneClass, MacroF1, 1)
	wantValue(t, oneClass, AveragePrecision, 1)

	allSkipped := mustMeasure(t, yesNo, []Row{yesRow(.9, false), noRow(.8, false)}, Options{Unsure: UnsureSkip})
	if value, ok := allSkipped.Value(Accuracy); ok {
		t.Errorf("all skipped: accuracy = %v, want none", value)
	}
	wantValue(t, allSkipped, Unsure, 1)
	wantValue(t, allSkipped, AUC, 1)

	if value, ok := oneClass.Value("speed"); ok {
		t.Errorf("unknown figure = %v, want none", value)
	}
}

func TestLogLossStaysFinite(t *testing.T) {
	m := mustMeasure(t, yesNo, []Row{yesRow(0, true), noRow(0, true)}, Options{})
	wantValue(t, m, LogLoss, -math.Log(1e-15)/2)
}

func TestMeasureRefuses(t *testing.T) {
	good := yesRow(.5, true)
	tests := []struct {
		name    string
		classes []string
		row     Row
		options Options
		want    string
	}{
		{"one class", []string{"yes"}, good, Options{}, "two classes"},
		{"gold too high", yesNo, Row{Gold: 2, Probabilities: []float64{.5, .5}}, Options{}, "row 2: gold class 2"},
		{"gold below 0", yesNo, Row{Gold: -1, Probabilities: []float64{.5, .5}}, Options{}, "row 2: gold class -1"},
		{"too few probabilities", yesNo, Row{Probabilities: []float64{1}}, Options{}, "row 2: 1 probabilities for 2 classes"},
		{"not a number", yesNo, Row{Probabilities: []float64{math.NaN(), 1}}, Options{}, "row 2: probability NaN"},
		{"negative", yesNo, Row{Probabilities: []float64{-.1, 1.1}}, Options{}, "row 2: probability -0.1"},
		{"all 0", yesNo, Row{Probabilities: []float64{0, 0}}, Options{}, "row 2: probabilities sum to 0"},
		{"threshold over 1", yesNo, good, Options{Threshold: 1.5}, "threshold 1.5"},
		{"row's threshold below 0", yesNo, Row{Probabilities: []float64{1, 0}, Threshold: -1}, Options{}, "row 2: threshold -1"},
		{"threshold for three", stance, Row{Probabilities: []float64{1, 0, 0}}, Options{Threshold: .5}, "two classes, not 3"},
		{"policy", yesNo, good, Options{Unsure: "maybe"}, `"maybe"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			first := Row{Probabilities: append([]float64{1}, make([]float64, len(test.classes)-1)...)}
			_, err := Measure(test.classes, []Row{first, test.row}, test.options)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestConfusionSumsToRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 3, 0)
		answered := 0
		for _, row := range rows {
			if row.Answered {
				answered++
			}
		}
		for policy, want := range map[UnsurePolicy]int{UnsureBest: len(rows), UnsureSkip: answered, UnsureWrong: answered} {
			sum := 0
			for _, counts := range mustMeasure(t, stance, rows, Options{Unsure: policy}).Confusion {
				for _, count := range counts {
					sum += count
				}
			}
			if sum != want {
				t.Fatalf("%s: confusion sums to %d, want %d", policy, sum, want)
			}
		}
	})
}

func TestOrderOfRowsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.SampledFrom([][]string{yesNo, stance}).Draw(t, "classes")
		rows := drawRows(t, len(classes), 1)
		shuffled := rapid.Permutation(rows).Draw(t, "shuffled")
		a, b := mustMeasure(t, classes, rows, Options{}), mustMeasure(t, classes, shuffled, Options{})
		for i, figure := range a.names {
			if !near(a.values[i], b.values[i]) {
				t.Fatalf("%s = %v, shuffled %v", figure, a.values[i], b.values[i])
			}
		}
	})
}
