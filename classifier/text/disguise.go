package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Disguise is the set of tricks by which a word was written unlike it is read.
type Disguise uint16

const (
	Hidden     Disguise = 1 << iota // characters that show nothing stand inside
	Spaces                          // white space between the letters
	Dots                            // dots, dashes or other marks between the letters
	Leet                            // digits or signs instead of letters
	Masked                          // a sign in the place of a letter that must be guessed
	LookAlikes                      // letters of another script or of another shape
	Accents                         // accents that the word does not have
	Doubled                         // letters repeated
)

// names are what a page calls the tricks, in the order of their bits.
var names = []string{"hidden characters", "spaces", "dots", "digits or signs", "masked letters", "look-alikes", "accents", "repeated letters"}

// Disguise names the tricks of a word as a page shows them, look-alikes one by one: "dots, Cyrillic с". It is empty for a word that is not disguised.
func (t *Text) Disguise(w Word) string {
	var shown []string
	for i, name := range names {
		switch trick := Disguise(1) << i; {
		case w.Disguise&trick == 0:
		case trick == LookAlikes:
			shown = append(shown, lookAlikesIn(t.Written(w))...)
		default:
			shown = append(shown, name)
		}
	}
	return strings.Join(shown, ", ")
}

// shownLookAlikes is how many look-alikes of a word are named.
const shownLookAlikes = 4

// lookAlikesIn names the letters of a word that are not what they look like, each once.
func lookAlikesIn(written string) []string {
	var named []string
	for at, r := range written {
		if r < utf8.RuneSelf || unicode.IsMark(r) || hidden(r) || strings.ContainsRune(written[:at], r) {
			continue
		}
		if len(named) == shownLookAlikes {
			return append(named, "others")
		}
		named = append(named, scriptOf(r)+" "+string(r))
	}
	if len(named) == 0 {
		return []string{"look-alikes"}
	}
	return named
}

// scripts are those that have look-alikes of Latin letters.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Armenian", unicode.Armenian}, {"Cherokee", unicode.Cherokee},
	{"Coptic", unicode.Coptic}, {"Lisu", unicode.Lisu}, {"Canadian syllabic", unicode.Canadian_Aboriginal}, {"Latin", unicode.Latin},
}

// scriptOf names a character's script or style, or says that it is a sign.
func scriptOf(r rune) string {
	if styled(r) {
		return "styled"
	}
	for _, script := range scripts {
		if unicode.Is(script.table, r) {
			return script.name
		}
	}
	return "sign"
}
