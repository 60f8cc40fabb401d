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
		if end, ok := t.plainChunk(i); ok {
			i = end
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

// plainChunk is the short way for what most chunks are: letters a to z, an apostrophe between them allowed, and marks behind them. It says where
// the chunk ends, and false where it is anything else.
func (t *Text) plainChunk(start int) (int, bool) {
	clean := t.clean
	end, doubled := letterRun(clean, start)
	if end == start {
		return start, false
	}
	for end+1 < len(clean) && clean[end] == '\'' && isLetter(clean[end+1]) {
		next, again := letterRun(clean, end+1)
		end, doubled = next, doubled || again
	}
	last := end
	for end < len(clean) && isMark(clean[end]) {
		end++
	}
	if end < len(clean) && !isSpace(clean[end]) || last < end && leadsOut(clean[last]) {
		return start, false
	}
	t.letters(start, last, doubled)
	if last < end {
		t.word(Punctuation, last, end)
	}
	return end, true
}

// chunk parts what stands between two white spaces.
func (t *Text) chunk(start, end int) {
	if t.asciiWord(start, end) {
		return
	}
	first, last := t.core(start, end)
	if t.plainInside(start, first, last, end) {
		return
	}
	chunk := t.clean[start:end]
	switch {
	case isURL(chunk):
		t.word(URL, start, end)
	case isEmail(t.clean[first:last]):
		t.parts(start, first)
		t.word(Email, first, last)
		t.parts(last, end)
	case !t.hasLetter(first, last):
		t.parts(start, end)
	case !t.disguised(start, first, last, end):
		t.parts(start, end)
	}
}

// hasLetter says that letters may be there, so that it is no number.
func (t *Text) hasLetter(start, end int) bool {
	for _, c := range t.clean[start:end] {
		if isLetter(c) || c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// core is what of a chunk is left without punctuation and signs around it.
func (t *Text) core(start, end int) (first, last int) {
	for first = start; first < end; {
		r, size := utf8.DecodeRune(t.clean[first:end])
		if !edge(r) {
			break
		}
		first += size
	}
	for last = end; last > first; {
		r, size := utf8.DecodeLastRune(t.clean[first:last])
		if !edge(r) {
			break
		}
		last -= size
	}
	return first, last
}

func edge(r rune) bool {
	if r < utf8.RuneSelf {
		return isMark(byte(r))
	}
	return unicode.IsPunct(r)
}

// isMark says that a character of ASCII shows something and is neither letter nor digit.
func isMark(c byte) bool { return c > ' ' && c < 0x7F && !isLetter(c) && !isDigit(c) }

// disguised adds the chunk's parts where its core, or the core with signs beside it that stand for letters, can be uncovered.
func (t *Text) disguised(start, first, last, end int) bool {
	left, right := first, last
	for left > start && leadsIn(t.clean[left-1]) {
		left--
	}
	for right < end && leadsOut(t.clean[right]) {
		right++
	}
	for i, try := range [...][2]int{{left, right}, {first - 1, right}, {first, right}, {first, last}} {
		if i == 1 && left >= first-1 || i == 2 && left == first || i == 3 && right == last {
			continue // tried before
		}
		words := len(t.Words)
		t.parts(start, try[0])
		if t.uncover(try[0], try[1]) {
			t.parts(try[1], end)
			return true
		}
		t.Words = t.Words[:words]
	}
	return false
}

// leadsIn says that a sign before a word may stand for its first letter.
func leadsIn(c byte) bool { return bytes.IndexByte([]byte("@$(|<+!{["), c) >= 0 }

// leadsOut says that a sign behind a word may stand for its last letter.
func leadsOut(c byte) bool { return bytes.IndexByte([]byte("@$(|+"), c) >= 0 }

// plainInside is the second most common case: a word of a to z with punctuation around it. A sign that could be a letter leaves it open
// whether an unknown word is one.
func (t *Text) plainInside(start, first, last, end int) bool {
	if first == last || last < end && leadsOut(t.clean[last]) {
		return false
	}
	if first > start && leadsIn(t.clean[first-1]) && (t.clean[first-1] == '$' || t.clean[first-1] == '@' || !Known(t.clean[first:last])) {
		return false
	}
	words := len(t.Words)
	if first > start {
		t.word(Punctuation, start, first)
	}
	if !t.asciiWord(first, last) {
		t.Words = t.Words[:words]
		return false
	}
	if last < end {
		t.word(Punctuation, last, end)
	}
	return true
}

// parts parts by UAX #29.
func (t *Text) parts(start, end int) {
	if start == end {
		return
	}
	iter := words.FromBytes(t.clean[start:end])
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
	switch {
	case end-start == 1 || t.clean[start] >= utf8.RuneSelf && utf8.RuneCount(t.clean[start:end]) == 1:
		t.singles++
		t.spaced = t.spaced || t.singles == 3
	case class != Punctuation:
		t.singles = 0
	}
	t.Words = append(t.Words, Word{Class: class, Start: int32(start), End: int32(end)})
}

// asciiWord is the common case: only a to z, with apostrophes inside. It adds the word, if it is one.
func (t *Text) asciiWord(start, end int) bool {
	doubled, before := false, byte(0)
	for i, c := range t.clean[start:end] {
		if !isLetter(c) && !(c == '\'' && i > 0 && i < end-start-1) {
			return false
		}
		doubled = doubled || c == before
		before = c
	}
	t.letters(start, end, doubled)
	return true
}

// letters adds a word of a to z with apostrophes inside; doubled says that it has a letter twice in a row.
func (t *Text) letters(start, end int, doubled bool) {
	if doubled && t.undouble(start, end) || t.composed && t.squeezed(start, end) && !Known(t.clean[start:end]) && t.uncover(start, end) {
		return
	}
	t.word(Plain, start, end)
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
