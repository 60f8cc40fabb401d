package classifier

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"commentdesk/classifier/feature"
)

// HeldOutAnswer is what was said of one labelled example, on one axis, by a model that had not seen it.
type HeldOutAnswer struct {
	Class   int     // the label, an index into Axis.Answers
	Group   string  // the example's
	Opinion Opinion // at the prior that the model expects
}

// heldOut cuts examples into folds and scores each example by a model that was trained on the other folds.
type heldOut struct {
	examples []Example
	before   Parameters // those that fitting starts from
	foldOf   []int      // of each example
	folds    []*Counts  // of each fold; nil once the models are made
	models   []*Model   // trained without the fold; nil where nothing can be learned without it
	scores   [3]heldScores
}

// calibrationFolds is how many parts the examples are cut into, so that each is scored by a model that has not seen it.
const calibrationFolds = 5

func newHeldOut(chain feature.Chain, examples []Example, before Parameters) *heldOut {
	h := &heldOut{examples: inOrder(examples), before: before, foldOf: make([]int, len(examples)), folds: make([]*Counts, calibrationFolds)}
	for i := range h.folds {
		h.folds[i] = NewCounts(chain)
	}
	for i, e := range h.examples {
		h.foldOf[i] = calibrationFold(e)
		h.folds[h.foldOf[i]].Add(e)
	}
	return h
}

// calibrationFold is Fold, but by the text alone where stance is labelled: groups of stance examples are often their claims, and a model that
// never saw a claim says nothing of it.
func calibrationFold(e Example) int {
	if e.Labels[Stance] != "" {
		e.Group = ""
	}
	return Fold(e, calibrationFolds)
}

// train makes the models, each without one fold.
func (h *heldOut) train(total *Counts, read []readExample) error {
	h.models = make([]*Model, len(h.folds))
	failed := make([]error, len(h.folds))
	var group sync.WaitGroup
	turns := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	for i, fold := range h.folds {
		group.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			rest := total.Clone()
			rest.Merge(fold, -1)
			rest.Prune(h.before)
			failed[i] = rest.learnAttributes(h.before, read, func(at int) bool { return h.foldOf[at] != i })
			if failed[i] == nil {
				h.models[i], failed[i] = Build(rest, h.before)
			}
		})
	}
	group.Wait()
	h.folds = nil
	for _, err := range failed {
		if err != nil && !errors.Is(err, errNothing) {
			return fmt.Errorf("calibration: %w", err)
		}
	}
	return nil
}

// score scores every example. Those whose fold has no model are left out.
func (h *heldOut) score() {
	for i, e := range h.examples {
		fold := h.foldOf[i]
		model := h.models[fold]
		if model == nil {
			continue
		}
		scores, letters := model.scores(e)
		for i, axis := range Axes {
			held := &h.scores[i]
			if model.Has(axis) && axis.AnswerIndex(e.Labels[axis]) >= 0 {
				held.coverage, held.coverageFold = append(held.coverage, scores[i].Coverage), append(held.coverageFold, fold)
			}
			if scores[i].Class >= 0 {
				held.words, held.letters, held.fold = append(held.words, scores[i]), append(held.letters, letters[i]), append(held.fold, fold)
			}
		}
	}
}

// answers are those of the folds' models, made ready as the model is that answers in the end: calibration, least coverage and thresholds are fitted
// for each fold without the fold. Examples that count for less than one are not answered: they are assumptions, and figures are of labels.
func (h *heldOut) answers(model *Model) (answers [3][]HeldOutAnswer, err error) {
	fitted := make([]*Model, len(h.models))
	for fold, without := range h.models {
		if without == nil {
			continue
		}
		description := without.Describe()
		description.Parameters = h.before
		for i, axis := range Axes {
			description.Parameters.Axes[i].fit(axis, h.scores[i].without(fold))
		}
		description.Parameters = description.Parameters.rounded()
		if fitted[fold], err = Restore(description, without.Weights()); err != nil {
			return answers, err
		}
	}
	for i, e := range h.examples {
		without := fitted[h.foldOf[i]]
		if without == nil || e.Weight > 0 && e.Weight < 1 {
			continue
		}
		prediction := without.Classify(e)
		for i, axis := range Axes {
			if class := axis.AnswerIndex(e.Labels[axis]); class >= 0 && model.Has(axis) && without.Has(axis) {
				answers[i] = append(answers[i], HeldOutAnswer{Class: class, Group: e.Group, Opinion: *prediction.On(axis)})
			}
		}
	}
	return answers, nil
}

// heldScores are what models that had not seen them gave labelled examples on one axis, words and letters apart.
type heldScores struct {
	words   []Scored
	letters [][3]float64
	fold    []int

	coverage     []float64 // of examples of which nothing is known too
	coverageFold []int
}

// without leaves one fold out.
func (h heldScores) without(fold int) heldScores {
	var rest heldScores
	for i, of := range h.fold {
		if of != fold {
			rest.words, rest.letters = append(rest.words, h.words[i]), append(rest.letters, h.letters[i])
		}
	}
	for i, of := range h.coverageFold {
		if of != fold {
			rest.coverage = append(rest.coverage, h.coverage[i])
		}
	}
	return rest
}

// combined adds the letters' scores, times slope, to the words'.
func (h heldScores) combined(slope float64) []Scored {
	sums := slices.Clone(h.words)
	for i := range sums {
		for class, letters := range h.letters[i] {
			sums[i].Scores[class] += slope * letters
		}
	}
	return sums
}
