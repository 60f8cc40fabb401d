package eval

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// scored makes a yes/no row of a gold class (0 is yes) and a probability of yes.
func scored(gold int, yes float64) Row {
	return Row{Gold: gold, Probabilities: []float64{yes, 1 - yes}, Answered: true}
}

func measured(t rapid.TB, rows []Row, options Options) *Measurement {
	t.Helper()
	m, err := Measure([]string{"yes", "no"}, rows, options)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Five rows worked out by hand; .6 is a tie of a yes and a no.
func TestCurveByHand(t *testing.T) {
	m := measured(t, []Row{scored(1, .6), scored(0, .9), scored(0, .6), scored(1, .2), scored(0, .1)}, Options{})
	want := []CurvePoint{
		{Threshold: math.Inf(1), Precision: 1},
		{Threshold: .9, Hits: 1, Recall: 1. / 3, Precision: 1},
		{Threshold: .6, Hits: 2, Misfires: 1, Recall: 2. / 3, FalseAlarms: .5, Precision: 2. / 3},
		{Threshold: .2, Hits: 2, Misfires: 2, Recall: 2. / 3, FalseAlarms: 1, Precision: .5},
		{Threshold: .1, Hits: 3, Misfires: 2, Recall: 1, FalseAlarms: 1, Precision: .6},
	}
	if diff := cmp.Diff(want, m.Curve(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	chosen, ok := m.Chosen()
	if want := (CurvePoint{Hits: 2, Misfires: 1, Recall: 2. / 3, FalseAlarms: .5, Precision: 2. / 3}); !ok || chosen != want {
		t.Errorf("chosen %+v, %v", chosen, ok)
	}
	strict := measured(t, []Row{scored(1, .6), scored(0, .9), scored(0, .6), scored(1, .2), scored(0, .1)}, Options{Threshold: .7})
	if chosen, _ := strict.Chosen(); chosen.Hits != 1 || chosen.Misfires != 0 || chosen.Precision != 1 {
		t.Errorf("from .7 chosen %+v", chosen)
	}
}

// Under a prior precision is that of rows in which yes makes up the prior; nothing else moves.
func TestCurveUnderAPrior(t *testing.T) {
	rows := []Row{scored(1, .6), scored(0, .9), scored(0, .6), scored(1, .2), scored(0, .1)}
	plain, weighted := measured(t, rows, Options{}).Curve(), measured(t, rows, Options{Prior: .1}).Curve()
	for i, p := range weighted {
		if want := .1 * p.Recall / (.1*p.Recall + .9*p.FalseAlarms); i > 0 && math.Abs(p.Precision-want) > 1e-12 {
			t.Errorf("point %d: precision %v, want %v", i, p.Precision, want)
		}
		p.Precision = plain[i].Precision
		if p != plain[i] {
			t.Errorf("point %d: %+v, without the prior %+v", i, p, plain[i])
		}
	}
}

func TestNoCurve(t *testing.T) {
	for name, rows := range map[string][]Row{"no rows": nil, "only yes": {scored(0, .9), scored(0, .3)}, "only no": {scored(1, .9)}} {
		m := measured(t, rows, Options{})
		if curve := m.Curve(); curve != nil {
			t.Errorf("%s: %v", name, curve)
		}
		if _, ok := m.Chosen(); ok {
			t.Errorf("%s: a point was chosen", name)
		}
	}
	three, err := Measure([]string{"a", "b", "c"}, []Row{{Probabilities: []float64{.5, .3, .2}}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := three.Chosen(); ok || three.Curve() != nil {
		t.Error("three classes have a curve")
	}
}

// drawScored are rows of few different probabilities, so that ties are common, with both classes among them.
func drawScored(t *rapid.T) []Row {
	rows := []Row{scored(0, float64(rapid.IntRange(0, 20).Draw(t, "yes"))/20), scored(1, float64(rapid.IntRange(0, 20).Draw(t, "no"))/20)}
	for range rapid.IntRange(0, 400).Draw(t, "rows") {
		rows = append(rows, scored(rapid.IntRange(0, 1).Draw(t, "gold"), float64(rapid.IntRange(0, 500).Draw(t, "p"))/500))
	}
	return rows
}

// The area under the points before thinning is the AUC that counting pairs gives; what is chosen lies on the curve.
func TestCurveEnclosesAUC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		threshold := float64(rapid.IntRange(1, 100).Draw(t, "threshold")) / 100
		m := measured(t, drawScored(t), Options{Threshold: threshold})
		curve := m.Curve()
		area := 0.0
		for i := 1; i < len(curve); i++ {
			area += (curve[i].FalseAlarms - curve[i-1].FalseAlarms) * (curve[i].Recall + curve[i-1].Recall) / 2
			if curve[i].Threshold >= curve[i-1].Threshold || curve[i].Hits < curve[i-1].Hits || curve[i].Misfires < curve[i-1].Misfires {
				t.Fatalf("point %d goes back: %+v after %+v", i, curve[i], curve[i-1])
			}
		}
		if auc, _ := m.Value(AUC); math.Abs(auc-area) > 1e-9 {
			t.Fatalf("AUC %v, area under the points %v", auc, area)
		}
		if last := curve[len(curve)-1]; last.Recall != 1 || last.FalseAlarms != 1 {
			t.Fatalf("the curve ends at %+v", last)
		}
		chosen, ok := m.Chosen()
		if !ok || !slices.ContainsFunc(curve, func(p CurvePoint) bool { return p.Hits == chosen.Hits && p.Misfires == chosen.Misfires }) {
			t.Fatalf("chosen %+v is no point of the curve", chosen)
		}
	})
}

func TestThinned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := rapid.IntRange(3, 60).Draw(t, "limit")
		curve := measured(t, drawScored(t), Options{}).Curve()
		thin := Thinned(curve, limit)
		if len(thin) > limit && len(thin) != len(curve) || len(curve) <= limit && len(thin) != len(curve) {
			t.Fatalf("%d of %d points kept at a limit of %d", len(thin), len(curve), limit)
		}
		if thin[0] != curve[0] || thin[len(thin)-1] != curve[len(curve)-1] {
			t.Fatal("an end of the curve is lost")
		}
		at := 0
		for _, point := range thin {
			found := slices.Index(curve[at:], point)
			if found < 0 {
				t.Fatalf("%+v is no later point of the curve", point)
			}
			at += found + 1
		}
	})
}

