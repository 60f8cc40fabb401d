package feature

import (
	"encoding/binary"

	"github.com/cespare/xxhash/v2"
)

// recalledWord is what features need to know of a form.
type recalledWord struct {
	low, high uint64 // the form's bytes, where it is short
	hash      uint64
	length    uint8
	runs      uint8 // of letters, should it be a word
	group     bool  // names a group of people
	negation  bool
}

// recalledWords remember what was found out of short forms, since a few thousand words make most of all texts. A word takes the place of another
// one of the same place. The zero value is ready.
type recalledWords struct {
	places []recalledWord
	other  recalledWord // the last form that is remembered nowhere
}

const (
	recalledBits = 13 // so many words are remembered: 256 KB
	shortForm    = 16 // bytes
)

// recall gives what is to know of a form; it is valid until the next call. Nothing is remembered of a form that is long, or behind
// which memory ends too soon to read it all at once.
func (w *recalledWords) recall(form []byte) *recalledWord {
	if len(form) > shortForm || cap(form) < shortForm {
		w.other = knowWord(form)
		return &w.other
	}
	if w.places == nil {
		w.places = make([]recalledWord, 1<<recalledBits)
		w.places[0].length = shortForm + 1
	}
	wide, kept := form[:shortForm], &keptBytes[len(form)]
	low, high := binary.LittleEndian.Uint64(wide)&kept[0], binary.LittleEndian.Uint64(wide[8:])&kept[1]
	place := &w.places[(low^high*placeSpread)*placeSpread>>(64-recalledBits)]
	if place.low != low || place.high != high || int(place.length) != len(form) {
		*place = knowWord(form)
		place.low, place.high = low, high
	}
	return place
}

const placeSpread = 0x9FB21C651E98DF25

// keptBytes masks the first bytes of a form, by its length.
var keptBytes = func() (kept [shortForm + 1][2]uint64) {
	for length := range kept {
		for at := range length {
			kept[length][at/8] |= 0xFF << (at % 8 * 8)
		}
	}
	return kept
}()

// roomy is a form whose memory goes on, so that it is remembered.
func roomy(form string) []byte { return append(make([]byte, 0, shortForm), form...) }

// knowWord finds everything out.
func knowWord(form []byte) recalledWord {
	w := recalledWord{length: uint8(min(len(form), shortForm+1)), hash: xxhash.Sum64(form), negation: isNegation(form)}
	w.group = isGroupHashed(form, w.hash)
	if Lettered(form) {
		w.runs = uint8(Runs(form))
	}
	return w
}
