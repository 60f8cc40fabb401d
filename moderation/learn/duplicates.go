package learn

import (
	"math/bits"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// nearDuplicate is the largest Hamming distance of the SimHashes of two texts that count as one (Manku, Jain, Das Sarma 2007 use 3 of 64).
const nearDuplicate = 3

// shortText is the number of words below which only equal texts are duplicates: a SimHash of few words says little.
const shortText = 8

// duplicateGroups gives each text the index of the first text of its group: equal readings, or SimHashes at most nearDuplicate apart.
func duplicateGroups(texts []string) []int {
	groups := make([]int, len(texts))
	exact := map[uint64]int{}
	var bands [4]map[uint16][]int
	for b := range bands {
		bands[b] = map[uint16][]int{}
	}
	hashes := make([]uint64, len(texts))
	var reading text.Text
	for i, raw := range texts {
		reading.Read(raw)
		groups[i] = i
		identity := identityOf(&reading)
		if first, ok := exact[identity]; ok {
			groups[i] = groups[first]
			continue
		}
		exact[identity] = i
		if wordsOf(&reading) < shortText {
			continue
		}
		hashes[i] = simHash(&reading)
		for b := range bands {
			for _, j := range bands[b][uint16(hashes[i]>>(16*b))] {
				if groups[i] == i && bits.OnesCount64(hashes[i]^hashes[j]) <= nearDuplicate {
					groups[i] = groups[j]
				}
			}
		}
		for b := range bands {
			band := uint16(hashes[i] >> (16 * b))
			bands[b][band] = append(bands[b][band], i)
		}
	}
	return groups
}

// wordsOf counts the words, punctuation left out.
func wordsOf(t *text.Text) (n int) {
	for _, word := range t.Words {
		if word.Class != text.Punctuation {
			n++
		}
	}
	return n
}

// identityOf is equal for texts that read the same: words in order, punctuation left out.
func identityOf(t *text.Text) uint64 {
	var d xxhash.Digest
	d.Reset()
	for _, word := range t.Words {
		if word.Class != text.Punctuation {
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
