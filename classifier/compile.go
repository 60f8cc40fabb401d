package classifier

import (
	"fmt"
	"math"

	"commentdesk/classifier/feature"
)

// compiler gathers the rows of one scorer.
type compiler struct {
	columns int
	rows    map[uint64]*weightRow // of words and phrases
	words   map[uint64]string     // names by hash, of the words among them
	runs    map[uint64]*weightRow
}

func newCompiler(columns int) *compiler {
	return &compiler{columns, map[uint64]*weightRow{}, map[uint64]string{}, map[uint64]*weightRow{}}
}

// compile makes the scorers of pruned counts: the bytes of weights.bin.
func compile(counts *Counts, parameters Parameters) ([]byte, error) {
	stance, yesNo := newCompiler(stanceColumns), newCompiler(yesNoColumns)
	for i, axis := range Axes {
		to, column := yesNo, i-1
		if axis == Stance {
			to, column = stance, 0
		}
		if err := to.addAxis(&counts.axes[i], axis, column, parameters.Axes[i].Smoothing); err != nil {
			return nil, fmt.Errorf("%s: %w", axis, err)
		}
	}
	if len(stance.rows)+len(yesNo.rows) == 0 {
		return nil, errNothing
	}
	if parameters.Letters {
		for i, axis := range Axes {
			to, column := yesNo, i-1
			if axis == Stance {
				to, column = stance, 0
			}
			if err := to.addLetters(&counts.axes[i], axis, column, parameters.Axes[i].Smoothing); err != nil {
				return nil, fmt.Errorf("%s: letters: %w", axis, err)
			}
		}
	}
	out, err := stance.appendTo([]byte(tableMagic))
	if err != nil {
		return nil, err
	}
	return yesNo.appendTo(out)
}

// addAxis learns one axis through the library and writes its columns: weights times attribute weight.
func (c *compiler) addAxis(a *axisCounts, axis Axis, column int, smoothing float64) error {
	if !a.trainable(axis) {
		return nil
	}
	learned, features, err := learnAxis(a, axis, smoothing)
	if err != nil {
		return err
	}
	logs := learned.LogProbabilities()
	evenClaims(logs, features)
	for j, name := range features {
		hash := feature.Hash(name)
		row := c.rows[hash]
		if row == nil {
			row = &weightRow{hash: hash}
			for i := range c.columns {
				row.weights[i] = unknown
			}
			c.rows[hash] = row
		}
		if _, _, ok := feature.WordForm(name); ok {
			c.words[hash] = name
		}
		for i, weight := range weightsOf(axis, logs, j) {
			row.weights[column+i] = float32(weight * a.attributes[a.index[hash]])
		}
	}
	return nil
}

// addLetters writes the axis's columns of the runs of letters, and their sums into the rows of words.
func (c *compiler) addLetters(a *axisCounts, axis Axis, column int, smoothing float64) error {
	if !a.trainable(axis) {
		return nil
	}
	spelled, err := learnLetters(a, axis, smoothing)
	if err != nil || spelled == nil {
		return err
	}
	for i, name := range spelled.names {
		hash := spelled.hashes[i]
		row := c.runs[hash]
		if row == nil {
			row = &weightRow{hash: hash}
			c.runs[hash] = row
		}
		attribute, ok := a.runs[name]
		if !ok {
			attribute = 1
		}
		for j := range spelled.weights[i] {
			spelled.weights[i][j] *= attribute
			row.weights[column+j] = float32(spelled.weights[i][j])
		}
	}
	var places []int32
	for hash, name := range c.words {
		form, claimID, _ := feature.WordForm(name)
		if !feature.Lettered([]byte(form)) {
			continue
		}
		var sums [3]float64
		places = spelled.runsOf(places[:0], form, claimID)
		for _, i := range places {
			for j, weight := range spelled.weights[i] {
				sums[j] += weight
			}
		}
		for j := range weightColumns(axis) {
			c.rows[hash].weights[c.columns+column+j] = float32(sums[j])
		}
	}
	return nil
}

// appendTo appends the scorer's three tables.
func (c *compiler) appendTo(out []byte) ([]byte, error) {
	var words, phrases, runs []weightRow
	for hash, row := range c.rows {
		if _, ok := c.words[hash]; ok {
			words = append(words, *row)
		} else {
			phrases = append(phrases, *row)
		}
	}
	for _, row := range c.runs {
		runs = append(runs, *row)
	}
	out, err := appendTable(out, words, 2*c.columns)
	if err == nil {
		out, err = appendTable(out, phrases, c.columns)
	}
	if err == nil {
		out, err = appendTable(out, runs, c.columns)
	}
	return out, err
}

// evenClaims takes out of the crossed features how often each answer is given under their claim at all: every one of them would say it again. It
// is said once, by the claim's own share of answers. What remains is a naive Bayes for each claim: the features of a claim have equal sums of
// probabilities under every answer.
func evenClaims(logs [][]float64, features []string) {
	ofClaim := map[string][]int{}
	for j, name := range features {
		if claimID := feature.CrossClaim(name); claimID != "" {
			ofClaim[claimID] = append(ofClaim[claimID], j)
		}
	}
	for _, places := range ofClaim {
		for class := range logs {
			sum := 0.0
			for _, j := range places {
				sum += math.Exp(logs[class][j])
			}
			for _, j := range places {
				logs[class][j] -= math.Log(sum)
			}
		}
	}
}

// weightsOf are a feature's weights, read out of the library: for hostile and spam the log-odds of yes; for stance ln P(feature | class), centred.
func weightsOf(axis Axis, logs [][]float64, feature int) []float64 {
	if axis != Stance {
		return []float64{logs[0][feature] - logs[1][feature]}
	}
	mean := (logs[0][feature] + logs[1][feature] + logs[2][feature]) / 3
	return []float64{logs[0][feature] - mean, logs[1][feature] - mean, logs[2][feature] - mean}
}

// weightColumns is how many weights weightsOf gives.
func weightColumns(axis Axis) int {
	if axis == Stance {
		return stanceColumns
	}
	return 1
}
