package eval

import (
	"cmp"
	"math"
	"slices"
)

// ranking holds the rows of a two-class question from the highest probability of the positive class to the lowest.
type ranking []ranked

type ranked struct {
	score    float64
	group    int32
	positive bool
	last     bool // the last row of its tie
}

func newRanking(rows []Row, groups []int32) ranking {
	ranking := make(ranking, len(rows))
	for i := range rows {
		ranking[i] = ranked{score: rows[i].Probabilities[0], group: groups[i], positive: rows[i].Gold == 0}
	}
	slices.SortStableFunc(ranking, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	for i := range ranking {
		ranking[i].last = i+1 == len(ranking) || ranking[i+1].score != ranking[i].score
	}
	return ranking
}

// areas gives the area under the ROC curve and the average precision, each group of rows counted weight times. What a row of a class weighs
// cancels out of the first and changes the second.
//
// AUC is the Mann–Whitney statistic: the share of (positive, negative) pairs that the scores put in the right order, a tie counting half
// (Hanley and McNeil 1982). NaN where a class is absent.
//
// Average precision is Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores, from the highest down, without interpolation (as in scikit-learn's
// average_precision_score). NaN where there is no positive.
func (r ranking) areas(weight []int32, classWeights []float64) (auc, averagePrecision float64) {
	var positives, negatives, tiedPositives, tiedNegatives, doubledWins int64
	for i := range r {
		count := int64(weight[r[i].group])
		if r[i].positive {
			tiedPositives += count
		} else {
			tiedNegatives += count
		}
		if !r[i].last {
			continue
		}
		doubledWins += tiedNegatives * (2*positives + tiedPositives)
		positives += tiedPositives
		negatives += tiedNegatives
		if tiedPositives > 0 {
			hits := classWeights[0] * float64(positives)
			averagePrecision += float64(tiedPositives) * hits / (hits + classWeights[1]*float64(negatives))
		}
		tiedPositives, tiedNegatives = 0, 0
	}
	auc = float64(doubledWins) / (2 * float64(positives) * float64(negatives))
	return auc, averagePrecision / float64(positives)
}

// ThresholdRow is what a two-class question's answers would be worth at one threshold.
type ThresholdRow struct {
	Threshold float64  `json:"threshold"`
	Flagged   int      `json:"flagged"`   // rows whose positive probability reaches the threshold
	Share     *float64 `json:"share"`     // of all rows, under Options.Prior as weighted; null without rows
	Precision *float64 `json:"precision"` // under Options.Prior as weighted; null where nothing is flagged
	Recall    *float64 `json:"recall"`    // null where nothing is positive
}

// DefaultThresholds are .05, .1, … .95.
func DefaultThresholds() []float64 {
	thresholds := make([]float64, 19)
	for i := range thresholds {
		thresholds[i] = float64(i+1) / 20
	}
	return thresholds
}

// Thresholds gives precision and recall of the positive class at each threshold, over all rows, abstained or not. It is nil unless the question
// has two classes.
func (m *Measurement) Thresholds(at []float64) []ThresholdRow {
	if len(m.classes) != 2 {
		return nil
	}
	table := make([]ThresholdRow, len(at))
	positiveWeight, negativeWeight := m.tally.hitAndMiss()
	for i, threshold := range at {
		flagged, hits, positives := 0, 0, 0
		for _, row := range m.ranking {
			reached := row.score >= threshold
			if reached {
				flagged++
			}
			if row.positive {
				positives++
				if reached {
					hits++
				}
			}
		}
		weightedHits := positiveWeight * float64(hits)
		weightedFlagged := weightedHits + negativeWeight*float64(flagged-hits)
		table[i] = ThresholdRow{
			Threshold: threshold,
			Flagged:   flagged,
			Share:     number(weightedFlagged / m.tally.rows()),
			Precision: number(weightedHits / weightedFlagged),
			Recall:    number(float64(hits) / float64(positives)),
		}
	}
	return table
}

// number is a pointer to the value, nil where it is undefined.
func number(value float64) *float64 {
	if math.IsNaN(value) {
		return nil
	}
	return &value
}
