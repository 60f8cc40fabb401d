package classifier

import (
	"math"
	"sync"

	"commentdesk/classifier/feature"
)

// Model is immutable and answers for one to three axes. It is safe for concurrent use.
type Model struct {
	id         string
	chain      feature.Chain
	parameters Parameters
	examples   [3][3]float64 // [axis][class]
	vocabulary [3]int
	claims     map[string]Claim
	table      *table
	weights    []byte // the table's bytes
	scratch    sync.Pool
}

// ID is the hash of the model's content.
func (m *Model) ID() string { return m.id }

// Chain is the chain the model was trained with.
func (m *Model) Chain() feature.Chain { return m.chain }

// Parameters are the model's parameters.
func (m *Model) Parameters() Parameters { return m.parameters }

// Examples is how many examples the axis was trained on, a class of Axis.Answers.
func (m *Model) Examples(axis Axis) [3]float64 { return m.examples[axis.Index()] }

// Vocabulary is how many features the axis knows.
func (m *Model) Vocabulary(axis Axis) int { return m.vocabulary[axis.Index()] }

// Claim is what the model learned of a claim, by id.
func (m *Model) Claim(id string) (Claim, bool) {
	claim, ok := m.claims[id]
	return claim, ok
}

// Weights are the bytes of weights.bin. They must not be changed.
func (m *Model) Weights() []byte { return m.weights }

// Has says whether the model answers on an axis.
func (m *Model) Has(axis Axis) bool { return m.vocabulary[axis.Index()] > 0 }

// columnsOf is where an axis's weights lie in a row.
func columnsOf(axis Axis) (from, to int) {
	switch axis {
	case Hostile:
		return hostileColumn, hostileColumn + 1
	case Spam:
		return spamColumn, spamColumn + 1
	}
	return 0, 3
}

// reading is one text with the table rows of its features.
type reading struct {
	features feature.Features
	rows     []int32 // of each feature, -1 where the table has none
	raw      [3]rawScore
	claim    string // the last claim, kept with its id: comments of one article come in a row
	claimID  string
}

// claimOf is the claim's id.
func (r *reading) claimOf(claim string) string {
	if claim != r.claim {
		r.claim, r.claimID = claim, ClaimID(claim)
	}
	return r.claimID
}

// rawScore is an axis's score before calibration.
type rawScore struct {
	sums  [3]float64 // Σ weights; hostile and spam use the first
	known int        // features the axis knows
	words int        // words the axis knows
}

func (m *Model) read(r *reading, e Example) {
	claimID := ""
	if m.Has(Stance) {
		claimID = r.claimOf(e.Claim)
		if _, ok := m.claims[claimID]; !ok {
			claimID = ""
		}
	}
	m.chain.Features(&r.features, e.Text, claimID)
	r.raw = [3]rawScore{}
	r.rows = r.rows[:0]
	for i := range r.features.Items {
		item := &r.features.Items[i]
		row := m.table.find(item.Hash)
		r.rows = append(r.rows, int32(row))
		if row < 0 {
			continue
		}
		weights := m.table.row(row)
		crossed := i >= r.features.Claimed
		if stance := weights[0]; stance == stance {
			raw := &r.raw[0]
			raw.known++
			raw.sums[0] += float64(weights[0])
			raw.sums[1] += float64(weights[1])
			raw.sums[2] += float64(weights[2])
			if crossed && item.Kind == feature.Word {
				raw.words++
			}
		}
		for axis, column := range [3]int{-1, hostileColumn, spamColumn} {
			if column < 0 || crossed {
				continue
			}
			if weight := weights[column]; weight == weight {
				raw := &r.raw[axis]
				raw.known++
				raw.sums[0] += float64(weight)
				if item.Kind == feature.Word {
					raw.words++
				}
			}
		}
	}
}

// distinctWords is how many different words the text has.
func (r *reading) distinctWords() int {
	n := 0
	for i := range r.features.Items[:r.features.Claimed] {
		if r.features.Items[i].Kind == feature.Word {
			n++
		}
	}
	return n
}

// normalised divides a sum by the square root of the number of known features: a long comment is not surer for being long.
func (s *rawScore) normalised() [3]float64 {
	if s.known == 0 {
		return [3]float64{}
	}
	root := math.Sqrt(float64(s.known))
	return [3]float64{s.sums[0] / root, s.sums[1] / root, s.sums[2] / root}
}

func (m *Model) borrow() *reading {
	if r, ok := m.scratch.Get().(*reading); ok {
		return r
	}
	return &reading{}
}

// Classify answers for one example; its labels are ignored. It allocates nothing once warm.
func (m *Model) Classify(e Example) Prediction {
	r := m.borrow()
	m.read(r, e)
	p := m.predict(r)
	m.scratch.Put(r)
	return p
}

func (m *Model) predict(r *reading) Prediction {
	p := Prediction{Model: m.id}
	words := r.distinctWords()
	for i, axis := range Axes {
		opinion := p.On(axis)
		opinion.Answer, opinion.Words = Unsure, words
		if !m.Has(axis) {
			continue
		}
		opinion.Known = r.raw[i].words
		z := m.logOdds(axis, &r.raw[i])
		classes := len(axis.Answers())
		softmax(z[:classes], opinion.Probabilities[:classes])
		m.answer(axis, opinion, r.raw[i].known)
	}
	return p
}

// logOdds are the calibrated log-odds a class; hostile and spam carry theirs in the first, the second is 0.
func (m *Model) logOdds(axis Axis, raw *rawScore) (z [3]float64) {
	parameters := &m.parameters.Axes[axis.Index()]
	scores := raw.normalised()
	if axis == Stance {
		for class := range z {
			z[class] = parameters.Slope*scores[class] + parameters.Bias[class]
		}
		return z
	}
	z[0] = parameters.Slope*scores[0] + parameters.Bias[0] + logit(parameters.Prior)
	return z
}

// answer picks the most probable answer, and abstains where too few words are known or no answer is probable enough.
func (m *Model) answer(axis Axis, opinion *Opinion, known int) {
	parameters := &m.parameters.Axes[axis.Index()]
	best := 0
	for class, p := range opinion.Probabilities {
		if p > opinion.Probabilities[best] {
			best = class
		}
	}
	opinion.Best = axis.Answers()[best]
	if known == 0 || opinion.Coverage() < parameters.MinCoverage {
		return
	}
	if axis == Stance {
		if opinion.Known > 0 && opinion.Probabilities[best] >= parameters.High {
			opinion.Answer = opinion.Best
		}
		return
	}
	switch yes := opinion.Probabilities[0]; {
	case yes >= parameters.High:
		opinion.Answer = Yes
	case yes <= parameters.Low:
		opinion.Answer = No
	}
}
