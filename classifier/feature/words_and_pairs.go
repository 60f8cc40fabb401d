package feature

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier/text"
)

// wordsAndPairs is the chain "words-pairs-1": words, pairs of words that stand in one phrase, words after a negation, and marks of the whole
// text: capitals, repeated ! and ?, links, addresses, phone numbers.
type wordsAndPairs struct{}

func (wordsAndPairs) ID() string { return "words-pairs-1" }

// negationReach is how many words after a negation it still negates.
const negationReach = 2

// classNames stand for words whose own spelling says little.
var classNames = map[text.Class]string{text.Number: "<number>", text.URL: "<link>", text.Email: "<address>"}

func (wordsAndPairs) Features(f *Features, raw, claimID string) {
	f.start(raw, claimID)
	previous, negated := int32(-1), 0
	for i, word := range f.Text.Words {
		if word.Class == text.Punctuation {
			previous, negated = -1, 0
			continue
		}
		at, here := len(f.names), int32(i)
		f.names = append(f.names, "w:"...)
		f.names = appendForm(f.names, f, word)
		f.add(Word, at, here, here)
		if previous >= 0 {
			at = len(f.names)
			f.names = append(f.names, "p:"...)
			f.names = appendForm(f.names, f, f.Text.Words[previous])
			f.names = append(f.names, ' ')
			f.names = appendForm(f.names, f, word)
			f.add(Pair, at, previous, here)
		}
		if negated > 0 && word.Class == text.Plain {
			at = len(f.names)
			f.names = append(f.names, "n:"...)
			f.names = appendForm(f.names, f, word)
			f.add(Negated, at, here, here)
		}
		negated--
		if word.Class == text.Plain && isNegation(f.Text.Form(word)) {
			negated = negationReach
		}
		previous = here
	}
	addMarks(f)
	f.crossWithClaim()
}

func appendForm(names []byte, f *Features, word text.Word) []byte {
	if name, ok := classNames[word.Class]; ok {
		return append(names, name...)
	}
	return append(names, f.Text.Form(word)...)
}

func isNegation(form []byte) bool {
	switch string(form) {
	case "not", "no", "never", "cannot", "nobody", "nothing", "without", "dont", "doesnt", "isnt", "wont", "cant":
		return true
	}
	return bytes.HasSuffix(form, []byte("n't"))
}

// phoneDigits is the least number of digits, spaces and dashes between them allowed, that looks like a phone number.
const phoneDigits = 9

func addMarks(f *Features) {
	var links, addresses int
	var exclaimed, asked, phone bool
	digits := 0
	for _, word := range f.Text.Words {
		form := f.Text.Form(word)
		switch word.Class {
		case text.URL:
			links++
		case text.Email:
			addresses++
		case text.Number:
			digits += countDigits(form)
			phone = phone || digits >= phoneDigits
			continue
		case text.Punctuation:
			exclaimed = exclaimed || bytes.Contains(form, []byte("!!"))
			asked = asked || bytes.Contains(form, []byte("??"))
			if len(form) == 1 && bytes.IndexByte([]byte("-+(). /"), form[0]) >= 0 {
				continue
			}
		}
		digits = 0
	}
	mark(f, exclaimed, "m:!!")
	mark(f, asked, "m:??")
	mark(f, links > 0, "m:link")
	mark(f, links > 1, "m:links")
	mark(f, addresses > 0, "m:address")
	mark(f, phone, "m:phone")
	mark(f, f.Text.Letters >= 12 && f.Text.Capital*10 >= f.Text.Letters*6, "m:capitals")
}

func countDigits(form []byte) (n int) {
	for rest := form; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		if unicode.IsDigit(r) {
			n++
		}
		rest = rest[size:]
	}
	return n
}

func mark(f *Features, present bool, name string) {
	if present {
		at := len(f.names)
		f.names = append(f.names, name...)
		f.add(Mark, at, WholeText, WholeText)
	}
}
