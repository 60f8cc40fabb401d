package classifier

import (
	"errors"
	"fmt"

	"commentdesk/classifier/feature"
)

// scorer is the compiled weights of the axes that read the same features: hostile and spam, a column each, or stance, a column a class
// (centred on their mean).
type scorer struct {
	columns int
	words   *table // single words and their stand-ins: own weights, then the sums of the weights of the word's runs of letters
	phrases *table // every other feature
	letters *table // runs of letters; looked up only for words that the words' table lacks

	ofRuns filter // of letters, which are once more in runs, for serving
	runs   slots[[stanceColumns]float32]
}

// scorers are weights.bin: 8 bytes "CDESKW02", then the tables of stance, then those of hostile and spam.
type scorers struct {
	stance, yesNo scorer

	// The same once more for serving.
	ofStance      filter // of its words and phrases
	stanceWords   slots[[2 * stanceColumns]float32]
	stancePhrases slots[[stanceColumns]float32]
	yesNoWords    slots[[2 * yesNoColumns]float32]
	yesNoPhrases  slots[[yesNoColumns]float32]
}

const (
	tableMagic    = "CDESKW02"
	stanceColumns = 3
	yesNoColumns  = 2
)

// openScorers uses the bytes where they lie; they must not change afterwards. Anything that training would not have written is refused.
func openScorers(data []byte) (*scorers, error) {
	if len(data) < len(tableMagic) || string(data[:len(tableMagic)]) != tableMagic {
		return nil, errors.New("weights: not a weights file of this version")
	}
	s := &scorers{stance: scorer{columns: stanceColumns}, yesNo: scorer{columns: yesNoColumns}}
	rest := aligned(data[len(tableMagic):])
	for _, part := range s.parts() {
		opened, size, err := openTable(rest, part.columns)
		if err == nil {
			err = opened.check()
		}
		if err == nil {
			err = checkNumbers(opened, part.unknown)
		}
		if err != nil {
			return nil, fmt.Errorf("weights: %s: %w", part.name, err)
		}
		*part.table, rest = opened, rest[size:]
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("weights: %d bytes too many", len(rest))
	}
	s.layOut()
	return s, nil
}

// layOut lays the tables out for serving.
func (s *scorers) layOut() {
	for _, spelled := range []*scorer{&s.stance, &s.yesNo} {
		spelled.ofRuns = newFilter(filterBits, spelled.letters.hashes)
		spelled.runs = newSlots(spelled.letters, func(row []float32) (weights [stanceColumns]float32) {
			copy(weights[:], row)
			return weights
		})
	}
	s.ofStance = newFilter(4*filterBits, s.stance.words.hashes, s.stance.phrases.hashes)
	s.stanceWords = newSlots(s.stance.words, func(row []float32) [2 * stanceColumns]float32 { return [2 * stanceColumns]float32(row) })
	s.stancePhrases = newSlots(s.stance.phrases, func(row []float32) [stanceColumns]float32 { return [stanceColumns]float32(row) })
	s.yesNoWords = newSlots(s.yesNo.words, func(row []float32) [2 * yesNoColumns]float32 { return [2 * yesNoColumns]float32(row) })
	s.yesNoPhrases = newSlots(s.yesNo.phrases, func(row []float32) [yesNoColumns]float32 { return [yesNoColumns]float32(row) })
}

// filterBits are those a row that a filter has at least: few of the hashes that are not there pass.
const filterBits = 8

// scorerPart is one table of weights.bin.
type scorerPart struct {
	name    string
	columns int
	unknown int // of the first columns may lack a weight: hostile and spam are learned apart, the answers of stance and all letters are not
	table   **table
}

// parts lists the tables in the order of the file.
func (s *scorers) parts() []scorerPart {
	return []scorerPart{
		{"stance, words", 2 * stanceColumns, 0, &s.stance.words},
		{"stance, phrases", stanceColumns, 0, &s.stance.phrases},
		{"stance, letters", stanceColumns, 0, &s.stance.letters},
		{"hostile and spam, words", 2 * yesNoColumns, yesNoColumns, &s.yesNo.words},
		{"hostile and spam, phrases", yesNoColumns, yesNoColumns, &s.yesNo.phrases},
		{"hostile and spam, letters", yesNoColumns, 0, &s.yesNo.letters},
	}
}

// checkNumbers refuses rows that lack a weight behind the first so many columns.
func checkNumbers(t *table, unknown int) error {
	for i, weight := range t.weights {
		if weight != weight && i%t.columns >= unknown {
			return fmt.Errorf("row %d, column %d is no number", i/t.columns, i%t.columns)
		}
	}
	return nil
}

// find is a feature's row, nil where training had not seen it.
func (s *scorer) find(item *feature.Feature) []float32 {
	from := s.phrases
	if item.IsWord() {
		from = s.words
	}
	if row := from.find(item.Hash); row >= 0 {
		return from.row(row)
	}
	return nil
}

// spell gives the sums of the weights of a word's runs of letters: those that stand in its row, or where it has none their sums now.
func (s *scorer) spell(r *reading, item *feature.Feature, row []float32) (sums [3]float64) {
	if row != nil {
		for i, sum := range row[s.columns:] {
			sums[i] = float64(sum)
		}
		return sums
	}
	if len(s.letters.hashes) == 0 {
		return sums
	}
	hashes := r.spelling.Hashes(r.form(item))
	if item.Crossed() {
		for i := range hashes {
			hashes[i] = r.features.Cross(hashes[i])
		}
	}
	kept := s.ofRuns.keep(hashes)
	for _, hash := range kept {
		r.touched += s.runs.touch(hash)
	}
	for _, hash := range kept {
		if row := s.runs.find(hash); row != nil {
			for i, weight := range row {
				sums[i] += float64(weight)
			}
		}
	}
	return sums
}
