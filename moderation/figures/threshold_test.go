package figures

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
)

// opinion is one with this probability of the first answer, of ten words of which so many are known.
func opinion(first float64, known int) classifier.Opinion {
	return classifier.Opinion{Probabilities: [3]float64{first, 1 - first}, Known: known, Words: 10, Best: classifier.No}
}

func TestOutcome(t *testing.T) {
	said := func(axis classifier.Axis, answer string, first float64, known int) Judged {
		return Judged{axis, answer, opinion(first, known)}
	}
	service := NewService(shelf{judged: []Judged{
		said(classifier.Hostile, classifier.Yes, .9, 10), said(classifier.Hostile, classifier.No, .6, 10), said(classifier.Hostile, classifier.Yes, .4, 10),
		said(classifier.Hostile, classifier.Yes, .05, 10), said(classifier.Hostile, classifier.No, .01, 10), said(classifier.Hostile, classifier.Yes, .9, 1),
		said(classifier.Stance, classifier.Favor, .7, 10), said(classifier.Stance, classifier.Against, .7, 10), said(classifier.Stance, classifier.None, .5, 10),
	}}, nil)
	judgements, err := service.Judgements(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		axis classifier.Axis
		by   classifier.Thresholds
		want Outcome
	}{
		{classifier.Hostile, classifier.Thresholds{Low: .1, High: .5, MinCoverage: .3}, Outcome{Called: Share{1, 2}, Missed: Share{1, 2}, Unsure: 2, UnsureYes: 2}},
		{classifier.Hostile, classifier.Thresholds{Low: .02, High: .7}, Outcome{Called: Share{2, 2}, Missed: Share{0, 1}, Unsure: 3, UnsureYes: 2}},
		{classifier.Stance, classifier.Thresholds{High: .6}, Outcome{Called: Share{1, 2}, Unsure: 1}},
		{classifier.Spam, classifier.Thresholds{Low: .1, High: .5}, Outcome{}},
	} {
		if diff := cmp.Diff(test.want, judgements.Outcome(test.axis, test.by)); diff != "" {
			t.Errorf("%s by %+v: %s", test.axis, test.by, diff)
		}
	}
	if judgements.Labels(classifier.Hostile) != 6 || judgements.Labels(classifier.Spam) != 0 {
		t.Errorf("%d and %d labels", judgements.Labels(classifier.Hostile), judgements.Labels(classifier.Spam))
	}
}

func TestMoves(t *testing.T) {
	var waiting []classifier.Prediction
	for _, yes := range []float64{.9, .4, .4, .05} {
		p := classifier.Prediction{Hostile: opinion(yes, 10)}
		parameters := classifier.AxisParameters{Low: .1, High: .5}
		p.Hostile.Answer = parameters.Answer(classifier.Hostile, &p.Hostile)
		waiting = append(waiting, p)
	}
	for range NewestWaiting {
		waiting = append(waiting, waiting[3])
	}
	moves, err := NewService(shelf{waiting: waiting}, nil).Moves(context.Background(), classifier.Hostile, classifier.Thresholds{Low: .01, High: .3})
	if err != nil {
		t.Fatal(err)
	}
	calm := NewestWaiting - 3
	want := Moves{Looked: NewestWaiting, Waiting: NewestWaiting + 4, Changed: 2 + calm, By: map[Move]int{{classifier.Unsure, classifier.Yes}: 2, {classifier.No, classifier.Unsure}: calm}}
	if diff := cmp.Diff(want, moves); diff != "" {
		t.Error(diff)
	}
	if moves, err = NewService(shelf{waiting: waiting}, nil).Moves(context.Background(), classifier.Spam, classifier.Thresholds{Low: .01, High: .3}); err != nil || moves.Changed != 0 {
		t.Errorf("on an axis that no model answered: %+v, error %v", moves, err)
	}
}
