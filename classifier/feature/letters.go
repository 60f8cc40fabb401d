package feature

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// Runs of letters are the features of a word's spelling: every run of 3 to 5 characters of <word>, the brackets marking its ends. They speak for
// words that training has not seen, and tie the forms of one word together. How often a run was seen follows from how often its words were, so
// runs are never counted by themselves.
const (
	shortestRun  = 3
	longestRun   = 5
	lettersLimit = 40 // of a word's characters are read, brackets included
)

// Lettered says whether a word's spelling is read. Stand-ins and emoji have none.
func Lettered(form []byte) bool {
	if len(form) == 0 {
		return false
	}
	if c := form[0]; c < utf8.RuneSelf {
		return 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
	}
	r, _ := utf8.DecodeRune(form)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// Runs is how many runs of letters a lettered word has, those that occur twice counted twice.
func Runs(form []byte) int {
	characters := min(utf8.RuneCount(form)+2, lettersLimit)
	n := 0
	for length := shortestRun; length <= min(longestRun, characters); length++ {
		n += characters - length + 1
	}
	return n
}

// Spelling reads a word's runs of letters one after the other, or all at once, and allocates nothing once warm. The zero value is ready for Read.
type Spelling struct {
	written    []byte
	starts     [lettersLimit + 1]int32 // of each character in written, and the end
	characters int
	length, at int // of the next run
	run        []byte
	hashes     []uint64
}

// Read starts with a lettered word.
func (s *Spelling) Read(form []byte) {
	s.written = append(append(append(s.written[:0], '<'), form...), '>')
	s.characters, s.length, s.at = 0, shortestRun, 0
	for at := 0; at < len(s.written) && s.characters < lettersLimit; s.characters++ {
		size := 1
		if s.written[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(s.written[at:])
		}
		at += size
		s.starts[s.characters+1] = int32(at)
	}
}

// Next is the hash of the next run; false behind the last.
func (s *Spelling) Next() (uint64, bool) {
	if s.at+s.length > s.characters {
		s.length, s.at = s.length+1, 0
		if s.length > min(longestRun, s.characters) {
			return 0, false
		}
	}
	s.run = s.written[s.starts[s.at]:s.starts[s.at+s.length]]
	s.at++
	return letters(runHash(s.run)), true
}

// Hashes are those that Read and Next give for a lettered word. They are valid until the next call.
func (s *Spelling) Hashes(form []byte) []uint64 {
	s.Read(form)
	s.hashes = s.hashes[:0]
	if int(s.starts[s.characters]) == s.characters {
		s.hashASCII()
		return s.hashes
	}
	for length := shortestRun; length <= min(longestRun, s.characters); length++ {
		for at := range s.characters - length + 1 {
			s.hashes = append(s.hashes, letters(runHash(s.written[s.starts[at]:s.starts[at+length]])))
		}
	}
	return s.hashes
}

// hashASCII fills hashes for a word whose characters are a byte each.
func (s *Spelling) hashASCII() {
	written, n := s.written[:s.characters], s.characters
	for at := range n - 2 {
		s.hashes = append(s.hashes, letters(hashThree(written[at:at+3])))
	}
	for at := range max(n-3, 0) {
		s.hashes = append(s.hashes, letters(finished(hashFour(4, written[at:at+4]))))
	}
	for at := range max(n-4, 0) {
		s.hashes = append(s.hashes, letters(finished(withByte(hashFour(5, written[at:at+4]), written[at+4]))))
	}
}

// runHash is xxhash.Sum64, spelled out for the lengths that runs of ASCII have.
func runHash(run []byte) uint64 {
	switch len(run) {
	case 3:
		return hashThree(run)
	case 4:
		return finished(hashFour(4, run))
	case 5:
		return finished(withByte(hashFour(5, run), run[4]))
	}
	return xxhash.Sum64(run)
}

func hashThree(run []byte) uint64 {
	return finished(withByte(withByte(withByte(xxPrime5+3, run[0]), run[1]), run[2]))
}

// hashFour takes in the first four bytes of a run of that length.
func hashFour(length uint64, run []byte) uint64 {
	return bits.RotateLeft64((xxPrime5+length)^uint64(binary.LittleEndian.Uint32(run))*xxPrime1, 23)*xxPrime2 + xxPrime3
}

func withByte(hash uint64, c byte) uint64 {
	return bits.RotateLeft64(hash^uint64(c)*xxPrime5, 11) * xxPrime1
}

func finished(hash uint64) uint64 {
	hash = (hash ^ hash>>33) * xxPrime2
	hash = (hash ^ hash>>29) * xxPrime3
	return hash ^ hash>>32
}

// The primes of XXH64, as its specification numbers them.
const (
	xxPrime1 uint64 = 0x9E3779B185EBCA87
	xxPrime2 uint64 = 0xC2B2AE3D27D4EB4F
	xxPrime3 uint64 = 0x165667B19E3779F9
	xxPrime5 uint64 = 0x27D4EB2F165667C5
)

// RunName is the name of the run that Next gave last, as counts files spell it; claimID "" means under no claim.
func (s *Spelling) RunName(claimID string) string {
	name := lettersPrefix + string(s.run)
	if claimID != "" {
		name = crossPrefix + claimID + ":" + name
	}
	return name
}

// IsRun says that a name is a run's.
func IsRun(name string) bool {
	if CrossClaim(name) != "" {
		name = name[claimEnd+1:]
	}
	return len(name) > len(lettersPrefix) && name[:len(lettersPrefix)] == lettersPrefix
}

// CrossRun is a run's hash under a claim; claimID "" leaves it as it is.
func CrossRun(hash uint64, claimID string) uint64 {
	if claimID == "" {
		return hash
	}
	return cross(hash, xxhash.Sum64String(claimID))
}
