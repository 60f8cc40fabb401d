package learn

import (
	"context"
	"fmt"
	"math"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// ownFrom is how many site labels an axis needs before the site's own calibration and thresholds replace the shipped ones.
const ownFrom = 200

// siteWeights are the weights of a site label that cross-validation chooses from.
var siteWeights = []float64{1, 3, 10, 30}

// fitToSite chooses the site weight by cross-validation over the ledger and refits calibration, least coverage and thresholds of every axis with enough
// labels, on held-out scores and by the rules that every model is trained by. Below ownFrom labels on every axis the shipped parameters stand.
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

// calibrated refits the axes with enough labels and returns their mean held-out log loss.
func calibrated(ctx context.Context, r recipe, starter *classifier.Counts, labels [3]int) (classifier.Parameters, float64, error) {
	held, err := r.heldOutScores(ctx, starter)
	if err != nil {
		return r.parameters, 0, err
	}
	total, n := 0.0, 0
	for i, axis := range classifier.Axes {
		if labels[i] < ownFrom || !everyAnswer(axis, held[i].scored) {
			continue
		}
		fitted, own := classifier.Calibrate(axis, held[i].scored), &r.parameters.Axes[i]
		own.Recalibrate(fitted)
		own.FitCoverage(axis, held[i].coverage)
		own.FitThresholds(axis, fitted, held[i].scored)
		loss, err := lossOf(axis, held[i].scored, fitted)
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

// heldOutScores are an axis's labels as the recipe's model sees them that was rebuilt without each label's fold.
type heldOutScores struct {
	scored   []classifier.Scored
	coverage []float64 // of labels of whose features the model knows none too
}

func (r recipe) heldOutScores(ctx context.Context, starter *classifier.Counts) (held [3]heldOutScores, err error) {
	for fold := range folds {
		if err := ctx.Err(); err != nil {
			return held, err
		}
		var model *classifier.Model
		for _, e := range r.examples {
			if classifier.Fold(e.Example, folds) != fold {
				continue
			}
			if model == nil {
				if model, _, err = r.build(starter, fold); err != nil {
					return held, err
				}
			}
			for i, s := range model.Score(e.Example) {
				if e.Labels[classifier.Axes[i]] != "" && model.Has(classifier.Axes[i]) {
					held[i].coverage = append(held[i].coverage, s.Coverage)
				}
				if s.Class >= 0 {
					held[i].scored = append(held[i].scored, s)
				}
			}
		}
	}
	return held, nil
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
