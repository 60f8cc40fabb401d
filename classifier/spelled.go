package classifier

import "commentdesk/classifier/feature"

// spelledWords remember what the runs of letters of unknown words sum to, since most of them come again: in the next comment, or in the next
// of the same article. A word is known by its hash, as in every table, and takes the place of another one with the same leading bits.
type spelledWords struct {
	places []spelledWord
	shift  int // a word's place is the leading bits of its hash
}

type spelledWord struct {
	hash uint64
	sums [3]float64
}

// newSpelledWords has room for 2^bits words, 32 bytes each.
func newSpelledWords(bits int) spelledWords {
	s := spelledWords{make([]spelledWord, 1<<bits), 64 - bits}
	s.places[0].hash = 1 << 63 // stands elsewhere, so that not even 0 is taken for a word that is there
	return s
}

// touch reads where a word would be: see slots.touch.
func (s *spelledWords) touch(hash uint64) uint64 { return s.places[hash>>(s.shift&63)].hash }

// sums are what the scorer's spell gives for a word that has no row.
func (s *spelledWords) sums(from *scorer, r *reading, item *feature.Feature) *[3]float64 {
	place := &s.places[item.Hash>>(s.shift&63)]
	if place.hash != item.Hash {
		place.hash, place.sums = item.Hash, from.spell(r, item, nil)
	}
	return &place.sums
}
