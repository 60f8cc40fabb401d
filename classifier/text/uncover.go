package text

import "bytes"

// uncover reads clean from start to end, which holds more than plain letters, as one known word, and says whether it could.
func (t *Text) uncover(start, end int) bool {
	stem := end
	if bytes.HasSuffix(t.clean[start:end], []byte("'s")) {
		stem -= 2
	}
	if !t.scan(start, stem) || t.signs.letters() == 0 || t.signs.count[plain] == len(t.signs.all) && !t.signs.ambiguous() || !t.inPlace(start, stem) {
		return false
	}
	word, disguise := t.solve(t.clean[start:stem])
	switch {
	case word >= 0:
		t.reads(start, end, known().word(word), t.clean[stem:end], disguise)
		return true
	case t.signs.count[alien] > 0 && t.signs.count[loose] == 0 && t.signs.strange == 0 && t.signs.count[plain] > 0 && t.signs.onlyLetters() && t.signs.letters() >= 3:
		t.fold(start, end, stem)
		return true
	}
	return false
}

// reads adds the word of clean from start to end that is read as form and suffix.
func (t *Text) reads(start, end int, form, suffix []byte, disguise Disguise) {
	from := len(t.uncovered)
	t.uncovered = append(append(t.uncovered, form...), suffix...)
	t.Words = append(t.Words, Word{
		Class: Plain, Disguise: disguise, Start: int32(start), End: int32(end), from: int32(from), to: int32(len(t.uncovered)),
	})
}

// fold adds a word of mixed scripts that is not known: each letter is what it looks like most.
func (t *Text) fold(start, end, stem int) {
	from := len(t.uncovered)
	for _, s := range t.signs.all {
		for c := byte('a'); c <= 'z' && s.letters != 0; c++ {
			if s.letters&letter(c) != 0 {
				t.uncovered = append(t.uncovered, c)
				break
			}
		}
	}
	t.uncovered = append(t.uncovered, t.clean[stem:end]...)
	t.Words = append(t.Words, Word{
		Class: Plain, Disguise: LookAlikes, Start: int32(start), End: int32(end), from: int32(from), to: int32(len(t.uncovered)),
	})
}

// solve finds the known word behind t.signs, and how it was hidden: as the signs read, with letters doubled, or masked.
func (t *Text) solve(core []byte) (word int, disguise Disguise) {
	s := &t.signs
	wanted := max(t.joined(core), numbered(core))
	unmasked := s.tricks()&^(Dots|Leet) | Masked
	maskedFirst := s.count[between] > 0 // signs that may be letters are read as such first
	if maskedFirst && (bytes.IndexByte(core, '*') >= 0 || !ordinaryPieces(core)) {
		if word = t.unmask(); word >= 0 {
			return word, unmasked
		}
	}
	if wanted != noWord {
		all := t.fit(s.asRead())
		if s.strange > 0 {
			return all.guess(wanted), s.tricks()
		}
		if read := all.read(wanted); read >= 0 {
			return read, t.tricksOf(read)
		}
		if pattern, doubled := s.undoubled(); doubled && s.letters() > 3 && t.mayDouble() {
			all = t.fit(pattern)
			if read := all.read(wanted); read >= 0 {
				return read, s.tricks() | Doubled
			}
		}
	}
	if maskedFirst {
		return -1, 0
	}
	return t.unmask(), unmasked
}

// mayDouble says that a word that is disguised already may have doubled letters too: one that is more than accented, or joined of pieces.
func (t *Text) mayDouble() bool {
	s := &t.signs
	if s.count[between] > 0 {
		return t.alone()
	}
	return s.count[alien]+s.count[reshaped]+s.count[figure] > 0
}

// tricks are those that the kinds of signs tell.
func (s *signs) tricks() (tricks Disguise) {
	if s.count[alien]+s.count[loose]+s.count[reshaped] > 0 {
		tricks |= LookAlikes
	}
	if s.count[accented]+s.count[overlaid] > 0 {
		tricks |= Accents
	}
	if s.count[figure] > 0 {
		tricks |= Leet
	}
	if s.count[between] > 0 {
		tricks |= Dots
	}
	return tricks
}

// tricksOf are the tricks of the word found: where signs may be letters or stand between, its length tells.
func (t *Text) tricksOf(word int) Disguise {
	s := &t.signs
	tricks := s.tricks()
	if s.count[figure] > 0 && t.alone() && len(known().word(word)) <= s.letters() {
		tricks = tricks&^Leet | Dots
	}
	return tricks
}

// inPlace says that the text around allows a word without plain letters, or with accents alone, to be an English one in disguise.
func (t *Text) inPlace(start, end int) bool {
	s := &t.signs
	switch foreigners := s.count[alien] + s.count[loose]; {
	case foreigners > 0 && s.count[plain] == 0:
		return s.count[loose] == 0 && t.amongLatin()
	case foreigners == 0 && s.onlyLetters():
		return t.amongKnown(start, end)
	}
	return true
}
