package classifier

import (
	"math"
	"slices"

	"commentdesk/classifier/feature"
)

// postings are the texts of each unit: of each word and phrase that a scorer knows, by its row in the scorer's table, words first; and behind them of
// each word that it spells. Texts added since the last settle stand in order of arrival instead.
type postings struct {
	from    *scorer
	unknown map[uint64]uint32 // words that are spelled, by hash; noUnit for those of which no run is known
	runs    []uint32          // a unit: where in lists its runs stand; 0 for none
	lists   []uint32          // how many runs, then each run's row in the scorer's table of letters
	starts  []uint32          // a unit: where in texts its texts begin
	texts   []uint32
	settled uint32 // texts in the lists

	units []uint32 // of the texts added since
	ends  []uint32 // a text added since: where in units the next one's begin
}

// noUnit stands for a feature that no weight depends on.
const noUnit = math.MaxUint32

func newPostings(from *scorer) postings {
	known := len(from.words.hashes) + len(from.phrases.hashes)
	return postings{from: from, unknown: map[uint64]uint32{}, runs: make([]uint32, known), lists: []uint32{0}, starts: make([]uint32, 1)}
}

// place is the unit of a feature that the scorer knows.
func (p *postings) place(item *feature.Feature) (uint32, bool) {
	if item.IsWord() {
		row := p.from.words.find(item.Hash)
		return uint32(max(row, 0)), row >= 0
	}
	row := p.from.phrases.find(item.Hash)
	return uint32(len(p.from.words.hashes) + max(row, 0)), row >= 0
}

func (p *postings) known(item *feature.Feature) bool {
	_, known := p.place(item)
	return known
}

// unitOf is the unit of a hash that the scorer knows.
func (p *postings) unitOf(hash uint64) (uint32, bool) {
	if row := p.from.words.find(hash); row >= 0 {
		return uint32(row), true
	}
	row := p.from.phrases.find(hash)
	return uint32(len(p.from.words.hashes) + max(row, 0)), row >= 0
}

func (p *postings) runsOf(unit uint32) []uint32 {
	at := p.runs[unit]
	if at == 0 {
		return nil
	}
	return p.lists[at+1 : at+1+p.lists[at]]
}

func (p *postings) add(unit uint32) { p.units = append(p.units, unit) }
func (p *postings) end()            { p.ends = append(p.ends, uint32(len(p.units))) }

// textsOf is the settled texts that hold the unit.
func (p *postings) textsOf(unit uint32) []uint32 {
	if int(unit)+1 >= len(p.starts) {
		return nil
	}
	return p.texts[p.starts[unit]:p.starts[unit+1]]
}

// settle merges the texts added since into the lists.
func (p *postings) settle() {
	units := len(p.runs)
	starts := make([]uint32, units+1)
	for unit := range units {
		starts[unit+1] = uint32(len(p.textsOf(uint32(unit))))
	}
	for _, unit := range p.units {
		starts[unit+1]++
	}
	for unit := range units {
		starts[unit+1] += starts[unit]
	}
	texts, next := make([]uint32, starts[units]), slices.Clone(starts[:units])
	for unit := range units {
		next[unit] += uint32(copy(texts[next[unit]:], p.textsOf(uint32(unit))))
	}
	from := uint32(0)
	for i, end := range p.ends {
		for _, unit := range p.units[from:end] {
			texts[next[unit]] = p.settled + uint32(i)
			next[unit]++
		}
		from = end
	}
	p.starts, p.texts, p.settled, p.units, p.ends = starts, texts, p.settled+uint32(len(p.ends)), nil, nil
}

// spread adds to every text, columns each, what its touched words and phrases and the touched runs of its words change by.
func (p *postings) spread(touchedWords, touchedRuns map[uint64][3]float64, axis Axis, words, letters []float64) {
	columns := weightColumns(axis)
	own := map[uint32][3]float64{}
	for hash, byClass := range touchedWords {
		if unit, ok := p.unitOf(hash); ok {
			own[unit] = column(axis, byClass)
			for _, text := range p.textsOf(unit) {
				addTo(words, int(text)*columns, columns, own[unit])
			}
		}
	}
	spelled := p.spelled(touchedRuns, axis)
	for unit := range p.runs {
		change := spelled[unit*columns : unit*columns+columns]
		if allZero(change) {
			continue
		}
		for _, text := range p.textsOf(uint32(unit)) {
			at := int(text) * columns
			for k, by := range change {
				letters[at+k] += by
			}
		}
	}
	from := uint32(0)
	for i, end := range p.ends {
		at := (int(p.settled) + i) * columns
		for _, unit := range p.units[from:end] {
			if by, ok := own[unit]; ok {
				addTo(words, at, columns, by)
			}
			for k, by := range spelled[int(unit)*columns : int(unit)*columns+columns] {
				letters[at+k] += by
			}
		}
		from = end
	}
}

// spelled is what each unit's touched runs change by together, columns a unit.
func (p *postings) spelled(touched map[uint64][3]float64, axis Axis) []float64 {
	columns := weightColumns(axis)
	byRun := make([]float64, len(p.from.letters.hashes)*columns)
	for hash, byClass := range touched {
		if run := p.from.letters.find(hash); run >= 0 {
			addTo(byRun, run*columns, columns, column(axis, byClass))
		}
	}
	sums := make([]float64, len(p.runs)*columns)
	for unit := range p.runs {
		for _, run := range p.runsOf(uint32(unit)) {
			for k := range columns {
				sums[unit*columns+k] += byRun[int(run)*columns+k]
			}
		}
	}
	return sums
}

func addTo(to []float64, at, columns int, what [3]float64) {
	for k := range columns {
		to[at+k] += what[k]
	}
}

func allZero(values []float64) bool {
	for _, v := range values {
		if v != 0 {
			return false
		}
	}
	return true
}

func (p *postings) bytes() int {
	return 4*(cap(p.runs)+cap(p.lists)+cap(p.starts)+cap(p.texts)+cap(p.units)+cap(p.ends)) + 24*len(p.unknown)
}
