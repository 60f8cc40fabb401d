package bayes

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestLidstoneIsTheFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := drawCounts(t)
		alpha := rapid.SampledFrom([]float64{.01, .1, .3, .5, 1, 2}).Draw(t, "alpha")
		learned, err := LearnLidstone(counts, alpha)
		if err != nil {
			t.Fatal(err)
		}
		for class, row := range learned.LogProbabilities() {
			total := 0.0
			for j, log := range row {
				want := math.Log((counts.Examples[class][j] + alpha) / (sum(counts.Examples[class]) + alpha*float64(len(row))))
				if math.Abs(log-want) > 1e-6 {
					t.Fatalf("class %d feature %d: library %v, (n+α)/(N+αV) gives %v", class, j, log, want)
				}
				total += math.Exp(log)
			}
			if math.Abs(total-1) > 1e-9 {
				t.Fatalf("class %d: probabilities sum to %v", class, total)
			}
		}
	})
}

func TestLidstoneRefuses(t *testing.T) {
	two := Counts{Features: []string{"w:a"}, Examples: [][]float64{{1}, {2}}}
	for name, try := range map[string]struct {
		counts Counts
		alpha  float64
	}{
		"one class":              {Counts{Features: []string{"w:a"}, Examples: [][]float64{{1}}}, 1},
		"no smoothing":           {two, 0},
		"smoothing that is NaN":  {two, math.NaN()},
		"smoothing beyond count": {two, 2 * MaxTotal},
		"a class without counts": {Counts{Features: []string{"w:a"}, Examples: [][]float64{{1}, {0}}}, 1},
		"a short row":            {Counts{Features: []string{"w:a", "w:b"}, Examples: [][]float64{{1, 1}, {1}}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := LearnLidstone(try.counts, try.alpha); err == nil {
				t.Fatal("no error")
			}
		})
	}
}
