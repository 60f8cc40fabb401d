package text

import (
	"encoding/binary"
	"math/bits"
)

// Eight bytes of a text are looked at at once as one number, the first in its lowest bits. Bytes are marked by their high bits.
const (
	each  uint64 = 0x0101010101010101
	marks uint64 = 0x80 * each
)

// behind is how many bytes of memory follow the end of clean, so that eight bytes may be read wherever a word begins, and whole words at once.
const behind = 16

// littleEight is the first eight bytes of a text as a number.
func littleEight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// lettersOf marks the letters a to z.
func lettersOf(eight uint64) uint64 { return inRange(eight, 'a', 'z') }

// capitalsOf marks the letters A to Z.
func capitalsOf(eight uint64) uint64 { return inRange(eight, 'A', 'Z') }

// inRange marks the bytes from first to last, both of ASCII.
func inRange(eight, first, last uint64) uint64 {
	low := eight &^ marks
	return (low + (0x80-first)*each) &^ (low + (0x7F-last)*each) &^ eight & marks
}

// noughts marks the first byte that is 0; others may be marked behind it. It is 0 where there is none.
func noughts(eight uint64) uint64 { return (eight - each) &^ eight & marks }

// thrice says that one of eight bytes is the third of the same in a row, given the two before them.
func thrice(eight uint64, last, beforeLast byte) bool {
	first := eight<<8 | uint64(last)
	second := first<<8 | uint64(beforeLast)
	return noughts((eight^first)|(eight^second)) != 0
}

// letterRun says where the letters a to z that begin at start end, and whether one of them stands twice in a row. Where a word ends is what a loop
// over its bytes would guess wrong.
func letterRun(clean []byte, start int) (end int, doubled bool) {
	beyond, before := clean[:len(clean)+behind], uint64(0)
	for at := start; ; at += 8 {
		eight := binary.LittleEndian.Uint64(beyond[at:])
		letters := min(bits.TrailingZeros64(lettersOf(eight)^marks)/8, len(clean)-at)
		twice := noughts(eight ^ (eight<<8 | before))
		doubled = doubled || bits.TrailingZeros64(twice)/8 < letters
		if letters < 8 {
			return at + letters, doubled
		}
		before = eight >> 56
	}
}
