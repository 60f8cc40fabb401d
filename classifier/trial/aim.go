package trial

import (
	"fmt"

	"commentdesk/classifier"
)

// ThresholdAim says in a sentence what the thresholds of an axis are set for.
func ThresholdAim(axis classifier.Axis) string {
	if axis == classifier.Stance {
		return fmt.Sprintf("The threshold is set on held-out examples so that at most %.0f of 100 answers are wrong, but most comments get one.",
			classifier.MostWrong(axis)*100)
	}
	return fmt.Sprintf("The thresholds are set on held-out examples so that at most %s of the comments that are no is called yes, and at most %s of the answers no is wrong.",
		ofThousand(classifier.MostFalseAlarms(axis)), ofThousand(classifier.MostWrong(axis)))
}

func ofThousand(share float64) string { return fmt.Sprintf("%g in 1,000", share*1000) }
