package text

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLetterRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aabbyz`{AZ'@ é\x00\x7f")), 0, 40, -1).Draw(t, "text")
		start := rapid.IntRange(0, len(text)).Draw(t, "start")
		end, doubled := start, false
		for ; end < len(text) && isLetter(text[end]); end++ {
			doubled = doubled || end > start && text[end] == text[end-1]
		}
		clean := append(make([]byte, 0, len(text)+behind), text...)
		copy(clean[len(clean):cap(clean)], "aaaaaaaaaaaaaaaa")
		if gotEnd, gotDoubled := letterRun(clean, start); gotEnd != end || gotDoubled != doubled {
			t.Fatalf("%q from %d: %d, %v, want %d, %v", text, start, gotEnd, gotDoubled, end, doubled)
		}
	})
}

func TestMarksOfEight(t *testing.T) {
	for c := range rune(256) {
		for place := range 8 {
			eight := uint64(c) << (8 * place)
			if got, want := lettersOf(eight) != 0, isLetter(byte(c)); got != want {
				t.Errorf("%q is a letter: %v", c, got)
			}
			if got, want := capitalsOf(eight) != 0, 'A' <= c && c <= 'Z'; got != want {
				t.Errorf("%q is a capital: %v", c, got)
			}
		}
	}
}

// A text is normalised alike whether eight bytes are taken at once or, behind a character beyond ASCII, one.
func TestNormaliseASCIILikeTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.StringOfN(rapid.RuneFrom([]rune("aaAAbzZ0 \n\t..!@`[{\x00\x7f")), 0, 60, -1).Draw(t, "text")
		var fast, slow Text
		fast.raw, slow.raw = raw, raw
		if !fast.normaliseASCII() {
			t.Fatal("not ASCII")
		}
		slow.normaliseUnicode()
		if string(fast.clean) != string(slow.clean) || fast.Letters != slow.Letters || fast.Capital != slow.Capital {
			t.Fatalf("%q: %q, %d letters, %d capitals; byte for byte %q, %d, %d", raw, fast.clean, fast.Letters, fast.Capital, slow.clean, slow.Letters, slow.Capital)
		}
		for at := range len(fast.clean) + 1 {
			if fast.rawAt(at) != slow.rawAt(at) {
				t.Fatalf("%q: byte %d came from %d, byte for byte from %d", raw, at, fast.rawAt(at), slow.rawAt(at))
			}
		}
	})
}
