package classifier

import "commentdesk/classifier/feature"

// spelledWords remember what the runs of letters of unknown words sum to, since most of them come again: in the next comment, or in the next
// of the same article. A word is known by its hash, as in every table, and takes the place of another one with the same leading bits. The zero
// value is ready.
type spelledWords struct{ places []spelledWord }

type spelledWord struct {
	hash uint64
	sums [3]float64
}

// spelledBits leave room for so many words: 1 MB.
const spelledBits = 15

// sums are what the scorer's spell gives for a word that has no row.
func (s *spelledWords) sums(from *scorer, r *reading, item *feature.Feature) *[3]float64 {
	if s.places == nil {
		s.places = make([]spelledWord, 1<<spelledBits)
		s.places[0].hash = 1 << 63 // stands elsewhere, so that not even 0 is taken for a word that is there
	}
	place := &s.places[item.Hash>>(64-spelledBits)]
	if place.hash != item.Hash {
		place.hash, place.sums = item.Hash, from.spell(r, item, nil)
	}
	return &place.sums
}
