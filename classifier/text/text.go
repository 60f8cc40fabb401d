package text

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Class is what kind of word a Word is.
type Class uint8

const (
	Plain  Class = iota // letters
	Number              // digits
	URL
	Email
	Emoji
	Punctuation // a run of punctuation; it ends a phrase
)

// Word is one word as the models read it.
type Word struct {
	Class      Class
	Disguise   Disguise // how it was hidden; 0 for nearly every word
	Start, End int32    // bytes of Text.clean
	from, to   int32    // bytes of Text.uncovered that are its form; to 0 where the form is clean itself
}

// Text is a comment as it is read. The zero value is ready for Read; reading again reuses its memory. It is not safe for concurrent use.
type Text struct {
	raw       string
	clean     []byte  // normalised
	source    []int32 // for each byte of clean and its end, the byte of raw it came from; empty when clean stands byte for byte
	Words     []Word
	uncovered []byte // forms of words that were read otherwise than written
	Letters   int    // letters in raw
	Capital   int    // of which upper case

	countedTo, points int // raw[:countedTo] has so many code points: asked for in order, all spans cost one pass

	effort   int          // what uncovering may still cost
	singles  int          // words of one character in a row
	spaced   bool         // three or more stood in a row
	dropped  bool         // hidden characters were dropped
	composed bool         // characters beyond ASCII became letters a to z
	around   surroundings // of words without Latin letters

	iter   norm.Iter // kept so that reading allocates nothing, as all below
	folded [16]byte
	signs  signs
	joins  []join

	ordinaries [1 << ordinaryBits]uint64 // short words that were found to be ordinary, their bytes as a number
}

// MaxRead is how much of a text is read, in bytes: four times the longest comment that is stored. What stands behind it is not read.
const MaxRead = 1 << 20

// Read makes t the reading of raw. The text's memory is reused, so t must not outlive another Read.
func (t *Text) Read(raw string) {
	raw = upTo(raw, MaxRead)
	t.raw, t.countedTo, t.points = raw, 0, 0
	t.uncovered, t.around = t.uncovered[:0], unknown
	t.singles, t.spaced, t.dropped, t.composed = 0, false, false, false
	t.normalise()
	t.effort = leastEffort + len(t.clean)/4
	t.segment()
	if t.spaced {
		t.joinSpaced()
	}
	if t.dropped || t.composed {
		t.markWritten()
	}
}

// leastEffort is how many steps of looking for words a short text may cost: some 100 disguised words. Longer ones may cost a step more every
// four bytes, so that no text takes long.
const leastEffort = 8192

// spend takes steps from what uncovering may still cost; false where nothing is left.
func (t *Text) spend(steps int) bool {
	if t.effort == 0 {
		return false
	}
	t.effort = max(0, t.effort-steps)
	return true
}

// upTo is the beginning of a text, no more than limit bytes, ended before a character that would be cut in two.
func upTo(raw string, limit int) string {
	if len(raw) <= limit {
		return raw
	}
	for cut := limit; cut > limit-utf8.UTFMax; cut-- {
		if utf8.RuneStart(raw[cut]) {
			return raw[:cut]
		}
	}
	return raw[:limit]
}

// Form is the word as it is read: folded, repeated letters squeezed, uncovered. The bytes are valid until the next Read and must not be changed.
func (t *Text) Form(w Word) []byte {
	if w.to > 0 {
		return t.uncovered[w.from:w.to]
	}
	return t.clean[w.Start:w.End]
}

// Written is the word as the reader wrote it.
func (t *Text) Written(w Word) string {
	start, end := t.rawSpan(w)
	return t.raw[start:end]
}

// Span is the word's place in the comment as written, in code points; end is exclusive.
func (t *Text) Span(w Word) (start, end int) {
	from, to := t.rawSpan(w)
	if from < t.countedTo {
		t.countedTo, t.points = 0, 0
	}
	t.points += utf8.RuneCountInString(t.raw[t.countedTo:from])
	t.countedTo = from
	return t.points, t.points + utf8.RuneCountInString(t.raw[from:to])
}

// rawAt is the byte of raw that a byte of clean, or its end, came from.
func (t *Text) rawAt(at int) int {
	if len(t.source) == 0 {
		return at
	}
	return int(t.source[at])
}

func (t *Text) rawSpan(w Word) (start, end int) {
	if len(t.source) == 0 {
		return int(w.Start), int(w.End)
	}
	next := int(w.End)
	for next < len(t.clean) && t.source[next] == t.source[w.End-1] { // one character of raw made several of clean
		next++
	}
	return int(t.source[w.Start]), int(t.source[next])
}
