package feature

import (
	"math/bits"
	"slices"
	"strings"

	"github.com/cespare/xxhash/v2"

	"commentdesk/classifier/text"
)

// Kind is what a feature is made of.
type Kind uint8

const (
	Word    Kind = iota // one word
	StandIn             // what stands for a word whose own spelling says little: <number>, <link>, <address>, <group>
	Pair                // two words in a row
	Negated             // a word after a negation
	Part                // a word inside a link
	Mark                // the look of the whole text
	Edge                // the word that the text begins or ends with
)

// Use is which axes a feature is evidence for.
type Use uint8

const (
	ForStance Use = 1 << iota
	ForHostile
	ForSpam

	ForYesNo = ForHostile | ForSpam
	ForAll   = ForStance | ForYesNo
)

// WholeText is the First and Last of a feature that no single word made.
const WholeText = -1

// Feature is one mark that is present in a text.
type Feature struct {
	Hash        uint64
	Kind        Kind
	For         Use
	First, Last int32 // the words of Features.Text it was made of, both inclusive; or WholeText
	crossed     bool
	runs        uint8
	detail      [2]int32 // of a part its bytes of the link's form, of a mark its place in markNames, of an edge its place in edgePrefixes
}

// IsWord says that the feature is a single word or its stand-in.
func (f *Feature) IsWord() bool { return f.Kind == Word || f.Kind == StandIn }

// Runs is how many runs of letters the feature has: 0 for all but words whose spelling is read.
func (f *Feature) Runs() int { return int(f.runs) }

// Crossed says that the feature is crossed with the claim.
func (f *Feature) Crossed() bool { return f.crossed }

// Features are the distinct features of one text. The zero value is ready; filling it again reuses its memory. Not safe for concurrent use.
type Features struct {
	Text    text.Text
	Items   []Feature
	Claimed int // Items[Claimed:] are those of Items[:Claimed] for stance, crossed with the claim; len(Items) without a claim

	claimID  string
	claim    uint64 // hash of claimID
	seen     hashSet
	recalled recalledWords
}

// Name is the name of Items[i], as counts files spell it.
func (f *Features) Name(i int) string {
	item := &f.Items[i]
	name := f.name(item)
	if i >= f.Claimed {
		return crossPrefix + f.claimID + ":" + name
	}
	return name
}

func (f *Features) name(item *Feature) string {
	switch item.Kind {
	case Word, StandIn:
		return wordPrefix + string(f.form(item.First, item.For))
	case Pair:
		return pairPrefix + string(f.form(item.First, item.For)) + " " + string(f.form(item.Last, item.For))
	case Negated:
		return negatedPrefix + string(f.form(item.First, item.For))
	case Part:
		return partPrefix + string(f.Text.Form(f.Text.Words[item.First])[item.detail[0]:item.detail[1]])
	case Edge:
		return edgePrefixes[item.detail[0]] + string(f.form(item.First, item.For))
	default:
		return markNames[item.detail[0]]
	}
}

// Every feature's name begins with its kind.
const (
	wordPrefix    = "w:"
	pairPrefix    = "p:"
	negatedPrefix = "n:"
	partPrefix    = "u:"
	beginsPrefix  = "b:"
	endsPrefix    = "e:"
	markPrefix    = "m:"
	lettersPrefix = "l:"
	crossPrefix   = "c:"
	claimEnd      = len(crossPrefix) + 16
)

// WordForm is the form that the name of a word or its stand-in holds, and the claim it is crossed with; false for any other name.
func WordForm(name string) (form, claimID string, ok bool) {
	if claimID = CrossClaim(name); claimID != "" {
		name = name[claimEnd+1:]
	}
	form, ok = strings.CutPrefix(name, wordPrefix)
	return form, claimID, ok
}

