package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A row that a resample draws three times must count as three rows.
func TestWeightsCountAsRepeatedRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		classes := rapid.SampledFrom([][]string{yesNo, stance}).Draw(t, "classes")
		options := Options{Unsure: rapid.SampledFrom([]UnsurePolicy{UnsureBest, UnsureSkip, UnsureWrong}).Draw(t, "unsure")}
		rows := drawRows(t, len(classes), 1)
		m := mustMeasure(t, classes, rows, options)
		groupOf, groups := groupRows(rows)
		weight := rapid.SliceOfN(rapid.Int32Range(0, 3), groups, groups).Draw(t, "weight")
		var repeated []Row
		for i, row := range rows {
			for range weight[groupOf[i]] {
				repeated = append(repeated, row)
			}
		}
		want := mustMeasure(t, classes, repeated, options).values
		for i, got := range m.compute(weight, newTally(len(classes)), nil) {
			if !near(got, want[i]) {
				t.Fatalf("%s = %v, of repeated rows %v", m.names[i], got, want[i])
			}
		}
	})
}

func TestIntervalsContainTheEstimate(t *testing.T) {
	for seed := range uint64(60) {
		m := mustMeasure(t, yesNo, simulatedRows(seed, 150), Options{Unsure: UnsureWrong})
		intervals := m.Intervals(Bootstrap{Resamples: 300, Seed: seed})
		for _, figure := range m.Figures() {
			interval, ok := intervals[figure]
			value, _ := m.Value(figure)
			if !ok || value < interval.Low || value > interval.High || interval.Low == interval.High {
				t.Errorf("seed %d: %s = %v, interval %v (there %v)", seed, figure, value, interval, ok)
			}
		}
	}
}

// Of a population with a known figure, about 95 of 100 intervals must hold it.
func TestIntervalsCoverTheTruth(t *testing.T) {
	// p uniform on 0 to 1, gold drawn from p: accuracy ∫ max(p, 1−p) = 3/4, Brier ∫ p(1−p) = 1/6,
	// log loss −∫ p ln p + (1−p) ln(1−p) = 1/2, AUC = 5/6, unsure 1/10.
	truth := map[Figure]float64{Accuracy: 3. / 4, Brier: 1. / 6, LogLoss: 1. / 2, AUC: 5. / 6, Unsure: .1}
	const trials = 200
	held := map[Figure]int{}
	for seed := range uint64(trials) {
		intervals := mustMeasure(t, yesNo, simulatedRows(seed+1000, 200), Options{}).Intervals(Bootstrap{Resamples: 200, Seed: seed})
		for figure, value := range truth {
			if interval := intervals[figure]; interval.Low <= value && value <= interval.High {
				held[figure]++
			}
		}
	}
	for figure := range truth {
		if share := float64(held[figure]) / trials; share < .89 || share > .99 {
			t.Errorf("%s: %v of the intervals hold the truth, want about .95", figure, share)
		}
	}
}

func TestIntervalsAreRepeatable(t *testing.T) {
	m := mustMeasure(t, yesNo, simulatedRows(1, 100), Options{})
	first, again := m.Intervals(Bootstrap{Seed: 5}), m.Intervals(Bootstrap{Seed: 5, Resamples: DefaultResamples})
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("same seed, other intervals:\n%s", diff)
	}
	if cmp.Equal(first, m.Intervals(Bootstrap{Seed: 6})) {
		t.Error("another seed gives the very same intervals")
	}
}

// Copies in one group bring no certainty; copies that pose as independent rows would.
func TestIntervalsResampleWholeGroups(t *testing.T) {
	single := simulatedRows(3, 80)
	var copies []Row
	for _, row := range single {
		copies = append(copies, row, row, row, row)
	}
	width := func(rows []Row) float64 {
		interval := mustMeasure(t, yesNo, rows, Options{}).Intervals(Bootstrap{Seed: 2})[Accuracy]
		return interval.High - interval.Low
	}
	alone, posing := width(single), width(copies)
	grouped := width(inGroupsOf(copies, 4))
	if !near(grouped, alone) {
		t.Errorf("width %v with copies in groups, %v without copies", grouped, alone)
	}
	if posing > .7*alone {
		t.Errorf("width %v with independent copies, want about half of %v", posing, alone)
	}
}

func TestOneGroupHasNoIntervals(t *testing.T) {
	for name, rows := range map[string][]Row{"no rows": nil, "one group": inGroupsOf(simulatedRows(1, 20), 20)} {
		if intervals := mustMeasure(t, yesNo, rows, Options{}).Intervals(Bootstrap{}); len(intervals) != 0 {
			t.Errorf("%s: intervals %v, want none", name, intervals)
		}
	}
}

func TestQuantile(t *testing.T) {
	values := []float64{10, 20, 30, 40, 50}
	for share, want := range map[float64]float64{0: 10, .1: 14, .25: 20, .5: 30, .975: 49, 1: 50} {
		if got := quantile(values, share); !near(got, want) {
			t.Errorf("quantile %v = %v, want %v", share, got, want)
		}
	}
	if got := quantile([]float64{7}, .025); got != 7 {
		t.Errorf("quantile of one value = %v, want 7", got)
	}
}

func BenchmarkIntervals(b *testing.B) {
	rows := simulatedRows(1, 10_000)
	for name, rows := range map[string][]Row{"rows": rows, "groups": inGroupsOf(append([]Row(nil), rows...), 10)} {
		m := mustMeasure(b, yesNo, rows, Options{})
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				m.Intervals(Bootstrap{})
			}
		})
	}
}

func BenchmarkCompare(b *testing.B) {
	rows := simulatedRows(1, 10_000)
	base := mustMeasure(b, yesNo, rows, Options{})
	other := mustMeasure(b, yesNo, flattened(rows, .8), Options{})
	for b.Loop() {
		if _, err := Compare(base, other, Bootstrap{}, LogLoss); err != nil {
			b.Fatal(err)
		}
	}
}
