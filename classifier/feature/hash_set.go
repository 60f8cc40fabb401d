package feature

import (
	"math/bits"
	"math/rand/v2"
)

// hashSet is a set of hashes that is emptied without being cleared: a slot counts only when its round is the current one.
type hashSet struct {
	slots []slot
	round uint32
	shift int // a hash's place is the leading bits of hash · spread
}

// spread is an odd number that differs from run to run, so that nobody can write a text whose words all fall into one place.
var spread = rand.Uint64() | 1

type slot struct {
	hash  uint64
	round uint32
}

// reset empties the set and makes room for n hashes: at least half of the slots stay free.
func (s *hashSet) reset(n int) {
	s.round++
	if size := 64 << bits.Len(uint(n/32)); size > len(s.slots) || s.round == 0 {
		s.slots, s.round, s.shift = make([]slot, size), 1, 64-bits.TrailingZeros(uint(size))
	}
}

// insert reports whether the hash is new. Room is what reset made: a chain may add at most twice what it announced, less one.
func (s *hashSet) insert(hash uint64) bool {
	mask := uint64(len(s.slots) - 1)
	for i := hash * spread >> s.shift; ; i = (i + 1) & mask {
		switch at := &s.slots[i]; {
		case at.round != s.round:
			*at = slot{hash, s.round}
			return true
		case at.hash == hash:
			return false
		}
	}
}
