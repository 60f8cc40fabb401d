package main

import (
	"runtime"
	"testing"
)

// benchmark runs a benchmark several rounds. What it returns as an error ends the rounds.
func benchmark(rounds int, run func(b *testing.B) error) ([]testing.BenchmarkResult, error) {
	var results []testing.BenchmarkResult
	for range rounds {
		var failed error
		result := testing.Benchmark(func(b *testing.B) {
			if failed = run(b); failed != nil {
				b.FailNow()
			}
		})
		if failed != nil {
			return nil, failed
		}
		results = append(results, result)
	}
	return results, nil
}

// onOneCore runs do while only one core runs Go code, garbage collection included.
func onOneCore(do func() error) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	return do()
}

// perSecond is how many operations each round did in a second.
func perSecond(results []testing.BenchmarkResult) []float64 {
	var values []float64
	for _, r := range results {
		values = append(values, float64(r.N)/r.T.Seconds())
	}
	return values
}
