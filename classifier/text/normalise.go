package text

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

var folder = cases.Fold()

// normalise fills clean: NFKC, case folded, hidden characters dropped, a letter or mark repeated more than twice squeezed to two. Digits and
// white space are not squeezed. Plain ASCII takes the fast path.
func (t *Text) normalise() {
	t.clean, t.source = t.clean[:0], t.source[:0]
	t.Letters, t.Capital = 0, 0
	if t.normaliseASCII() {
		return
	}
	t.clean, t.source = t.clean[:0], t.source[:0]
	t.Letters, t.Capital = 0, 0
	t.normaliseUnicode()
}

// normaliseASCII reports false at the first byte beyond ASCII. Where nothing may be squeezed it takes eight bytes at once.
func (t *Text) normaliseASCII() bool {
	t.clean = slices.Grow(t.clean, len(t.raw)+behind)
	raw, clean := t.raw, t.clean[:len(t.raw)+behind]
	n, letters, capital := 0, 0, 0
	last, beforeLast := byte(noASCII), byte(noASCII)
	for i := 0; i < len(raw); i++ {
		if i+8 <= len(raw) {
			eight := littleEight(raw[i:])
			capitals := capitalsOf(eight)
			folded := eight | capitals>>2
			if eight&marks == 0 && !thrice(folded, last, beforeLast) {
				letters += bits.OnesCount64(lettersOf(folded))
				capital += bits.OnesCount64(capitals)
				binary.LittleEndian.PutUint64(clean[n:], folded)
				last, beforeLast = byte(folded>>56), byte(folded>>48)
				for at := i; len(t.source) > 0 && at < i+8; at++ {
					t.source = append(t.source, int32(at))
				}
				n, i = n+8, i+7
				continue
			}
		}
		c := raw[i]
		kind := asciiKinds[c]
		if kind&noASCII != 0 {
			return false
		}
		letters += int(kind & isALetter)
		capital += int(kind & isCapital / isCapital)
		c |= kind & lowered
		if c == last && c == beforeLast && kind&mayRepeat == 0 {
			if len(t.source) == 0 {
				t.sourceUpTo(n)
			}
			continue
		}
		last, beforeLast = c, last
		clean[n] = c
		n++
		if len(t.source) > 0 {
			t.source = append(t.source, int32(i))
		}
	}
	t.clean, t.Letters, t.Capital = clean[:n], letters, capital
	if len(t.source) > 0 {
		t.source = append(t.source, int32(len(raw)))
	}
	return true
}

// sourceUpTo notes that the first n bytes stand as they were written.
func (t *Text) sourceUpTo(n int) {
	for i := range n {
		t.source = append(t.source, int32(i))
	}
}

// What a byte of raw is, as bits.
const (
	isALetter = 1 << iota
	isCapital
	mayRepeat             // digits and white space are not squeezed
	lowered   = 'a' - 'A' // the bit that a capital lacks
	noASCII   = 0x80
)

var asciiKinds = func() (kinds [256]byte) {
	for i := range kinds {
		switch c := byte(i); {
		case c >= utf8.RuneSelf:
			kinds[c] = noASCII
		case 'A' <= c && c <= 'Z':
			kinds[c] = isALetter | isCapital | lowered
		case isLetter(c):
			kinds[c] = isALetter
		case isDigit(c), c == ' ', c == '\n':
			kinds[c] = mayRepeat
		}
	}
	return kinds
}()

// repeats says that c would be the third of the same letter or mark in a row.
func repeats(clean []byte, c byte) bool {
	n := len(clean)
	return n >= 2 && clean[n-1] == c && clean[n-2] == c && c != ' ' && c != '\n' && c < utf8.RuneSelf && !('0' <= c && c <= '9')
}

func (t *Text) normaliseUnicode() {
	t.iter.InitString(norm.NFKC, t.raw)
	for !t.iter.Done() {
		from := t.iter.Pos()
		segment := t.iter.Next()
		t.count(segment)
		for len(segment) > 0 {
			r, size := utf8.DecodeRune(segment)
			switch {
			case hidden(r), r == joiner && !endsInEmoji(t.clean):
				t.dropped = true
			case r == '’' || r == 'ʼ':
				t.addASCII('\'', from)
			case r < utf8.RuneSelf:
				c := segment[0]
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
				t.composed = t.composed || t.raw[from] >= utf8.RuneSelf && isLetter(c)
				t.addASCII(c, from)
			case unicode.IsSpace(r): // those that NFKC leaves: line and paragraph separators
				t.add('\n', from)
			default:
				n, _, err := folder.Transform(t.folded[:], segment[:size], true)
				if err != nil {
					n = copy(t.folded[:], segment[:size])
				}
				t.addFolded(t.folded[:n], from)
			}
			segment = segment[size:]
		}
	}
	t.source = append(t.source, int32(len(t.raw)))
	t.clean = slices.Grow(t.clean, behind)
}

// addASCII adds a folded ASCII character, unless it is one too many.
func (t *Text) addASCII(c byte, from int) {
	if !repeats(t.clean, c) {
		t.add(c, from)
	}
}

// addFolded adds folded characters, each unless it is one too many.
func (t *Text) addFolded(folded []byte, from int) {
	for len(folded) > 0 {
		r, size := utf8.DecodeRune(folded)
		switch character := folded[:size]; {
		case size == 1:
			t.addASCII(character[0], from)
		case !repeatsBeyondASCII(t.clean, r, character):
			for _, c := range character {
				t.add(c, from)
			}
		}
		folded = folded[size:]
	}
}

// repeatsBeyondASCII says that the character r would be the third of the same in a row. Digits are never too many.
func repeatsBeyondASCII(clean []byte, r rune, character []byte) bool {
	before, ok := bytes.CutSuffix(clean, character)
	return ok && bytes.HasSuffix(before, character) && !unicode.IsDigit(r)
}

func (t *Text) add(c byte, from int) {
	t.clean = append(t.clean, c)
	t.source = append(t.source, int32(from))
}

func (t *Text) count(segment []byte) {
	for len(segment) > 0 {
		r, size := utf8.DecodeRune(segment)
		if unicode.IsLetter(r) {
			t.Letters++
			if unicode.IsUpper(r) {
				t.Capital++
			}
		}
		segment = segment[size:]
	}
}
