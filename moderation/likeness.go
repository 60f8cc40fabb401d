package moderation

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// Likeness is what two texts are compared by: near-duplicates read the same, or their SimHashes differ in few bits.
type Likeness struct {
	Words    int    // punctuation left out
	Identity uint64 // equal for texts that read the same: words in order, punctuation left out where there are words
	SimHash  uint64 // Charikar's (2002) over words and pairs of words; 0 for texts of fewer than ShortText words
	Shelf    uint64 // sorts texts so that those with words in common often stand near one another; says nothing of near-duplicates
}

const (
	// nearDuplicate is the largest Hamming distance of the SimHashes of two texts that count as one (Manku, Jain, Das Sarma 2007 use 3 of 64).
	nearDuplicate = 3
	// ShortText is the number of words below which only equal texts are duplicates: a SimHash of few words says little.
	ShortText = 8
	// Bands is how many parts a SimHash is looked up by: with at most nearDuplicate bits apart, at least one of them is equal.
	Bands = nearDuplicate + 1
)

// LikenessOf reads a text and takes its likeness.
func LikenessOf(raw string) Likeness {
	var reading text.Text
	reading.Read(raw)
	return LikenessOfReading(&reading)
}

// LikenessOfReading takes the likeness of a text that was read.
func LikenessOfReading(t *text.Text) Likeness {
	l := Likeness{Words: countWords(t), Shelf: shelf(t)}
	l.Identity = identity(t, l.Words == 0)
	if l.Words >= ShortText {
		l.SimHash = simHash(t)
	}
	return l
}

// Like reports whether the two are near-duplicates.
func (l Likeness) Like(other Likeness) bool {
	return l.Identity == other.Identity ||
		l.Words >= ShortText && other.Words >= ShortText && bits.OnesCount64(l.SimHash^other.SimHash) <= nearDuplicate
}

// Band is a part of the SimHash, 16 of its bits; from the lowest on, numbered from 0.
func (l Likeness) Band(number int) uint16 { return uint16(l.SimHash >> (16 * number)) }

// countWords counts the words, punctuation left out.
func countWords(t *text.Text) (n int) {
	for _, word := range t.Words {
		if word.Class != text.Punctuation {
			n++
		}
	}
	return n
}

// identity is equal for texts that read the same: words in order, without punctuation or, where there is nothing else, with it.
func identity(t *text.Text, punctuation bool) uint64 {
	var d xxhash.Digest
	d.Reset()
	for _, word := range t.Words {
		if punctuation || word.Class != text.Punctuation {
			d.Write(t.Form(word))
			d.Write([]byte{' '})
		}
	}
	return d.Sum64()
}

// simHash is Charikar's (2002) over words and pairs of words: similar texts differ in few of its 64 bits.
func simHash(t *text.Text) uint64 {
	var votes [64]int
	vote := func(hash uint64) {
		for bit := range votes {
			if hash>>bit&1 == 1 {
				votes[bit]++
			} else {
				votes[bit]--
			}
		}
	}
	previous := uint64(0)
	for _, word := range t.Words {
		if word.Class == text.Punctuation {
			continue
		}
		hash := xxhash.Sum64(t.Form(word))
		vote(hash)
		if previous != 0 {
			vote(bits.RotateLeft64(previous, 7) ^ hash*0x9E3779B97F4A7C15)
		}
		previous = hash
	}
	var hash uint64
	for bit, n := range votes {
		if n > 0 {
			hash |= 1 << bit
		}
	}
	return hash
}

const (
	shelfWords = 4 // words that a shelf is made of, 16 bits each
	longWord   = 5 // bytes from which on a word says more of what a text is about
)

// shelf is the least hashes of the text's long words, the shorter ones behind them: two texts have the same least hash about as often as a word of
// both is common to them (Broder 1997), so that sorting by it brings related texts together. The bits of a SimHash do that hardly.
func shelf(t *text.Text) (shelf uint64) {
	var long, short [shelfWords]uint64
	for _, word := range t.Words {
		if word.Class == text.Punctuation {
			continue
		}
		form := t.Form(word)
		if len(form) >= longWord {
			keepLeast(&long, xxhash.Sum64(form))
		} else {
			keepLeast(&short, xxhash.Sum64(form))
		}
	}
	n := 0
	for _, least := range [2][shelfWords]uint64{long, short} {
		for _, hash := range least {
			if hash != 0 && n < shelfWords {
				shelf |= hash & 0xFFFF << (16 * (shelfWords - 1 - n))
				n++
			}
		}
	}
	return shelf
}

// keepLeast puts a hash among the least ones, which are in order; 0 is none.
func keepLeast(least *[shelfWords]uint64, hash uint64) {
	for i := range least {
		switch {
		case hash == least[i]:
			return
		case least[i] == 0:
			least[i] = hash
			return
		case hash < least[i]:
			least[i], hash = hash, least[i]
		}
	}
}
