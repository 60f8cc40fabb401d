package eval

import (
	"cmp"
	"math"
	"slices"
)

// certainShare is the share of the rows, the most certain first, that ErrorCertain looks at.
const certainShare = .8

var certainShares = []float64{certainShare}

// certainty holds the rows from the most to the least certain. With two classes a row's certainty is the distance of its log-odds from those of
// the decision threshold in nats; with more it is the probability of the most probable class.
//
// Where a share of the rows ends within a tie, every row of the tie counts in part: the error is the mean over all orders that the tie could be in
// (as El-Yaniv and Wiener 2010 take risk at a coverage), so that the order of the rows does not matter.
type certainty []certain

type certain struct {
	nats  float64 // or a probability, with more than two classes
	group int32
	gold  int32
	wrong int32
	last  bool // the last row of its tie
}

func newCertainty(rows []Row, outcomes []outcome, threshold float64) certainty {
	order := make(certainty, len(rows))
	for i, o := range outcomes {
		order[i] = certain{nats: rows[i].certainty(threshold), group: o.group, gold: o.gold, wrong: o.wrong}
	}
	slices.SortStableFunc(order, func(a, b certain) int { return cmp.Compare(b.nats, a.nats) })
	for i := range order {
		order[i].last = i+1 == len(order) || order[i+1].nats != order[i].nats
	}
	return order
}

// certainty is how sure the row's best guess is; see the type. It is rounded, so that a tie is a tie on every kind of processor.
func (r *Row) certainty(threshold float64) float64 {
	if len(r.Probabilities) != 2 {
		return roundCertainty(slices.Max(r.Probabilities))
	}
	if threshold == 0 {
		threshold = r.Threshold
	}
	if threshold == 0 {
		threshold = .5
	}
	return roundCertainty(math.Abs(logOdds(r.Probabilities[0], r.Probabilities[1]) - logOdds(threshold, 1-threshold)))
}

func roundCertainty(value float64) float64 { return math.Round(value*1e9) / 1e9 }

// logOdds is ln(yes/no), finite also where one of them is 0.
func logOdds(yes, no float64) float64 {
	const least = 1e-300
	return math.Log(max(yes, least)) - math.Log(max(no, least))
}

// errorsAt gives, for each of the rising shares, the error among that share of the rows, the most certain first, appended to errors. NaN without
// rows.
func (c certainty) errorsAt(shares []float64, weight []int32, t *tally, errors []float64) []float64 {
	mass := t.rows()
	var before, wrongBefore, tie, wrongTie float64
	for i := range c {
		if len(shares) == 0 {
			return errors
		}
		count := float64(weight[c[i].group]) * t.weights[c[i].gold]
		tie += count
		wrongTie += count * float64(c[i].wrong)
		if !c[i].last || tie == 0 {
			continue
		}
		for len(shares) > 0 && (before+tie >= shares[0]*mass || i+1 == len(c)) {
			part := min(1, (shares[0]*mass-before)/tie)
			errors = append(errors, (wrongBefore+part*wrongTie)/(shares[0]*mass))
			shares = shares[1:]
		}
		before, wrongBefore = before+tie, wrongBefore+wrongTie
		tie, wrongTie = 0, 0
	}
	for range shares {
		errors = append(errors, math.NaN())
	}
	return errors
}

// RiskPoint is one point of the risk–coverage curve: the error where only the most certain rows are answered.
type RiskPoint struct {
	Coverage float64 `json:"coverage"` // share of the rows, the most certain first
	Error    float64 `json:"error"`    // share of their best guesses that are wrong
}

// RiskCurve is the error at coverage .05, .1, … 1, at the threshold and the prior that were measured at. It is empty without rows.
func (m *Measurement) RiskCurve() []RiskPoint {
	shares := make([]float64, 20)
	for i := range shares {
		shares[i] = float64(i+1) / 20
	}
	points := []RiskPoint{}
	for i, wrong := range m.certainty.errorsAt(shares, m.once, m.tally, nil) {
		if !math.IsNaN(wrong) {
			points = append(points, RiskPoint{Coverage: shares[i], Error: wrong})
		}
	}
	return points
}

// Abstention says what it is worth that a model abstains: how much less it errs where it is certain, and where it answers.
type Abstention struct {
	Error         *float64           `json:"error"`          // of the best guess, on all rows
	ErrorCertain  *float64           `json:"error_certain"`  // on the share Certain of the rows, the most certain first
	Certain       float64            `json:"certain"`        // .8
	Ratio         *float64           `json:"ratio"`          // ErrorCertain over Error
	Answered      *float64           `json:"answered"`       // share of the rows that the model answered, by its own thresholds
	ErrorAnswered *float64           `json:"error_answered"` // of the best guess, on the rows answered
	Interval      AbstentionInterval `json:"interval"`       // 95 %
	Curve         []RiskPoint        `json:"curve"`          // risk by coverage
}

// AbstentionInterval holds the 95 % interval of each figure, null where there is none.
type AbstentionInterval struct {
	Error         *Interval `json:"error"`
	ErrorCertain  *Interval `json:"error_certain"`
	Ratio         *Interval `json:"ratio"`
	Answered      *Interval `json:"answered"`
	ErrorAnswered *Interval `json:"error_answered"`
}

// complete adds what does not come from a figure of its own: the share answered and the curve.
func (a *Abstention) complete(m *Measurement, unsure *float64, interval *Interval) {
	a.Certain, a.Curve = certainShare, m.RiskCurve()
	if unsure != nil {
		a.Answered = number(1 - *unsure)
	}
	if interval != nil {
		a.Interval.Answered = &Interval{Low: 1 - interval.High, High: 1 - interval.Low}
	}
}
