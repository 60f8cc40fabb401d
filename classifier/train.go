package classifier

import (
	"cmp"
	"slices"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/feature"
)

// Train counts the examples, learns attribute weights, fits calibration, least coverage and thresholds on held-out folds and builds a model. The
// order of the examples does not matter. The returned counts are the model's, pruned. Axes whose examples do not have every answer are left out; no
// axis at all is an error.
func Train(chain feature.Chain, examples []Example, parameters Parameters) (*Model, *Counts, error) {
	training, err := NewTraining(chain, examples, parameters)
	if err != nil {
		return nil, nil, err
	}
	return training.Model, training.Counts, nil
}

// Training is a model with the counts it was built from. It can tell what is said of its examples by models that have not seen them.
type Training struct {
	Model  *Model
	Counts *Counts // pruned
	held   *heldOut
}

// NewTraining is Train for those who ask for more than the model.
func NewTraining(chain feature.Chain, examples []Example, parameters Parameters) (*Training, error) {
	held := newHeldOut(chain, examples, parameters)
	total := NewCounts(chain)
	for _, fold := range held.folds {
		total.Merge(fold, 1)
	}
	read := readExamples(chain, held.examples)
	if err := held.train(total, read); err != nil {
		return nil, err
	}
	held.score()
	for i, axis := range Axes {
		parameters.Axes[i].fit(axis, held.scores[i])
	}
	total.Prune(parameters)
	if err := total.learnAttributes(parameters, read, func(int) bool { return true }); err != nil {
		return nil, err
	}
	model, err := Build(total, parameters)
	return &Training{Model: model, Counts: total, held: held}, err
}

// HeldOut answers the examples that have a label, an axis in the order of Axes, each by a model that was trained and calibrated without the
// example's fold. Axes that the model lacks have no answers.
func (t *Training) HeldOut() ([3][]HeldOutAnswer, error) { return t.held.answers(t.Model) }

// inOrder sorts a copy of the examples, so that no sum depends on how they came.
func inOrder(examples []Example) []Example {
	sorted := slices.Clone(examples)
	slices.SortStableFunc(sorted, func(a, b Example) int {
		order := cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Weight, b.Weight), cmp.Compare(a.Group, b.Group))
		for _, axis := range Axes {
			order = cmp.Or(order, cmp.Compare(a.Labels[axis], b.Labels[axis]))
		}
		return order
	})
	return sorted
}

// Fold is the part, 0 to n−1, that an example falls in: by its group, or by its text where it stands alone.
func Fold(e Example, n int) int {
	key := e.Group
	if key == "" {
		key = e.Text
	}
	return int(xxhash.Sum64String(key) % uint64(n))
}

// letterShares are what the letters' score may count beside the words' once both have equal spread.
var letterShares = [...]float64{0.25, 0.5, 2, 4, 8}

// worthwhileLoss is a difference of held-out log loss, in nats an example, that is no matter of chance or of a few examples.
const worthwhileLoss = 0.001

// fit takes calibration, least coverage and thresholds from held-out answers; without any, all stay as they are.
func (a *AxisParameters) fit(axis Axis, held heldScores) {
	if len(held.coverage) > 0 {
		a.FitCoverage(axis, held.coverage)
	}
	if len(held.words) > 0 {
		a.calibrate(axis, held)
		a.FitThresholds(axis, Calibration{Slope: a.Slope, Bias: a.Bias}, held.combined(a.LetterSlope/a.Slope))
	}
}

// calibrate brings the scores of words and of letters to equal spread, adds them, and fits slope and bias to the sum. Another share of the
// letters is taken where its held-out log loss is worth it.
func (a *AxisParameters) calibrate(axis Axis, held heldScores) {
	var byWords, byLetters []float64
	for i, s := range held.words {
		for class := range weightColumns(axis) {
			byWords, byLetters = append(byWords, s.Scores[class]), append(byLetters, held.letters[i][class])
		}
	}
	equal := 0.
	if letters := spread(byLetters); letters > 0 {
		equal = spread(byWords) / letters
	}
	even := held.mixed(axis, equal)
	chosen := even
	if equal > 0 {
		for _, share := range letterShares {
			if other := held.mixed(axis, share*equal); other.loss < min(chosen.loss, even.loss-worthwhileLoss) {
				chosen = other
			}
		}
	}
	a.Slope, a.LetterSlope, a.Bias = chosen.Slope, chosen.Slope*chosen.letters, chosen.Bias
}

// mixture is a calibration of words' scores with letters' scores added.
type mixture struct {
	Calibration
	letters float64 // what the letters' scores are multiplied by before they are added
	loss    float64 // held-out log loss, in nats an example
}

func (h heldScores) mixed(axis Axis, letters float64) mixture {
	combined := h.combined(letters)
	m := mixture{Calibration: Calibrate(axis, combined), letters: letters}
	m.loss = m.logLoss(axis, combined)
	return m
}

// Recalibrate takes over a calibration fitted to the scores that Model.Score gives.
func (a *AxisParameters) Recalibrate(fitted Calibration) {
	a.Slope, a.LetterSlope, a.Bias = a.Slope*fitted.Slope, a.LetterSlope*fitted.Slope, fitted.Bias
}

// Score is the model's score of a labelled example on each axis, for calibration: slopes as they are, without bias and prior. Class is −1 on an
// axis without a label, which the model lacks, or of whose features it knows none.
func (m *Model) Score(e Example) [3]Scored {
	scores, letters := m.scores(e)
	for i := range scores {
		parameters := &m.parameters.Axes[i]
		for class, words := range scores[i].Scores {
			scores[i].Scores[class] = parameters.Slope*words + parameters.LetterSlope*letters[i][class]
		}
	}
	return scores
}

// scores are the raw scores of words and letters.
func (m *Model) scores(e Example) (scored [3]Scored, letters [3][3]float64) {
	r := m.borrow()
	defer m.scratch.Put(r)
	m.read(r, e)
	for i, axis := range Axes {
		raw := &r.raw[i]
		scored[i] = Scored{Class: axis.AnswerIndex(e.Labels[axis]), Weight: max(e.Weight, 0)}
		scored[i].Scores, letters[i] = raw.normalised()
		if scored[i].Weight == 0 {
			scored[i].Weight = 1
		}
		if axis == Stance {
			scored[i].Offset = r.offset
		}
		if raw.of > 0 {
			scored[i].Coverage = float64(raw.words) / float64(raw.of)
		}
		if raw.known == 0 || !m.Has(axis) || (axis == Stance && raw.words == 0) {
			scored[i].Class = -1
		}
	}
	return scored, letters
}
