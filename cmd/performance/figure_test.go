package main

import "testing"

func TestRounded(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 1: "1", 12: "12", 98423.7: "98,400", 999.9: "1,000", 1234567: "1,230,000", 0.012345: "0.0123", 3.14159: "3.14", -41.26: "-41.3",
	} {
		if got := rounded(x); got != want {
			t.Errorf("%v is written %q, want %q", x, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	if got := spread([]float64{7}, "ms"); got != "7 ms" {
		t.Errorf("one value: %q", got)
	}
	if got := spread([]float64{9, 1, 5}, "ms"); got != "5 ms (1 to 9)" {
		t.Errorf("three values: %q", got)
	}
}

func TestQuantileIsNearestRank(t *testing.T) {
	var values []float64
	for i := 500; i > 0; i-- {
		values = append(values, float64(i))
	}
	for p, want := range map[float64]float64{0: 1, .5: 250, .99: 495, 1: 500} {
		if got := quantile(values, p); got != want {
			t.Errorf("quantile %v is %v, want %v", p, got, want)
		}
	}
	if values[0] != 500 {
		t.Error("the values were sorted in place")
	}
}
