package classifier

import "math/bits"

// filter tells most hashes that are in no table from those that are, in a small part of the memory that a look-up reads.
type filter struct {
	there []uint64 // a bit for every place that some hash has
	shift int      // a hash's place is the leading bits of hash · filterSpread
}

const filterSpread = 0xD6E8FEB86659FD93

// newFilter makes so many bits a hash, or up to twice as many.
func newFilter(bitsEach int, of ...[]uint64) filter {
	n := 0
	for _, hashes := range of {
		n += len(hashes)
	}
	size := max(6, bits.Len(uint(bitsEach*n)))
	f := filter{there: make([]uint64, 1<<size/64), shift: 64 - size}
	for _, hashes := range of {
		for _, hash := range hashes {
			place := hash * filterSpread >> f.shift
			f.there[place/64] |= 1 << (place % 64)
		}
	}
	return f
}

// passes is 1 for every hash that is there and few others, 0 for the rest: a number, because what branches on it is mostly guessed wrong.
func (f *filter) passes(hash uint64) int {
	place := hash * filterSpread >> (f.shift & 63)
	return int(f.there[place/64] >> (place % 64) & 1)
}

// keep moves the hashes that pass to the front, in their order.
func (f *filter) keep(hashes []uint64) []uint64 {
	n := 0
	for _, hash := range hashes {
		hashes[n] = hash
		n += f.passes(hash)
	}
	return hashes[:n]
}
