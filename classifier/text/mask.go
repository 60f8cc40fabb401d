package text

import (
	"unicode"
	"unicode/utf8"
)

// unmask is the word that t.signs hide by signs in the place of letters, -1 where none is clear.
func (t *Text) unmask() int {
	masked, wanted := t.masks()
	if !masked {
		return -1
	}
	all := t.fit(t.signs.pattern)
	return all.guess(wanted)
}

// masks makes a pattern where signs in the place of letters are any letter, and says what a guess must be.
func (t *Text) masks() (bool, proof) {
	s := &t.signs
	first, last := s.all[0], s.all[len(s.all)-1]
	if first.letters == 0 || last.letters == 0 || first.kind == figure || last.kind == figure && !unicode.IsDigit(last.r) || s.letters() < 2 || t.alone() && s.letters() > 2 {
		return false, noWord
	}
	s.pattern = s.pattern[:0]
	masked, wanted := 0, anyWord
	for i := 0; i < len(s.all); i++ {
		sign := s.all[i]
		if sign.kind != between && (sign.kind != figure || unicode.IsDigit(sign.r)) {
			s.pattern = append(s.pattern, sign.place)
			continue
		}
		n := 1
		if i+1 < len(s.all) {
			n = t.rawAt(s.all[i+1].at) - t.rawAt(sign.at) // a mark squeezed away stood for a letter, too
		}
		if sign.r >= utf8.RuneSelf {
			n = 1
		}
		if sign.r != '*' {
			wanted = rudeWord
		}
		if !mask(sign.r) || n > 3 {
			return false, noWord
		}
		for range n {
			s.pattern = append(s.pattern, place{letters: anyLetter})
		}
		masked += n
	}
	if masked == 0 || masked > 3 || masked > s.letters() || len(s.pattern) < 3 {
		return false, noWord
	}
	if len(s.pattern) == 3 && s.all[1].r != '*' {
		return false, noWord
	}
	return true, wanted
}

// mask says that a sign is used in the place of a letter.
func mask(r rune) bool {
	switch r {
	case '*', '#', '%', '@', '$', '!', '-', '_', '•', '●':
		return true
	}
	return false
}
