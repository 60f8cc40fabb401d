package classifier

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func drawRows(t *rapid.T) []weightRow {
	hash := rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 40), rapid.Uint64Range(math.MaxUint64-40, math.MaxUint64))
	hashes := rapid.SliceOfNDistinct(hash, 0, 300, rapid.ID[uint64]).Draw(t, "hashes")
	rows := make([]weightRow, len(hashes))
	for i, hash := range hashes {
		rows[i] = weightRow{hash: hash, weights: [mostColumns]float32{float32(i), -1, 0.5, unknown, float32(-i), 0.25}}
	}
	return rows
}

func TestTableFindsEveryRowAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := drawRows(t), rapid.IntRange(1, mostColumns).Draw(t, "columns")
		want := map[uint64][mostColumns]float32{}
		for _, row := range rows {
			want[row.hash] = row.weights
		}
		data, err := appendTable(nil, rows, columns)
		if err != nil {
			t.Fatal(err)
		}
		opened, size, err := openTable(aligned(append(data, 1, 2, 3)), columns)
		if err != nil || size != len(data) {
			t.Fatalf("%d bytes of %d, error %v", size, len(data), err)
		}
		if err := opened.check(); err != nil {
			t.Fatal(err)
		}
		for hash, weights := range want {
			at := opened.find(hash)
			if at < 0 {
				t.Fatalf("%016x is not found", hash)
			}
			row := opened.row(at)
			if len(row) != columns {
				t.Fatalf("%d columns, want %d", len(row), columns)
			}
			for column, weight := range row {
				if math.Float32bits(weight) != math.Float32bits(weights[column]) {
					t.Fatalf("%016x column %d: %v, want %v", hash, column, weight, weights[column])
				}
			}
		}
		if other := rapid.Uint64().Draw(t, "other"); opened.find(other) >= 0 {
			if _, ok := want[other]; !ok {
				t.Fatalf("%016x was found but not written", other)
			}
		}
	})
}

func TestTableRefusesTwoFeaturesOfOneHash(t *testing.T) {
	if _, err := appendTable(nil, []weightRow{{hash: 7}, {hash: 9}, {hash: 7}}, 3); err == nil {
		t.Error("two rows of one hash were written")
	}
}
