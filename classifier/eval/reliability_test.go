package eval

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestReliabilityBinsHoldEquallyManyRows(t *testing.T) {
	rows := make([]Row, 30)
	for i := range rows {
		rows[i] = noRow(float64(i)/30, true)
		if i%2 == 0 {
			rows[i].Gold = 0
		}
	}
	m := mustMeasure(t, yesNo, rows, Options{})
	points := m.Reliability()
	if len(points) != 15 {
		t.Fatalf("%d bins, want 15", len(points))
	}
	want := 0.
	for i, point := range points {
		low, high := float64(2*i)/30, float64(2*i+1)/30
		bin := ReliabilityPoint{Rows: 2, Low: low, High: high, Predicted: (low + high) / 2, Observed: .5}
		if diff := cmp.Diff(bin, point, cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("bin %d (-want +got):\n%s", i, diff)
		}
		want += math.Abs(bin.Predicted-.5) / 15
	}
	wantValue(t, m, ECE, want)
}

func TestReliabilityKeepsTiesTogether(t *testing.T) {
	rows := []Row{yesRow(.3, true), noRow(.3, true), noRow(.3, true), noRow(.3, true)}
	m := mustMeasure(t, yesNo, rows, Options{})
	want := []ReliabilityPoint{{Rows: 4, Low: .3, High: .3, Predicted: .3, Observed: .25}}
	if diff := cmp.Diff(want, m.Reliability(), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("curve (-want +got):\n%s", diff)
	}
	wantValue(t, m, ECE, .05)
}

func TestReliabilityCoversEveryRowInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 3, 1)
		m := mustMeasure(t, stance, rows, Options{})
		counted, distance, before := 0, 0., -1.
		for _, point := range m.Reliability() {
			if point.Low <= before || point.High < point.Low || point.Predicted < point.Low-1e-9 || point.Predicted > point.High+1e-9 {
				t.Fatalf("bin out of order: %+v after %v", point, before)
			}
			counted += point.Rows
			distance += float64(point.Rows) * math.Abs(point.Predicted-point.Observed)
			before = point.High
		}
		if ece, _ := m.Value(ECE); counted != len(rows) || !near(ece, distance/float64(len(rows))) {
			t.Fatalf("bins hold %d of %d rows and err by %v, ECE %v", counted, len(rows), distance/float64(len(rows)), ece)
		}
	})
}

// Twenty equal rows after one other: the middle of the tie, the eleventh of thirty, falls into the sixth bin, apart from the first row.
func TestReliabilityPutsATieWhereItsMiddleFalls(t *testing.T) {
	rows := []Row{noRow(.1, true)}
	for range 20 {
		rows = append(rows, noRow(.2, true))
	}
	for i := range 9 {
		rows = append(rows, yesRow(.8+float64(i)/100, true))
	}
	var sizes []int
	for _, point := range mustMeasure(t, yesNo, rows, Options{}).Reliability() {
		sizes = append(sizes, point.Rows)
	}
	if diff := cmp.Diff([]int{1, 20, 1, 2, 2, 2, 2}, sizes); diff != "" {
		t.Errorf("bin sizes (-want +got):\n%s", diff)
	}
}
