package trial

import (
	"fmt"
	"slices"
	"strings"

	"commentdesk/classifier"
)

// Recipe is one way to train on labelled examples.
type Recipe struct {
	Name  string
	About string // in a line
	Saves bool   // whether what it trains is a model that can be saved

	// train gets examples with a label on the axis and none on others; every answer occurs.
	train func(axis classifier.Axis, examples []classifier.Example) (*Trained, error)
}

// Default is the recipe that models are made by unless told otherwise.
const Default = "shipped"

// Recipes lists every recipe, the default first.
func Recipes() []Recipe {
	return []Recipe{shipped, plain, wordsOnly, unweighted, bare, unclaimed, mixPrior}
}

// Find is the recipe of that name; "" is the default.
func Find(name string) (Recipe, error) {
	if name == "" {
		name = Default
	}
	all := Recipes()
	if i := slices.IndexFunc(all, func(r Recipe) bool { return r.Name == name }); i >= 0 {
		return all[i], nil
	}
	return Recipe{}, fmt.Errorf("no recipe %q: %s", name, names(all))
}

// Saving names the recipes whose models can be saved.
func Saving() string {
	return names(slices.DeleteFunc(Recipes(), func(r Recipe) bool { return !r.Saves }))
}

func names(recipes []Recipe) string {
	var list []string
	for _, r := range recipes {
		list = append(list, r.Name)
	}
	return strings.Join(list, ", ")
}

// Trained is what a recipe made: something that answers on one axis.
type Trained struct {
	Model  *classifier.Model  // nil where the recipe makes none
	Counts *classifier.Counts // the model's
	answer answer

	training *classifier.Training // what made the model; nil where it was given
}

// answer gives the probabilities of one text, a class of the axis; sure is false where it abstains.
type answer func(e classifier.Example) (probabilities [3]float64, sure bool)

// Train trains on the examples that have a label on the axis; their labels on other axes are not seen. Every answer must occur among them.
func (r Recipe) Train(axis classifier.Axis, examples []Example) (*Trained, error) {
	var alone []classifier.Example
	var found [3]int
	for _, e := range LabelledOn(axis, examples) {
		answer := e.Labels[axis]
		found[axis.AnswerIndex(answer)]++
		e.Example.Labels = map[classifier.Axis]string{axis: answer}
		alone = append(alone, e.Example)
	}
	if err := everyAnswer(axis, found); err != nil {
		return nil, err
	}
	trained, err := r.train(axis, alone)
	if err != nil {
		return nil, fmt.Errorf("%s, recipe %s, %d training examples: %w", axis, r.Name, len(alone), err)
	}
	return trained, nil
}

// everyAnswer refuses examples that lack an answer: from them nothing can be learned about it.
func everyAnswer(axis classifier.Axis, found [3]int) error {
	var there, missing []string
	for class, answer := range axis.Answers() {
		if found[class] == 0 {
			missing = append(missing, answer)
			continue
		}
		there = append(there, fmt.Sprintf("%d %s", found[class], answer))
	}
	switch {
	case len(missing) == 0:
		return nil
	case len(there) == 0:
		return fmt.Errorf("%s: no training example has a label", axis)
	}
	return fmt.Errorf("%s: the training examples are %s and none is %s; training needs examples of every answer", axis,
		strings.Join(there, " and "), strings.Join(missing, " or "))
}
