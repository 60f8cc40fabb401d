package moderation

import (
	"math"

	"commentdesk/classifier"
)

// Policy turns predictions into a status. Until rules that have earned their right exist, everything waits for a person.
type Policy struct{}

// Apply is always Pending in this version.
func (Policy) Apply(classifier.Prediction) Status { return Pending }

// Priority gives a prediction its places in the queue, both 0 to 1000: harm is the larger of the probabilities of hostile and spam, doubt is
// how close the closest axis is to even (1000 is even).
func Priority(p classifier.Prediction) (harm, doubt int) {
	worst := math.Max(p.Hostile.Probability(classifier.Hostile, classifier.Yes), p.Spam.Probability(classifier.Spam, classifier.Yes))
	closest := 0.0
	for _, axis := range classifier.Axes {
		opinion := p.On(axis)
		if opinion.Best == "" {
			continue
		}
		best := opinion.Probability(axis, opinion.Best)
		even := 1 / float64(len(axis.Answers()))
		closest = math.Max(closest, 1-(best-even)/(1-even))
	}
	return int(math.Round(worst * 1000)), int(math.Round(closest * 1000))
}
