package classifier

import (
	"encoding/binary"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func drawRows(t *rapid.T) []weightRow {
	hash := rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 40), rapid.Uint64Range(math.MaxUint64-40, math.MaxUint64))
	hashes := rapid.SliceOfNDistinct(hash, 0, 300, rapid.ID[uint64]).Draw(t, "hashes")
	rows := make([]weightRow, len(hashes))
	for i, hash := range hashes {
		rows[i] = weightRow{hash: hash, weights: [columns]float32{float32(i), -1, 0.5, unknown, float32(-i)}}
	}
	return rows
}

func TestTableFindsEveryRowAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := drawRows(t)
		want := map[uint64][columns]float32{}
		for _, row := range rows {
			want[row.hash] = row.weights
		}
		data, err := encodeTable(rows)
		if err != nil {
			t.Fatal(err)
		}
		moved := append(make([]byte, 3, 3+len(data)), data...)[3:] // at an odd address
		for _, bytes := range [][]byte{data, moved} {
			opened, err := openTable(bytes)
			if err != nil {
				t.Fatal(err)
			}
			for hash, weights := range want {
				at := opened.find(hash)
				if at < 0 {
					t.Fatalf("%016x is not found", hash)
				}
				for column, weight := range opened.row(at) {
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
		}
	})
}

func TestTableRefusesTwoFeaturesOfOneHash(t *testing.T) {
	if _, err := encodeTable([]weightRow{{hash: 7}, {hash: 9}, {hash: 7}}); err == nil {
		t.Error("two rows of one hash were written")
	}
}

func validTable(t testing.TB) []byte {
	t.Helper()
	var rows []weightRow
	for i := range uint64(50) {
		rows = append(rows, weightRow{hash: i * 0x0511111111111111, weights: [columns]float32{1, -1, 0, float32(i), unknown}})
	}
	data, err := encodeTable(rows)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestOpenTableRefuses(t *testing.T) {
	put := func(at int, number uint32) func([]byte) []byte {
		return func(data []byte) []byte {
			binary.LittleEndian.PutUint32(data[at:], number)
			return data
		}
	}
	fromEnd := func(back int, number float32) func([]byte) []byte {
		return func(data []byte) []byte { return put(len(data)-back, math.Float32bits(number))(data) }
	}
	nan, infinite := float32(math.NaN()), float32(math.Inf(-1))
	tests := []struct {
		name   string
		damage func([]byte) []byte
	}{
		{"nothing", func([]byte) []byte { return nil }},
		{"another magic", put(4, 0)},
		{"cut in the header", func(data []byte) []byte { return data[:12] }},
		{"cut", func(data []byte) []byte { return data[:len(data)-4] }},
		{"longer", func(data []byte) []byte { return append(data, 0, 0, 0, 0) }},
		{"more rows than there are", put(8, 51)},
		{"rows beyond the cap", put(8, math.MaxUint32)},
		{"no bucket bits", put(12, 0)},
		{"bucket bits beyond the cap", put(12, 60)},
		{"first bucket not at 0", put(tableHeader, 1)},
		{"a bucket beyond the rows", put(tableHeader+8, 1<<30)},
		{"buckets out of order", put(tableHeader+12, 0)},
		{"a hash out of order", func(data []byte) []byte {
			at := len(data) - 50*(8+4*columns)
			copy(data[at+8:at+16], data[at:at+8])
			return data
		}},
		{"all rows in two buckets", func(data []byte) []byte {
			rows := data[len(data)-50*(8+4*columns):]
			low := uint32(0)
			for binary.LittleEndian.Uint64(rows[8*low:])>>63 == 0 {
				low++
			}
			head := append([]byte(tableMagic), 50, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0)
			head = binary.LittleEndian.AppendUint32(head, low)
			return append(append(head, 50, 0, 0, 0, 0, 0, 0, 0), rows...)
		}},
		{"an infinite weight", fromEnd(8, infinite)},
		{"stance half known", fromEnd(12+4, nan)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := openTable(test.damage(validTable(t))); err == nil {
				t.Error("opened without an error")
			}
		})
	}
}

// Whatever bytes are opened, nothing is read outside them and every row can be found.
func FuzzOpenTable(f *testing.F) {
	valid := validTable(f)
	f.Add(valid)
	f.Add(valid[:40])
	empty, err := encodeTable(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(empty)
	f.Fuzz(func(t *testing.T, data []byte) {
		opened, err := openTable(data)
		if err != nil {
			return
		}
		for i, hash := range opened.hashes {
			if at := opened.find(hash); at != i {
				t.Fatalf("row %d is found at %d", i, at)
			}
			for column, weight := range opened.row(i) {
				if math.IsInf(float64(weight), 0) {
					t.Fatalf("row %d column %d holds %v", i, column, weight)
				}
			}
		}
		for hash := uint64(1); hash != 0; hash <<= 1 {
			opened.find(hash)
			opened.find(^hash)
		}
	})
}
