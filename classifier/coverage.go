package classifier

import (
	"math"
	"slices"
)

// leastCoverageShare: 1 of 100 comments of the kind that was learned from is unsure because too few of its words are known.
const leastCoverageShare = 0.01

// What the least coverage may come to. Of stance only words that were seen under the claim are known, so that it is covered less.
var (
	lowestCoverage  = map[Axis]float64{Stance: 0.1, Hostile: 0.2, Spam: 0.2}
	highestCoverage = map[Axis]float64{Stance: 0.3, Hostile: 0.6, Spam: 0.6}
)

// FitCoverage sets MinCoverage to what 99 of 100 held-out examples reach, rounded down to two decimals: a text less covered than they are is outside what was
// measured. It takes the coverage of each example, of one at least.
func (a *AxisParameters) FitCoverage(axis Axis, coverage []float64) {
	sorted := slices.Sorted(slices.Values(coverage))
	at := sorted[int(leastCoverageShare*float64(len(sorted)))]
	a.MinCoverage = min(highestCoverage[axis], max(lowestCoverage[axis], math.Floor(at*100+1e-9)/100))
}
