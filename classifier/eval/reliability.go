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
// The bins hold equally many rows (Nguyen and O'Connor 2015), or equal weight where rows weigh differently, because probabilities crowd at one end
// of the scale. Rows of equal confidence stay in one bin, the one in which the middle of the tie falls, so that the order of the rows does not
// matter.
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
	count, hits                   int64
	hitConfidence, missConfidence float64
	low, high                     float64
}

// weighted sums confidence, hits and rows where hits and misses do not count the same.
func (b *bin) weighted(hitWeight, missWeight float64) (confidence, hits, rows float64) {
	hits = hitWeight * float64(b.hits)
	return hitWeight*b.hitConfidence + missWeight*b.missConfidence, hits, hits + missWeight*float64(b.count-b.hits)
}

// hitAndMiss is what a hit and a miss of the reliability count. With more than two classes rows are never weighted.
func (t *tally) hitAndMiss() (hit, miss float64) {
	if len(t.weights) > 2 {
		return 1, 1
	}
	return t.weights[0], t.weights[1]
}

// bins sorts the rows into bins, each group of rows counted weight times and each class as the tally says.
func (r reliability) bins(weight []int32, t *tally) [reliabilityBins]bin {
	var (
		bins                  [reliabilityBins]bin
		index                 int
		before                float64
		tie, hits             int64
		hitWeight, missWeight = t.hitAndMiss()
		total                 = t.rows()
		upperLimit            = 2 * total    // of 2 × reliabilityBins × the rank of the tie's middle, for the bin at index
		slack                 = 1e-9 * total // a middle that lies on the limit but for rounding lies on it
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
		mass := hitWeight*float64(hits) + missWeight*float64(tie-hits)
		for reliabilityBins*(2*before+mass) >= upperLimit-slack && index < reliabilityBins-1 {
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
		b.hitConfidence += float64(hits) * r[i].confidence
		b.missConfidence += float64(tie-hits) * r[i].confidence
		before += mass
		tie, hits = 0, 0
	}
	return bins
}

// calibrationError is the expected calibration error: the mean distance, over all rows, between a bin's mean confidence and its share of hits
// (Naeini, Cooper and Hauskrecht 2015). NaN without rows.
func (r reliability) calibrationError(weight []int32, t *tally) float64 {
	sum, all := 0.0, 0.0
	hitWeight, missWeight := t.hitAndMiss()
	for _, b := range r.bins(weight, t) {
		confidence, hits, rows := b.weighted(hitWeight, missWeight)
		sum += math.Abs(confidence - hits)
		all += rows
	}
	return sum / all
}

// ReliabilityPoint is one bin of the reliability curve. Calibrated answers have Observed near Predicted.
type ReliabilityPoint struct {
	Rows      int     `json:"rows"`
	Low       float64 `json:"low"`       // the least confidence in the bin
	High      float64 `json:"high"`      // the greatest
	Predicted float64 `json:"predicted"` // mean confidence, under Options.Prior as weighted
	Observed  float64 `json:"observed"`  // share of hits
}

// Reliability is the curve that ECE sums up: at most 15 points of equally many rows, by rising confidence. With two classes confidence is the
// probability of the first class, with more that of the most probable one. Empty bins are left out.
func (m *Measurement) Reliability() []ReliabilityPoint {
	points := []ReliabilityPoint{}
	hitWeight, missWeight := m.tally.hitAndMiss()
	for _, b := range m.reliability.bins(m.once, m.tally) {
		if b.count == 0 {
			continue
		}
		confidence, hits, rows := b.weighted(hitWeight, missWeight)
		points = append(points, ReliabilityPoint{
			Rows: int(b.count), Low: b.low, High: b.high, Predicted: confidence / rows, Observed: hits / rows,
		})
	}
	return points
}
