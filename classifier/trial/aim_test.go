package trial

import (
	"strings"
	"testing"

	"commentdesk/classifier"
)

func TestThresholdAim(t *testing.T) {
	for axis, want := range map[classifier.Axis]string{
		classifier.Stance: "at most 33 of 100 answers", classifier.Hostile: "at most 20 called yes unless yes is the more probable, of 2,000 answers no at most 10 wrong", classifier.Spam: "at most 5 called yes",
	} {
		if got := ThresholdAim(axis); !strings.Contains(got, want) {
			t.Errorf("%s: %q", axis, got)
		}
	}
}