// Thousands of rows, thinned to 200 points, enclose nearly the same area.
func TestThinningKeepsTheShape(t *testing.T) {
	var rows []Row
	for i := range 5000 {
		p := math.Mod(float64(i)*math.Phi, 1)
		gold := 1
		if math.Mod(float64(i)*math.Sqrt2, 1) < p*p {
			gold = 0
		}
		rows = append(rows, scored(gold, p))
	}
	m := measured(t, rows, Options{})
	thin := Thinned(m.Curve(), 200)
	area := 0.0
	for i := 1; i < len(thin); i++ {
		area += (thin[i].FalseAlarms - thin[i-1].FalseAlarms) * (thin[i].Recall + thin[i-1].Recall) / 2
	}
	if auc, _ := m.Value(AUC); len(thin) > 200 || math.Abs(auc-area) > .005 {
		t.Errorf("%d points enclose %.4f, AUC is %.4f", len(thin), area, auc)
	}
}

// Values of the interval from Newcombe 1998, table I, method 3.
func TestShareInterval(t *testing.T) {
	for _, c := range []struct {
		hits, rows int
		low, high  float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}, {29, 29, .8830, 1}, {0, 0, 0, 1}} {
		got := ShareInterval(c.hits, c.rows)
		if math.Abs(got.Low-c.low) > 5e-5 || math.Abs(got.High-c.high) > 5e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.hits, c.rows, got.Low, got.High, c.low, c.high)
		}
	}
}

func TestMostCertainErrors(t *testing.T) {
	rows := []Row{scored(1, .8), scored(0, .9), scored(0, .1), scored(1, .95), scored(1, .8), scored(1, .3)}
	rows[3].Answered = false
	for _, c := range []struct {
		options Options
		limit   int
		want    []int
	}{
		{Options{}, 10, []int{3, 2, 0, 4}},
		{Options{}, 2, []int{3, 2}},
		{Options{Unsure: UnsureSkip}, 10, []int{2, 0, 4}},
		{Options{Unsure: UnsureWrong}, 10, []int{2, 0, 4}},
		{Options{Threshold: .92}, 10, []int{3, 2, 1}},
		{Options{}, 0, []int{}},
	} {
		if diff := cmp.Diff(c.want, MostCertainErrors(rows, c.options, c.limit)); diff != "" {
			t.Errorf("%+v, %d (-want +got):\n%s", c.options, c.limit, diff)
		}
	}
}
