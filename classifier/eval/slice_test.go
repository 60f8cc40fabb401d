package eval

import (
	"bytes"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func mustSlice(t failer, rows []Row, names []string, least int, options Options) []Slice {
	t.Helper()
	slices, err := Sliced(yesNo, rows, names, least, options, Bootstrap{Resamples: 50})
	if err != nil {
		t.Fatalf("Sliced: %v", err)
	}
	return slices
}

func TestSlicesByHand(t *testing.T) {
	slices := mustSlice(t, twoClassRows(), []string{"b", "b", "a", "b", "a", "c"}, 2, Options{})
	want := []Slice{
		{Slice: "a", N: 2, Yes: number(.5), MeanProbability: number(.5), FalsePositiveRate: number(0), Recall: number(1), Accuracy: number(1),
			MacroF1: number(1), AUC: number(1), ECE: number(.4)},
		{Slice: "b", N: 3, Yes: number(2. / 3), MeanProbability: number(.7), FalsePositiveRate: number(1), Recall: number(.5), Accuracy: number(1. / 3),
			MacroF1: number(.25), AUC: number(.5), ECE: number((.1 + .8 + .6) / 3)},
	}
	options := cmp.Options{cmpopts.EquateApprox(0, 1e-9), cmpopts.IgnoreFields(Slice{}, "Interval", "ECERedrawn")}
	if diff := cmp.Diff(want, slices, options); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, s := range slices {
		if s.ECERedrawn == nil || s.Interval.Accuracy == nil || s.Interval.Recall == nil {
			t.Errorf("%s: %+v", s.Slice, s)
		}
	}
}

// In a slice a row weighs what it weighs among all: a slice without yes stays without.
func TestSlicesWeighAsTheWhole(t *testing.T) {
	slices := mustSlice(t, priorRows(), []string{"a", "b", "a", "a", "c", "c"}, 1, Options{Prior: .1})
	for i, want := range []struct{ yes, mean, accuracy float64 }{
		{.3 / 3, (.3*.9 + 1.35*.6 + 1.35*.3) / 3, (.3 + 1.35) / 3}, {1, .2, 0}, {0, .1, 1},
	} {
		if s := slices[i]; !near(*s.Yes, want.yes) || !near(*s.MeanProbability, want.mean) || !near(*s.Accuracy, want.accuracy) {
			t.Errorf("%s: yes %v, mean %v, accuracy %v", s.Slice, *s.Yes, *s.MeanProbability, *s.Accuracy)
		}
	}
}

// A slice is what measuring its rows alone comes to, and slices hold every row.
func TestSlicesAreMeasurements(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 2, 1)
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"", "a", "b"}), len(rows), len(rows)).Draw(t, "names")
		options := Options{Threshold: rapid.SampledFrom([]float64{0, .3}).Draw(t, "threshold")}
		n := 0
		for _, s := range mustSlice(t, rows, names, 1, options) {
			n += s.N
			var alone []Row
			for i, row := range rows {
				if names[i] == s.Slice {
					alone = append(alone, row)
				}
			}
			m := mustMeasure(t, yesNo, alone, options)
			for figure, got := range map[Figure]*float64{AUC: s.AUC, ECE: s.ECE, Recall: s.Recall, FalsePositiveRate: s.FalsePositiveRate, Accuracy: s.Accuracy} {
				want, ok := m.Value(figure)
				if ok != (got != nil) || (ok && !near(*got, want)) {
					t.Fatalf("%s: %s is %v, alone %v", s.Slice, figure, got, want)
				}
			}
		}
		if n != len(rows) {
			t.Fatalf("%d of %d rows", n, len(rows))
		}
	})
}

