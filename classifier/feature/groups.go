package feature

import (
	"bytes"
	_ "embed"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
)

// groupList names groups of people, one word a line: nations, peoples, religions, orientations, genders, ages, colours, disabilities, origins.
// It holds no slur, because a slur is evidence; no political camp, occupation, relative or country; and no word that mostly means something else.
//
//go:embed groups.txt
var groupList string

var groups = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for word := range strings.Lines(groupList) {
		set[strings.TrimSuffix(word, "\n")] = true
	}
	return set
})

var possessive = []byte("'s")

// isGroup says that a folded word names a group of people, in the possessive too.
func isGroup(form []byte) bool {
	return groups()[string(bytes.TrimSuffix(form, possessive))]
}

// isGroupHashed is isGroup for a form whose hash is known: nearly every other word is told from a group's name by its hash.
func isGroupHashed(form []byte, hash uint64) bool {
	if !bytes.HasSuffix(form, possessive) {
		place := hash >> groupShift
		return groupPlaces[place/64]&(1<<(place%64)) != 0 && isGroup(form)
	}
	return isGroup(form)
}

// groupPlaces has a bit for the leading bits of every group's hash.
var groupPlaces = func() (places [1 << (64 - groupShift) / 64]uint64) {
	for word := range groups() {
		place := xxhash.Sum64String(word) >> groupShift
		places[place/64] |= 1 << (place % 64)
	}
	return places
}()

// groupShift leaves 15 bits of a hash, 4 KB: one word in 28 is looked up in vain.
const groupShift = 64 - 15
