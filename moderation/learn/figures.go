package learn

import (
	"encoding/json"

	"commentdesk/classifier"
	"commentdesk/classifier/trial"
)

// measured says what the figures stored with a retrained model were measured on.
const measured = "the labels of this site, each answered by the model as rebuilt without it and its near-duplicates, with the weight and, from 200 labels of an axis on, the calibration and thresholds fitted to all of them; axes without labels of every " +
	"answer are not measured"

// figuresOf is what is stored with a retrained model of its figures: those of its answers to the site's labels.
func figuresOf(model *classifier.Model, examples []siteExample, answers []classifier.Prediction) (json.RawMessage, error) {
	var heldOut [3][]classifier.HeldOutAnswer
	for at, e := range examples {
		for i, axis := range classifier.Axes {
			opinion := answers[at].On(axis)
			if class := axis.AnswerIndex(e.Labels[axis]); class >= 0 && opinion.Best != "" {
				heldOut[i] = append(heldOut[i], classifier.HeldOutAnswer{Class: class, Group: e.Group, Opinion: *opinion})
			}
		}
	}
	report, err := trial.NewModelReport(measured, model.Parameters(), heldOut)
	if err != nil {
		return nil, err
	}
	return report.JSON()
}
