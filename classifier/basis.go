package classifier

import (
	"fmt"
	"math"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

// Basis is a model beside the counts that it was built from, laid out so that what other labels would do to its scores follows from the counts alone.
// All that is not counted is held as in the model: vocabulary, background, attribute weights, calibration, thresholds. It is immutable and safe for
// concurrent use.
type Basis struct {
	model   *Model
	words   [3]vocabulary // an axis: words and phrases
	letters [3]vocabulary // an axis: runs of letters

	// What the log-odds are multiplied by, an axis: of words and phrases by unit (see Index), of runs by their row in the scorer's table. 0 for what
	// the axis does not know.
	unitAttributes, runAttributes [3][]float32
}

// vocabulary is the features of one naive Bayes with their pseudo-counts, x = n + μ·b in the words of package bayes.
type vocabulary struct {
	places     map[uint64]int32 // by hash
	pseudo     [][3]float64
	least      []float64 // μ·b: what stays where no example holds the feature
	attributes []float32 // 0 for runs that the model left out as less telling
	totals     [3]float64
	ofClaims   map[string][3]float64 // the same of the features crossed with a claim
}

// NewBasis lays out the counts of a model: those that Build pruned, or that were stored with the model.
func NewBasis(model *Model, counts *Counts) (*Basis, error) {
	if counts.chain.ID() != model.chain.ID() {
		return nil, fmt.Errorf("counts of chain %s, a model of chain %s", counts.chain.ID(), model.chain.ID())
	}
	b := &Basis{model: model}
	err := eachAxis(func(i int) error {
		axis, a := Axes[i], &counts.axes[i]
		if !model.Has(axis) {
			return nil
		}
		table, smoothing := a.table(axis), model.parameters.Axes[i].Smoothing
		if len(table.Features) != model.vocabulary[i] {
			return fmt.Errorf("counts of %d features, a model of %d", len(table.Features), model.vocabulary[i])
		}
		b.words[i] = newVocabulary(table, smoothing, func(name string) float64 { return a.attributes[a.index[feature.Hash(name)]] })
		if !model.parameters.Letters {
			return nil
		}
		spelled, err := learnLetters(a, axis, smoothing)
		if err != nil || spelled == nil {
			return err
		}
		b.letters[i] = newVocabulary(spelled.counted, smoothing, func(name string) float64 {
			if _, told := spelled.index[feature.Hash(name)]; !told {
				return 0
			}
			if attribute, ok := a.runs[name]; ok {
				return attribute
			}
			return 1
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, axis := range Axes {
		from := model.scorerOf(axis)
		b.unitAttributes[i] = append(b.words[i].attributesOf(from.words.hashes), b.words[i].attributesOf(from.phrases.hashes)...)
		b.runAttributes[i] = b.letters[i].attributesOf(from.letters.hashes)
	}
	return b, nil
}

// Model is the model.
func (b *Basis) Model() *Model { return b.model }

// scorerOf is the scorer that reads the axis's features.
func (m *Model) scorerOf(axis Axis) *scorer {
	if axis == Stance {
		return &m.scorers.stance
	}
	return &m.scorers.yesNo
}

func newVocabulary(table bayes.Counts, smoothing float64, attribute func(name string) float64) vocabulary {
	n := len(table.Features)
	v := vocabulary{
		places: make(map[uint64]int32, n), pseudo: make([][3]float64, n), least: make([]float64, n), attributes: make([]float32, n),
		ofClaims: map[string][3]float64{},
	}
	all, mu := 0.0, smoothing*float64(n)
	for _, seen := range table.Seen {
		all += seen
	}
	for j, name := range table.Features {
		v.places[feature.Hash(name)] = int32(j)
		v.least[j], v.attributes[j] = mu*table.Seen[j]/all, float32(attribute(name))
		claimID := feature.CrossClaim(name)
		for class := range table.Examples {
			x := table.Examples[class][j] + v.least[j]
			v.pseudo[j][class] = x
			v.totals[class] += x
			if claimID != "" {
				ofClaim := v.ofClaims[claimID]
				ofClaim[class] += x
				v.ofClaims[claimID] = ofClaim
			}
		}
	}
	return v
}

// attributesOf are those of the features with these hashes, 0 where there is none.
func (v *vocabulary) attributesOf(hashes []uint64) []float32 {
	attributes := make([]float32, len(hashes))
	for i, hash := range hashes {
		if at, ok := v.places[hash]; ok {
			attributes[i] = v.attributes[at]
		}
	}
	return attributes
}

// shifts is what other counts do to the weights of one vocabulary: changes of ln P(feature | class) times the attribute weight.
type shifts struct {
	touched map[uint64][3]float64 // by hash: what the feature's own counts do
	all     [3]float64            // what the totals do to every feature, before the attribute weight; to crossed ones only where ofClaim says so
	claimID string
	ofClaim [3]float64 // what the claim's totals do to the features crossed with it
}

// held is by how much a feature's counts can move, a class: no more goes than was counted.
func (v *vocabulary) held(place int32, by [3]float64) [3]float64 {
	for class := range by {
		by[class] = math.Max(by[class], v.least[place]-v.pseudo[place][class])
	}
	return by
}

// recount is how far the counts of features move, a class, by hash.
type recount struct {
	moved   map[uint64][3]float64
	claimed map[uint64]bool // those crossed with the claim
}

// shift says what the weights change by where counts move.
func (v *vocabulary) shift(r recount, claimID string, classes int) shifts {
	s := shifts{touched: make(map[uint64][3]float64, len(r.moved)), claimID: claimID}
	var more, moreOfClaim [3]float64
	for hash, moved := range r.moved {
		at, ok := v.places[hash]
		if !ok {
			continue
		}
		moved = v.held(at, moved)
		var own [3]float64
		for class := range classes {
			before := v.pseudo[at][class]
			more[class] += moved[class]
			if r.claimed[hash] {
				moreOfClaim[class] += moved[class]
			}
			own[class] = math.Log((before+moved[class])/before) * float64(v.attributes[at])
		}
		s.touched[hash] = own
	}
	for class := range classes {
		s.all[class] = -math.Log((v.totals[class] + more[class]) / v.totals[class])
		if ofClaim := v.ofClaims[claimID][class]; ofClaim > 0 {
			s.ofClaim[class] = -math.Log((ofClaim + moreOfClaim[class]) / ofClaim)
		}
	}
	return s
}
