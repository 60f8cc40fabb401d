package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// Certainties .7 (right), .5 (wrong), .8 (right) and .6 (wrong): of 80 % of four rows the most certain 3.2 count, the last of them in part.
func TestAbstentionThreeClasses(t *testing.T) {
	m := mustMeasure(t, stance, threeClassRows(), Options{})
	wantValue(t, m, Error, .5)
	wantValue(t, m, ErrorCertain, 1.2/3.2)
	wantValue(t, m, ErrorRatio, 1.2/3.2/.5)
	wantValue(t, m, ErrorAnswered, .5)
}

// .9 and .1 (both right) are the most certain, then .8 (wrong); .6, .4 and .4 lie equally far from even odds, one of them is wrong, and 1.8 of
// these three belong to the 4.8 rows that count.
func TestAbstentionTwoClasses(t *testing.T) {
	m := mustMeasure(t, yesNo, twoClassRows(), Options{})
	wantValue(t, m, Error, 2./6)
	wantValue(t, m, ErrorCertain, (1+1.8/3)/4.8)
	wantValue(t, m, ErrorRatio, (1+1.8/3)/4.8*3)
	wantValue(t, m, ErrorAnswered, 1./5)
	wantValue(t, m, FalsePositiveRate, 1./3)
	wantValue(t, m, Recall, 2./3)
}

// Seen from the threshold .8 the rows are, by falling certainty: .1 (right), the tie of .4 (one wrong), .6 (wrong), .9 (right), .8 (wrong).
func TestCertaintyIsTheDistanceFromTheThreshold(t *testing.T) {
	m := mustMeasure(t, yesNo, twoClassRows(), Options{Threshold: .8})
	wantValue(t, m, Error, 3./6)
	wantValue(t, m, ErrorCertain, (1+1+0)/4.8)
	own := twoClassRows()
	for i := range own {
		own[i].Threshold = .8
	}
	wantValue(t, mustMeasure(t, yesNo, own, Options{}), ErrorCertain, 2/4.8)
}

func TestRiskCurve(t *testing.T) {
	points := mustMeasure(t, stance, threeClassRows(), Options{}).RiskCurve()
	if len(points) != 20 {
		t.Fatalf("%d points", len(points))
	}
	for _, want := range []RiskPoint{{.5, 0}, {.6, .4 / 2.4}, {.75, 1. / 3}, {1, .5}} {
		got := points[int(want.Coverage*20+.5)-1]
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// Probabilities of 0 and 1 are far from every threshold, but not infinitely.
func TestCertaintyIsFinite(t *testing.T) {
	m := mustMeasure(t, yesNo, []Row{yesRow(1, true), yesRow(0, true), noRow(0, true), noRow(.5, true), yesRow(1, true)}, Options{})
	wantValue(t, m, Error, 2./5)
	wantValue(t, m, ErrorCertain, 1./4)
	wantValue(t, mustMeasure(t, yesNo, []Row{yesRow(1, true), noRow(.5, true)}, Options{Threshold: 1}), Error, 0)
}

func TestAbstentionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.SampledFrom([][]string{yesNo, stance}).Draw(t, "classes")
		options := Options{}
		if len(classes) == 2 {
			options.Threshold = rapid.SampledFrom([]float64{0, .1, .5, .9, 1}).Draw(t, "threshold")
		}
		rows := drawRows(t, len(classes), 1)
		m := mustMeasure(t, classes, rows, options)
		points := m.RiskCurve()
		wrong, _ := m.Value(Error)
		accuracy, _ := m.Value(Accuracy)
		if last := points[len(points)-1]; !near(last.Error, wrong) || !near(wrong, 1-accuracy) {
			t.Fatalf("error %v, at full coverage %v, accuracy %v", wrong, last.Error, accuracy)
		}
		if certain, _ := m.Value(ErrorCertain); !near(certain, points[15].Error) || certain > wrong/certainShare+1e-9 {
			t.Fatalf("error %v on the most certain, on the curve %v, on all %v", certain, points[15].Error, wrong)
		}
		report := NewReport("axis", m, nil)
		if unsure, _ := m.Value(Unsure); !near(*report.Abstention.Answered, 1-unsure) || report.Abstention.Certain != .8 {
			t.Fatalf("%+v, unsure %v", report.Abstention, unsure)
		}
	})
}
