package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joiner holds emoji together; between letters it shows nothing and is dropped.
const joiner = 0x200D

// hiddenRanges are the characters that show nothing: Unicode's default ignorable code points and the invisible format controls. They are listed
// here so that a chain reads the same whatever version of Unicode the program was built with.
var hiddenRanges = [][2]rune{
	{0x00AD, 0x00AD}, // soft hyphen
	{0x034F, 0x034F}, // grapheme joiner
	{0x061C, 0x061C}, // Arabic letter mark
	{0x115F, 0x1160}, // Hangul fillers; NFKC makes U+1160 of U+3164 and U+FFA0
	{0x17B4, 0x17B5}, // Khmer inherent vowels
	{0x180B, 0x180F}, // Mongolian variation selectors and vowel separator
	{0x200B, 0x200F}, // zero-width space, joiners, marks of direction
	{0x202A, 0x202E}, // embeddings and overrides of direction
	{0x2060, 0x206F}, // word joiner, invisible operators, isolates, deprecated controls
	{0x3164, 0x3164},
	{0xFE00, 0xFE0F}, // variation selectors
	{0xFEFF, 0xFEFF}, // byte order mark
	{0xFFA0, 0xFFA0},
	{0xFFF0, 0xFFFB},   // unassigned, and marks of annotations
	{0x1BCA0, 0x1BCA3}, // shorthand format controls
	{0x1D173, 0x1D17A}, // musical format controls
	{0xE0000, 0xE0FFF}, // tags and further variation selectors
}

// hidden says that a character shows nothing and is dropped before words are parted.
func hidden(r rune) bool {
	if r < hiddenRanges[0][0] || r == joiner {
		return false
	}
	for _, between := range hiddenRanges {
		if r <= between[1] {
			return r >= between[0]
		}
	}
	return false
}

// endsInEmoji says that a joiner at this place would join emoji.
func endsInEmoji(clean []byte) bool {
	r, _ := utf8.DecodeLastRune(clean)
	return isEmoji(r)
}

func isEmoji(r rune) bool { return unicode.Is(unicode.So, r) || r >= 0x1F000 && !unicode.IsLetter(r) }

// markWritten notes the words of Latin letters inside which hidden characters stood, and those written in letters of formulas or circles.
func (t *Text) markWritten() {
	for i, w := range t.Words {
		if w.Class != Plain || !isLetter(t.Form(w)[0]) {
			continue
		}
		written := strings.TrimRightFunc(t.Written(w), concealed)
		if strings.ContainsFunc(written, concealed) {
			t.Words[i].Disguise |= Hidden
		}
		if strings.ContainsFunc(written, styled) {
			t.Words[i].Disguise |= LookAlikes
		}
	}
}

func concealed(r rune) bool { return r == joiner || hidden(r) }

// styled says that a letter is one in a style of its own: in a circle or square, or of mathematical formulas.
func styled(r rune) bool {
	return 0x24B6 <= r && r <= 0x24E9 || 0x1D400 <= r && r <= 0x1D7FF || 0x1F110 <= r && r <= 0x1F1FF || 0x2100 <= r && r <= 0x214F && unicode.IsLetter(r)
}
