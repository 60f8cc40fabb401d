package feature

import (
	"bytes"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier/text"
)

// markNames name the marks of the whole text; the length comes last, a name for each doubling of the words.
var markNames = [...]string{"m:!!", "m:??", "m:link", "m:links", "m:address", "m:phone", "m:capitals",
	"m:length 0", "m:length 1", "m:length 2", "m:length 4", "m:length 8", "m:length 16", "m:length 32", "m:length 64"}

const (
	exclaimedMark = iota
	askedMark
	linkMark
	linksMark
	addressMark
	phoneMark
	capitalsMark
	lengthMark
)

// markHashes are the hashes of markNames.
var markHashes = func() (hashes [len(markNames)]uint64) {
	for i, name := range markNames {
		hashes[i] = Hash(name)
	}
	return hashes
}()

// phoneDigits is the least number of digits, spaces and dashes between them allowed, that looks like a phone number.
const phoneDigits = 9

func (f *Features) addMarks() {
	var links, addresses, words, digits int
	var exclaimed, asked, phone bool
	for i := range f.Text.Words {
		word := f.Text.Words[i]
		if word.Class == text.Plain {
			words++
			digits = 0
			continue
		}
		form := f.Text.Form(word)
		switch word.Class {
		case text.URL:
			links++
		case text.Email:
			addresses++
		case text.Number:
			words++
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
	f.mark(exclaimed, exclaimedMark, ForAll)
	f.mark(asked, askedMark, ForAll)
	f.mark(links > 0, linkMark, ForAll)
	f.mark(links > 1, linksMark, ForAll)
	f.mark(addresses > 0, addressMark, ForAll)
	f.mark(phone, phoneMark, ForAll)
	f.mark(f.Text.Letters >= 12 && f.Text.Capital*10 >= f.Text.Letters*6, capitalsMark, ForAll)
	f.mark(true, min(lengthMark+bits.Len(uint(words)), len(markNames)-1), ForSpam)
}

func (f *Features) mark(present bool, which int, use Use) {
	if present {
		f.Items = append(f.Items, Feature{Hash: markHashes[which], Kind: Mark, For: use, First: WholeText, Last: WholeText,
			detail: [2]int32{int32(which)}})
	}
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
