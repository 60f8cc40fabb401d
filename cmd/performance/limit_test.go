package main

import "testing"

func TestLimits(t *testing.T) {
	for got, want := range map[string]string{
		atLeast(5, 5, ""):         "at least 5: met",
		atLeast(4.999, 5, ""):     "at least 5: missed",
		atLeast(.34, 1.0/3, ""):   "at least 0.333: met",
		atMost(199.9, 200, "MB"):  "at most 200 MB: met",
		atMost(200.1, 200, "MB"):  "at most 200 MB: missed",
		atMost(6000, 6000, "KB"):  "at most 6,000 KB: met",
		atMost(0.001, 0, "a run"): "at most 0 a run: missed",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
