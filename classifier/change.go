package classifier

import (
	"math"

	"commentdesk/classifier/feature"
)

// Relabel is a text whose labels change. From are those that the model was trained with, To those that it would be trained with; an axis without a
// label is absent.
type Relabel struct {
	Text     string
	Claim    string
	From, To map[Axis]string
}

// Change is what other labels would do to a model: how far each weight moves.
type Change struct {
	words, letters [3]shifts
	changes        [3]bool
	offsets        map[string][3]float64 // by claim: what the shares of answers do to its log-odds
}

// Changes says whether anything on the axis moves.
func (c *Change) Changes(axis Axis) bool { return c.changes[axis.Index()] }

// Change works out a relabelling. Every label counts as the model's site weight; a label that goes takes away no more than was counted. Features that
// the model does not know stay unknown, and so does a claim.
func (b *Basis) Change(r Relabel) *Change {
	change := &Change{}
	m := b.model
	claimID := m.learnedClaim(r.Claim)
	var filled feature.Features
	m.chain.Features(&filled, r.Text, claimID)
	weight := m.parameters.SiteWeight
	for i, axis := range Axes {
		from, to := axis.AnswerIndex(r.From[axis]), axis.AnswerIndex(r.To[axis])
		if from == to || !m.Has(axis) {
			continue
		}
		var by [3]float64
		if from >= 0 {
			by[from] -= weight
		}
		if to >= 0 {
			by[to] += weight
		}
		words, letters := b.recount(&filled, axis, by)
		classes := len(axis.Answers())
		change.changes[i] = true
		change.words[i] = b.words[i].shift(words, claimID, classes)
		change.letters[i] = b.letters[i].shift(letters, claimID, classes)
		if axis == Stance {
			change.offsets = b.offsets(claimID, by)
		}
	}
	return change
}

// recount is how far the counts of a text's features move: those of the features that Counts.Add counts on the axis, and those of their runs of letters.
func (b *Basis) recount(filled *feature.Features, axis Axis, by [3]float64) (words, letters recount) {
	words = recount{map[uint64][3]float64{}, map[uint64]bool{}}
	letters = recount{map[uint64][3]float64{}, map[uint64]bool{}}
	i, items := axis.Index(), filled.Items
	if axis != Stance {
		items = items[:filled.Claimed]
	}
	var spelling feature.Spelling
	for j := range items {
		item := &items[j]
		place, known := b.words[i].places[item.Hash]
		if !known || item.For&uses[i] == 0 {
			continue
		}
		moved := b.words[i].held(place, by)
		words.moved[item.Hash], words.claimed[item.Hash] = moved, item.Crossed()
		form, claimID, ok := feature.WordForm(filled.Name(j))
		if !ok || !feature.Lettered([]byte(form)) {
			continue
		}
		spelling.Read([]byte(form))
		for hash, more := spelling.Next(); more; hash, more = spelling.Next() {
			hash = feature.CrossRun(hash, claimID)
			sum := letters.moved[hash]
			for class := range sum {
				sum[class] += moved[class]
			}
			letters.moved[hash], letters.claimed[hash] = sum, item.Crossed()
		}
	}
	return words, letters
}

// offsets are what the shares of answers under each claim do where so many labels more are given under one of them.
func (b *Basis) offsets(claimID string, by [3]float64) map[string][3]float64 {
	m, moved := b.model, map[string][3]float64{}
	all := m.examples[0]
	for class := range all {
		all[class] = math.Max(all[class]+by[class], leastExamples)
	}
	for id, claim := range m.claims {
		labels := claim.Labels
		if id == claimID {
			for class := range labels {
				labels[class] = math.Max(labels[class]+by[class], 0)
			}
		}
		before, after := m.claimOffset(id), claimOffset(labels, all, m.parameters.Axes[0].ClaimSlope)
		for class := range after {
			after[class] -= before[class]
		}
		moved[id] = after
	}
	return moved
}

// column is the change of one weight: for hostile and spam of the log-odds of yes, in the first; for stance of each class.
func column(axis Axis, byClass [3]float64) [3]float64 {
	if axis == Stance {
		return byClass
	}
	return [3]float64{byClass[0] - byClass[1]}
}
