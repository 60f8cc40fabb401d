package main

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestInterleaveTakesTurns(t *testing.T) {
	var order string
	turn := func(name string) runner {
		return func() (float64, error) {
			order += name
			return float64(len(order)), nil
		}
	}
	seconds, err := interleave(3, turn("a"), turn("b"))
	if err != nil {
		t.Fatal(err)
	}
	if order != "ababab" {
		t.Errorf("order %s", order)
	}
	if diff := cmp.Diff([][]float64{{1, 3, 5}, {2, 4, 6}}, seconds); diff != "" {
		t.Error(diff)
	}
	broken := errors.New("broken")
	if _, err := interleave(3, turn("a"), func() (float64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

// TestRatiosGoRoundByRound holds that a round in which the machine was slow for both says as much as any other.
func TestRatiosGoRoundByRound(t *testing.T) {
	got := ratios([]float64{10, 40, 11}, []float64{2, 8, 2})
	if diff := cmp.Diff([]float64{5, 5, 5.5}, got); diff != "" {
		t.Error(diff)
	}
	if median := quantile(got, .5); median != 5 {
		t.Errorf("median %v", median)
	}
}

func TestCommentSpeed(t *testing.T) {
	if got := commentSpeed(1000, []float64{.02, .01, .04}); got != "50,000 comments/s (25,000 to 100,000), 20 µs a comment" {
		t.Error(got)
	}
}

func TestPassesCountWhatOnePassTakes(t *testing.T) {
	oneRound(t)
	ran := 0
	seconds, err := passes(func() { ran++ })()
	if err != nil || seconds < 0 || ran == 0 {
		t.Errorf("%v seconds, %d passes, error %v", seconds, ran, err)
	}
}
