package text

import (
	"unicode"
	"unicode/utf8"
)

// joiner holds emoji together; between letters it shows nothing and is dropped.
const joiner = 0x200D

// hidden says that a character shows nothing and is dropped before words are parted: zero-width and bidirectional controls, soft hyphens.
func hidden(r rune) bool {
	switch {
	case r == 0x00AD || r == 0x034F || r == 0x061C || r == 0x180E || r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069:
		return r != joiner
	}
	return false
}

// endsInEmoji says that a joiner at this place would join emoji.
func endsInEmoji(clean []byte) bool {
	const emojiStyle = 0xFE0F
	r, _ := utf8.DecodeLastRune(clean)
	return r == emojiStyle || isEmoji(r)
}

func isEmoji(r rune) bool { return unicode.Is(unicode.So, r) || r >= 0x1F000 && !unicode.IsLetter(r) }
