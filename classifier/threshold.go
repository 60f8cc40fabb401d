package classifier

import (
	"iter"
	"math"
	"slices"
)

// What answers may cost, as seen on held-out examples. From these few numbers and the examples come the thresholds of a model.
const (
	// mostWrongNo: of 1,000 comments that are answered no on hostile or spam, where yes is as frequent as the model expects, at most 5 are a yes that
	// the answer hides from the moderators.
	mostWrongNo = 0.005

	// mostWrongStance: of the stances given at most a third is wrong.
	mostWrongStance = 1. / 3

	// leastAnswered: three of four comments get an answer. A desk where unsure is the usual answer is not helped, so this goes before
	// mostWrongNo and mostWrongStance.
	leastAnswered = 0.75

	// uselessStance: where more than half of so many stances would be wrong, answering is no help; the threshold stays as it was.
	uselessStance = 0.5
)

// mostFalseAlarms: of 2,000 comments that are not hostile, at most 20 are called hostile; of 2,000 that are no spam, at most 5 are called spam. Hostility
// is a matter of degree, and what is missed hurts a person; an ordinary comment called spam is merely wrong. With 5, on the
// training sets, three quarters of the spam of a video left out are found.
var mostFalseAlarms = map[Axis]float64{Hostile: 0.010, Spam: 0.0025}

// What the thresholds of hostile and spam may come to. What is more probably yes than no is called yes in any case.
const (
	lowestLow, highestLow   = 0.02, 0.20
	lowestHigh, highestHigh = 0.20, 0.50
)

// What the threshold of stance may come to: chance is a third.
const lowestStance, highestStance = 0.40, 0.60

// leastCounted is how many examples may be wrong at a target before it is read off the examples: a share of 5 in 2,000 cannot be told from fewer
// than 1,200. With fewer the threshold stays as it was.
const leastCounted = 3

// Yes is called from a multiple of a twentieth, the other thresholds are hundredths, each the nearest that keeps its target: so that the same examples
// give the same thresholds on every machine, and a few examples more or less seldom move them.
const (
	coarseSteps = 20
	fineSteps   = 100
)

// MostFalseAlarms is the share of an axis's held-out examples of no that a model may call yes by its thresholds; 0 for stance.
func MostFalseAlarms(axis Axis) float64 { return mostFalseAlarms[axis] }

// MostWrong is the share of the answers no, for stance of all answers, that may be wrong by a model's thresholds.
func MostWrong(axis Axis) float64 {
	if axis == Stance {
		return mostWrongStance
	}
	return mostWrongNo
}

// FitThresholds sets High, and for hostile and spam Low, from held-out scores under their calibration, at the prior that the parameters expect. The
// examples that are less covered than MinCoverage get no answer and cost none. Where there are too few examples for a target, its threshold stays.
func (a *AxisParameters) FitThresholds(axis Axis, calibration Calibration, held []Scored) {
	if axis == Stance {
		a.fitStance(calibration, held)
		return
	}
	mix := shareOfYes(held)
	var yes, no, expectedNo judged
	for _, e := range held {
		one := judgement{certainty: calibration.Probabilities(axis, e, a.Prior)[0], weight: e.Weight, covered: e.Coverage >= a.MinCoverage}
		if e.Class == 0 {
			yes = append(yes, one)
		} else {
			no = append(no, one)
		}
		one.weight *= calibration.Probabilities(axis, e, mix)[1]
		expectedNo = append(expectedNo, one)
	}
	if most := mostFalseAlarms[axis]; most*no.total() >= leastCounted {
		a.High = leastHigh(most, no, expectedNo)
	}
	if mostWrongNo/a.Prior*yes.total() >= leastCounted && len(no) > 0 {
		a.Low = min(a.High, a.largestLow(yes, no))
	}
}

// Expect sets the prior, and moves High with it: as many comments reach it that are no as before, unless that would call no what is more probably yes.
// Low stays, because it says how many of the answers no may be wrong, whatever the prior.
func (a *AxisParameters) Expect(prior float64) {
	moved := 1 / (1 + math.Exp(logit(a.Prior)-logit(prior)-logit(a.High)))
	a.High = clamp(math.Round(moved*fineSteps)/fineSteps, max(lowestHigh, a.Low), highestHigh)
	a.Prior = prior
}

