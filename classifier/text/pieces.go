package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// joined says how much proof it needs that the pieces between marks are one word. Where every letter stands alone the marks may be any.
func (t *Text) joined(core []byte) proof {
	s := &t.signs
	if t.alone() {
		if s.letters()+s.count[figure] < 3 || s.letters() == 3 && t.capitals() || enumerated(s.all) {
			return noWord
		}
		for i := 1; i < len(s.all)-1; i++ {
			if s.all[i].kind == figure && !unicode.IsDigit(s.all[i].r) {
				s.all[i].none = true
			}
		}
		return anyWord
	}
	signs := 0
	var bracket, sentence bool
	for i, sign := range s.all {
		switch {
		case sign.kind == between:
			if !joins(sign.r) || i > 0 && s.all[i-1].kind == between || i+1 < len(s.all) && t.capital(s.all[i+1]) && sign.r == '.' {
				return noWord
			}
			sentence = sentence || sign.r == '.' || sign.r == '·'
			signs++
		case sign.kind == figure && !unicode.IsDigit(sign.r):
			bracket = bracket || opens(sign.r) || sign.r == '!' && i > 0
			signs++
		}
	}
	switch {
	case s.count[figure] > s.letters() && len(s.all) < longWord:
		return rudeWord
	case signs == 0:
		return anyWord
	case len(s.all) < 4 && s.count[between] > 0, s.digitsAlone():
		return noWord
	case signs == 1 && (opens(s.all[0].r) || s.all[0].r == '@') && s.count[plain] == len(s.all)-1: // a bracket, a name

		if ordinaryPieces(core) {
			return noWord
		}
		return rudeWord
	case !ordinaryPieces(core):
		return anyWord
	case bracket, sentence && s.letters() < 6: // the end of one sentence and the beginning of the next
		return noWord
	}
	return rudeWord
}

// opens says that a sign is a bracket, as stands before ordinary words.
func opens(r rune) bool { return r == '(' || r == '[' || r == '{' || r == '<' }

// joins says that a mark may stand inside a disguised word of which other letters stand together.
func joins(r rune) bool {
	switch r {
	case '.', '-', '_', '*', '~', '·', '•':
		return true
	}
	return false
}

// alone says that no two letters stand side by side, and something stands between them.
func (t *Text) alone() bool {
	gaps, last := 0, -1
	for i, sign := range t.signs.all {
		if sign.kind == between || sign.kind == figure && !unicode.IsDigit(sign.r) {
			continue
		}
		if sign.kind == overlaid {
			return false
		}
		if last >= 0 {
			if last == i-1 {
				return false
			}
			gaps++
		}
		last = i
	}
	return gaps >= 2
}

// capital says that a sign was written as a capital letter.
func (t *Text) capital(s sign) bool {
	r, _ := utf8.DecodeRuneInString(t.raw[t.rawAt(s.at):])
	return unicode.IsUpper(r)
}

// capitals says that all letters were written as capitals, as initials are.
func (t *Text) capitals() bool {
	for _, s := range t.signs.all {
		if s.kind == plain && !t.capital(s) {
			return false
		}
	}
	return true
}

// enumerated says that the letters follow one another in the alphabet, as in a, b, c.
func enumerated(all []sign) bool {
	last := rune(0)
	for _, s := range all {
		if s.kind != plain {
			continue
		}
		if last != 0 && s.r != last+1 {
			return false
		}
		last = s.r
	}
	return true
}

// shortWords are ordinary pieces of less than three letters: words, and what stands before a hyphen.
var shortWords = func() map[string]bool {
	short := map[string]bool{}
	for word := range bytes.FieldsSeq([]byte(`a i ad ah am an as at be bi by co de do ex go ha he hi id if in is it la me mr ms my no of oh ok on or pm re so
		to tv uk un up us vs we ya ye yo eu pc st`)) {
		short[string(word)] = true
	}
	return short
}()

// ordinaryPieces says that whatever stands between signs is an ordinary word, or a number.
func ordinaryPieces(core []byte) bool {
	inside := func(r rune) bool { return r >= utf8.RuneSelf || isLetter(byte(r)) || isDigit(byte(r)) }
	for len(core) > 0 {
		n := bytes.IndexFunc(core, func(r rune) bool { return !inside(r) })
		if n < 0 {
			n = len(core)
		}
		piece := core[:n]
		if n > 0 && !isDigit(piece[0]) && !shortWords[string(piece)] && !Known(piece) {
			return false
		}
		if n > 0 && isDigit(piece[0]) && bytes.IndexFunc(piece, unicode.IsLetter) >= 0 {
			return false
		}
		core = core[min(n+1, len(core)):]
	}
	return true
}

// digitsAlone says that a piece between marks is a number, or begins with one, as in f-16s.
func (s *signs) digitsAlone() bool {
	for i := range s.all {
		number := s.all[i].kind == figure && unicode.IsDigit(s.all[i].r)
		if number && i > 0 && s.all[i-1].kind == between || number && i+1 < len(s.all) && s.all[i+1].kind == between && i == 0 {
			return true
		}
	}
	return false
}
