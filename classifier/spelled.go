package classifier

import "commentdesk/classifier/feature"

// spelledWords remember what the runs of letters of unknown words sum to, since most of them come again: in the next comment, or in the next
// of the same article. A word is known by its hash, as in every table, and takes the place of another one with the same leading bits that was not
// met since the last attempt. The zero value is ready.
type spelledWords struct{ places []spelledWord }

type spelledWord struct {
	hash uint64
	sums [3]float64
	met  bool
}

// spelledBits leave room for so many words: 640 KB.
const spelledBits = 14

// sums are the same as the scorer's spell.
func (s *spelledWords) sums(from *scorer, r *reading, item *feature.Feature, row []float32) [3]float64 {
	if row != nil {
		return from.spell(r, item, row)
	}
	if s.places == nil {
		s.places = make([]spelledWord, 1<<spelledBits)
		s.places[0].hash = 1 << 63 // no hash of another place, so that none is taken for one that is there
	}
	place := &s.places[item.Hash>>(64-spelledBits)]
	switch {
	case place.hash == item.Hash:
		place.met = true
	case place.met:
		place.met = false
		return from.spell(r, item, nil)
	default:
		place.hash, place.sums = item.Hash, from.spell(r, item, nil)
	}
	return place.sums
}
