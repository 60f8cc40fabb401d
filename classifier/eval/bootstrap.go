package eval

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Bootstrap says how rows are resampled: whole groups, with replacement, as many groups as there are (Efron 1979; Davison and Hinkley 1997,
// section 3.8, for groups). The same seed gives the same intervals.
type Bootstrap struct {
	Resamples int // 0 is 1,000
	Seed      uint64
}

// DefaultResamples is how many resamples an interval rests on unless told.
const DefaultResamples = 1000

// bootstrapStream is the second half of the generator's seed; it only has to stay the same.
const bootstrapStream = 0x636f6d6d656e7473

// Interval is a 95 % interval.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// resamples is the number of resamples to draw.
func (b Bootstrap) resamples() int {
	if b.Resamples <= 0 {
		return DefaultResamples
	}
	return b.Resamples
}

// each calls visit with how often each group was drawn, once a resample. The slice is reused.
func (b Bootstrap) each(groups int, visit func(weight []int32)) {
	if groups == 0 {
		return
	}
	random := rand.New(rand.NewPCG(b.Seed, bootstrapStream))
	weight := make([]int32, groups)
	for range b.resamples() {
		clear(weight)
		for range groups {
			weight[random.Uint32N(uint32(groups))]++
		}
		visit(weight)
	}
}

// Intervals gives each defined figure's 95 % interval: the 2.5th and 97.5th percentile over the resamples. Resamples on which a figure is
// undefined are left out of its interval. Resampling adds noise to the bins of the calibration error, which can only raise it, so its resamples
// are shifted to have their median on the estimate, and cut at 0 and 1. One group alone says nothing about spread: there are no intervals then.
func (m *Measurement) Intervals(bootstrap Bootstrap) map[Figure]Interval {
	intervals := map[Figure]Interval{}
	if m.groups < 2 {
		return intervals
	}
	draws := make([][]float64, len(m.names))
	t := newTally(len(m.classes))
	values := make([]float64, 0, len(m.names))
	bootstrap.each(m.groups, func(weight []int32) {
		values = m.compute(weight, t, values)
		for i, value := range values {
			draws[i] = appendDefined(draws[i], value)
		}
	})
	for i, figure := range m.names {
		if math.IsNaN(m.values[i]) || len(draws[i]) == 0 {
			continue
		}
		slices.Sort(draws[i])
		interval := central(draws[i])
		if figure == ECE {
			interval = *shifted(draws[i], m.values[i], 0, 1)
		}
		intervals[figure] = interval
	}
	return intervals
}

func appendDefined(values []float64, value float64) []float64 {
	if math.IsNaN(value) {
		return values
	}
	return append(values, value)
}

// central is the middle 95 % of sorted values.
func central(sorted []float64) Interval {
	return Interval{Low: quantile(sorted, .025), High: quantile(sorted, .975)}
}

// quantile interpolates linearly between the values around it (Hyndman and Fan 1996, type 7).
func quantile(sorted []float64, share float64) float64 {
	place := share * float64(len(sorted)-1)
	below := int(place)
	if below+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (place-float64(below))*(sorted[below+1]-sorted[below])
}
