package text

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// surroundings is what is known of the text around a word: found out when first asked.
type surroundings uint8

const (
	unknown surroundings = iota
	latin
	mixed
)

// amongLatin says that the text is one of Latin letters: those of other scripts are fewer, and each looks just like a Latin one.
func (t *Text) amongLatin() bool {
	if t.around == unknown {
		t.around = t.lookAround()
	}
	return t.around == latin
}

func (t *Text) lookAround() surroundings {
	own, others := 0, 0
	for rest := t.clean; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case r < utf8.RuneSelf:
			if isLetter(byte(r)) {
				own++
			}
		case foreign(r):
			if letters, accented := t.lookAlike(r); letters == 0 || accented || strings.ContainsRune(loosely, r) {
				return mixed
			}
			others++
		}
	}
	if own >= others && own > 0 {
		return latin
	}
	return mixed
}

// nearby is how many bytes before and after a word amongKnown looks at.
const nearby = 100

// amongKnown says that at least half of the words around are known, so that the text is likely English.
func (t *Text) amongKnown(start, end int) bool {
	if !t.spend(nearby / 4) {
		return false
	}
	words, ordinary := 0, 0
	from, to := max(0, start-nearby), min(len(t.clean), end+nearby)
	for _, part := range [2][]byte{t.clean[from:start], t.clean[end:to]} {
		for len(part) > 0 {
			n := bytes.IndexFunc(part, func(r rune) bool { return !unicode.IsLetter(r) })
			if n < 0 {
				n = len(part)
			}
			if n >= 3 {
				words++
				if Known(part[:n]) {
					ordinary++
				}
			}
			_, size := utf8.DecodeRune(part[n:])
			part = part[n+size:]
		}
	}
	return 2*ordinary >= words
}
