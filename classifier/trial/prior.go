package trial

import (
	"fmt"

	"commentdesk/classifier"
)

// Mix is the share of yes among the examples that have a label on the axis; 0 where none has.
func Mix(axis classifier.Axis, examples []Example) float64 {
	yes, labelled := 0, 0
	for _, e := range examples {
		switch e.Labels[axis] {
		case classifier.Yes:
			yes++
			labelled++
		case classifier.No:
			labelled++
		}
	}
	if labelled == 0 {
		return 0
	}
	return float64(yes) / float64(labelled)
}

// expecting is the trained one's answer, with Options.Prior as that of the same one under this prior: a model is restored with it, so that it also
// abstains as it would; the log-odds of one without a model are shifted from the mix it was trained on, which is its prior.
func (o Options) expecting(trained *Trained, axis classifier.Axis, train []Example) (answer, error) {
	if o.Prior == 0 || axis == classifier.Stance {
		return trained.answer, nil
	}
	if !(o.Prior > 0 && o.Prior < 1) {
		return nil, fmt.Errorf("prior %v is not between 0 and 1", o.Prior)
	}
	if trained.Model == nil {
		return shifted(trained.answer, Mix(axis, train), o.Prior), nil
	}
	model, err := withPrior(trained.Model, axis, o.Prior)
	if err != nil {
		return nil, err
	}
	return modelAnswer(model, axis), nil
}

// withPrior is the model with another prior on one axis; everything else is shared.
func withPrior(model *classifier.Model, axis classifier.Axis, prior float64) (*classifier.Model, error) {
	description := model.Describe()
	description.Parameters.Axes[axis.Index()].Prior = prior
	return classifier.Restore(description, model.Weights())
}

// shifted adds logit(to) − logit(from) to the log-odds of yes.
func shifted(answer answer, from, to float64) answer {
	return func(e classifier.Example) ([3]float64, bool) {
		probabilities, sure := answer(e)
		probabilities[0] *= to / from
		probabilities[1] *= (1 - to) / (1 - from)
		sum := probabilities[0] + probabilities[1]
		probabilities[0] /= sum
		probabilities[1] /= sum
		return probabilities, sure
	}
}
