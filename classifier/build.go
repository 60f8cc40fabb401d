package classifier

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"math"

	"commentdesk/classifier/bayes"
	"commentdesk/classifier/feature"
)

// Build makes a model: counts, pruned, go through the library; the weights that come out of it become the table. The counts are pruned in
// place. An axis with fewer than two classes counted is left out.
func Build(counts *Counts, parameters Parameters) (*Model, error) {
	parameters = parameters.rounded()
	if err := parameters.validate(); err != nil {
		return nil, err
	}
	counts.Prune(parameters)
	counts.weighTerms()
	weights, err := compile(counts, parameters)
	if err != nil {
		return nil, err
	}
	id, err := modelID(counts, parameters)
	if err != nil {
		return nil, err
	}
	description := Description{ID: id, Chain: counts.chain.ID(), Parameters: parameters, Claims: counts.Claims()}
	for i, axis := range Axes {
		description.Examples[i] = counts.Examples(axis)
		description.Vocabulary[i] = len(counts.axes[i].names)
		if !counts.axes[i].trainable(axis) {
			description.Vocabulary[i] = 0
		}
	}
	return Restore(description, weights)
}

// errNothing is Build's error for counts that teach no axis.
var errNothing = errors.New("nothing to learn: no axis has examples of every answer that share words")

// trainable says that every answer of the axis has counted features.
func (a *axisCounts) trainable(axis Axis) bool {
	var totals [3]float64
	for _, row := range a.rows {
		for class, n := range row {
			totals[class] += n
		}
	}
	for class := range axis.Answers() {
		if totals[class] <= 0 {
			return false
		}
	}
	return true
}

// learnAxis puts one axis's counts into the library, features in order of their names.
func learnAxis(a *axisCounts, axis Axis, smoothing float64) (*bayes.Classifier, []string, error) {
	table := a.table(axis)
	learned, err := bayes.Learn(table, smoothing*float64(len(table.Features)))
	return learned, table.Features, err
}

// table is the axis's counts as the library takes them, features in order of their names.
func (a *axisCounts) table(axis Axis) bayes.Counts {
	order := a.pruned(0)
	classes := len(axis.Answers())
	table := bayes.Counts{Features: make([]string, len(order)), Examples: make([][]float64, classes), Seen: make([]float64, len(order))}
	for class := range classes {
		table.Examples[class] = make([]float64, len(order))
	}
	for j, row := range order {
		table.Features[j], table.Seen[j] = a.names[row], a.seen[row]
		for class := range classes {
			table.Examples[class][j] = a.rows[row][class]
		}
	}
	return table
}

// Description is all of a model but its weights.
type Description struct {
	ID         string        `json:"id"`
	Chain      string        `json:"chain"`
	Parameters Parameters    `json:"parameters"`
	Examples   [3][3]float64 `json:"examples"`   // [axis][class]
	Vocabulary [3]int        `json:"vocabulary"` // features an axis; 0 on an axis the model lacks
	Claims     []Claim       `json:"claims"`
}

// Describe is the model's description.
func (m *Model) Describe() Description {
	d := Description{ID: m.id, Chain: m.chain.ID(), Parameters: m.parameters, Examples: m.examples, Vocabulary: m.vocabulary}
	d.Claims = sortedClaims(m.claims)
	return d
}

// mostExamples is how many examples of an answer a model may say that it was trained on.
const (
	mostExamples  = 1e15
	leastExamples = 1e-9 // of an answer, where it has any
)

// counted says that so many examples can have been counted.
func counted(n float64) bool { return n == 0 || n >= leastExamples && n <= mostExamples }

// validate refuses what no training says of a model. Shares of answers are made of these numbers.
func (d Description) validate() error {
	for i, axis := range Axes {
		for class, answer := range axis.Answers() {
			n := d.Examples[i][class]
			if !counted(n) || n == 0 && d.Vocabulary[i] > 0 {
				return fmt.Errorf("%s: %v examples of %s", axis, n, answer)
			}
		}
	}
	for _, claim := range d.Claims {
		for class, n := range claim.Labels {
			if !counted(n) {
				return fmt.Errorf("claim %s: %v labels of %s", claim.ID, n, stanceAnswers[class])
			}
		}
	}
	return d.Parameters.validate()
}

// Restore makes a model of its description and the bytes of its weights, which must not change afterwards. It parses nothing.
func Restore(d Description, weights []byte) (*Model, error) {
	chain, err := feature.Find(d.Chain)
	if err != nil {
		return nil, err
	}
	if err := d.validate(); err != nil {
		return nil, err
	}
	compiled, err := openScorers(weights)
	if err != nil {
		return nil, err
	}
	m := &Model{id: d.ID, chain: chain, parameters: d.Parameters, examples: d.Examples, vocabulary: d.Vocabulary, scorers: compiled, weights: weights}
	m.claims = make(map[string]Claim, len(d.Claims))
	for _, claim := range d.Claims {
		m.claims[claim.ID] = claim
	}
	m.matcher, err = newClaimMatcher(d.Claims)
	return m, err
}

// modelID is the SHA-256 of chain, parameters, examples, claims and counts.
func modelID(counts *Counts, parameters Parameters) (string, error) {
	h := sha256.New()
	canonical, err := parameters.canonical()
	if err != nil {
		return "", err
	}
	fmt.Fprintf(h, "%s\n%s\n", counts.chain.ID(), canonical)
	writeTotals(h, counts)
	if _, err := counts.WriteTo(h); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func writeTotals(h hash.Hash, counts *Counts) {
	for _, axis := range Axes {
		for _, n := range counts.Examples(axis) {
			fmt.Fprintf(h, "%s\t%.9g\n", axis, n)
		}
	}
	for _, claim := range counts.Claims() {
		fmt.Fprintf(h, "%s\t%q\t%.9g\n", claim.ID, claim.Sentence, claim.Labels)
		claim.writeTerms(h)
	}
}

// CompareWeights says which feature of two models differs by more than tolerance, nil where none does.
func CompareWeights(a, b *Model, tolerance float64) error {
	if err := compareTerms(a, b); err != nil {
		return err
	}
	parts := b.scorers.parts()
	for i, part := range a.scorers.parts() {
		if err := compareTables(*part.table, *parts[i].table, tolerance); err != nil {
			return fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return nil
}

func compareTables(a, b *table, tolerance float64) error {
	if len(a.hashes) != len(b.hashes) {
		return fmt.Errorf("%d features against %d", len(a.hashes), len(b.hashes))
	}
	for i, hash := range a.hashes {
		if b.hashes[i] != hash {
			return fmt.Errorf("feature %016x is in one model alone", hash)
		}
		for column, weight := range a.row(i) {
			other := b.row(i)[column]
			if (weight != weight) != (other != other) || math.Abs(float64(weight)-float64(other)) > tolerance*math.Max(1, math.Abs(float64(weight))) {
				return fmt.Errorf("feature %016x, column %d: weight %v against %v", hash, column, weight, other)
			}
		}
	}
	return nil
}
