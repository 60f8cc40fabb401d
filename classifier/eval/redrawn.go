package eval

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Redrawn is the calibration error that a perfectly calibrated model of these very rows would show: with few rows it is not 0, because labels fall
// as they fall. A calibration error below Quantile95 is no evidence of being off.
type Redrawn struct {
	Mean       float64 `json:"mean"`
	Quantile95 float64 `json:"quantile_95"`
}

const (
	redraws         = 1000
	redrawsManyRows = 200
	manyRows        = 100_000
	redrawSeed      = 1
	redrawStream    = 0x72656472617773
)

// RedrawnECE redraws every row's label from its own probabilities, 1,000 times (200 with over 100,000 rows), and takes the calibration error each
// time (the consistency resampling of Bröcker and Smith 2007). Rows keep their bins and what they weigh. Nil without rows. It is the same on every
// run.
func (m *Measurement) RedrawnECE() *Redrawn {
	if m.N == 0 {
		return nil
	}
	hitWeight, missWeight := m.tally.hitAndMiss()
	weights, mass := make([]float64, m.N), 0.0
	for i, row := range m.reliability {
		weights[i] = missWeight
		if row.hit {
			weights[i] = hitWeight
		}
		mass += weights[i]
	}
	bins := m.reliability.bins(m.once, m.tally)
	times := redraws
	if m.N > manyRows {
		times = redrawsManyRows
	}
	random := rand.New(rand.NewPCG(redrawSeed, redrawStream))
	drawn := make([]float64, times)
	for draw := range drawn {
		sum, first := 0.0, 0
		for _, b := range bins {
			hits := 0.0
			for i := first; i < first+int(b.count); i++ {
				if random.Float64() < m.reliability[i].confidence {
					hits += weights[i]
				}
			}
			confidence, _, _ := b.weighted(hitWeight, missWeight)
			sum += math.Abs(confidence - hits)
			first += int(b.count)
		}
		drawn[draw] = sum / mass
	}
	slices.Sort(drawn)
	sum := 0.0
	for _, ece := range drawn {
		sum += ece
	}
	return &Redrawn{Mean: sum / float64(times), Quantile95: quantile(drawn, .95)}
}

// cell shows what calibrated probabilities would show, in a table.
func (r *Redrawn) cell() string {
	if r == nil {
		return absent
	}
	return fmt.Sprintf("%s (95 %% below %s)", decimal(r.Mean), decimal(r.Quantile95))
}
