package text

import (
	"bytes"
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

// normaliseASCII reports false at the first byte beyond ASCII.
func (t *Text) normaliseASCII() bool {
	squeezed := false
	for i := 0; i < len(t.raw); i++ {
		c := t.raw[i]
		switch {
		case c >= utf8.RuneSelf:
			return false
		case 'A' <= c && c <= 'Z':
			t.Letters++
			t.Capital++
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z':
			t.Letters++
		}
		if repeats(t.clean, c) {
			if !squeezed {
				squeezed = true
				for j := range t.clean {
					t.source = append(t.source, int32(j))
				}
			}
			continue
		}
		t.clean = append(t.clean, c)
		if squeezed {
			t.source = append(t.source, int32(i))
		}
	}
	if squeezed {
		t.source = append(t.source, int32(len(t.raw)))
	}
	return true
}

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
			case r == '’' || r == 'ʼ':
				t.addASCII('\'', from)
			case r < utf8.RuneSelf:
				c := segment[0]
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
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
