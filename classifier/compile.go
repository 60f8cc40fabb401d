package classifier

import (
	"errors"
	"fmt"
	"math"
	"sync"

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

// learnedAxis is what the library learned of one axis.
type learnedAxis struct {
	axis    Axis
	counts  *axisCounts
	to      *compiler
	column  int
	names   []string
	weights [][]float64 // [feature][column], times attribute weight
	letters *letters    // nil without
}

// compile makes the scorers of pruned counts: the bytes of weights.bin. The axes are learned at the same time.
func compile(counts *Counts, parameters Parameters) ([]byte, error) {
	stance, yesNo := newCompiler(stanceColumns), newCompiler(yesNoColumns)
	learned := [3]learnedAxis{{to: stance}, {to: yesNo}, {to: yesNo, column: 1}}
	err := eachAxis(func(i int) error {
		l := &learned[i]
		l.axis, l.counts = Axes[i], &counts.axes[i]
		return l.learn(parameters.Axes[i].Smoothing, parameters.Letters)
	})
	if err != nil {
		return nil, err
	}
	for i := range learned {
		learned[i].addRows()
	}
	if len(stance.rows)+len(yesNo.rows) == 0 {
		return nil, errNothing
	}
	err = eachAxis(func(i int) error {
		learned[i].addSums()
		return nil
	})
	if err != nil {
		return nil, err
	}
	out, err := stance.appendTo([]byte(tableMagic))
	if err != nil {
		return nil, err
	}
	return yesNo.appendTo(out)
}

// eachAxis does something for every axis at the same time.
func eachAxis(do func(i int) error) error {
	var failed [3]error
	var group sync.WaitGroup
	for i, axis := range Axes {
		group.Go(func() {
			if err := do(i); err != nil {
				failed[i] = fmt.Errorf("%s: %w", axis, err)
			}
		})
	}
	group.Wait()
	return errors.Join(failed[:]...)
}

// learn puts the axis through the library. An axis that cannot be learned stays empty.
func (l *learnedAxis) learn(smoothing float64, spelled bool) error {
	if !l.counts.trainable(l.axis) {
		return nil
	}
	learned, names, err := learnAxis(l.counts, l.axis, smoothing)
	if err != nil {
		return err
	}
	logs := learned.LogProbabilities()
	evenClaims(logs, names)
	l.names, l.weights = names, make([][]float64, len(names))
	for j, name := range names {
		l.weights[j] = weightsOf(l.axis, logs, j)
		scale(l.weights[j], l.counts.attributes[l.counts.index[feature.Hash(name)]])
	}
	if !spelled {
		return nil
	}
	if l.letters, err = learnLetters(l.counts, l.axis, smoothing); err != nil || l.letters == nil {
		return err
	}
	for i, name := range l.letters.names {
		if attribute, ok := l.counts.runs[name]; ok {
			scale(l.letters.weights[i], attribute)
		}
	}
	return nil
}

// addRows writes the axis's columns of words, phrases and runs of letters.
func (l *learnedAxis) addRows() {
	c := l.to
	for j, name := range l.names {
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
		for i, weight := range l.weights[j] {
			row.weights[l.column+i] = float32(weight)
		}
	}
	if l.letters == nil {
		return
	}
	for i, hash := range l.letters.hashes {
		row := c.runs[hash]
		if row == nil {
			row = &weightRow{hash: hash}
			c.runs[hash] = row
		}
		for j, weight := range l.letters.weights[i] {
			row.weights[l.column+j] = float32(weight)
		}
	}
}

// addSums writes the sums of the axis's runs of letters into the rows of words.
func (l *learnedAxis) addSums() {
	if l.letters == nil {
		return
	}
	c := l.to
	var places []int32
	for hash, name := range c.words {
		form, claimID, _ := feature.WordForm(name)
		if !feature.Lettered([]byte(form)) {
			continue
		}
		var sums [3]float64
		places = l.letters.runsOf(places[:0], form, claimID)
		for _, i := range places {
			for j, weight := range l.letters.weights[i] {
				sums[j] += weight
			}
		}
		for j := range weightColumns(l.axis) {
			c.rows[hash].weights[c.columns+l.column+j] = float32(sums[j])
		}
	}
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
