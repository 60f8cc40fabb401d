package eval

import (
	"maps"
	"math"
	"slices"
)

// Gaps say how far apart a two-class question's slices lie: the largest rate minus the smallest, over the slices that have both classes. Null with
// fewer than two of them.
type Gaps struct {
	FalsePositiveRate *Gap `json:"false_positive_rate"`
	Recall            *Gap `json:"recall"`
}

// Gap is the distance between the slice with the smallest rate and that with the largest.
type Gap struct {
	Gap           float64   `json:"gap"`
	Smallest      float64   `json:"smallest"`
	SmallestSlice string    `json:"smallest_slice"` // of equal ones the first by name
	Largest       float64   `json:"largest"`
	LargestSlice  string    `json:"largest_slice"`
	Interval      *Interval `json:"interval"` // 95 %
}

// sliceCounts counts one slice's rows in a resample, by gold class, and how many of them are answered with the first class.
type sliceCounts struct{ rows, flagged [2]int64 }

func (c *sliceCounts) rate(class int) float64 {
	return float64(c.flagged[class]) / float64(c.rows[class])
}

// gapRow is one row of a slice that has both classes.
type gapRow struct {
	slice, group  int32
	gold, flagged int32
}

// NewGaps compares the slices that names, one a row, cut the rows into, leaving out those of fewer than least rows. Intervals are by resampling
// all rows. Noise in a resample can only widen a gap, so its resamples are shifted to have their median on the estimate, and cut at 0 and 1. Nil unless
// rows have two classes.
func NewGaps(rows []Row, names []string, least int, options Options, bootstrap Bootstrap) (*Gaps, error) {
	if len(names) != len(rows) {
		return nil, errNames
	}
	if len(rows) == 0 || len(rows[0].Probabilities) != 2 {
		return nil, nil
	}
	g := newGapped(rows, names, least, options.Threshold)
	if len(g.names) < 2 {
		return &Gaps{}, nil
	}
	g.count(slices.Repeat([]int32{1}, g.groups))
	gaps := &Gaps{FalsePositiveRate: g.gap(1), Recall: g.gap(0)}
	if g.groups < 2 {
		return gaps, nil
	}
	var draws [2][]float64
	bootstrap.each(g.groups, func(weight []int32) {
		g.count(weight)
		for class := range draws {
			draws[class] = appendDefined(draws[class], g.distance(class))
		}
	})
	gaps.Recall.Interval = shifted(draws[0], gaps.Recall.Gap, 0, 1)
	gaps.FalsePositiveRate.Interval = shifted(draws[1], gaps.FalsePositiveRate.Gap, 0, 1)
	return gaps, nil
}

// Gaps as figures of a Difference.
const (
	FalsePositiveGap Figure = "false_positive_gap"
	RecallGap        Figure = "recall_gap"
)

// CompareGaps is how far the gaps of two answers to the same rows lie apart, other minus base, by the paired bootstrap as Compare takes it; each is
// read by its own options. The interval is shifted as that of a gap is. Nothing where there are no gaps or fewer than two groups.
func CompareGaps(base, other []Row, names []string, least int, baseOptions, otherOptions Options, bootstrap Bootstrap) ([]Difference, error) {
	sameRows := slices.EqualFunc(base, other, func(a, b Row) bool { return a.Gold == b.Gold && a.Group == b.Group })
	if !sameRows || len(names) != len(base) {
		return nil, ErrDifferentRows
	}
	if len(base) == 0 || len(base[0].Probabilities) != 2 {
		return nil, nil
	}
	from, to := newGapped(base, names, least, baseOptions.Threshold), newGapped(other, names, least, otherOptions.Threshold)
	if len(from.names) < 2 || from.groups < 2 {
		return nil, nil
	}
	once := slices.Repeat([]int32{1}, from.groups)
	from.count(once)
	to.count(once)
	var differences []Difference
	for _, gap := range gapFigures {
		d := Difference{Figure: gap.figure, Base: from.distance(gap.class), Other: to.distance(gap.class)}
		d.Difference = d.Other - d.Base
		differences = append(differences, d)
	}
	draws := make([][]float64, len(gapFigures))
	bootstrap.each(from.groups, func(weight []int32) {
		from.count(weight)
		to.count(weight)
		for i, gap := range gapFigures {
			draws[i] = appendDefined(draws[i], to.distance(gap.class)-from.distance(gap.class))
		}
	})
	for i := range differences {
		if interval := shifted(draws[i], differences[i].Difference, -1, 1); interval != nil {
			differences[i].Low, differences[i].High = interval.Low, interval.High
		}
	}
	return differences, nil
}

