package classifier

import (
	"math"

	"commentdesk/classifier/feature"
)

// rawScore is an axis's score before calibration. Hostile and spam use the first of the sums.
type rawScore struct {
	sums    [3]float64 // Σ weights of words and phrases
	known   int        // words and phrases the axis knows
	words   int        // words the axis knows
	of      int        // words there are
	letters [3]float64 // Σ weights of runs of letters
	runs    int        // runs of letters there are
}

// add counts a feature that is known.
func (s *rawScore) add(word bool) {
	s.known++
	if word {
		s.words++
	}
}

// normalised divides each sum by the square root of what it sums over: a long comment is not surer for being long.
func (s *rawScore) normalised() (words, letters [3]float64) {
	byWords, byLetters := math.Sqrt(math.Max(1, float64(s.known))), math.Sqrt(math.Max(1, float64(s.runs)))
	for i := range words {
		words[i], letters[i] = s.sums[i]/byWords, s.letters[i]/byLetters
	}
	return words, letters
}

// readYesNo adds the features for hostile and spam to their scores.
func (m *Model) readYesNo(r *reading) {
	from, items := m.scorers, r.features.Items[:r.features.Claimed]
	touched, allRuns := uint64(0), 0
	for i := range items {
		if item := &items[i]; item.IsWord() {
			touched += from.yesNoWords.touch(item.Hash)
		} else {
			touched += from.yesNoPhrases.touch(item.Hash)
		}
	}
	for i := range items {
		item := &items[i]
		if item.For&feature.ForYesNo == 0 {
			continue
		}
		if !item.IsWord() {
			if row := from.yesNoPhrases.find(item.Hash); row != nil {
				r.addYesNo(item, *row)
			}
			continue
		}
		if item.For&feature.ForHostile != 0 {
			r.raw[1].of++
		}
		if item.For&feature.ForSpam != 0 {
			r.raw[2].of++
		}
		runs, row := item.Runs(), from.yesNoWords.find(item.Hash)
		if row != nil {
			r.addYesNo(item, [yesNoColumns]float32(row[:]))
			if runs > 0 {
				r.raw[1].letters[0] += float64(row[yesNoColumns])
				r.raw[2].letters[0] += float64(row[yesNoColumns+1])
			}
		} else if runs > 0 {
			sums := r.spelled[1].sums(&from.yesNo, r, item)
			r.raw[1].letters[0] += sums[0]
			r.raw[2].letters[0] += sums[1]
		}
		allRuns += runs
	}
	r.touched, r.raw[1].runs, r.raw[2].runs = touched, allRuns, allRuns
}

// addYesNo adds what hostile and spam know of a feature.
func (r *reading) addYesNo(item *feature.Feature, weights [yesNoColumns]float32) {
	if weight := weights[0]; weight == weight && item.For&feature.ForHostile != 0 {
		r.raw[1].add(item.IsWord())
		r.raw[1].sums[0] += float64(weight)
	}
	if weight := weights[1]; weight == weight && item.For&feature.ForSpam != 0 {
		r.raw[2].add(item.IsWord())
		r.raw[2].sums[0] += float64(weight)
	}
}

// readStance adds the features for stance to its score, where anything can be said of it. A word is known where it is known under the claim.
func (m *Model) readStance(r *reading) {
	raw, from := &r.raw[0], m.scorers
	for i := range r.features.Items[:r.features.Claimed] {
		if item := &r.features.Items[i]; item.IsWord() && item.For&feature.ForStance != 0 {
			raw.of++
		}
	}
	if !r.stance {
		return
	}
	for _, i := range m.tellStance(r) {
		item := &r.features.Items[i]
		if !item.IsWord() {
			if row := from.stancePhrases.find(item.Hash); row != nil {
				raw.addStance(row, false)
			}
			continue
		}
		row := from.stanceWords.find(item.Hash)
		if row != nil {
			raw.addStance((*[stanceColumns]float32)(row[:]), item.Crossed())
			if item.Runs() > 0 {
				for class, sum := range row[stanceColumns:] {
					raw.letters[class] += float64(sum)
				}
			}
		} else if item.Runs() > 0 && r.spellsForStance(item) {
			for class, sum := range r.spelled[0].sums(&from.stance, r, item) {
				raw.letters[class] += sum
			}
		}
	}
}

// tellStance counts the runs of letters, and lists the features that may tell something: those that stance may know, and words that may be spelled.
// They are few, so that sorting them out without a branch pays.
func (m *Model) tellStance(r *reading) []int32 {
	items := r.features.Items
	if len(r.telling) < len(items) {
		r.telling = make([]int32, 2*len(items))
	}
	n, runs, touched, spelledFrom := 0, 0, uint64(0), r.features.Claimed
	if spelledFrom == len(items) {
		spelledFrom = 0
	}
	for i := range items {
		item := &items[i]
		forStance, tells := int(item.For&feature.ForStance/feature.ForStance), m.scorers.ofStance.passes(item.Hash)
		if i >= spelledFrom {
			lettered := min(1, item.Runs())
			tells |= lettered
			touched += r.spelled[0].touch(item.Hash * uint64(lettered))
		}
		runs += forStance * item.Runs()
		r.telling[n] = int32(i)
		n += forStance & tells
	}
	r.touched, r.raw[0].runs = touched, runs
	return r.telling[:n]
}

// addStance adds what stance knows of a feature.
func (s *rawScore) addStance(weights *[stanceColumns]float32, word bool) {
	s.add(word)
	for class, weight := range weights {
		s.sums[class] += float64(weight)
	}
}

// spellsForStance says whether a word that stance does not know is spelled: under a claim only with the claim. What its letters say whatever the
// claim brings nothing then (docs/classifier.md).
func (r *reading) spellsForStance(item *feature.Feature) bool {
	return item.Crossed() || r.features.Claimed == len(r.features.Items)
}
