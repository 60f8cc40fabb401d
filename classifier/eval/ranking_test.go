package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestAUCIsTheShareOfPairsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 2, 1)
		wins, pairs := 0., 0.
		for _, yes := range rows {
			for _, no := range rows {
				if yes.Gold != 0 || no.Gold != 1 {
					continue
				}
				pairs++
				switch {
				case yes.Probabilities[0] > no.Probabilities[0]:
					wins++
				case yes.Probabilities[0] == no.Probabilities[0]:
					wins += .5
				}
			}
		}
		auc, ok := mustMeasure(t, yesNo, rows, Options{}).Value(AUC)
		if ok != (pairs > 0) || ok && !near(auc, wins/pairs) {
			t.Fatalf("AUC = %v (defined %v), want %v of %v pairs", auc, ok, wins, pairs)
		}
	})
}

func TestRankingFiguresIgnoreMonotoneTransforms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 2, 1)
		before := mustMeasure(t, yesNo, rows, Options{})
		for i := range rows {
			p := rows[i].Probabilities[0]
			p = .2 + .7*p*p
			rows[i].Probabilities = []float64{p, 1 - p}
		}
		after := mustMeasure(t, yesNo, rows, Options{})
		for _, figure := range []Figure{AUC, AveragePrecision} {
			a, okA := before.Value(figure)
			b, okB := after.Value(figure)
			if okA != okB || a != b {
				t.Fatalf("%s = %v, transformed %v", figure, a, b)
			}
		}
	})
}

func TestAUCOfFlippedLabels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t, 2, 1)
		auc, ok := mustMeasure(t, yesNo, rows, Options{}).Value(AUC)
		for i := range rows {
			rows[i].Gold = 1 - rows[i].Gold
		}
		flipped, okFlipped := mustMeasure(t, yesNo, rows, Options{}).Value(AUC)
		if ok != okFlipped || ok && !near(auc, 1-flipped) {
			t.Fatalf("AUC = %v, of flipped labels %v", auc, flipped)
		}
	})
}

func TestThresholds(t *testing.T) {
	m := mustMeasure(t, yesNo, twoClassRows(), Options{Unsure: UnsureSkip})
	want := []ThresholdRow{
		{Threshold: .1, Flagged: 6, Share: number(1), Precision: number(.5), Recall: number(1)},
		{Threshold: .4, Flagged: 5, Share: number(5. / 6), Precision: number(3. / 5), Recall: number(1)},
		{Threshold: .7, Flagged: 2, Share: number(2. / 6), Precision: number(.5), Recall: number(1. / 3)},
		{Threshold: .95, Flagged: 0, Share: number(0), Recall: number(0)},
	}
	if diff := cmp.Diff(want, m.Thresholds([]float64{.1, .4, .7, .95})); diff != "" {
		t.Errorf("thresholds (-want +got):\n%s", diff)
	}
	if table := mustMeasure(t, stance, threeClassRows(), Options{}).Thresholds(DefaultThresholds()); table != nil {
		t.Errorf("three classes have thresholds: %v", table)
	}
}

func TestRecallFallsAsTheThresholdRises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := append(drawRows(t, 2, 0), yesRow(.5, true))
		table := mustMeasure(t, yesNo, rows, Options{}).Thresholds(DefaultThresholds())
		for i := 1; i < len(table); i++ {
			if table[i].Flagged > table[i-1].Flagged || *table[i].Recall > *table[i-1].Recall {
				t.Fatalf("at %v more is flagged than at %v", table[i].Threshold, table[i-1].Threshold)
			}
		}
	})
}
