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
	counts.Prune(parameters.MinExamples)
	rows := map[uint64]*weightRow{}
	for _, axis := range Axes {
		if err := axisWeights(counts, axis, parameters.Axes[axis.Index()].Smoothing, rows); err != nil {
			return nil, fmt.Errorf("%s: %w", axis, err)
		}
	}
	if len(rows) == 0 {
		return nil, errNothing
	}
	flat := make([]weightRow, 0, len(rows))
	for _, row := range rows {
		flat = append(flat, *row)
	}
	weights, err := encodeTable(flat)
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
		if !trainable(counts, axis) {
			description.Vocabulary[i] = 0
		}
	}
	return Restore(description, weights)
}

// errNothing is Build's error for counts that teach no axis.
var errNothing = errors.New("nothing to learn: no axis has examples of every answer that share words")

// trainable says that every answer of the axis has counted features.
func trainable(counts *Counts, axis Axis) bool {
	a := &counts.axes[axis.Index()]
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

// axisWeights learns one axis through the library and writes its columns.
func axisWeights(counts *Counts, axis Axis, smoothing float64, rows map[uint64]*weightRow) error {
	if !trainable(counts, axis) {
		return nil
	}
	learned, features, err := learnAxis(counts, axis, smoothing)
	if err != nil {
		return err
	}
	logs := learned.LogProbabilities()
	from, _ := columnsOf(axis)
	for j, name := range features {
		hash := feature.Hash(name)
		row := rows[hash]
		if row == nil {
			row = &weightRow{hash: hash, weights: [columns]float32{unknown, unknown, unknown, unknown, unknown}}
			rows[hash] = row
		}
		if axis != Stance {
			row.weights[from] = float32(logs[0][j] - logs[1][j])
			continue
		}
		mean := (logs[0][j] + logs[1][j] + logs[2][j]) / 3
		for class := range 3 {
			row.weights[class] = float32(logs[class][j] - mean)
		}
	}
	return nil
}

// learnAxis puts one axis's counts into the library, features in order of their names.
func learnAxis(counts *Counts, axis Axis, smoothing float64) (*bayes.Classifier, []string, error) {
	a := &counts.axes[axis.Index()]
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
	learned, err := bayes.Learn(table, smoothing)
	return learned, table.Features, err
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

// Restore makes a model of its description and the bytes of its weights, which must not change afterwards. It parses nothing.
func Restore(d Description, weights []byte) (*Model, error) {
	chain, err := feature.Find(d.Chain)
	if err != nil {
		return nil, err
	}
	if err := d.Parameters.validate(); err != nil {
		return nil, err
	}
	compiled, err := openTable(weights)
	if err != nil {
		return nil, err
	}
	m := &Model{id: d.ID, chain: chain, parameters: d.Parameters, examples: d.Examples, vocabulary: d.Vocabulary, table: compiled, weights: weights}
	m.claims = make(map[string]Claim, len(d.Claims))
	for _, claim := range d.Claims {
		m.claims[claim.ID] = claim
	}
	return m, nil
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
	}
}

// CompareWeights says which feature of two models differs by more than tolerance, nil where none does.
func CompareWeights(a, b *Model, tolerance float64) error {
	if len(a.table.hashes) != len(b.table.hashes) {
		return fmt.Errorf("%d features against %d", len(a.table.hashes), len(b.table.hashes))
	}
	for i, hash := range a.table.hashes {
		if b.table.hashes[i] != hash {
			return fmt.Errorf("feature %016x is in one model alone", hash)
		}
		for column, weight := range a.table.row(i) {
			other := b.table.row(i)[column]
			if (weight != weight) != (other != other) || math.Abs(float64(weight)-float64(other)) > tolerance*math.Max(1, math.Abs(float64(weight))) {
				return fmt.Errorf("feature %016x, column %d: weight %v against %v", hash, column, weight, other)
			}
		}
	}
	return nil
}
