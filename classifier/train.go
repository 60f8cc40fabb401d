package classifier

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/feature"
)

// calibrationFolds is how many parts the examples are cut into, so that each is scored by a model that has not seen it.
const calibrationFolds = 5

// Train counts the examples, fits calibration on held-out folds and builds a model. The order of the examples does not matter. The returned
// counts are the model's, pruned. Axes whose examples do not have every answer are left out; no axis at all is an error.
func Train(chain feature.Chain, examples []Example, parameters Parameters) (*Model, *Counts, error) {
	folds := make([]*Counts, calibrationFolds)
	for i := range folds {
		folds[i] = NewCounts(chain)
	}
	for _, e := range examples {
		folds[calibrationFold(e)].Add(e)
	}
	total := NewCounts(chain)
	for _, fold := range folds {
		total.Merge(fold, 1)
	}
	scored, err := heldOut(total, folds, examples, parameters)
	if err != nil {
		return nil, nil, err
	}
	for i, axis := range Axes {
		if len(scored[i]) == 0 {
			continue
		}
		sortScored(scored[i])
		fitted := Calibrate(axis, scored[i])
		parameters.Axes[i].Slope, parameters.Axes[i].Bias = fitted.Slope, fitted.Bias
	}
	model, err := Build(total, parameters)
	return model, total, err
}

// Fold is the part, 0 to n−1, that an example falls in: by its group, or by its text where it stands alone.
func Fold(e Example, n int) int {
	key := e.Group
	if key == "" {
		key = e.Text
	}
	return int(xxhash.Sum64String(key) % uint64(n))
}

// calibrationFold is Fold, but by the text alone where stance is labelled: groups of stance examples are often their claims, and a model that
// never saw a claim says nothing of it.
func calibrationFold(e Example) int {
	if e.Labels[Stance] != "" {
		e.Group = ""
	}
	return Fold(e, calibrationFolds)
}

// sortScored makes sums over the scores independent of the order of the examples.
func sortScored(scored []Scored) {
	slices.SortFunc(scored, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.Weight, b.Weight), slices.Compare(a.Scores[:], b.Scores[:]))
	})
}

// heldOut scores each example by a model trained on the other folds: [axis] in the order of the examples. Folds without which nothing can be
// learned are left out.
func heldOut(total *Counts, folds []*Counts, examples []Example, parameters Parameters) ([3][]Scored, error) {
	var scored [3][]Scored
	models := make([]*Model, len(folds))
	for i, fold := range folds {
		rest := total.Clone()
		rest.Merge(fold, -1)
		model, err := Build(rest, parameters)
		if errors.Is(err, errNothing) {
			continue
		}
		if err != nil {
			return scored, fmt.Errorf("calibration: %w", err)
		}
		models[i] = model
	}
	for _, e := range examples {
		model := models[calibrationFold(e)]
		if model == nil {
			continue
		}
		for i, s := range model.Score(e) {
			if s.Class >= 0 {
				scored[i] = append(scored[i], s)
			}
		}
	}
	return scored, nil
}

// Score is the model's raw score of a labelled example on each axis, for calibration. Class is −1 on an axis without a label, which the model
// lacks, or of whose features it knows none.
func (m *Model) Score(e Example) [3]Scored {
	r := m.borrow()
	defer m.scratch.Put(r)
	m.read(r, e)
	var scored [3]Scored
	for i, axis := range Axes {
		raw := &r.raw[i]
		scored[i] = Scored{Scores: raw.normalised(), Class: axis.AnswerIndex(e.Labels[axis]), Weight: max(e.Weight, 0)}
		if scored[i].Weight == 0 {
			scored[i].Weight = 1
		}
		if raw.known == 0 || !m.Has(axis) || (axis == Stance && raw.words == 0) {
			scored[i].Class = -1
		}
	}
	return scored
}
