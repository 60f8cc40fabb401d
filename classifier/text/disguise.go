package text

// hidden says that a character shows nothing and is dropped before words are parted: zero-width and bidirectional controls, soft hyphens.
func hidden(r rune) bool {
	switch {
	case r == 0x00AD || r == 0x034F || r == 0x061C || r == 0x180E || r == 0xFEFF:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069:
		return r != 0x200D // the joiner holds emoji together
	}
	return false
}
