package classifier

import (
	"fmt"
	"math"
	"strconv"

	"commentdesk/classifier/feature"
)

// Attribute weights: naive Bayes takes its features to be independent, and so counts twice what two features say together. Each feature's
// log-odds are therefore multiplied by a weight learned on top of them (Zaidi, Cerquides, Carman and Webb 2013, WANBIA-C: by conditional
// likelihood), averaged with the plain log-odds, as Wang and Manning (2012) average theirs. The length-normalised score is what is weighted, so that
// what is learned is what is used.
const (
	attributeShare = .5  // of what is learned in the average with the plain log-odds
	attributeRidge = 10. // a weight's variance: the larger, the further weights go
	attributeSteps = 60

	// Below so many examples of either answer there is too little to learn weights from.
	leastForAttributes = 100
)

// readExample is an example as attribute weights are learned from it.
type readExample struct {
	features []readFeature
	words    []uint64 // hashes of its words that have letters
	runs     int      // runs of letters of these words
	classes  [3]int   // an axis each; −1 without a label
	weight   float64
}

type readFeature struct {
	hash uint64
	use  feature.Use
}

// readExamples makes the features of every example once.
func readExamples(chain feature.Chain, examples []Example) []readExample {
	all := make([]readExample, len(examples))
	var filled feature.Features
	for i, e := range examples {
		chain.Features(&filled, e.Text, "")
		r := readExample{weight: max(e.Weight, 0), features: make([]readFeature, 0, len(filled.Items))}
		if r.weight == 0 {
			r.weight = 1
		}
		for _, item := range filled.Items {
			if item.For&feature.ForYesNo == 0 {
				continue
			}
			r.features = append(r.features, readFeature{item.Hash, item.For})
			if item.Kind != feature.Word {
				continue
			}
			if form := filled.Text.Form(filled.Text.Words[item.First]); feature.Lettered(form) {
				r.words = append(r.words, item.Hash)
				r.runs += feature.Runs(form)
			}
		}
		for axis := range Axes {
			r.classes[axis] = Axes[axis].AnswerIndex(e.Labels[Axes[axis]])
		}
		all[i] = r
	}
	return all
}

// learnAttributes learns the attribute weights of hostile and spam on the examples that pick chooses, which must be those that were counted. The
// counts must have been pruned.
func (c *Counts) learnAttributes(parameters Parameters, examples []readExample, pick func(i int) bool) error {
	for _, axis := range []Axis{Hostile, Spam} {
		i := axis.Index()
		a, smoothing := &c.axes[i], parameters.Axes[i].Smoothing
		var chosen []*readExample
		var found [2]int
		for at := range examples {
			if class := examples[at].classes[i]; class >= 0 && pick(at) {
				chosen = append(chosen, &examples[at])
				found[class]++
			}
		}
		if !parameters.Attributes || min(found[0], found[1]) < leastForAttributes || !a.trainable(axis) {
			continue
		}
		learned, names, err := learnAxis(a, axis, smoothing)
		if err != nil {
			return err
		}
		logs := learned.LogProbabilities()
		logOdds := make([]float64, len(a.names))
		for j, name := range names {
			logOdds[a.index[feature.Hash(name)]] = logs[0][j] - logs[1][j]
		}
		spelled, err := learnLetters(a, axis, smoothing)
		if err != nil {
			return err
		}
		yes, weights := make([]bool, len(chosen)), make([]float64, len(chosen))
		for k, e := range chosen {
			yes[k], weights[k] = e.classes[i] == 0, e.weight
		}
		done := make(chan []float64)
		go func() { done <- phraseDesign(a, uses[i], logOdds, chosen).learn(yes, weights) }()
		if spelled != nil && parameters.Letters {
			a.runs = map[string]float64{}
			for run, weight := range letterDesign(a, spelled, chosen).learn(yes, weights) {
				a.runs[spelled.names[run]] = weight
			}
		}
		a.attributes = <-done
	}
	return nil
}

// design is the examples as attribute weights see them: the margin of an example is scale · Σ over its units of Σ over the unit's parts of
// log-odds · weight. For words and phrases a unit is its one part; for letters a unit is a word and its parts are the word's runs.
type design struct {
	logOdds []float64 // a part
	parts   [][]int32 // a unit; nil where units are parts
	units   [][]int32 // an example
	scale   []float64 // an example
}

func phraseDesign(a *axisCounts, use feature.Use, logOdds []float64, examples []*readExample) *design {
	d := &design{logOdds: logOdds, units: make([][]int32, len(examples)), scale: make([]float64, len(examples))}
	for k, e := range examples {
		for _, f := range e.features {
			if row, ok := a.index[f.hash]; ok && f.use&use != 0 {
				d.units[k] = append(d.units[k], row)
			}
		}
		d.scale[k] = 1 / math.Sqrt(math.Max(1, float64(len(d.units[k]))))
	}
	return d
}

