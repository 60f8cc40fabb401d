package learn

import (
	"context"
	"fmt"
	"math"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// ownFrom is how many site labels an axis needs before the site's own calibration replaces the shipped one.
const ownFrom = 200

// siteWeights are the weights of a site label that cross-validation chooses from.
var siteWeights = []float64{1, 3, 10, 30}

// fitToSite chooses the site weight by cross-validation over the ledger and refits the calibration of every axis with enough labels, on
// held-out scores. Below ownFrom labels on every axis the shipped parameters stand.
func fitToSite(ctx context.Context, r recipe, starter *classifier.Counts, progress Progress) (classifier.Parameters, error) {
	labels := labelsOn(r.examples)
	if max(labels[0], labels[1], labels[2]) < ownFrom {
		return r.parameters, nil
	}
	best, bestLoss := r.parameters, math.Inf(1)
	for i, weight := range siteWeights {
		progress(fmt.Sprintf("trying site weight %g", weight), 2+i*7)
		tried := r
		tried.parameters.SiteWeight = weight
		parameters, loss, err := calibrated(ctx, tried, starter, labels)
		if err != nil {
			return best, err
		}
		if loss < bestLoss {
			best, bestLoss = parameters, loss
		}
	}
	return best, nil
}

// calibrated refits slope and bias of the axes with enough labels and returns the mean held-out log loss over those axes.
func calibrated(ctx context.Context, r recipe, starter *classifier.Counts, labels [3]int) (classifier.Parameters, float64, error) {
	scored, err := r.heldOutScores(ctx, starter)
	if err != nil {
		return r.parameters, 0, err
	}
	total, n := 0.0, 0
	for i, axis := range classifier.Axes {
		if labels[i] < ownFrom || !everyAnswer(axis, scored[i]) {
			continue
		}
		fitted := classifier.Calibrate(axis, scored[i])
		r.parameters.Axes[i].Recalibrate(fitted)
		loss, err := lossOf(axis, scored[i], fitted)
		if err != nil {
			return r.parameters, 0, err
		}
		total += loss
		n++
	}
	if n == 0 {
		return r.parameters, math.Inf(1), nil
	}
	return r.parameters, total / float64(n), nil
}

// heldOutScores are the raw scores of each label by the recipe's model rebuilt without the label's fold.
func (r recipe) heldOutScores(ctx context.Context, starter *classifier.Counts) (scored [3][]classifier.Scored, err error) {
	for fold := range folds {
		if err := ctx.Err(); err != nil {
			return scored, err
		}
		var model *classifier.Model
		for _, e := range r.examples {
			if classifier.Fold(e.Example, folds) != fold {
				continue
			}
			if model == nil {
				if model, _, err = r.build(starter, fold); err != nil {
					return scored, err
				}
			}
			for i, s := range model.Score(e.Example) {
				if s.Class >= 0 {
					scored[i] = append(scored[i], s)
				}
			}
		}
	}
	return scored, nil
}

func everyAnswer(axis classifier.Axis, scored []classifier.Scored) bool {
	var seen [3]bool
	for _, s := range scored {
		seen[s.Class] = true
	}
	for class := range axis.Answers() {
		if !seen[class] {
			return false
		}
	}
	return true
}

// lossOf is the log loss of the scores under a calibration, at the mix of the labels.
func lossOf(axis classifier.Axis, scored []classifier.Scored, fitted classifier.Calibration) (float64, error) {
	var mix [3]float64
	for _, s := range scored {
		mix[s.Class]++
	}
	rows := make([]eval.Row, len(scored))
	for i, s := range scored {
		rows[i] = eval.Row{Gold: s.Class, Probabilities: fitted.Probabilities(axis, s, mix[0]/float64(len(scored))), Answered: true}
	}
	measured, err := eval.Measure(axis.Answers(), rows, eval.Options{})
	if err != nil {
		return 0, err
	}
	loss, _ := measured.Value(eval.LogLoss)
	return loss, nil
}
