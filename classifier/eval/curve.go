package eval

import "math"

// CurvePoint is what a two-class question's answers come to when every row whose probability of the first class reaches the threshold is
// answered with it. It is a point of the ROC curve (FalseAlarms, Recall) and of the precision-recall curve (Recall, Precision).
type CurvePoint struct {
	Threshold   float64 `json:"threshold"`
	Hits        int     `json:"hits"`         // rows of the first class that reach it
	Misfires    int     `json:"misfires"`     // rows of the second class that reach it
	Recall      float64 `json:"recall"`       // share of the first class's rows that reach it
	FalseAlarms float64 `json:"false_alarms"` // share of the second class's rows that reach it
	Precision   float64 `json:"precision"`    // share of what reaches it that is right, under Options.Prior as weighted; 1 where nothing does
}

// Curve has a point for each distinct probability of the first class, from the highest down, behind one that nothing reaches: (0, 0) of the ROC
// curve (Fawcett 2006, algorithm 1). The straight lines between its points enclose AUC. It is nil unless the question has two classes and both
// have rows.
func (m *Measurement) Curve() []CurvePoint {
	positives, negatives := 0, 0
	for _, row := range m.ranking {
		if row.positive {
			positives++
		} else {
			negatives++
		}
	}
	if positives == 0 || negatives == 0 {
		return nil
	}
	curve := []CurvePoint{m.curvePoint(math.Inf(1), 0, 0, positives, negatives)}
	hits, misfires := 0, 0
	for _, row := range m.ranking {
		if row.positive {
			hits++
		} else {
			misfires++
		}
		if row.last {
			curve = append(curve, m.curvePoint(row.score, hits, misfires, positives, negatives))
		}
	}
	return curve
}

func (m *Measurement) curvePoint(threshold float64, hits, misfires, positives, negatives int) CurvePoint {
	point := CurvePoint{
		Threshold:   threshold,
		Hits:        hits,
		Misfires:    misfires,
		Recall:      float64(hits) / float64(positives),
		FalseAlarms: float64(misfires) / float64(negatives),
		Precision:   1,
	}
	if hits+misfires > 0 {
		hitWeight, misfireWeight := m.tally.hitAndMiss()
		weighted := hitWeight * float64(hits)
		point.Precision = weighted / (weighted + misfireWeight*float64(misfires))
	}
	return point
}

// Chosen is where the answers given stand on the curve: read from the confusion matrix, so that it holds for whatever threshold each row's model
// had. Its Threshold is 0. Rows that the options leave out are not in it, so that it may lie beside the curve. False where a class has no
// answered row, or with other than two classes.
func (m *Measurement) Chosen() (CurvePoint, bool) {
	if len(m.classes) != 2 {
		return CurvePoint{}, false
	}
	hits, misses := m.Confusion[0][0], m.Confusion[0][1]
	misfires, passed := m.Confusion[1][0], m.Confusion[1][1]
	if hits+misses == 0 || misfires+passed == 0 {
		return CurvePoint{}, false
	}
	return m.curvePoint(0, hits, misfires, hits+misses, misfires+passed), true
}

// Thinned are at most limit points, 3 or more, that draw the same curve: the first, the last, and those between that lie farther from the last
// one kept than the eye can tell on any of the three shares.
func Thinned(curve []CurvePoint, limit int) []CurvePoint {
	if len(curve) <= limit {
		return curve
	}
	for step := 1 / float64(limit); ; step *= 1.25 {
		if kept := apart(curve, step); len(kept) <= limit {
			return kept
		}
	}
}

// apart keeps both ends and each point that is farther than step from the last one kept.
func apart(curve []CurvePoint, step float64) []CurvePoint {
	kept := curve[:1:1]
	for _, point := range curve[1 : len(curve)-1] {
		if point.distance(kept[len(kept)-1]) > step {
			kept = append(kept, point)
		}
	}
	return append(kept, curve[len(curve)-1])
}

func (p CurvePoint) distance(other CurvePoint) float64 {
	return max(math.Abs(p.Recall-other.Recall), math.Abs(p.FalseAlarms-other.FalseAlarms), math.Abs(p.Precision-other.Precision))
}
