package eval

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode"
)

// Trick is one way of hiding a word from a machine that a reader still makes out.
type Trick string

const (
	TrickDots       Trick = "dots"            // marks between the letters, or one somewhere inside
	TrickSpaces     Trick = "spaces"          // white space between the letters
	TrickLeet       Trick = "leet"            // digits and signs instead of letters
	TrickLookAlikes Trick = "look-alikes"     // letters of other scripts
	TrickZeroWidth  Trick = "zero-width"      // characters that show nothing between letters
	TrickDoubled    Trick = "doubled letters" // letters written two to four times
)

// Tricks are all tricks.
var Tricks = []Trick{TrickDots, TrickSpaces, TrickLeet, TrickLookAlikes, TrickZeroWidth, TrickDoubled}

// Disguiser hides words, to measure what their being hidden costs a classifier. It knows nothing of how the classifier uncovers them.
type Disguiser struct {
	Words      map[string]bool // in lower case, letters a to z
	LookAlikes LookAlikes      // needed for TrickLookAlikes alone
}

// Disguise hides each occurrence of the words by one trick. The same text, trick and seed give the same result. A word that offers the trick
// nothing to change stays as it is.
func (d Disguiser) Disguise(text string, trick Trick, seed uint64) string {
	digest := fnv.New64a()
	digest.Write([]byte(text))
	random := rand.New(rand.NewPCG(seed, digest.Sum64()))
	var out strings.Builder
	for len(text) > 0 {
		letters := reach(text, unicode.IsLetter)
		if word := text[:letters]; d.Words[strings.ToLower(word)] {
			out.WriteString(d.hide(word, trick, random))
		} else {
			out.WriteString(word)
		}
		others := letters + reach(text[letters:], func(r rune) bool { return !unicode.IsLetter(r) })
		out.WriteString(text[letters:others])
		text = text[others:]
	}
	return out.String()
}

// reach is how many bytes at the beginning of a text hold only such characters.
func reach(text string, such func(rune) bool) int {
	if n := strings.IndexFunc(text, func(r rune) bool { return !such(r) }); n >= 0 {
		return n
	}
	return len(text)
}

// hide writes one word of ASCII letters, two or more, by a trick.
func (d Disguiser) hide(word string, trick Trick, random *rand.Rand) string {
	if len(word) < 2 {
		return word
	}
	switch trick {
	case TrickDots:
		mark := pick(random, []string{".", "-", "*", "_"})
		if random.IntN(3) == 0 {
			at := 1 + random.IntN(len(word)-1)
			return word[:at] + mark + word[at:]
		}
		return strings.Join(strings.Split(word, ""), mark)
	case TrickSpaces:
		return strings.Join(strings.Split(word, ""), pick(random, []string{" ", " ", " ", "  "}))
	case TrickLeet:
		return replace(word, leetSpellings, random)
	case TrickLookAlikes:
		return replace(word, d.LookAlikes, random)
	case TrickZeroWidth:
		for range 1 + random.IntN(3) {
			hidden := pick(random, []string{"\u200b", "\u200c", "\u200d", "\u2060", "\u00ad", "\ufeff"})
			letters := []rune(word)
			at := 1 + random.IntN(len(letters)-1)
			word = string(letters[:at]) + hidden + string(letters[at:])
		}
		return word
	case TrickDoubled:
		return repeat(word, random)
	}
	return word
}

// leetSpellings are digits and signs that are commonly written for a letter.
var leetSpellings = map[rune][]string{
	'a': {"4", "@"}, 'b': {"8"}, 'c': {"("}, 'e': {"3"}, 'g': {"6", "9"}, 'i': {"1", "!", "|"}, 'l': {"1", "|"}, 'o': {"0"}, 's': {"5", "$"},
	't': {"7", "+"},
}

// replace writes every letter that has another spelling in it with probability one half, and one of them surely.
func replace(word string, spellings map[rune][]string, random *rand.Rand) string {
	var places []int
	for i, r := range word {
		if len(spellings[unicode.ToLower(r)]) > 0 {
			places = append(places, i)
		}
	}
	if len(places) == 0 {
		return word
	}
	surely := pick(random, places)
	var out strings.Builder
	for i, r := range word {
		others := spellings[unicode.ToLower(r)]
		if len(others) == 0 || i != surely && random.IntN(2) == 0 {
			out.WriteRune(r)
			continue
		}
		out.WriteString(pick(random, others))
	}
	return out.String()
}

// repeat writes one to three letters of the word two to four times.
func repeat(word string, random *rand.Rand) string {
	times := make([]int, len(word))
	for range 1 + random.IntN(min(3, len(word))) {
		times[random.IntN(len(word))] = 1 + random.IntN(3)
	}
	var out strings.Builder
	for i, r := range word {
		out.WriteString(strings.Repeat(string(r), 1+times[i]))
	}
	return out.String()
}

func pick[T any](random *rand.Rand, from []T) T { return from[random.IntN(len(from))] }
