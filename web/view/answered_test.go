package view

import (
	"testing"

	"commentdesk/classifier"
)

// TestAnsweredFrom: an answer that is not the more probable one says from where it counts; every other says nothing.
func TestAnsweredFrom(t *testing.T) {
	local := Local{}
	thresholds := classifier.Thresholds{Low: 0.6, High: 0.35}
	for _, test := range []struct {
		axis         classifier.Axis
		answer, best string
		want         string
	}{
		{classifier.Hostile, classifier.Yes, classifier.No, "counts as yes from 35 % on"},
		{classifier.Spam, classifier.No, classifier.Yes, "counts as no up to 60 %"},
		{classifier.Hostile, classifier.Yes, classifier.Yes, ""},
		{classifier.Hostile, classifier.Unsure, classifier.Yes, ""},
		{classifier.Stance, classifier.Unsure, classifier.Favor, ""},
	} {
		if got := answeredFrom(local, test.axis, &classifier.Opinion{Answer: test.answer, Best: test.best}, thresholds); got != test.want {
			t.Errorf("%s %s, most probable %s: %q, want %q", test.axis, test.answer, test.best, got, test.want)
		}
	}
}
