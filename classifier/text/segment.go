package text

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// segment parts clean into words by UAX #29; links and addresses are found first and stay whole.
func (t *Text) segment() {
	t.Words = t.Words[:0]
	for i := 0; i < len(t.clean); {
		if isSpace(t.clean[i]) {
			i++
			continue
		}
		end := i
		for end < len(t.clean) && !isSpace(t.clean[end]) {
			end++
		}
		t.chunk(i, end)
		i = end
	}
}

// chunk parts what stands between two white spaces.
func (t *Text) chunk(start, end int) {
	chunk := t.clean[start:end]
	switch {
	case isURL(chunk):
		t.word(URL, start, end)
		return
	case isEmail(chunk):
		t.word(Email, start, end)
		return
	case t.asciiWord(chunk):
		t.word(Plain, start, end)
		return
	}
	iter := words.FromBytes(chunk)
	for iter.Next() {
		from, to := start+iter.Start(), start+iter.End()
		class := classOf(t.clean[from:to])
		if last := len(t.Words) - 1; class == Punctuation && last >= 0 && t.Words[last].Class == Punctuation && int(t.Words[last].End) == from {
			t.Words[last].End = int32(to)
			continue
		}
		t.word(class, from, to)
	}
}

func (t *Text) word(class Class, start, end int) {
	t.Words = append(t.Words, Word{Class: class, Start: int32(start), End: int32(end)})
}

// asciiWord is the common case: only a to z, with apostrophes inside.
func (t *Text) asciiWord(chunk []byte) bool {
	for i, c := range chunk {
		if !('a' <= c && c <= 'z') && !(c == '\'' && i > 0 && i < len(chunk)-1) {
			return false
		}
	}
	return true
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\v' || c == '\f'
}

// classOf looks at the word's first letter or digit.
func classOf(word []byte) Class {
	for rest := word; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch {
		case unicode.IsLetter(r):
			return Plain
		case unicode.IsDigit(r):
			if bytes.IndexFunc(word, unicode.IsLetter) >= 0 {
				return Plain
			}
			return Number
		case isEmoji(r):
			return Emoji
		}
		rest = rest[size:]
	}
	return Punctuation
}

// Endings that make a dotted word without http:// a link.
var linkEndings = [][]byte{[]byte(".com"), []byte(".net"), []byte(".org"), []byte(".info"), []byte(".biz"), []byte(".ru"), []byte(".ly"),
	[]byte(".shop"), []byte(".site"), []byte(".online"), []byte(".xyz"), []byte(".io"), []byte(".co"), []byte(".me"), []byte(".top"), []byte(".club")}

func isURL(chunk []byte) bool {
	if bytes.IndexByte(chunk, '.') < 0 && !bytes.Contains(chunk, []byte("://")) {
		return false
	}
	if bytes.HasPrefix(chunk, []byte("ww.")) { // www, squeezed
		return true
	}
	if i := bytes.Index(chunk, []byte("://")); i >= 0 && i < 12 && len(chunk) > i+3 {
		return true
	}
	if bytes.IndexByte(chunk, '@') >= 0 {
		return false
	}
	host := bytes.TrimLeft(chunk, "(\"'<")
	if i := bytes.IndexByte(host, '/'); i >= 0 {
		host = host[:i]
	}
	host = bytes.TrimRight(host, ".,;:!?)\"'>")
	for _, ending := range linkEndings {
		if len(host) > len(ending) && bytes.HasSuffix(host, ending) {
			return true
		}
	}
	return false
}

func isEmail(chunk []byte) bool {
	at := bytes.IndexByte(chunk, '@')
	return at > 0 && bytes.IndexByte(chunk[at:], '.') > 1
}
