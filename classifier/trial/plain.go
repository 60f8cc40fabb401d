package trial

import (
	"errors"
	"math"
	"sort"
	"strings"
	"unicode"

	"commentdesk/classifier"
	"commentdesk/classifier/bayes"
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
	logs    map[string][3]float64 // ln P(feature | class)
}

// plainFeature is one feature of the training examples.
type plainFeature struct {
	counts [3]float64
	seen   int
}

func trainPlain(axis classifier.Axis, examples []classifier.Example) (*plainBayes, error) {
	p := &plainBayes{classes: len(axis.Answers()), logs: map[string][3]float64{}}
	found := map[string]*plainFeature{}
	for _, e := range examples {
		class := axis.AnswerIndex(e.Labels[axis])
		p.prior[class]++
		p.each(e.Text, func(name string) {
			f := found[name]
			if f == nil {
				f = &plainFeature{}
				found[name] = f
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
func (p *plainBayes) learn(found map[string]*plainFeature) error {
	var names []string
	for name, f := range found {
		if f.seen >= plainLeast {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return errors.New("no two examples share a word")
	}
	sort.Strings(names)
	counts := bayes.Counts{Features: names, Examples: make([][]float64, p.classes)}
	for class := range p.classes {
		counts.Examples[class] = make([]float64, len(names))
		for j, name := range names {
			counts.Examples[class][j] = found[name].counts[class]
		}
	}
	learned, err := bayes.LearnLidstone(counts, plainAlpha)
	if err != nil {
		return err
	}
	for class, row := range learned.LogProbabilities() {
		for j, log := range row {
			logs := p.logs[names[j]]
			logs[class] = log
			p.logs[names[j]] = logs
		}
	}
	return nil
}

// each visits the words and pairs of a text, each once. The reference reads by itself, as a textbook does: lower case, words of letters, digits and
// apostrophes, nothing uncovered.
func (p *plainBayes) each(text string, visit func(name string)) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\''
	})
	seen := make(map[string]bool, 2*len(words))
	once := func(name string) {
		if !seen[name] {
			seen[name] = true
			visit(name)
		}
	}
	for i, word := range words {
		once(word)
		if i > 0 {
			once(words[i-1] + " " + word)
		}
	}
}

// answer never abstains.
func (p *plainBayes) answer(e classifier.Example) (probabilities [3]float64, sure bool) {
	scores := p.prior
	p.each(e.Text, func(name string) {
		logs := p.logs[name]
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
