package trial

import (
	"commentdesk/classifier"
	"commentdesk/classifier/feature"
)

var shipped = Recipe{
	Name: Default, Saves: true,
	About: "as every model is made: the current features, the shipped parameters, calibrated on held-out folds",
	train: func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
		return trainModel(axis, examples, classifier.Shipped())
	},
}

var wordsOnly = ablation("words", "shipped without runs of letters", func(p *classifier.Parameters) { p.Letters = false })

var unweighted = ablation("unweighted", "shipped without learned attribute weights", func(p *classifier.Parameters) { p.Attributes = false })

var bare = ablation("bare", "shipped without runs of letters and without attribute weights: naive Bayes, length and calibration", func(p *classifier.Parameters) {
	p.Letters, p.Attributes = false, false
})

// ablation is shipped with something taken away.
func ablation(name, about string, without func(*classifier.Parameters)) Recipe {
	return Recipe{
		Name: name, Saves: true, About: about,
		train: func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
			parameters := classifier.Shipped()
			without(&parameters)
			return trainModel(axis, examples, parameters)
		},
	}
}

var unclaimed = Recipe{
	Name: "unclaimed", Saves: true,
	About: "shipped, but stance does not see which claim a text speaks of",
	train: func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
		blind := make([]classifier.Example, len(examples))
		for i, e := range examples {
			e.Claim = ""
			blind[i] = e
		}
		return trainModel(axis, blind, classifier.Shipped())
	},
}

var mixPrior = Recipe{
	Name: "mix-prior", Saves: true,
	About: "shipped, but hostile and spam expect the training examples' own share of yes instead of 3 %",
	train: func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
		parameters := classifier.Shipped()
		if axis != classifier.Stance {
			parameters.Axes[axis.Index()].Prior = shareOfYes(axis, examples)
		}
		return trainModel(axis, examples, parameters)
	},
}

func shareOfYes(axis classifier.Axis, examples []classifier.Example) float64 {
	yes := 0
	for _, e := range examples {
		if e.Labels[axis] == classifier.Yes {
			yes++
		}
	}
	return float64(yes) / float64(len(examples))
}

func trainModel(axis classifier.Axis, examples []classifier.Example, parameters classifier.Parameters) (*Trained, error) {
	training, err := classifier.NewTraining(feature.Current, examples, parameters)
	if err != nil {
		return nil, err
	}
	return &Trained{Model: training.Model, Counts: training.Counts, answer: modelAnswer(training.Model, axis), training: training}, nil
}

// modelAnswer answers with a model. On an axis that the model lacks it knows nothing and says so: every class is equally probable.
func modelAnswer(model *classifier.Model, axis classifier.Axis) answer {
	return func(e classifier.Example) ([3]float64, bool) {
		prediction := model.Classify(e)
		opinion := prediction.On(axis)
		if opinion.Best == "" {
			return evenly(len(axis.Answers())), false
		}
		return opinion.Probabilities, opinion.Answer != classifier.Unsure
	}
}

func evenly(classes int) (probabilities [3]float64) {
	for class := range classes {
		probabilities[class] = 1 / float64(classes)
	}
	return probabilities
}
