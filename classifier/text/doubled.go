package text

import (
	"bytes"
	"encoding/binary"
)

// undouble reads a word of plain letters and apostrophes that has a letter twice in a row, and is not known, as the known word with fewer
// letters. It says whether it could.
func (t *Text) undouble(start, end int) bool {
	stem := end
	if n := bytes.IndexByte(t.clean[start:end], '\''); n >= 0 {
		stem = start + n
	}
	core := t.clean[start:stem]
	if len(core) < 4 || len(core) > longest || t.ordinary(core) && !t.squeezed(start, stem) || Known(core) || !t.scan(start, stem) {
		return false
	}
	pattern, doubled := t.signs.undoubled()
	if !doubled || t.couldBeWord(core, start) || !t.squeezed(start, stem) && !t.amongKnown(start, end) {
		return false
	}
	all := t.fit(pattern)
	if all.best < 0 {
		return false
	}
	t.reads(start, end, known().word(all.best), t.clean[stem:end], Doubled)
	return true
}

// ordinary says that a word of plain letters doubles some of them as most English words do, or is known. That such a short word is ordinary is
// remembered: a few of them make most.
func (t *Text) ordinary(core []byte) bool {
	if len(core) > 8 {
		return plausible(core) || Known(core)
	}
	letters := binary.LittleEndian.Uint64(core[:8]) & (1<<(8*len(core)) - 1)
	place := &t.ordinaries[letters*ordinarySpread>>(64-ordinaryBits)]
	if *place != letters {
		if !plausible(core) && !Known(core) {
			return false
		}
		*place = letters
	}
	return true
}

const (
	ordinaryBits   = 9
	ordinarySpread = 0x9FB21C651E98DF25
)

// couldBeWord says that an unknown word doubles its letters as English words and names do: at most two of a letter, each pair as English doubles
// it, and either the word is capitalised, a name, or there is but one pair, and an ending that doubles the letter before it.
func (t *Text) couldBeWord(core []byte, start int) bool {
	pairs, ending := 0, false
	capital := t.capital(t.signs.all[0])
	if t.capitalInside() || len(core) <= longestInitials && t.capitals() && !t.squeezed(start, start+len(core)) {
		return true
	}
	for i := 1; i < len(core); i++ {
		if core[i] != core[i-1] {
			continue
		}
		if t.squeezed(start+i-1, start+i+1) { // three or more were written
			return false
		}
		if !pairOfEnglish(core, i) && !(capital && core[i] == 'a') {
			return false
		}
		pairs++
		ending = doubles(core, i) || len(core) < 5
	}
	return capital || pairs == 1 && ending
}

// plausible says that a word has one pair of letters, where English has pairs: that is most words with one, and spares looking them up.
func plausible(core []byte) bool {
	pairs := 0
	for i := 1; i < len(core); i++ {
		if core[i] == core[i-1] {
			if pairs++; pairs > 1 || !pairOfEnglish(core, i) || !doubles(core, i) && len(core) >= 5 {
				return false
			}
		}
	}
	return true
}

// longestInitials is up to what length a word in capitals may be initials.
const longestInitials = 5

// capitalInside says that a capital letter follows a small one.
func (t *Text) capitalInside() bool {
	small := false
	for _, s := range t.signs.all {
		if capital := t.capital(s); capital && small {
			return true
		} else {
			small = small || !capital
		}
	}
	return false
}

// squeezed says that letters were left out between two places of clean.
func (t *Text) squeezed(start, end int) bool { return t.rawAt(end)-t.rawAt(start) > end-start }

// pairOfEnglish says that the letters i-1 and i of a word are a pair that English has: ee, oo, or a consonant after a vowel.
func pairOfEnglish(core []byte, i int) bool {
	switch core[i] {
	case 'e', 'o':
		return (i < 2 || !vowel(core[i-2])) && (i+1 == len(core) || !vowel(core[i+1]))
	case 'b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'z':
		return i > 1 && vowel(core[i-2]) && (i+1 == len(core) || vowel(core[i+1]) || len(core) < 5 || ending(core[i+1:]))
	}
	return false
}

func vowel(c byte) bool { return bytes.IndexByte([]byte("aeiouy"), c) >= 0 }

// ending says that what follows a pair of consonants may follow it in English: a consonant that glides, an ending of its own.
func ending(rest []byte) bool {
	if bytes.IndexByte([]byte("lrwh"), rest[0]) >= 0 || len(rest) == 1 && rest[0] == 's' {
		return true
	}
	for _, own := range [...]string{"ness", "ment", "ful", "some", "ship", "proof", "man", "berg", "stein", "son", "ton", "field", "ford", "house"} {
		if bytes.HasPrefix(rest, []byte(own)) {
			return true
		}
	}
	return false
}

// doubles says that the letter at i of a word, which is its neighbour's double, stands where English doubles letters: before some endings, and a
// few letters at the end.
func doubles(core []byte, i int) bool {
	rest := string(core[i+1:])
	if core[i] == 'e' || core[i] == 'o' {
		return len(core) < 7 || rest == "" || rest == "s"
	}
	if rest == "" || rest == "s" {
		return bytes.IndexByte([]byte("lsfzt"), core[i]) >= 0
	}
	return doubling[rest]
}

// doubling are the endings before which English doubles a consonant.
var doubling = map[string]bool{
	"e": true, "es": true, "ed": true, "ing": true, "ings": true, "er": true, "ers": true, "y": true, "ie": true, "ies": true, "ier": true, "en": true,
	"est": true, "able": true, "le": true, "les": true, "led": true, "ling": true, "ler": true, "ish": true, "o": true, "a": true, "on": true, "ow": true,
}
