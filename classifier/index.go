package classifier

import (
	"math"

	"commentdesk/classifier/feature"
)

// Index holds texts by their features, so that what a change of a model's weights does to all of them is found without reading any of them again. A
// text is known by its row, from 0 in the order in which it was added. Not safe for concurrent use.
type Index struct {
	basis    *Basis
	texts    []indexedText
	claims   []string // learned claims; the first is ""
	ofClaims map[string]uint32
	stance   postings
	yesNo    postings
	spelling feature.Spelling
	scratch  struct{ words, letters []float64 }
}

// indexedText is what a text's log-odds follow from.
type indexedText struct {
	claim uint32
	on    [3]standing
}

// standing is a text on one axis.
type standing struct {
	logOdds         [3]float64 // as the model has them: see Model.logOdds
	byWord, byRun   float32    // calibrated nats a nat of a word's weight, of a run's
	words, letters  float32    // Σ attribute weights of its words and phrases, of its runs; for stance of those not crossed with the claim
	claimed, spoken float32    // stance: the same of those crossed with the claim
	knowsEnough     bool       // for an answer
}

// NewIndex is empty.
func (b *Basis) NewIndex() *Index {
	x := &Index{basis: b, claims: []string{""}, ofClaims: map[string]uint32{"": 0}}
	x.stance, x.yesNo = newPostings(&b.model.scorers.stance), newPostings(&b.model.scorers.yesNo)
	return x
}

// Len is how many texts there are.
func (x *Index) Len() int { return len(x.texts) }

// Add reads a text, its labels ignored, and returns what the model answers.
func (x *Index) Add(e Example) Prediction {
	m := x.basis.model
	r := m.borrow()
	defer m.scratch.Put(r)
	m.read(r, e)
	prediction := m.predict(r)
	text := indexedText{claim: x.claim(r.claim.learnedID)}
	for i, axis := range Axes {
		if !m.Has(axis) {
			continue
		}
		raw, parameters, on := &r.raw[i], &m.parameters.Axes[i], &text.on[i]
		on.logOdds = m.logOdds(axis, r)
		on.byWord = float32(parameters.Slope / math.Sqrt(math.Max(1, float64(raw.known))))
		on.byRun = float32(parameters.LetterSlope / math.Sqrt(math.Max(1, float64(raw.runs))))
		on.knowsEnough = m.knowsEnough(axis, prediction.On(axis), raw.known)
	}
	x.addUnits(r, &text)
	x.stance.end()
	x.yesNo.end()
	x.texts = append(x.texts, text)
	return prediction
}

func (x *Index) claim(id string) uint32 {
	at, ok := x.ofClaims[id]
	if !ok {
		at = uint32(len(x.claims))
		x.ofClaims[id] = at
		x.claims = append(x.claims, id)
	}
	return at
}

// addUnits notes the features that a score is made of: those that Model.readYesNo and Model.readStance add up.
func (x *Index) addUnits(r *reading, text *indexedText) {
	for i := range r.features.Items {
		item := &r.features.Items[i]
		lettered := item.IsWord() && item.Runs() > 0
		if i < r.features.Claimed && item.For&feature.ForYesNo != 0 {
			if unit := x.unit(&x.yesNo, r, item, lettered); unit != noUnit {
				x.yesNo.add(unit)
				for axis := 1; axis < len(Axes); axis++ {
					text.on[axis].words += x.attribute(axis, unit)
					text.on[axis].letters += x.spoken(&x.yesNo, axis, unit)
				}
			}
		}
		if !r.stance || item.For&feature.ForStance == 0 {
			continue
		}
		unit := x.unit(&x.stance, r, item, lettered && (x.stance.known(item) || r.spellsForStance(item)))
		if unit == noUnit {
			continue
		}
		x.stance.add(unit)
		words, letters := &text.on[0].words, &text.on[0].letters
		if item.Crossed() {
			words, letters = &text.on[0].claimed, &text.on[0].spoken
		}
		*words += x.attribute(0, unit)
		*letters += x.spoken(&x.stance, 0, unit)
	}
}

// attribute is the axis's attribute weight of a unit, 0 where it is a word that the axis does not know.
func (x *Index) attribute(axis int, unit uint32) float32 {
	if known := x.basis.unitAttributes[axis]; int(unit) < len(known) {
		return known[unit]
	}
	return 0
}

// spoken is the sum of the axis's attribute weights of a unit's runs of letters.
func (x *Index) spoken(p *postings, axis int, unit uint32) (sum float32) {
	for _, run := range p.runsOf(unit) {
		sum += x.basis.runAttributes[axis][run]
	}
	return sum
}