var gapFigures = []struct {
	figure Figure
	class  int
}{{FalsePositiveGap, 1}, {RecallGap, 0}}

// gapped are the rows of the slices that have both classes, and their counts in the latest resample.
type gapped struct {
	rows   []gapRow
	names  []string // of the slices, in order
	groups int      // of all rows
	counts []sliceCounts
}

func newGapped(rows []Row, names []string, least int, threshold float64) *gapped {
	g := &gapped{}
	g.rows, g.names, g.groups = gapRows(rows, names, least, threshold)
	g.counts = make([]sliceCounts, len(g.names))
	return g
}

// gapRows are the rows of the slices that have at least least rows and both classes, the slices' names in order, and how many groups all rows have.
func gapRows(rows []Row, names []string, least int, threshold float64) (compared []gapRow, sliceNames []string, groups int) {
	counts := map[string]*[2]int{}
	for i := range rows {
		if counts[names[i]] == nil {
			counts[names[i]] = &[2]int{}
		}
		counts[names[i]][rows[i].Gold]++
	}
	maps.DeleteFunc(counts, func(_ string, n *[2]int) bool { return n[0] == 0 || n[1] == 0 || n[0]+n[1] < least })
	sliceNames = slices.Sorted(maps.Keys(counts))
	number := map[string]int32{}
	for i, name := range sliceNames {
		number[name] = int32(i)
	}
	groupOf, groups := groupRows(rows)
	for i := range rows {
		slice, found := number[names[i]]
		if !found {
			continue
		}
		flagged := int32(1 - rows[i].best(threshold))
		compared = append(compared, gapRow{slice: slice, group: groupOf[i], gold: int32(rows[i].Gold), flagged: flagged})
	}
	return compared, sliceNames, groups
}

func (g *gapped) count(weight []int32) {
	clear(g.counts)
	for _, row := range g.rows {
		count := int64(weight[row.group])
		g.counts[row.slice].rows[row.gold] += count
		g.counts[row.slice].flagged[row.gold] += count * int64(row.flagged)
	}
}

// extremes are the slices with the smallest and the largest rate of the class; those without a row of it in the resample are passed over.
func (g *gapped) extremes(class int) (smallest, largest int) {
	for i := range g.counts {
		rate := g.counts[i].rate(class)
		if rate < g.counts[smallest].rate(class) || math.IsNaN(g.counts[smallest].rate(class)) {
			smallest = i
		}
		if rate > g.counts[largest].rate(class) || math.IsNaN(g.counts[largest].rate(class)) {
			largest = i
		}
	}
	return smallest, largest
}

func (g *gapped) distance(class int) float64 {
	smallest, largest := g.extremes(class)
	return g.counts[largest].rate(class) - g.counts[smallest].rate(class)
}

func (g *gapped) gap(class int) *Gap {
	smallest, largest := g.extremes(class)
	return &Gap{
		Gap:      g.distance(class),
		Smallest: g.counts[smallest].rate(class), SmallestSlice: g.names[smallest],
		Largest: g.counts[largest].rate(class), LargestSlice: g.names[largest],
	}
}

// shifted is the interval of draws that are moved to have their median on the estimate, cut at least and most; nil without draws.
func shifted(draws []float64, estimate, least, most float64) *Interval {
	if len(draws) == 0 {
		return nil
	}
	slices.Sort(draws)
	interval := central(draws)
	shift := estimate - quantile(draws, .5)
	return &Interval{Low: min(most, max(least, interval.Low+shift)), High: min(most, max(least, interval.High+shift))}
}
