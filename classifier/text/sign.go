package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sign is one character of what may be a disguised word.
type sign struct {
	place
	r    rune
	kind kind
	at   int // its place in clean
}

// kind is what part a sign may have in a word.
type kind uint8

const (
	plain    kind = iota // a letter a to z
	alien                // a letter of another script that looks like one
	reshaped             // a Latin letter of another shape
	accented             // a letter with accents
	loose                // one of another script that looks like one only to who wants to
	figure               // a digit or sign that stands for a letter
	between              // a mark between letters
	overlaid             // a combining mark
	kinds
)

// longest is how many characters a disguised word has at most.
const longest = 48

// signs are the characters of a word as they may be read, and how many there are of each kind.
type signs struct {
	all     []sign
	count   [kinds]int
	strange int // letters that look like none that is known
	pattern []place
}

func (s *signs) reset() { s.all, s.count, s.strange = s.all[:0], [kinds]int{}, 0 }

// letters is how many signs are letters, whatever their shape.
func (s *signs) letters() int {
	return s.count[plain] + s.count[alien] + s.count[loose] + s.count[reshaped] + s.count[accented]
}

// onlyLetters says that nothing but letters and their accents is there.
func (s *signs) onlyLetters() bool { return s.count[figure]+s.count[between] == 0 }

// scan fills t.signs with the characters of clean from start to end. It reports false where one of them can be no part of a word.
func (t *Text) scan(start, end int) bool {
	t.signs.reset()
	for at := start; at < end; {
		r, size := utf8.DecodeRune(t.clean[at:end])
		if len(t.signs.all) == longest || !t.addSign(r, at) {
			return false
		}
		at += size
	}
	return t.signs.strange == 0 || t.signs.strange <= mostStrange && 2*t.signs.strange <= t.signs.count[plain]
}

// mostStrange is how many letters of a word may look like none that is known, where the others are plain.
const mostStrange = 2

// addSign notes one more character.
func (t *Text) addSign(r rune, at int) bool {
	s := sign{r: r, at: at}
	if r < utf8.RuneSelf && isLetter(byte(r)) {
		s.kind, s.letters = plain, letter(byte(r))
	} else if letters := leet(r); letters != 0 {
		s.kind, s.letters = figure, letters
	} else if r >= utf8.RuneSelf && unicode.IsMark(r) {
		s.kind, s.none = overlaid, true
	} else if r > ' ' && (unicode.IsPunct(r) || unicode.IsSymbol(r) && r < utf8.RuneSelf) {
		s.kind, s.none = between, true
	} else {
		letters, hasAccents := t.lookAlike(r)
		if letters == 0 {
			if !unicode.IsLetter(r) {
				return false
			}
			letters = anyLetter
			t.signs.strange++
		}
		s.letters = letters
		switch {
		case foreign(r) && (hasAccents || letters == anyLetter || strings.ContainsRune(loosely, r)):
			s.kind = loose
		case foreign(r):
			s.kind = alien
		case hasAccents:
			s.kind = accented
		default:
			s.kind = reshaped
		}
	}
	if s.letters&letter('i') != 0 && s.kind != accented && t.looksLikeL(s) {
		s.letters |= letter('l')
	}
	t.signs.count[s.kind]++
	t.signs.all = append(t.signs.all, s)
	return true
}

// looksLikeL says that a letter read as i was written as a capital, without a dot, where no capital is to be expected.
func (t *Text) looksLikeL(s sign) bool {
	at := t.rawAt(s.at)
	r, _ := utf8.DecodeRuneInString(t.raw[at:])
	if r >= utf8.RuneSelf {
		return !unicode.IsLower(r) || s.r != 'i' && s.r != 'і'
	}
	before, _ := utf8.DecodeLastRuneInString(t.raw[:at])
	return r == 'I' && unicode.IsLower(before)
}

// ambiguous says that a sign may be more than one letter.
func (s *signs) ambiguous() bool {
	for i := range s.all {
		if letters := s.all[i].letters; letters&(letters-1) != 0 {
			return true
		}
	}
	return false
}

// asRead is the pattern of the signs as they stand.
func (s *signs) asRead() []place {
	s.pattern = s.pattern[:0]
	for i := range s.all {
		s.pattern = append(s.pattern, s.all[i].place)
	}
	return s.pattern
}

// undoubled is the same where each of two equal letters in a row may be one.
func (s *signs) undoubled() (pattern []place, doubled bool) {
	s.asRead()
	last := -1
	for i := range s.pattern {
		if s.pattern[i].letters == 0 {
			continue
		}
		if last >= 0 && s.pattern[i].letters&s.pattern[last].letters != 0 {
			s.pattern[i].none, doubled = true, true
		}
		last = i
	}
	return s.pattern, doubled
}
