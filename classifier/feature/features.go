package feature

import (
	"math/bits"
	"math/rand/v2"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// Kind is what a feature is made of.
type Kind uint8

const (
	Word    Kind = iota // one word
	Pair                // two words in a row
	Negated             // a word after a negation
	Mark                // the look of the whole text
)

// WholeText is the First and Last of a feature that no single word made.
const WholeText = -1

// Feature is one mark that is present in a text.
type Feature struct {
	Hash        uint64
	Kind        Kind
	First, Last int32 // the words of Features.Text it was made of, both inclusive; or WholeText
	name        [2]int32
}

// Features are the distinct features of one text. The zero value is ready; filling it again reuses its memory. Not safe for concurrent use.
type Features struct {
	Text    text.Text
	Items   []Feature
	Claimed int // Items[Claimed:] are Items[:Claimed] crossed with the claim, in the same order; len(Items) without a claim
	claimID string
	names   []byte
	seen    hashSet
}

// Name is the name of Items[i], as counts files spell it.
func (f *Features) Name(i int) string {
	item := f.Items[i]
	name := string(f.names[item.name[0]:item.name[1]])
	if i >= f.Claimed {
		return crossPrefix + f.claimID + ":" + name
	}
	return name
}

const crossPrefix = "c:"

// Hash is the hash of a feature's name: the same number that a chain gives the feature.
func Hash(name string) uint64 {
	const claimEnd = len(crossPrefix) + 16
	if len(name) > claimEnd && name[:len(crossPrefix)] == crossPrefix && name[claimEnd] == ':' {
		return cross(xxhash.Sum64String(name[claimEnd+1:]), xxhash.Sum64String(name[len(crossPrefix):claimEnd]))
	}
	return xxhash.Sum64String(name)
}

// CrossClaim is the claim id of a crossed feature's name, "" for any other.
func CrossClaim(name string) string {
	const claimEnd = len(crossPrefix) + 16
	if len(name) > claimEnd && name[:len(crossPrefix)] == crossPrefix && name[claimEnd] == ':' {
		return name[len(crossPrefix):claimEnd]
	}
	return ""
}

// cross makes the hash of a feature under a claim from the hashes of both.
func cross(feature, claim uint64) uint64 {
	return (bits.RotateLeft64(feature, 31) ^ claim) * 0x9E3779B97F4A7C15
}

// start empties f and reads the text.
func (f *Features) start(raw, claimID string) {
	f.Text.Read(raw)
	f.Items, f.names, f.claimID, f.Claimed = f.Items[:0], f.names[:0], claimID, 0
	f.seen.reset(4 * len(f.Text.Words))
}

// add notes the feature whose name was appended to names from at on, unless it is there already.
func (f *Features) add(kind Kind, at int, first, last int32) {
	hash := xxhash.Sum64(f.names[at:])
	if !f.seen.insert(hash) {
		f.names = f.names[:at]
		return
	}
	f.Items = append(f.Items, Feature{Hash: hash, Kind: kind, First: first, Last: last, name: [2]int32{int32(at), int32(len(f.names))}})
}

// crossWithClaim doubles the features under the claim, where there is one.
func (f *Features) crossWithClaim() {
	f.Claimed = len(f.Items)
	if f.claimID == "" {
		return
	}
	claim := xxhash.Sum64String(f.claimID)
	for _, item := range f.Items[:f.Claimed] {
		item.Hash = cross(item.Hash, claim)
		f.Items = append(f.Items, item)
	}
}

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

// reset empties the set and makes room for n hashes.
func (s *hashSet) reset(n int) {
	s.round++
	if size := 64 << bits.Len(uint(n/32)); size > len(s.slots) || s.round == 0 {
		s.slots, s.round, s.shift = make([]slot, size), 1, 64-bits.TrailingZeros(uint(size))
	}
}

// insert reports whether the hash is new. Room is what reset made: a chain may add at most what it announced.
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
