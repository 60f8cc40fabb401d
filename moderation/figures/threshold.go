package figures

import (
	"context"

	"commentdesk/classifier"
)

// NewestWaiting is how many of the comments that need review are looked at to say what other thresholds would change.
const NewestWaiting = 20_000

// Judged is a label that a person gave and that stands, beside the opinion that was stored before it. Known and Words are those of the comment's
// last answer, as labels do not keep them.
type Judged struct {
	Axis    classifier.Axis
	Answer  string
	Opinion classifier.Opinion
}

// Judgements are people's labels, by which thresholds are judged.
type Judgements struct{ axes [3][]Judged }

// Judgements reads the labels of the newest acts.
func (s *Service) Judgements(ctx context.Context) (Judgements, error) {
	var all Judgements
	err := s.store.Judged(ctx, NewestDeeds, func(j Judged) {
		if at := j.Axis.Index(); at >= 0 {
			all.axes[at] = append(all.axes[at], j)
		}
	})
	return all, err
}

// Labels is how many labels there are on an axis.
func (j Judgements) Labels(axis classifier.Axis) int { return len(j.axes[axis.Index()]) }

// Outcome is what thresholds would have made of people's labels. On stance Called are all answers, and Missed and UnsureYes are empty.
type Outcome struct {
	Called    Share // called yes: how many of them rightly
	Missed    Share // called no: how many of them are labelled yes
	Unsure    int   // without an answer
	UnsureYes int   // of which labelled yes
}

// Outcome answers the labels' comments by thresholds.
func (j Judgements) Outcome(axis classifier.Axis, by classifier.Thresholds) (o Outcome) {
	parameters := classifier.AxisParameters{Low: by.Low, High: by.High, MinCoverage: by.MinCoverage}
	for _, judged := range j.axes[axis.Index()] {
		answer, yes := parameters.Answer(axis, &judged.Opinion), judged.Answer == classifier.Yes
		switch {
		case answer == classifier.Unsure:
			o.Unsure++
			o.UnsureYes += one(yes)
		case answer == classifier.No:
			o.Missed = o.Missed.plus(Share{one(yes), 1})
		default:
			o.Called = o.Called.plus(Share{one(answer == judged.Answer), 1})
		}
	}
	return o
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// Move is from one answer to another.
type Move struct{ From, To string }

// Moves is how many of the newest comments that need review would change their answer.
type Moves struct {
	Looked, Waiting int // looked at, of how many
	Changed         int
	By              map[Move]int
}

// Moves answers what needs review by other thresholds, from the probabilities that are stored.
func (s *Service) Moves(ctx context.Context, axis classifier.Axis, to classifier.Thresholds) (Moves, error) {
	parameters, moves := classifier.AxisParameters{Low: to.Low, High: to.High, MinCoverage: to.MinCoverage}, Moves{By: map[Move]int{}}
	var err error
	moves.Waiting, err = s.store.Opinions(ctx, NewestWaiting, func(p classifier.Prediction) {
		moves.Looked++
		opinion := p.On(axis)
		if opinion.Best == "" { // answered by a model that lacked the axis
			return
		}
		if answer := parameters.Answer(axis, opinion); answer != opinion.Answer {
			moves.Changed++
			moves.By[Move{opinion.Answer, answer}]++
		}
	})
	return moves, err
}