// unit is the feature's place among the units, noUnit where no weight depends on it.
func (x *Index) unit(p *postings, r *reading, item *feature.Feature, lettered bool) uint32 {
	unit, known := p.place(item)
	if !known && !lettered {
		return noUnit
	}
	if !known {
		seen := false
		if unit, seen = p.unknown[item.Hash]; seen {
			return unit
		}
	}
	if known && (!lettered || p.runs[unit] != 0) {
		return unit
	}
	list := p.lists
	list = append(list, 0)
	at := len(list)
	hashes := x.spelling.Hashes(r.form(item))
	for _, hash := range hashes {
		if item.Crossed() {
			hash = r.features.Cross(hash)
		}
		if run := p.from.letters.find(hash); run >= 0 {
			list = append(list, uint32(run))
		}
	}
	n := len(list) - at
	if !known {
		if n == 0 {
			p.unknown[item.Hash] = noUnit
			return noUnit
		}
		unit = uint32(len(p.runs))
		p.unknown[item.Hash] = unit
		p.runs = append(p.runs, 0)
	}
	list[at-1] = uint32(n)
	p.runs[unit], p.lists = uint32(at-1), list
	return unit
}

// Settle moves texts added since into the inverted lists, so that the next look at them is quick. Call it after every some ten thousand.
func (x *Index) Settle() {
	x.stance.settle()
	x.yesNo.settle()
}

// Unsettled is how many texts were added since Settle.
func (x *Index) Unsettled() int { return len(x.yesNo.ends) }

// LogOdds are the text's calibrated log-odds as the model has them: of yes in the first for hostile and spam, a class for stance.
func (x *Index) LogOdds(axis Axis, row int) [3]float64 { return x.texts[row].on[axis.Index()].logOdds }

// Recounted is every text of an index as it would be answered after a change.
type Recounted struct {
	index *Index
	moved [3][]float64 // an axis: columns a text, what its log-odds change by; nil where nothing moves
}

// Recount works a change out for all texts. What it returns is valid until the index changes.
func (x *Index) Recount(c *Change) *Recounted {
	r := &Recounted{index: x}
	for i, axis := range Axes {
		if c.Changes(axis) {
			r.moved[i] = x.move(c, axis)
		}
	}
	return r
}

// move is what the log-odds of every text change by, columns a text.
func (x *Index) move(c *Change, axis Axis) []float64 {
	i, columns, p := axis.Index(), weightColumns(axis), &x.yesNo
	if axis == Stance {
		p = &x.stance
	}
	words, letters := &c.words[i], &c.letters[i]
	n := len(x.texts) * columns
	x.scratch.words, x.scratch.letters = cleared(x.scratch.words, n), cleared(x.scratch.letters, n)
	p.spread(words.touched, letters.touched, axis, x.scratch.words, x.scratch.letters)
	claim, isClaim := x.ofClaims[words.claimID]
	isClaim = isClaim && words.claimID != ""
	all, allLetters := column(axis, words.all), column(axis, letters.all)
	ofClaim, lettersOfClaim := column(axis, words.ofClaim), column(axis, letters.ofClaim)
	moved := make([]float64, n)
	for row := range x.texts {
		text := &x.texts[row]
		on := &text.on[i]
		var offset [3]float64
		if axis == Stance {
			offset = c.offsets[x.claims[text.claim]]
		}
		for k := range columns {
			at := row*columns + k
			byWords := x.scratch.words[at] + all[k]*float64(on.words)
			byLetters := x.scratch.letters[at] + allLetters[k]*float64(on.letters)
			if isClaim && text.claim == claim {
				byWords += ofClaim[k] * float64(on.claimed)
				byLetters += lettersOfClaim[k] * float64(on.spoken)
			}
			moved[at] = float64(on.byWord)*byWords + float64(on.byRun)*byLetters + offset[k]
		}
	}
	return moved
}

func cleared(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// LogOdds are those of Index.LogOdds after the change.
func (r *Recounted) LogOdds(axis Axis, row int) [3]float64 {
	i, columns := axis.Index(), weightColumns(axis)
	z := r.index.texts[row].on[i].logOdds
	if moved := r.moved[i]; moved != nil {
		for k := range columns {
			z[k] += moved[row*columns+k]
		}
	}
	return z
}

// Prediction is the text's answers after the change. How many of its words are known is left out.
func (r *Recounted) Prediction(row int) Prediction {
	m := r.index.basis.model
	p := Prediction{Model: m.id}
	for i, axis := range Axes {
		opinion := p.On(axis)
		opinion.Answer = Unsure
		if !m.Has(axis) {
			continue
		}
		z, classes := r.LogOdds(axis, row), len(axis.Answers())
		softmax(z[:classes], opinion.Probabilities[:classes])
		m.choose(axis, opinion, r.index.texts[row].on[i].knowsEnough)
	}
	return p
}

// Bytes is about how much memory the index takes.
func (x *Index) Bytes() int {
	const text = 4 + 3*(3*8+6*4+8)
	return cap(x.texts)*text + x.stance.bytes() + x.yesNo.bytes() + 8*(cap(x.scratch.words)+cap(x.scratch.letters))
}