func shareOfYes(held []Scored) float64 {
	yes, all := 0., 0.
	for _, e := range held {
		all += e.Weight
		if e.Class == 0 {
			yes += e.Weight
		}
	}
	return yes / all
}

// leastHigh is the least coarse step that few enough of the examples of no reach. A handful that do or do not is luck. So every example is also
// counted as a no by the probability that the calibration gives it: of these as few may reach it.
func leastHigh(most float64, no, expectedNo judged) float64 {
	for high := range steps(lowestHigh, highestHigh, coarseSteps) {
		if max(no.shareFrom(high), expectedNo.shareFrom(high)) <= most {
			return high
		}
	}
	return highestHigh
}

// largestLow is the largest probability of yes up to which few enough of the answers no are wrong, or a larger one where too few comments would be
// answered.
func (a *AxisParameters) largestLow(yes, no judged) float64 {
	expected := func(yes, no float64) float64 { return a.Prior*yes + (1-a.Prior)*no }
	calledYes := expected(yes.shareFrom(a.High), no.shareFrom(a.High))
	low := lowestLow
	for higher := range steps(lowestLow, highestLow, fineSteps) {
		calledNo := expected(yes.shareUpTo(low), no.shareUpTo(low))
		missed, passed := yes.shareUpTo(higher), no.shareUpTo(higher)
		if expected(missed, 0) <= mostWrongNo*expected(missed, passed) || calledYes+calledNo < leastAnswered {
			low = higher
		}
	}
	return low
}

// fitStance sets High to the least probability from which few enough answers are wrong, or where too few would be left to the one that leaves
// enough. Where most of those are wrong it stays.
func (a *AxisParameters) fitStance(calibration Calibration, held []Scored) {
	var all, wrong judged
	for _, e := range held {
		probabilities := calibration.Probabilities(Stance, e, 0)
		one := judgement{certainty: slices.Max(probabilities), weight: e.Weight, covered: e.Coverage >= a.MinCoverage}
		all = append(all, one)
		if probabilities[e.Class] < one.certainty {
			wrong = append(wrong, one)
		}
	}
	if mostWrongStance*all.total() < leastCounted {
		return
	}
	wrongFrom := func(from float64) float64 { return wrong.weightFrom(from) / all.weightFrom(from) }
	high := lowestStance
	for higher := range steps(lowestStance, highestStance, fineSteps) {
		if wrongFrom(high) <= mostWrongStance || all.shareFrom(higher) < leastAnswered {
			break
		}
		high = higher
	}
	if wrongFrom(high) <= uselessStance {
		a.High = high
	}
}

// judgement is one held-out example as a threshold sees it.
type judgement struct {
	certainty float64 // the probability that is compared with the threshold
	weight    float64
	covered   bool // enough of its words are known for an answer
}

type judged []judgement

func (j judged) total() (weight float64) {
	for _, one := range j {
		weight += one.weight
	}
	return weight
}

// weightFrom is that of the covered examples whose probability reaches the threshold.
func (j judged) weightFrom(threshold float64) (weight float64) {
	for _, one := range j {
		if one.covered && one.certainty >= threshold {
			weight += one.weight
		}
	}
	return weight
}

// shareFrom is the share that weightFrom has of all examples, covered or not; 0 without any.
func (j judged) shareFrom(threshold float64) float64 {
	return j.weightFrom(threshold) / max(j.total(), leastWeight)
}

// shareUpTo is the share of the covered examples whose probability does not exceed the threshold.
func (j judged) shareUpTo(threshold float64) float64 {
	weight := 0.
	for _, one := range j {
		if one.covered && one.certainty <= threshold {
			weight += one.weight
		}
	}
	return weight / max(j.total(), leastWeight)
}

const leastWeight = 1e-300

// steps are the multiples of 1/n from low to high, both of them multiples themselves.
func steps(low, high, n float64) iter.Seq[float64] {
	return func(yield func(float64) bool) {
		for step := math.Round(low * n); step <= math.Round(high*n); step++ {
			if !yield(step / n) {
				return
			}
		}
	}
}
