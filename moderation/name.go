package moderation

import (
	"strings"
	"unicode"
)

// tidyName is what a person wrote as a name, or as a sentence on one line: white space becomes single spaces, as forms send it back. What cannot be
// seen but turns its surroundings round is left out, and a name of which nothing can be seen is "".
func tidyName(written string) string {
	written = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Bidi_Control, r) && !isMark(r) {
			return -1
		}
		return r
	}, Clean(written))
	if !strings.ContainsFunc(written, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }) {
		return ""
	}
	return strings.Join(strings.Fields(written), " ")
}

// isMark reports whether the rune is a mark of direction: it turns nothing but itself, and names of mixed scripts need it.
func isMark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }
