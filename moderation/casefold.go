package moderation

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
)

// FoldCase makes two spellings of one name or word equal: Unicode's full case folding. ASCII, which most texts are, needs no tables.
func FoldCase(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return cases.Fold().String(s)
		}
	}
	return strings.ToLower(s)
}