// Recall of slice a rises by 1/2 a row, of b by 1: the mean over both is reached at .9, .6 and .4.
func TestRecallThreshold(t *testing.T) {
	rows := []Row{yesRow(.9, true), yesRow(.4, true), yesRow(.6, true), noRow(.95, true), yesRow(.99, true)}
	names := []string{"a", "a", "b", "b", "small"}
	for recall, want := range map[float64]float64{.1: .9, .25: .9, .26: .6, .75: .6, .8: .4, 1: .4} {
		if got, err := RecallThreshold(rows, names, 2, recall); err != nil || got != want {
			t.Errorf("mean recall %v: threshold %v, %v", recall, got, err)
		}
	}
	for recall, want := range map[float64]float64{.25: .99, .5: .9, .51: .6, 1: .4} {
		if got, err := RecallThreshold(rows, nil, 100, recall); err != nil || got != want {
			t.Errorf("recall %v: threshold %v, %v", recall, got, err)
		}
	}
	if _, err := RecallThreshold([]Row{yesRow(0, true), noRow(1, true)}, nil, 0, .5); !errors.Is(err, ErrNoRecall) {
		t.Errorf("a recall that no threshold has: %v", err)
	}
	if _, err := RecallThreshold(nil, nil, 0, .5); !errors.Is(err, ErrNoRecall) {
		t.Errorf("no rows: %v", err)
	}
}

// At the threshold found the recall is at least the one asked for; at any higher probability of a row it is less.
func TestRecallThresholdIsTheHighest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := append(drawRows(t, 2, 1), yesRow(.5, true))
		recall := float64(rapid.IntRange(1, 100).Draw(t, "recall")) / 100
		threshold, err := RecallThreshold(rows, nil, 0, recall)
		if errors.Is(err, ErrNoRecall) {
			return
		}
		at := func(threshold float64) float64 {
			value, _ := mustMeasure(t, yesNo, rows, Options{Threshold: threshold}).Value(Recall)
			return value
		}
		if at(threshold) < recall-1e-9 {
			t.Fatalf("recall %v at %v, asked for %v", at(threshold), threshold, recall)
		}
		for _, row := range rows {
			if p := row.Probabilities[0]; p > threshold && at(p) >= recall {
				t.Fatalf("recall %v at %v already, not only at %v", at(p), p, threshold)
			}
		}
	})
}

func TestGapsByHand(t *testing.T) {
	rows := []Row{
		yesRow(.9, true), yesRow(.2, true), noRow(.6, true), noRow(.1, true), // a: recall 1/2, false positives 1/2
		yesRow(.9, true), noRow(.1, true), noRow(.2, true), // b: 1 and 0
		noRow(.99, true), // c has one class
	}
	names := []string{"a", "a", "a", "a", "b", "b", "b", "c"}
	gaps, err := NewGaps(rows, names, 1, Options{}, Bootstrap{Resamples: 200})
	if err != nil {
		t.Fatal(err)
	}
	want := &Gaps{
		FalsePositiveRate: &Gap{Gap: .5, Smallest: 0, SmallestSlice: "b", Largest: .5, LargestSlice: "a"},
		Recall:            &Gap{Gap: .5, Smallest: .5, SmallestSlice: "a", Largest: 1, LargestSlice: "b"},
	}
	if diff := cmp.Diff(want, gaps, cmpopts.IgnoreFields(Gap{}, "Interval")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if i := gaps.Recall.Interval; i == nil || i.Low > .5 || i.High < .5 {
		t.Errorf("interval %v", i)
	}
	if gaps, err := NewGaps(rows, names, 4, Options{}, Bootstrap{}); err != nil || gaps.Recall != nil {
		t.Errorf("one slice alone: %+v, %v", gaps, err)
	}
	if gaps, err := NewGaps(threeClassRows(), []string{"a", "b", "a", "b"}, 1, Options{}, Bootstrap{}); err != nil || gaps != nil {
		t.Errorf("three classes: %+v, %v", gaps, err)
	}
}

// Gaps are the largest minus the smallest of the slices that have both classes.
func TestGapsAreThoseOfTheSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 2, 1)
		names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), len(rows), len(rows)).Draw(t, "names")
		gaps, err := NewGaps(rows, names, 2, Options{}, Bootstrap{Resamples: 20})
		if err != nil {
			t.Fatalf("%v", err)
		}
		low, high, compared := 2., -1., 0
		for _, s := range mustSlice(t, rows, names, 2, Options{}) {
			if s.Recall != nil && s.FalsePositiveRate != nil {
				compared++
				low, high = min(low, *s.FalsePositiveRate), max(high, *s.FalsePositiveRate)
			}
		}
		if (gaps.FalsePositiveRate != nil) != (compared > 1) {
			t.Fatalf("%d slices have both classes, gap %+v", compared, gaps.FalsePositiveRate)
		}
		if compared > 1 && !near(gaps.FalsePositiveRate.Gap, high-low) {
			t.Fatalf("gap %v, slices from %v to %v", gaps.FalsePositiveRate.Gap, low, high)
		}
	})
}

func TestCompareGaps(t *testing.T) {
	base := inGroupsOf(simulatedRows(1, 600), 1)
	names := make([]string, len(base))
	other := make([]Row, len(base))
	for i, row := range base {
		names[i] = string(rune('a' + i%3))
		other[i] = row
		if names[i] == "b" { // one slice is flagged far more often
			p := (1 + row.Probabilities[0]) / 2
			other[i].Probabilities = []float64{p, 1 - p}
		}
	}
	compare := func(a, b []Row) []Difference {
		differences, err := CompareGaps(a, b, names, 1, Options{}, Options{}, Bootstrap{Resamples: 200})
		if err != nil || len(differences) != 2 || differences[0].Figure != FalsePositiveGap || differences[1].Figure != RecallGap {
			t.Fatalf("%v, %v", differences, err)
		}
		return differences
	}
	for _, d := range compare(base, base) {
		if d.Difference != 0 || d.Low != 0 || d.High != 0 {
			t.Errorf("the same answers: %+v", d)
		}
	}
	forth, back := compare(base, other)[0], compare(other, base)[0]
	if !forth.Worse() || forth.Difference < .3 || !back.Better() || !near(forth.Difference, -back.Difference) {
		t.Errorf("forth %+v, back %+v", forth, back)
	}
	if _, err := CompareGaps(base, other[1:], names, 1, Options{}, Options{}, Bootstrap{}); !errors.Is(err, ErrDifferentRows) {
		t.Errorf("other rows: %v", err)
	}
}

func TestSlicesNeedAName(t *testing.T) {
	rows := twoClassRows()
	if _, err := Sliced(yesNo, rows, []string{"a"}, 1, Options{}, Bootstrap{}); err == nil {
		t.Error("Sliced took one name for six rows")
	}
	if _, err := NewGaps(rows, []string{"a"}, 1, Options{}, Bootstrap{}); err == nil {
		t.Error("NewGaps took one name for six rows")
	}
	if _, err := RecallThreshold(rows, []string{"a"}, 1, .5); err == nil {
		t.Error("RecallThreshold took one name for six rows")
	}
}

func TestWriteSlices(t *testing.T) {
	names := []string{"left", "left", "", "left", "", ""}
	rows := twoClassRows()
	slices := mustSlice(t, rows, names, 1, Options{})
	gaps, err := NewGaps(rows, names, 1, Options{}, Bootstrap{Resamples: 50})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	stances, err := Sliced(stance, threeClassRows(), []string{"a", "a", "b", "b"}, 1, Options{}, Bootstrap{Resamples: 50})
	if err != nil {
		t.Fatal(err)
	}
	points := []ClaimPoint{{Labels: 0, Examples: 2581, MacroF1: number(.3), Interval: &Interval{.25, .35}}, {Labels: 2, Examples: 40, Accuracy: number(.5)}}
	for _, err := range []error{
		WriteSlices(&out, "hostile", slices, gaps), WriteSlices(&out, "stance", stances, nil),
		WriteThresholds(&out, "hostile", mustMeasure(t, yesNo, rows, Options{}).Thresholds([]float64{.05, .5, .95})), WriteClaimPoints(&out, points),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantGolden(t, "slices.txt", out.Bytes())
	for _, err := range []error{WriteSlices(closedWriter{}, "", slices, gaps), WriteThresholds(closedWriter{}, "", nil), WriteClaimPoints(closedWriter{}, nil)} {
		if !errors.Is(err, errClosed) {
			t.Errorf("a closed writer: %v", err)
		}
	}
}
