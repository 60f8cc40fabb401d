package text

import (
	"bytes"
	"unicode/utf8"
)

// run is the most letters in a row that are looked at together.
const run = 40

// joinSpaced reads letters that stand alone, three or more in a row on one line, as the known words they make.
func (t *Text) joinSpaced() {
	words, kept := t.Words, t.Words[:0]
	for i := 0; i < len(words); {
		n := t.single(words, i)
		if n < 3 {
			kept = append(kept, words[i:i+max(n, 1)]...)
			i += max(n, 1)
			continue
		}
		t.joins = t.joins[:0]
		t.joinRun(words[i:i+n], 0, n, false)
		from := i
		for _, join := range t.joins {
			kept = append(kept, words[from:i+join.from]...)
			first, last := words[i+join.from], words[i+join.to-1]
			at := len(t.uncovered)
			t.uncovered = append(t.uncovered, known().word(join.word)...)
			kept = append(kept, Word{Class: Plain, Disguise: Spaces | join.tricks, Start: first.Start, End: last.End, from: int32(at), to: int32(len(t.uncovered))})
			from = i + join.to
		}
		kept = append(kept, words[from:i+n]...)
		i += n
	}
	t.Words = kept
}

// join is a known word made of the words from and up to to of a run.
type join struct {
	from, to, word int
	tricks         Disguise
}

// single is how many words from i on are single characters with nothing but white space between them.
func (t *Text) single(words []Word, i int) (n int) {
	for ; n < run && i+n < len(words); n++ {
		w := words[i+n]
		if w.Class > Number && w.Class != Emoji && !(w.Class == Punctuation && n > 0) || utf8.RuneCount(t.clean[w.Start:w.End]) != 1 {
			return n
		}
		if n > 0 {
			gap := t.clean[words[i+n-1].End:w.Start]
			if len(gap) == 0 || bytes.IndexByte(gap, '\n') >= 0 {
				return n
			}
		}
	}
	return n
}

// joinRun finds a known word among the characters low to high of a run, then looks left and right of it: the longest that leaves nothing, or a
// pronoun on either side, else the longest. Three letters are a word only where they leave nothing else, or stand beside another such word.
func (t *Text) joinRun(words []Word, low, high int, beside bool) {
	for _, whole := range [...]bool{true, false} {
		for size := min(high-low, 24); size >= 3; size-- {
			for from := low; from+size <= high; from++ {
				if (whole || size == 3 && !beside) && !(pronoun(t, words[low:from]) && pronoun(t, words[from+size:high])) {
					continue
				}
				word, tricks := t.spelled(words[from : from+size])
				if word < 0 {
					continue
				}
				t.joinRun(words, low, from, true)
				t.joins = append(t.joins, join{from, from + size, word, tricks})
				t.joinRun(words, from+size, high, true)
				return
			}
		}
	}
}

// pronoun says that the words are at most one, and that one a word by itself.
func pronoun(t *Text, words []Word) bool {
	if len(words) == 0 {
		return true
	}
	c := t.clean[words[0].Start]
	return len(words) == 1 && (c == 'a' || c == 'i' || c == 'u')
}

// spelled is the known word that single characters make, -1 for none.
func (t *Text) spelled(words []Word) (int, Disguise) {
	if !t.spend(1 + len(words)/4) {
		return -1, 0
	}
	t.signs.reset()
	for _, w := range words {
		r, _ := utf8.DecodeRune(t.clean[w.Start:w.End])
		if !t.addSign(r, int(w.Start)) {
			return -1, 0
		}
	}
	s := &t.signs
	if s.count[between] > 0 || s.count[figure] >= s.letters() || len(words) == 3 && t.capitals() || enumerated(s.all) {
		return -1, 0
	}
	all := t.fit(s.asRead())
	return all.best, s.tricks()
}
