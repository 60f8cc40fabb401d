package classifier

import (
	"encoding/binary"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// weightsFile is weights.bin with the rows of each table, in the order of scorers.parts.
func weightsFile(t rapid.TB, tables [6][]weightRow) []byte {
	t.Helper()
	out := []byte(tableMagic)
	for i, part := range new(scorers).parts() {
		var err error
		if out, err = appendTable(out, tables[i], part.columns); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// Each table is found where it stands, also when the bytes lie at an odd address.
func TestOpenScorers(t *testing.T) {
	var tables [6][]weightRow
	for i := range tables {
		for hash := range uint64(3 * i) {
			tables[i] = append(tables[i], weightRow{hash: hash << 60, weights: [mostColumns]float32{float32(i), float32(hash)}})
		}
	}
	data := weightsFile(t, tables)
	for shift := range 8 {
		moved := append(make([]byte, shift, shift+len(data)), data...)[shift:]
		opened, err := openScorers(moved)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range opened.parts() {
			got := *part.table
			if len(got.hashes) != len(tables[i]) {
				t.Fatalf("%s: %d rows, want %d", part.name, len(got.hashes), len(tables[i]))
			}
			for row, hash := range got.hashes {
				if weights := got.row(row); weights[0] != float32(i) || weights[1] != float32(hash>>60) {
					t.Errorf("%s: row %d holds %v", part.name, row, weights)
				}
			}
		}
	}
}

// A word that no table knows is spelled: each of its runs counts as often as it stands there, under the claim those of the claim.
func TestSpell(t *testing.T) {
	run := func(name string, weights ...float32) weightRow {
		row := weightRow{hash: feature.Hash(name)}
		copy(row.weights[:], weights)
		return row
	}
	claimID := ClaimID(bridgeClaim)
	opened, err := openScorers(weightsFile(t, [6][]weightRow{
		2: {run("l:nana", 1, 2, -3), run("c:"+claimID+":l:nana", 100, 0, -100), run("c:0123456789abcdef:l:nana", 1e6, 1e6, 1e6)},
		5: {run("l:<na", 1, 0), run("l:nana", 10, 0.5), run("l:na>", 100, 0), run("l:ana", 1000, 8), run("l:other", 1e6, 1e6)},
	}))
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	for _, test := range []struct {
		text                   string
		yesNo, stance, claimed [3]float64
	}{
		{"nana", [3]float64{1111, 8.5}, [3]float64{1, 2, -3}, [3]float64{100, 0, -100}},
		{"nanana", [3]float64{2121, 17}, [3]float64{2, 4, -6}, [3]float64{200, 0, -200}},
		{"n", [3]float64{}, [3]float64{}, [3]float64{}},
		{"é", [3]float64{}, [3]float64{}, [3]float64{}},
	} {
		feature.Current.Features(&r.features, test.text, claimID)
		for i := range r.features.Items {
			item := &r.features.Items[i]
			if item.Kind != feature.Word {
				continue
			}
			want := test.stance
			if item.Crossed() {
				want = test.claimed
			} else if got := opened.yesNo.spell(&r, item, nil); got != test.yesNo {
				t.Errorf("%q: hostile and spam %v, want %v", test.text, got, test.yesNo)
			}
			if got := opened.stance.spell(&r, item, nil); got != want {
				t.Errorf("%q, crossed %v: stance %v, want %v", test.text, item.Crossed(), got, want)
			}
		}
	}
}

// validScorers have 50 rows in every table.
func validScorers(t testing.TB) []byte {
	t.Helper()
	var rows []weightRow
	for i := range uint64(50) {
		rows = append(rows, weightRow{hash: i * 0x0511111111111111, weights: [mostColumns]float32{1, -1, 0, float32(i), 0.5, -0.5}})
	}
	return weightsFile(t, [6][]weightRow{rows, slices.Clone(rows), slices.Clone(rows), slices.Clone(rows), slices.Clone(rows), slices.Clone(rows)})
}

// place is where the parts of a table lie in weights.bin.
type place struct{ start, buckets, hashes, weights, end int }

func placesOf(t testing.TB, data []byte) (places [6]place) {
	t.Helper()
	start := len(tableMagic)
	for i, part := range new(scorers).parts() {
		rows, bits := int(littleUint32(data[start:])), littleUint32(data[start+4:])
		p := place{start: start, buckets: start + 8}
		p.hashes = (p.buckets + 4*(1<<bits+1) + 7) &^ 7
		p.weights = p.hashes + 8*rows
		p.end = (p.weights + 4*part.columns*rows + 7) &^ 7
		places[i], start = p, p.end
	}
	if start != len(data) {
		t.Fatalf("the tables end at %d of %d", start, len(data))
	}
	return places
}

func TestOpenScorersRefuses(t *testing.T) {
	valid := validScorers(t)
	places := placesOf(t, valid)
	put := func(at int, number uint32) func([]byte) []byte {
		return func(data []byte) []byte {
			binary.LittleEndian.PutUint32(data[at:], number)
			return data
		}
	}
	weight := func(at int, number float64) func([]byte) []byte { return put(at, math.Float32bits(float32(number))) }
	type damage struct {
		name   string
		damage func([]byte) []byte
	}
	tests := []damage{
		{"nothing", func([]byte) []byte { return nil }},
		{"the magic alone", func(data []byte) []byte { return data[:len(tableMagic)] }},
		{"another magic", put(4, 0)},
		{"longer", func(data []byte) []byte { return append(data, 0, 0, 0, 0, 0, 0, 0, 0) }},
	}
	for i, part := range new(scorers).parts() {
		p := places[i]
		tests = append(tests, []damage{
			{part.name + ": left out", func(data []byte) []byte { return append(data[:p.start], data[p.end:]...) }},
			{part.name + ": cut in the header", func(data []byte) []byte { return data[:p.start+4] }},
			{part.name + ": cut", func(data []byte) []byte { return data[:p.end-4] }},
			{part.name + ": more rows than there are", put(p.start, 51)},
			{part.name + ": rows beyond the cap", put(p.start, math.MaxUint32)},
			{part.name + ": rows at the cap", func(data []byte) []byte {
				return put(p.start+4, uint32(bucketBitsFor(maxRows)))(put(p.start, maxRows)(data))
			}},
			{part.name + ": no bucket bits", put(p.start+4, 0)},
			{part.name + ": bucket bits beyond the cap", put(p.start+4, 60)},
			{part.name + ": first bucket not at 0", put(p.buckets, 1)},
			{part.name + ": a bucket beyond the rows", put(p.buckets+8, 1<<30)},
			{part.name + ": buckets out of order", put(p.buckets+12, 0)},
			{part.name + ": a row in another's bucket", put(p.buckets+4, littleUint32(valid[p.buckets+4:])+1)},
			{part.name + ": hashes out of order", func(data []byte) []byte {
				copy(data[p.hashes+8:p.hashes+16], data[p.hashes:p.hashes+8])
				return data
			}},
			{part.name + ": an infinite weight", weight(p.weights, math.Inf(-1))},
		}...)
		for column := part.unknown; column < part.columns; column++ {
			tests = append(tests, damage{fmt.Sprintf("%s: column %d no number", part.name, column), weight(p.weights+4*column, math.NaN())})
		}
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := openScorers(test.damage(slices.Clone(valid))); err == nil || !strings.HasPrefix(err.Error(), "weights: ") {
				t.Errorf("opened with error %v", err)
			}
		})
	}
	for _, at := range []int{places[3].weights, places[3].weights + 4, places[4].weights, places[4].weights + 4} {
		if _, err := openScorers(weight(at, math.NaN())(slices.Clone(valid))); err != nil {
			t.Errorf("a word or phrase that one of hostile and spam does not know: %v", err)
		}
	}
}

// A few bytes that claim to be millions of rows take no memory before they are refused.
func TestOpenScorersAllocatesForWhatIsThere(t *testing.T) {
	data := binary.LittleEndian.AppendUint32([]byte(tableMagic), maxRows)
	data = binary.LittleEndian.AppendUint32(data, uint32(bucketBitsFor(maxRows)))
	data = append(data, make([]byte, 64)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := openScorers(data); err == nil {
		t.Fatal("opened")
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<20 {
		t.Errorf("%d bytes allocated for %d", grown, len(data))
	}
}

// Whatever bytes are opened, nothing is read outside them, every row can be found, and what is scored is a number.
func FuzzOpenScorers(f *testing.F) {
	valid := validScorers(f)
	f.Add(valid, 0, []byte{})
	f.Add(valid[:40], 0, []byte{})
	f.Add(weightsFile(f, [6][]weightRow{}), 0, []byte{})
	for _, p := range placesOf(f, valid) {
		f.Add(valid, p.start, []byte{0xff, 0xff, 0xff, 0x7f})
		f.Add(valid, p.buckets+4, []byte{0xff})
		f.Add(valid, p.hashes, []byte{0xff})
		f.Add(valid, p.weights, []byte{0, 0, 0xc0, 0x7f})
	}
	f.Fuzz(func(t *testing.T, data []byte, at int, patch []byte) {
		data = slices.Clone(data)
		if at >= 0 && at < len(data) {
			copy(data[at:], patch)
		}
		opened, err := openScorers(data)
		if err != nil {
			return
		}
		for _, part := range opened.parts() {
			if err := answers(*part.table, part.unknown); err != nil {
				t.Fatalf("%s: %v", part.name, err)
			}
		}
	})
}

// answers checks that every row is found and holds numbers, but for the first columns, which may be unknown.
func answers(t *table, unknown int) error {
	for i, hash := range t.hashes {
		if at := t.find(hash); at != i {
			return fmt.Errorf("row %d is found at %d", i, at)
		}
		for column, weight := range t.row(i) {
			if math.IsInf(float64(weight), 0) || weight != weight && column >= unknown {
				return fmt.Errorf("row %d column %d holds %v", i, column, weight)
			}
		}
	}
	for hash := uint64(1); hash != 0; hash <<= 1 {
		t.find(hash)
		t.find(^hash)
	}
	return nil
}
