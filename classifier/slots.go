package classifier

import (
	"math/bits"
	"math/rand/v2"
)

// slots are the rows of a table laid out for serving: hashes beside weights, so that most look-ups read one line of memory. They are made anew
// whenever a model is opened. The zero value must not be asked.
type slots[Weights any] struct {
	groups []slotGroup[Weights]
	shift  int    // a row's group is the leading bits of hash · slotSpread, or where that is full one of those that follow
	empty  uint64 // stands where no row does; no row has it
}

// slotGroup holds the rows of one place, the first to come first.
type slotGroup[Weights any] struct {
	hashes  [perGroup]uint64
	weights [perGroup]Weights
}

// perGroup rows of two columns are a line of memory.
const perGroup = 4

// slotSpread is an odd number that differs from run to run, so that nobody can make a model whose rows all fall into one place.
var slotSpread = rand.Uint64() | 1

// newSlots takes the rows of a table that was checked. At least a quarter of the slots stay free.
func newSlots[Weights any](from *table, weights func(row []float32) Weights) slots[Weights] {
	size := 2 << bits.Len(uint(len(from.hashes)*2/3/perGroup))
	s := slots[Weights]{groups: make([]slotGroup[Weights], size), shift: 64 - bits.TrailingZeros(uint(size))}
	for s.empty < uint64(len(from.hashes)) && from.hashes[s.empty] == s.empty { // they rise, none stands twice
		s.empty++
	}
	for i := range s.groups {
		s.groups[i].hashes = [perGroup]uint64{s.empty, s.empty, s.empty, s.empty}
	}
	for row, hash := range from.hashes {
		group, at := s.free(hash)
		group.hashes[at], group.weights[at] = hash, weights(from.row(row))
	}
	return s
}

// free is where a hash belongs.
func (s *slots[Weights]) free(hash uint64) (*slotGroup[Weights], int) {
	for place := s.place(hash); ; place++ {
		group := &s.groups[place&(len(s.groups)-1)]
		for at, there := range group.hashes {
			if there == s.empty {
				return group, at
			}
		}
	}
}

func (s *slots[Weights]) place(hash uint64) int { return int(hash * slotSpread >> (s.shift & 63)) }

// find is the weights of a hash, nil where it has none. It compares the hashes of a group without branching, because which it is cannot be guessed.
func (s *slots[Weights]) find(hash uint64) *Weights {
	if hash == s.empty {
		return nil
	}
	for place := s.place(hash); ; place++ {
		group, at := &s.groups[place&(len(s.groups)-1)], -1
		if group.hashes[0] == hash {
			at = 0
		}
		if group.hashes[1] == hash {
			at = 1
		}
		if group.hashes[2] == hash {
			at = 2
		}
		if group.hashes[3] == hash {
			at = 3
		}
		if at >= 0 {
			return &group.weights[at]
		}
		if group.hashes[perGroup-1] == s.empty {
			return nil
		}
	}
}

// touch reads where a hash would be, so that it is near when it is looked for. Reading many at once takes little longer than one.
func (s *slots[Weights]) touch(hash uint64) uint64 { return s.groups[s.place(hash)].hashes[0] }
