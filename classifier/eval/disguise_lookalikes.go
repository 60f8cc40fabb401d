package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ConfusablesPath is where Debian's package python3-confusable-homoglyphs keeps Unicode's confusable characters (Unicode Technical Standard 39).
const ConfusablesPath = "/usr/lib/python3/dist-packages/confusable_homoglyphs/confusables.json"

// LookAlikes are for each letter a to z the letters beyond ASCII that are confused with it or with its capital, sorted.
type LookAlikes map[rune][]string

// ReadLookAlikes reads a list of confusable characters in the form of that package: for each character an array of {"c": character, "n": name}.
func ReadLookAlikes(path string) (LookAlikes, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var confusables map[string][]struct {
		Character string `json:"c"`
	}
	if err := json.Unmarshal(data, &confusables); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	likes := LookAlikes{}
	for letter := 'a'; letter <= 'z'; letter++ {
		var all []string
		for _, of := range []string{string(letter), strings.ToUpper(string(letter))} {
			for _, confusable := range confusables[of] {
				r, size := utf8.DecodeRuneInString(confusable.Character)
				if size == len(confusable.Character) && r >= utf8.RuneSelf && unicode.IsLetter(r) {
					all = append(all, confusable.Character)
				}
			}
		}
		slices.Sort(all)
		likes[letter] = slices.Compact(all)
	}
	return likes, nil
}
