package classifier

import (
	"math/bits"
	"math/rand/v2"
)

// slots are the rows of a table laid out for serving: a hash beside its weights, so that most look-ups read one line of memory. They are made
// anew whenever a model is opened. The zero value must not be asked.
type slots[Weights any] struct {
	places []slot[Weights]
	shift  int    // a row's place is the leading bits of hash · slotSpread, or one of those that follow
	empty  uint64 // stands where no row does; no row has it
}

type slot[Weights any] struct {
	hash    uint64
	weights Weights
}

// slotSpread is an odd number that differs from run to run, so that nobody can make a model whose rows all fall into one place.
var slotSpread = rand.Uint64() | 1

// newSlots takes the rows of a table that was checked. More than half of the places stay free.
func newSlots[Weights any](from *table, weights func(row []float32) Weights) slots[Weights] {
	size := 4 << bits.Len(uint(len(from.hashes)*2/3))
	s := slots[Weights]{places: make([]slot[Weights], size), shift: 64 - bits.TrailingZeros(uint(size))}
	for s.empty < uint64(len(from.hashes)) && from.hashes[s.empty] == s.empty { // they rise, none stands twice
		s.empty++
	}
	if s.empty != 0 {
		for i := range s.places {
			s.places[i].hash = s.empty
		}
	}
	for row, hash := range from.hashes {
		at := s.place(hash)
		for s.places[at].hash != s.empty {
			at = (at + 1) & (size - 1)
		}
		s.places[at] = slot[Weights]{hash, weights(from.row(row))}
	}
	return s
}

func (s *slots[Weights]) place(hash uint64) int { return int(hash * slotSpread >> (s.shift & 63)) }

// find is the weights of a hash, nil where it has none.
func (s *slots[Weights]) find(hash uint64) *Weights {
	for at := s.place(hash); ; at++ {
		switch there := &s.places[at&(len(s.places)-1)]; there.hash {
		case s.empty:
			return nil
		case hash:
			return &there.weights
		}
	}
}

// touch reads where a hash would be, so that it is near when it is looked for. Reading many at once takes little longer than one.
func (s *slots[Weights]) touch(hash uint64) uint64 { return s.places[s.place(hash)].hash }
