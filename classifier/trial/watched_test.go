package trial

import (
	"testing"

	"commentdesk/classifier"
)

func TestWatchedSeesEveryTraining(t *testing.T) {
	splits, err := InFolds(made(classifier.Spam, 120, 0, 1), 3)
	if err != nil {
		t.Fatal(err)
	}
	var seen []*Trained
	watched := shipped.Watched(func(axis classifier.Axis, trained *Trained) {
		if axis != classifier.Spam {
			t.Errorf("axis %s", axis)
		}
		seen = append(seen, trained)
	})
	for _, s := range splits {
		trained, err := watched.Train(classifier.Spam, s.Train)
		if err != nil || trained != seen[len(seen)-1] {
			t.Fatalf("%s: not the one that was seen, %v", s.Name, err)
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d trainings seen", len(seen))
	}
	if _, err := watched.Train(classifier.Spam, made(classifier.Hostile, 10, 0, 1)); err == nil || len(seen) != 3 {
		t.Errorf("a training that failed was seen: %v", err)
	}
}