func letterDesign(a *axisCounts, spelled *letters, examples []*readExample) *design {
	logOdds := make([]float64, len(spelled.weights))
	for i, weights := range spelled.weights {
		logOdds[i] = weights[0]
	}
	d := &design{logOdds: logOdds, units: make([][]int32, len(examples)), scale: make([]float64, len(examples))}
	unitOf := map[uint64]int32{}
	for k, e := range examples {
		for _, hash := range e.words {
			row, ok := a.index[hash]
			if !ok {
				continue
			}
			unit, ok := unitOf[hash]
			if !ok {
				unit = int32(len(d.parts))
				unitOf[hash] = unit
				form, claimID, _ := feature.WordForm(a.names[row])
				d.parts = append(d.parts, spelled.runsOf(nil, form, claimID))
			}
			d.units[k] = append(d.units[k], unit)
		}
		d.scale[k] = 1 / math.Sqrt(math.Max(1, float64(e.runs)))
	}
	return d
}

// learn is a weight a part: the average of 1 and of the learned weight, which is first brought to the spread that the plain score has.
func (d *design) learn(yes []bool, weights []float64) []float64 {
	n := len(d.logOdds)
	margins, residuals := make([]float64, len(d.units)), make([]float64, len(d.units))
	unitCount := n
	if d.parts != nil {
		unitCount = len(d.parts)
	}
	units := make([]float64, unitCount)
	loss := func(theta, gradient []float64) float64 {
		d.margins(theta[:n], units, margins)
		sum := 0.0
		clear(gradient)
		for k, margin := range margins {
			sign := -1.0
			if yes[k] {
				sign = 1
			}
			z := sign * (margin + theta[n])
			sum += float64(weights[k] * softplus(-z))
			residuals[k] = -weights[k] * sign / (1 + math.Exp(z))
			gradient[n] += residuals[k]
		}
		d.backward(residuals, units, gradient[:n])
		for j, w := range theta[:n] {
			sum += float64(w * w / (2 * attributeRidge))
			gradient[j] += w / attributeRidge
		}
		return sum
	}
	theta := minimise(make([]float64, n+1), loss, attributeSteps)
	d.margins(theta[:n], units, margins)
	learned := spread(margins)
	ones := make([]float64, n)
	for j := range ones {
		ones[j] = 1
	}
	d.margins(ones, units, margins)
	plain := spread(margins)
	for j := range ones {
		if learned > 0 {
			ones[j] = roundAttribute((1 - attributeShare) + float64(attributeShare*theta[j]*plain/learned))
		}
	}
	return ones
}

// margins fills units and margins for the weights.
func (d *design) margins(weights, units, margins []float64) {
	if d.parts == nil {
		for j, w := range weights {
			units[j] = w * d.logOdds[j]
		}
	} else {
		for unit, parts := range d.parts {
			sum := 0.0
			for _, j := range parts {
				sum += float64(weights[j] * d.logOdds[j])
			}
			units[unit] = sum
		}
	}
	for k, of := range d.units {
		sum := 0.0
		for _, unit := range of {
			sum += units[unit]
		}
		margins[k] = sum * d.scale[k]
	}
}

// backward adds to the gradient of the weights what the residuals of the margins give. units is overwritten.
func (d *design) backward(residuals, units, gradient []float64) {
	clear(units)
	for k, of := range d.units {
		r := residuals[k] * d.scale[k]
		for _, unit := range of {
			units[unit] += r
		}
	}
	if d.parts == nil {
		for j, u := range units {
			gradient[j] += float64(u * d.logOdds[j])
		}
		return
	}
	for unit, parts := range d.parts {
		for _, j := range parts {
			gradient[j] += float64(units[unit] * d.logOdds[j])
		}
	}
}

// softplus is ln(1 + e^x).
func softplus(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }

// spread is the standard deviation.
func spread(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	mean, sum := 0.0, 0.0
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	return math.Sqrt(sum / float64(len(values)))
}

// roundAttribute keeps three decimals: weights are no surer than that, and machines that differ in the last bits agree on them.
func roundAttribute(weight float64) float64 {
	return math.Round(math.Max(-maxAttribute, math.Min(maxAttribute, weight))*1000) / 1000
}

// readAttribute reads an attribute weight from a counts file.
func readAttribute(field string) (float64, error) {
	weight, err := strconv.ParseFloat(field, 64)
	if err != nil || !(math.Abs(weight) <= maxAttribute) {
		return 0, fmt.Errorf("%.20q is no attribute weight", field)
	}
	return weight, nil
}

// maxAttribute is the largest attribute weight, of either sign.
const maxAttribute = 1000

// forget draws the attribute weights of features that a site has labels for towards 1, by the site's share of what is counted: what was learned
// from the starter's examples holds for those.
func (a *axisCounts) forget(site *axisCounts, weight float64) {
	for hash, at := range site.index {
		row, ok := a.index[hash]
		if !ok || a.attributes[row] == 1 {
			continue
		}
		own, theirs := 0.0, 0.0
		for class, n := range a.rows[row] {
			own += n
			theirs += weight * site.rows[at][class]
		}
		if own+theirs > 0 {
			a.attributes[row] = (a.attributes[row]*own + theirs) / (own + theirs)
		}
	}
}
