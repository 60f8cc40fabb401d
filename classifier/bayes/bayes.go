// Package bayes is the only one that imports jbrukh/bayesian. It puts our counts into the library so that the library's own smoothing becomes
// exact smoothing towards the corpus background, and reads every weight back out of it. It knows features as names and classes as columns; it
// leaves priors, length, calibration and answers to classifier.
//
// The library's word probability is (n + 1) / (N + V) with each class's own vocabulary V. Counts that went in as x − 1 over one joint
// vocabulary therefore come out as x / Σx. We choose x = n + μ·b, b being the feature's share of all examples' features: the Dirichlet
// prior of Zhai and Lafferty (2004), section 2.2. Its class prior counts tokens and is taken off again (see LogScores).
package bayes

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"github.com/jbrukh/bayesian"
)

// scale turns fractional pseudo-counts into the library's whole ones; the rounding is at most 1/(2·scale) of one example.
const scale = 1e9

// MaxTotal is the largest sum of the counts of a class, and the largest mu: with three classes the library's whole numbers stay below 1 << 63.
const MaxTotal = (1 << 60) / scale

// Counts are what one axis was trained on.
type Counts struct {
	Features []string    // distinct names: the joint vocabulary
	Examples [][]float64 // [class][feature]: how many examples of the class hold the feature, weighted
	Seen     []float64   // [feature]: how many examples hold it, each counted once; nil means the sum over the classes
}

// Classifier is the library's classifier over our counts.
type Classifier struct {
	learned  *bayesian.Classifier
	features []string
}

// Learn builds the library's classifier from counts, smoothed by mu pseudo-counts spread over the vocabulary like all counts together. It
// refuses fewer than two classes, a class without counts and mu that is not above 0 or beyond MaxTotal.
func Learn(counts Counts, mu float64) (*Classifier, error) {
	if len(counts.Examples) < 2 {
		return nil, errors.New("naive Bayes needs two classes")
	}
	if !(mu > 0) || mu > MaxTotal {
		return nil, fmt.Errorf("smoothing must be above 0, not %v", mu)
	}
	background, err := background(counts)
	if err != nil {
		return nil, err
	}
	return learnTowards(background, counts, mu), nil
}

// learnTowards is Learn with the background given: each feature's share, summing to 1.
func learnTowards(background []float64, counts Counts, mu float64) *Classifier {
	classes := make([]bayesian.Class, len(counts.Examples))
	for i := range classes {
		classes[i] = bayesian.Class(strconv.Itoa(i))
	}
	library := bayesian.NewClassifier(classes...)
	for i, row := range counts.Examples {
		for j, feature := range counts.Features {
			library.Observe(feature, PseudoCount(row[j], mu, background[j])-1, classes[i])
		}
	}
	return &Classifier{learned: library, features: counts.Features}
}

// PseudoCount is how often the library is told that it saw a feature, plus one: round(scale·(n + mu·background)), at least 1.
func PseudoCount(n, mu, background float64) int {
	return max(1, int(math.Round(scale*(n+mu*background))))
}

// background is each feature's share of what all examples hold; the shares sum to 1. An example counts once here whatever its weight: a weight
// says how far a label may be believed, not how common its words are.
func background(counts Counts) ([]float64, error) {
	seen := counts.Seen
	if seen == nil {
		seen = make([]float64, len(counts.Features))
	} else if len(seen) != len(counts.Features) {
		return nil, fmt.Errorf("seen counts for %d of %d features", len(seen), len(counts.Features))
	}
	shares := append([]float64(nil), seen...)
	for i, row := range counts.Examples {
		if len(row) != len(counts.Features) {
			return nil, fmt.Errorf("class %d has counts for %d of %d features", i, len(row), len(counts.Features))
		}
		total := 0.0
		for j, n := range row {
			if !(n >= 0) {
				return nil, fmt.Errorf("class %d counts feature %q %v times", i, counts.Features[j], n)
			}
			if counts.Seen == nil {
				shares[j] += n
			}
			total += n
		}
		if total == 0 || total > MaxTotal {
			return nil, fmt.Errorf("class %d has %v counts", i, total)
		}
	}
	all := 0.0
	for j, share := range shares {
		if !(share >= 0) {
			return nil, fmt.Errorf("feature %q seen %v times", counts.Features[j], share)
		}
		all += share
	}
	if all == 0 || math.IsInf(all, 1) {
		return nil, fmt.Errorf("features were seen %v times", all)
	}
	for j := range shares {
		shares[j] /= all
	}
	return shares, nil
}

// LogProbabilities reads ln P(feature | class) of the whole vocabulary out of the library: [class][feature].
func (c *Classifier) LogProbabilities() [][]float64 {
	matrix := c.learned.WordFrequencies(c.features)
	for _, row := range matrix {
		for j, p := range row {
			row[j] = math.Log(p)
		}
	}
	return matrix
}

// LogScores is the library's score of each class for the features, its token prior taken off: Σ ln P(feature | class). Features must be of
// the vocabulary: for others the library would favor the smaller class.
func (c *Classifier) LogScores(features []string) []float64 {
	scores, _, _ := c.learned.LogScores(features)
	prior, _, _ := c.learned.LogScores(nil)
	for i := range scores {
		scores[i] -= prior[i]
	}
	return scores
}
