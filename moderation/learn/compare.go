package learn

import (
	"context"
	"errors"
	"fmt"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// LeastToCompare is how many labels an axis needs before it can hold a candidate back: a bootstrap over fewer is surer than it should be.
const LeastToCompare = 30

// noticeable is the log loss, in nats a label, that a candidate must be worse by: predictions are shown and stored to .001.
const noticeable = 0.001

// folds is how many parts the site's labels are cut into, by near-duplicate group.
const folds = 5

// recipe is how a model is made of the starter and the site's labels.
type recipe struct {
	parameters classifier.Parameters
	examples   []siteExample
}

// build makes the recipe's model without the examples of one fold (−1: with all of them).
func (r recipe) build(starter *classifier.Counts, without int) (*classifier.Model, *classifier.Counts, error) {
	site := classifier.NewCounts(starter.Chain())
	for _, e := range r.examples {
		if without < 0 || classifier.Fold(e.Example, folds) != without {
			site.Add(e.Example)
		}
	}
	counts := starter.Clone()
	counts.MergeSite(site, r.parameters)
	model, err := classifier.Build(counts, r.parameters)
	return model, counts, err
}

// heldOut answers each example by the recipe's model rebuilt without the example's fold.
func (r recipe) heldOut(ctx context.Context, starter *classifier.Counts, examples []siteExample, done func(fold int)) ([]classifier.Prediction, error) {
	predictions := make([]classifier.Prediction, len(examples))
	for fold := range folds {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var model *classifier.Model
		for i, e := range examples {
			if classifier.Fold(e.Example, folds) != fold {
				continue
			}
			if model == nil {
				var err error
				if model, _, err = r.build(starter, fold); err != nil {
					return nil, err
				}
			}
			predictions[i] = model.Classify(e.Example)
		}
		done(fold)
	}
	return predictions, nil
}

// compareAxis scores both models' held-out answers on one axis; nil where no example has a label there.
func compareAxis(axis classifier.Axis, examples []siteExample, champion, candidate []classifier.Prediction) (*AxisReport, error) {
	base, err := measure(axis, examples, champion)
	if err != nil {
		return nil, fmt.Errorf("champion, %s: %w", axis, err)
	}
	other, err := measure(axis, examples, candidate)
	if err != nil {
		return nil, fmt.Errorf("candidate, %s: %w", axis, err)
	}
	if base.N == 0 {
		return nil, nil
	}
	loss, err := lossDifference(base, other)
	if err != nil {
		return nil, err
	}
	report := &AxisReport{
		Axis: axis, ChampionLogLoss: loss.Base, CandidateLogLoss: loss.Other, Difference: loss.Difference, Low: loss.Low, High: loss.High,
		Worse: loss.Low > noticeable && base.N >= LeastToCompare,
	}
	report.ChampionAccuracy, _ = base.Value(eval.Accuracy)
	report.CandidateAccuracy, _ = other.Value(eval.Accuracy)
	return report, nil
}

// lossDifference is the paired difference of the log losses; with one group there is no interval, and it is the difference itself.
func lossDifference(base, other *eval.Measurement) (eval.Difference, error) {
	differences, err := eval.Compare(base, other, eval.Bootstrap{Seed: 1}, eval.LogLoss)
	if err == nil {
		return differences[0], nil
	}
	if !errors.Is(err, eval.ErrTooFewGroups) {
		return eval.Difference{}, err
	}
	from, _ := base.Value(eval.LogLoss)
	to, _ := other.Value(eval.LogLoss)
	return eval.Difference{Figure: eval.LogLoss, Base: from, Other: to, Difference: to - from, Low: to - from, High: to - from}, nil
}

func measure(axis classifier.Axis, examples []siteExample, predictions []classifier.Prediction) (*eval.Measurement, error) {
	classes := axis.Answers()
	var rows []eval.Row
	for i, e := range examples {
		gold := axis.AnswerIndex(e.Labels[axis])
		if gold < 0 {
			continue
		}
		opinion := predictions[i].On(axis)
		probabilities := opinion.Probabilities
		if opinion.Best == "" { // the model lacks the axis: it knows nothing
			for class := range classes {
				probabilities[class] = 1 / float64(len(classes))
			}
		}
		rows = append(rows, eval.Row{
			Gold: gold, Probabilities: probabilities[:len(classes)], Answered: opinion.Answer != classifier.Unsure, Group: e.Group,
		})
	}
	return eval.Measure(classes, rows, eval.Options{})
}
