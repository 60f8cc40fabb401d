package trial

import (
	"errors"
	"math"
	"sort"

	"commentdesk/classifier"
	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

const (
	plainLeast = 2  // a feature that fewer examples held is left out
	plainAlpha = .3 // added to every count
)

var plain = Recipe{
	Name:  "plain",
	About: "the reference: textbook naive Bayes on words and pairs, α .3, document prior, neither length nor calibration seen to",
	train: func(axis classifier.Axis, examples []classifier.Example) (*Trained, error) {
		p, err := trainPlain(axis, examples)
		if err != nil {
			return nil, err
		}
		return &Trained{answer: p.answer}, nil
	},
}

// plainBayes is ln P(class) + Σ ln P(feature | class) over the features of a text that training knew; nothing more.
type plainBayes struct {
	classes int
	prior   [3]float64            // ln of each class's share of the examples
	logs    map[uint64][3]float64 // ln P(feature | class) by the feature's hash
	scratch feature.Features
}

// plainFeature is one feature of the training examples.
type plainFeature struct {
	name   string
	counts [3]float64
	seen   int
}

func trainPlain(axis classifier.Axis, examples []classifier.Example) (*plainBayes, error) {
	p := &plainBayes{classes: len(axis.Answers()), logs: map[uint64][3]float64{}}
	found := map[uint64]*plainFeature{}
	for _, e := range examples {
		class := axis.AnswerIndex(e.Labels[axis])
		p.prior[class]++
		p.each(e.Text, func(hash uint64, at int) {
			f := found[hash]
			if f == nil {
				f = &plainFeature{name: p.scratch.Name(at)}
				found[hash] = f
			}
			f.counts[class]++
			f.seen++
		})
	}
	for class := range p.classes {
		p.prior[class] = math.Log(p.prior[class] / float64(len(examples)))
	}
	return p, p.learn(found)
}

// learn lets the library estimate every feature's probabilities.
func (p *plainBayes) learn(found map[uint64]*plainFeature) error {
	var hashes []uint64
	for hash, f := range found {
		if f.seen >= plainLeast {
			hashes = append(hashes, hash)
		}
	}
	if len(hashes) == 0 {
		return errors.New("no two examples share a word")
	}
	sort.Slice(hashes, func(i, j int) bool { return found[hashes[i]].name < found[hashes[j]].name })
	counts := bayes.Counts{Features: make([]string, len(hashes)), Examples: make([][]float64, p.classes)}
	for class := range p.classes {
		counts.Examples[class] = make([]float64, len(hashes))
	}
	for j, hash := range hashes {
		counts.Features[j] = found[hash].name
		for class := range p.classes {
			counts.Examples[class][j] = found[hash].counts[class]
		}
	}
	learned, err := bayes.LearnLidstone(counts, plainAlpha)
	if err != nil {
		return err
	}
	for class, row := range learned.LogProbabilities() {
		for j, log := range row {
			logs := p.logs[hashes[j]]
			logs[class] = log
			p.logs[hashes[j]] = logs
		}
	}
	return nil
}

// each visits the words and pairs of a text, each once.
func (p *plainBayes) each(text string, visit func(hash uint64, at int)) {
	feature.Current.Features(&p.scratch, text, "")
	for i, item := range p.scratch.Items {
		if item.Kind == feature.Word || item.Kind == feature.Pair {
			visit(item.Hash, i)
		}
	}
}

// answer never abstains.
func (p *plainBayes) answer(e classifier.Example) (probabilities [3]float64, sure bool) {
	scores := p.prior
	p.each(e.Text, func(hash uint64, _ int) {
		logs := p.logs[hash]
		for class := range p.classes {
			scores[class] += logs[class]
		}
	})
	largest := math.Inf(-1)
	for _, score := range scores[:p.classes] {
		largest = math.Max(largest, score)
	}
	sum := 0.0
	for class := range p.classes {
		probabilities[class] = math.Exp(scores[class] - largest)
		sum += probabilities[class]
	}
	for class := range p.classes {
		probabilities[class] /= sum
	}
	return probabilities, true
}
