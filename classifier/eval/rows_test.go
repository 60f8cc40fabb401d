package eval

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

var (
	yesNo  = []string{"yes", "no"}
	stance = []string{"favor", "against", "none"}
)

// twoClassRows are small enough to compute every figure by hand. The fourth row is an abstention.
func twoClassRows() []Row {
	return []Row{
		yesRow(.9, true), noRow(.8, true), yesRow(.6, true), yesRow(.4, false), noRow(.4, true), noRow(.1, true),
	}
}

func yesRow(p float64, answered bool) Row {
	return Row{Gold: 0, Probabilities: []float64{p, 1 - p}, Answered: answered}
}

func noRow(p float64, answered bool) Row {
	return Row{Gold: 1, Probabilities: []float64{p, 1 - p}, Answered: answered}
}

func threeClassRows() []Row {
	return []Row{
		{Gold: 0, Probabilities: []float64{.7, .2, .1}, Answered: true},
		{Gold: 1, Probabilities: []float64{.5, .3, .2}, Answered: true},
		{Gold: 2, Probabilities: []float64{.1, .1, .8}, Answered: true},
		{Gold: 2, Probabilities: []float64{.2, .6, .2}, Answered: true},
	}
}

// drawRows draws rows whose probabilities lie on a grid of hundredths, so that ties are common.
func drawRows(t *rapid.T, classes, least int) []Row {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Row {
		row := Row{Gold: rapid.IntRange(0, classes-1).Draw(t, "gold"), Answered: rapid.IntRange(0, 4).Draw(t, "answered") > 0}
		left := 100
		for range classes - 1 {
			share := rapid.IntRange(0, left).Draw(t, "share")
			row.Probabilities = append(row.Probabilities, float64(share)/100)
			left -= share
		}
		row.Probabilities = append(row.Probabilities, float64(left)/100)
		row.Group = rapid.SampledFrom([]string{"", "", "a", "b", "c"}).Draw(t, "group")
		return row
	}), least, 60).Draw(t, "rows")
}

// simulatedRows are rows of a calibrated two-class model: gold is drawn from the row's own probability.
func simulatedRows(seed uint64, n int) []Row {
	random := rand.New(rand.NewPCG(seed, 7))
	rows := make([]Row, n)
	for i := range rows {
		p := random.Float64()
		rows[i] = noRow(p, random.Float64() < .9)
		if random.Float64() < p {
			rows[i].Gold = 0
		}
	}
	return rows
}

func inGroupsOf(rows []Row, size int) []Row {
	for i := range rows {
		rows[i].Group = "group " + strconv.Itoa(i/size)
	}
	return rows
}

type failer interface {
	Helper()
	Fatalf(string, ...any)
}

func mustMeasure(t failer, classes []string, rows []Row, options Options) *Measurement {
	t.Helper()
	m, err := Measure(classes, rows, options)
	if err != nil {
		t.Fatalf("Measure: %v", err)
	}
	return m
}

func wantValue(t *testing.T, m *Measurement, figure Figure, want float64) {
	t.Helper()
	got, ok := m.Value(figure)
	if !ok || !near(got, want) {
		t.Errorf("%s = %v (defined %v), want %v", figure, got, ok, want)
	}
}

func near(a, b float64) bool {
	return math.Abs(a-b) < 1e-9 || math.IsNaN(a) && math.IsNaN(b)
}
