package text

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"fmt"
	"hash/maphash"
	"io"
	"math/bits"
	"strconv"
	"sync"
)

// packedWords are the known words: a line each, sorted, "word examples rudeness". cmd/starter -words makes them.
//
//go:embed known_words.txt.gz
var packedWords []byte

// dictionary is the list of known words. A word is uncovered only to one of these.
type dictionary struct {
	letters []byte   // all words, one behind the other
	ends    []uint32 // ends[i] is where word i ends in letters
	counts  []uint32 // the examples that have word i
	rude    []uint8  // twice the binary logarithm of how much more often hostile examples have word i: such words people mask
	slots   []uint32 // hash table: the word's number plus one
	most    uint32   // the largest of counts
	begins  [27]int  // the first word that begins with each letter a to z, or a later one; and how many words there are
	seed    maphash.Seed
}

// known opens the list when a text first asks for it; a plain text never does.
var known = sync.OnceValue(func() *dictionary {
	d, err := readDictionary(packedWords)
	if err != nil {
		panic(fmt.Sprintf("text: the embedded known words: %v", err))
	}
	return d
})

// Known says that the form is in the list of known words: lower-case letters a to z, three or more.
func Known(form []byte) bool { return known().find(form) >= 0 }

// Frequency is how often a known word is used, from near 0 to 1 for the most usual one, by the share of examples that have it; 0 for an unknown word.
func Frequency(form []byte) float64 {
	d := known()
	if i := d.find(form); i >= 0 {
		return float64(d.counts[i]) / float64(d.most)
	}
	return 0
}

func readDictionary(packed []byte) (*dictionary, error) {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	lines, err := io.ReadAll(zip)
	if err != nil {
		return nil, err
	}
	d := &dictionary{seed: maphash.MakeSeed()}
	for n := 1; len(lines) > 0; n++ {
		line, rest, _ := bytes.Cut(lines, []byte{'\n'})
		lines = rest
		word, numbers, _ := bytes.Cut(line, []byte{' '})
		number, level, _ := bytes.Cut(numbers, []byte{' '})
		count, err := strconv.ParseUint(string(number), 10, 32)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		rude, err := strconv.ParseUint(string(level), 10, 8)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if i := len(d.ends); i > 0 && bytes.Compare(d.word(i-1), word) >= 0 {
			return nil, fmt.Errorf("line %d: not sorted", n)
		}
		d.letters = append(d.letters, word...)
		d.ends = append(d.ends, uint32(len(d.letters)))
		d.counts = append(d.counts, uint32(count))
		d.most = max(d.most, uint32(count))
		d.rude = append(d.rude, uint8(rude))
	}
	for i := range d.begins {
		d.begins[i] = d.search(0, len(d.ends), 0, 'a'+byte(i))
	}
	d.slots = make([]uint32, 4<<bits.Len(uint(len(d.ends))))
	for i := range d.ends {
		at := d.slot(d.word(i))
		for d.slots[at] != 0 {
			at = (at + 1) & (len(d.slots) - 1)
		}
		d.slots[at] = uint32(i + 1)
	}
	return d, nil
}

// word is word number i of the list.
func (d *dictionary) word(i int) []byte {
	start := uint32(0)
	if i > 0 {
		start = d.ends[i-1]
	}
	return d.letters[start:d.ends[i]]
}

// find is the number of a word, -1 for an unknown one.
func (d *dictionary) find(form []byte) int {
	if len(form) < 3 {
		return -1
	}
	for at := d.slot(form); d.slots[at] != 0; at = (at + 1) & (len(d.slots) - 1) {
		if i := int(d.slots[at] - 1); bytes.Equal(d.word(i), form) {
			return i
		}
	}
	return -1
}

func (d *dictionary) slot(form []byte) int {
	return int(maphash.Bytes(d.seed, form)) & (len(d.slots) - 1)
}

// narrow keeps of the words first to last, which share their first depth letters, those whose next letter is c, a to z. At depth 0 they are all.
func (d *dictionary) narrow(first, last, depth int, c byte) (int, int) {
	if depth == 0 {
		return d.begins[c-'a'], d.begins[c-'a'+1]
	}
	low := d.search(first, last, depth, c)
	return low, d.search(low, last, depth, c+1)
}

// search is the first of the words from low to high whose letter at depth is c or more; words that end before come first.
func (d *dictionary) search(low, high, depth int, c byte) int {
	for low < high {
		middle := int(uint(low+high) >> 1)
		if word := d.word(middle); len(word) > depth && word[depth] >= c {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
