package main

import "testing"

// runner is something that is measured beside others. A round says how long one pass over the comments took, in seconds.
type runner func() (seconds float64, err error)

// interleave lets each runner run once a round, in their order: what else the machine does meets all of them alike. The seconds are [runner][round].
func interleave(rounds int, runners ...runner) ([][]float64, error) {
	seconds := make([][]float64, len(runners))
	for range rounds {
		for i, run := range runners {
			took, err := run()
			if err != nil {
				return nil, err
			}
			seconds[i] = append(seconds[i], took)
		}
	}
	return seconds, nil
}

// passes runs one pass after another as a benchmark does.
func passes(pass func()) runner {
	return func() (float64, error) {
		results, err := benchmark(1, func(b *testing.B) error {
			for b.Loop() {
				pass()
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
		return results[0].T.Seconds() / float64(results[0].N), nil
	}
}

// ratios divides round by round.
func ratios(above, below []float64) []float64 {
	divided := make([]float64, len(above))
	for i := range above {
		divided[i] = above[i] / below[i]
	}
	return divided
}

// rates is how many of n each round did in a second.
func rates(n int, seconds []float64) []float64 {
	rate := make([]float64, len(seconds))
	for i, took := range seconds {
		rate[i] = float64(n) / took
	}
	return rate
}

// commentSpeed writes comments a second, and what one comment takes.
func commentSpeed(n int, seconds []float64) string {
	return spread(rates(n, seconds), "comments/s") + ", " + rounded(quantile(seconds, .5)/float64(n)*1e6) + " µs a comment"
}