// Hash is the hash of a feature's name: the same number that a chain gives the feature.
func Hash(name string) uint64 {
	if CrossClaim(name) != "" {
		return cross(Hash(name[claimEnd+1:]), xxhash.Sum64String(name[len(crossPrefix):claimEnd]))
	}
	if len(name) < len(wordPrefix) {
		return xxhash.Sum64String(name)
	}
	switch rest := name[len(wordPrefix):]; name[:len(wordPrefix)] {
	case wordPrefix:
		return xxhash.Sum64String(rest)
	case pairPrefix:
		first, last, _ := strings.Cut(rest, " ")
		return pair(xxhash.Sum64String(first), xxhash.Sum64String(last))
	case negatedPrefix:
		return negated(xxhash.Sum64String(rest))
	case partPrefix:
		return part(xxhash.Sum64String(rest))
	case beginsPrefix:
		return begins(xxhash.Sum64String(rest))
	case endsPrefix:
		return ends(xxhash.Sum64String(rest))
	case lettersPrefix:
		return letters(xxhash.Sum64String(rest))
	}
	return xxhash.Sum64String(name)
}

// CrossClaim is the claim id of a crossed feature's name, "" for any other.
func CrossClaim(name string) string {
	if len(name) > claimEnd && name[:len(crossPrefix)] == crossPrefix && name[claimEnd] == ':' {
		return name[len(crossPrefix):claimEnd]
	}
	return ""
}

// Hashes of features are mixed from the hashes of their words, so that no name needs to be spelled to find a feature.
func pair(first, last uint64) uint64 { return mix(bits.RotateLeft64(first, 23) ^ last) }
func negated(word uint64) uint64     { return mix(word ^ 0x6A09E667F3BCC908) }
func part(word uint64) uint64        { return mix(word ^ 0xBB67AE8584CAA73B) }
func begins(word uint64) uint64      { return mix(word ^ 0xA54FF53A5F1D36F1) }
func ends(word uint64) uint64        { return mix(word ^ 0x510E527FADE682D1) }
func letters(run uint64) uint64      { return mix(run ^ 0x3C6EF372FE94F82B) }

func mix(hash uint64) uint64 {
	hash *= 0x9FB21C651E98DF25
	return hash ^ hash>>32
}

// cross makes the hash of a feature under a claim from the hashes of both.
func cross(feature, claim uint64) uint64 {
	return (bits.RotateLeft64(feature, 31) ^ claim) * 0x9E3779B97F4A7C15
}

// mostPerWord is how many features a word may give, partsPerLink how many parts a link.
const (
	mostPerWord  = 4
	partsPerLink = 8
)

// start empties f and reads the text.
func (f *Features) start(raw, claimID string) {
	f.Text.Read(raw)
	f.Items, f.claimID, f.Claimed = f.Items[:0], claimID, 0
	most := 2 * (len(markNames) + len(edgePrefixes))
	for i := range f.Text.Words {
		most += mostPerWord
		if f.Text.Words[i].Class == text.URL {
			most += partsPerLink
		}
	}
	f.seen.reset(most)
}

// add notes a feature and says so, unless it is there already.
func (f *Features) add(kind Kind, use Use, hash uint64, first, last int32) bool {
	if !f.seen.insert(hash) {
		return false
	}
	f.Items = append(f.Items, Feature{Hash: hash, Kind: kind, For: use, First: first, Last: last})
	return true
}

// crossWithClaim doubles the features for stance under the claim, where there is one.
func (f *Features) crossWithClaim() {
	f.Claimed = len(f.Items)
	if f.claimID == "" {
		return
	}
	f.claim = xxhash.Sum64String(f.claimID)
	f.Items = slices.Grow(f.Items, f.Claimed)
	for i := range f.Items[:f.Claimed] {
		if f.Items[i].For&ForStance == 0 {
			continue
		}
		f.Items = append(f.Items, f.Items[i])
		item := &f.Items[len(f.Items)-1]
		item.Hash, item.For, item.crossed = cross(item.Hash, f.claim), ForStance, true
	}
}

// Cross is the hash of a run of letters under the claim.
func (f *Features) Cross(hash uint64) uint64 { return cross(hash, f.claim) }
