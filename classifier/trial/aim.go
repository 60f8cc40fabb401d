package trial

import (
	"fmt"

	"commentdesk/classifier"
)

// ThresholdAim says in a sentence what the thresholds of an axis are set for, where there are examples enough.
func ThresholdAim(axis classifier.Axis) string {
	if axis == classifier.Stance {
		return fmt.Sprintf("Set on held-out examples: at most %.0f of 100 answers wrong, as far as three of four comments still get one.",
			classifier.MostWrong(axis)*100)
	}
	return fmt.Sprintf("Set on held-out examples: of 2,000 comments that are no at most %g called yes unless yes is the more probable, of 2,000 answers no at most %g wrong.",
		classifier.MostFalseAlarms(axis)*2000, classifier.MostWrong(axis)*2000)
}
