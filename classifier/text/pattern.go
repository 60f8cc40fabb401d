package text

import "math/bits"

// place is one character of a pattern: the letters it may stand for, and whether it may stand for none.
type place struct {
	letters letterSet
	none    bool
}

// proof is what a reading must be to be believed.
type proof uint8

const (
	anyWord  proof = iota // a known word
	rudeWord              // a known word that people mask
	noWord                // nothing is believed
)

// found are the known words that fit a pattern.
type found struct {
	best, second int // the two most frequent, -1 where there is none
	rude, rival  int // the two rudest, the more frequent first where they are equal
}

// fit finds the known words that fit the pattern.
func (t *Text) fit(pattern []place) found {
	d := known()
	all := found{best: -1, second: -1, rude: -1, rival: -1}
	t.descend(d, &all, pattern, 0, len(d.ends), 0)
	return all
}

// descend narrows the words from first to last, which fit what came before, by the rest of the pattern. Each step costs effort; without effort
// left nothing more is found.
func (t *Text) descend(d *dictionary, all *found, rest []place, first, last, depth int) {
	if first == last || t.effort == 0 {
		return
	}
	t.effort--
	if len(rest) == 0 {
		if len(d.word(first)) == depth {
			all.add(d, first)
		}
		return
	}
	if rest[0].none {
		t.descend(d, all, rest[1:], first, last, depth)
	}
	for letters := rest[0].letters; letters != 0; letters &= letters - 1 {
		low, high := d.narrow(first, last, depth, 'a'+byte(bits.TrailingZeros32(uint32(letters))))
		t.descend(d, all, rest[1:], low, high, depth+1)
	}
}

func (f *found) add(d *dictionary, i int) {
	if i == f.best || i == f.second {
		return
	}
	more := func(i, j int) bool { return j < 0 || d.counts[i] > d.counts[j] }
	ruder := func(i, j int) bool {
		return j < 0 || d.rude[i] > d.rude[j] || d.rude[i] == d.rude[j] && d.counts[i] > d.counts[j]
	}
	f.best, f.second = two(f.best, f.second, i, more)
	if d.rude[i] > 0 && i != f.rude && i != f.rival {
		f.rude, f.rival = two(f.rude, f.rival, i, ruder)
	}
}

// two puts word i among the first two.
func two(first, second, i int, before func(i, j int) bool) (int, int) {
	switch {
	case before(i, first):
		return i, first
	case before(i, second):
		return first, i
	}
	return first, second
}

// What makes a winner: rudeEnough is eight times as often in hostile examples, oftenEnough in so many examples; clearlyMore is how much more frequent than its rival an ordinary
// word must be, twiceAsMuch a rude one whose rival is as rude.
const (
	rudeEnough  = 6
	oftenEnough = 10
	clearlyMore = 10
	twiceAsMuch = 2
)

// read is the most frequent word that is proof enough, -1 for none.
func (f *found) read(wanted proof) int {
	switch {
	case wanted == anyWord:
		return f.best
	case wanted == rudeWord && f.rude >= 0 && known().rude[f.rude] >= rudeEnough:
		return f.rude
	}
	return -1
}

// guess is the word behind a mask: the rudest, since people mask what is rude, else the only one or the clearly most frequent one.
func (f *found) guess(wanted proof) int {
	d := known()
	switch {
	case f.rude >= 0 && (wanted == anyWord || d.rude[f.rude] >= rudeEnough && d.counts[f.rude] >= oftenEnough):
		if f.rival < 0 || d.rude[f.rude] > d.rude[f.rival] || d.counts[f.rude] >= twiceAsMuch*d.counts[f.rival] {
			return f.rude
		}
	case wanted == anyWord && f.best >= 0 && (f.second < 0 || d.counts[f.best] >= clearlyMore*d.counts[f.second]):
		return f.best
	}
	return -1
}
