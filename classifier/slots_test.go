package classifier

import (
	"testing"

	"pgregory.net/rapid"
)

func TestSlotsFindEveryRowAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		data, err := appendTable(nil, rows, 2)
		if err != nil {
			t.Fatal(err)
		}
		from, _, err := openTable(aligned(data), 2)
		if err != nil {
			t.Fatal(err)
		}
		s := newSlots(from, func(row []float32) [2]float32 { return [2]float32(row) })
		known := newFilter(filterBits, from.hashes)
		there := map[uint64]bool{}
		for _, row := range rows {
			there[row.hash] = true
			if got := s.find(row.hash); got == nil || *got != [2]float32(row.weights[:2]) {
				t.Fatalf("%016x: %v, want %v", row.hash, got, row.weights[:2])
			}
			if known.passes(row.hash) != 1 {
				t.Fatalf("%016x does not pass", row.hash)
			}
		}
		for hash := range uint64(60) {
			if other := hash * rapid.Uint64().Draw(t, "other"); s.find(other) != nil && !there[other] {
				t.Fatalf("%016x was found but not written", other)
			}
			if s.find(hash) != nil && !there[hash] {
				t.Fatalf("%016x was found but not written", hash)
			}
		}
	})
}

func TestFilterKeepsTheOrder(t *testing.T) {
	known := newFilter(filterBits, []uint64{7, 1 << 40}, []uint64{9})
	kept := known.keep([]uint64{9, 1 << 40, 7, 9})
	for i, want := range []uint64{9, 1 << 40, 7, 9} {
		if kept[i] != want {
			t.Errorf("%d at %d, want %d", kept[i], i, want)
		}
	}
	all := newFilter(filterBits)
	if kept := all.keep([]uint64{0, 1, 1 << 63}); len(kept) > 0 {
		t.Errorf("%d pass where nothing is there", kept)
	}
}
