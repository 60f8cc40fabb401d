package eval

import (
	"cmp"
	"math"
	"slices"
)

// reliabilityBins is how many bins the calibration error and the reliability curve use.
const reliabilityBins = 15

// reliability holds the rows from the least to the most confident. With two classes confidence is the probability of the positive class and a
// hit is a positive row; with more it is the probability of the most probable class and a hit is a right answer (Guo et al. 2017).
//
// The bins hold equally many rows (Nguyen and O'Connor 2015), because probabilities crowd at one end of the scale. Rows of equal confidence stay
// in one bin, the one in which the middle of the tie falls, so that the order of the rows does not matter.
type reliability []binned

type binned struct {
	confidence float64
	group      int32
	hit        bool
	last       bool // the last row of its tie
}

func newReliability(rows []Row, groups []int32) reliability {
	curve := make(reliability, len(rows))
	for i := range rows {
		class := 0
		if len(rows[i].Probabilities) > 2 {
			class = slices.Index(rows[i].Probabilities, slices.Max(rows[i].Probabilities))
		}
		curve[i] = binned{confidence: rows[i].Probabilities[class], group: groups[i], hit: rows[i].Gold == class}
	}
	slices.SortStableFunc(curve, func(a, b binned) int { return cmp.Compare(a.confidence, b.confidence) })
	for i := range curve {
		curve[i].last = i+1 == len(curve) || curve[i+1].confidence != curve[i].confidence
	}
	return curve
}

// bin sums what fell into one bin.
type bin struct {
	count, hits int64
	confidence  float64
	low, high   float64
}

// bins sorts the rows into bins, each group of rows counted weight times; total is the sum of the rows' weights.
func (r reliability) bins(weight []int32, total int64) [reliabilityBins]bin {
	var (
		bins       [reliabilityBins]bin
		index      int
		before     int64
		tie, hits  int64
		upperLimit = 2 * total // of 2 × reliabilityBins × the rank of the tie's middle, for the bin at index
	)
	for i := range r {
		count := int64(weight[r[i].group])
		tie += count
		if r[i].hit {
			hits += count
		}
		if !r[i].last || tie == 0 {
			continue
		}
		for reliabilityBins*(2*before+tie) >= upperLimit && index < reliabilityBins-1 {
			index++
			upperLimit += 2 * total
		}
		b := &bins[index]
		if b.count == 0 {
			b.low = r[i].confidence
		}
		b.high = r[i].confidence
		b.count += tie
		b.hits += hits
		b.confidence += float64(tie) * r[i].confidence
		before += tie
		tie, hits = 0, 0
	}
	return bins
}

// calibrationError is the expected calibration error: the mean distance, over all rows, between a bin's mean confidence and its share of hits
// (Naeini, Cooper and Hauskrecht 2015). NaN without rows.
func (r reliability) calibrationError(weight []int32, total int64) float64 {
	sum := 0.0
	for _, b := range r.bins(weight, total) {
		sum += math.Abs(b.confidence - float64(b.hits))
	}
	return sum / float64(total)
}

// ReliabilityPoint is one bin of the reliability curve. Calibrated answers have Observed near Predicted.
type ReliabilityPoint struct {
	Rows      int     `json:"rows"`
	Low       float64 `json:"low"`       // the least confidence in the bin
	High      float64 `json:"high"`      // the greatest
	Predicted float64 `json:"predicted"` // mean confidence
	Observed  float64 `json:"observed"`  // share of hits
}

// Reliability is the curve that ECE sums up: at most 15 points of equally many rows, by rising confidence. With two classes confidence is the
// probability of the first class, with more that of the most probable one. Empty bins are left out.
func (m *Measurement) Reliability() []ReliabilityPoint {
	points := []ReliabilityPoint{}
	for _, b := range m.reliability.bins(m.once, int64(m.N)) {
		if b.count == 0 {
			continue
		}
		points = append(points, ReliabilityPoint{
			Rows:      int(b.count),
			Low:       b.low,
			High:      b.high,
			Predicted: b.confidence / float64(b.count),
			Observed:  float64(b.hits) / float64(b.count),
		})
	}
	return points
}
