package classifier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"sort"
	"unsafe"
)

// table is the compiled scorer: sorted feature hashes beside one float32 a column. The bytes of weights.bin are used as they lie:
//
//	magic        8 bytes "CDESKW01"
//	rows         uint32, little endian as everything
//	bucket bits  uint32
//	buckets      (2^bits + 1) uint32, padded to 8 bytes: where the hashes with these leading bits start
//	hashes       rows uint64, rising
//	weights      rows × columns float32; NaN where the axis does not know the feature
type table struct {
	shift   uint
	buckets []uint32
	hashes  []uint64
	weights []float32
}

// columns of a row: stance favor, against, none (centred), hostile, spam (yes against no).
const (
	columns       = 5
	hostileColumn = 3
	spamColumn    = 4
)

const (
	tableMagic  = "CDESKW01"
	tableHeader = 16
	maxRows     = 8 << 20
)

var unknown = float32(math.NaN())

// weightRow is one feature's weights while a table is made.
type weightRow struct {
	hash    uint64
	weights [columns]float32
}

// encodeTable lays the rows out; they may come in any order.
func encodeTable(rows []weightRow) ([]byte, error) {
	sort.Slice(rows, func(i, j int) bool { return rows[i].hash < rows[j].hash })
	for i := 1; i < len(rows); i++ {
		if rows[i].hash == rows[i-1].hash {
			return nil, fmt.Errorf("two features share the hash %016x", rows[i].hash)
		}
	}
	if len(rows) > maxRows {
		return nil, fmt.Errorf("%d features are more than a model may have (%d)", len(rows), maxRows)
	}
	bucketBits := bucketBitsFor(len(rows))
	buckets := make([]uint32, 1<<bucketBits+1)
	for _, row := range rows {
		buckets[row.hash>>(64-bucketBits)+1]++
	}
	for i := 1; i < len(buckets); i++ {
		buckets[i] += buckets[i-1]
	}
	out := make([]byte, 0, tableHeader+4*len(buckets)+8+len(rows)*(8+4*columns))
	out = append(out, tableMagic...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(rows)))
	out = binary.LittleEndian.AppendUint32(out, uint32(bucketBits))
	for _, start := range buckets {
		out = binary.LittleEndian.AppendUint32(out, start)
	}
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	for _, row := range rows {
		out = binary.LittleEndian.AppendUint64(out, row.hash)
	}
	for _, row := range rows {
		for _, weight := range row.weights {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(weight))
		}
	}
	return out, nil
}

// bucketBitsFor gives a bucket one or two rows on average.
func bucketBitsFor(rows int) uint { return uint(max(1, bits.Len(uint(rows/2)))) }

// openTable uses the bytes where they lie; they must not change afterwards. Anything that encodeTable would not have written is refused.
func openTable(data []byte) (*table, error) {
	if len(data) < tableHeader || string(data[:8]) != tableMagic {
		return nil, errors.New("weights: not a weights file of this version")
	}
	rows, bucketBits := int(binary.LittleEndian.Uint32(data[8:])), uint(binary.LittleEndian.Uint32(data[12:]))
	if rows > maxRows || bucketBits != bucketBitsFor(rows) {
		return nil, fmt.Errorf("weights: %d rows and %d bucket bits are out of range", rows, bucketBits)
	}
	bucketCount := 1<<bucketBits + 1
	hashesAt := (tableHeader + 4*bucketCount + 7) &^ 7
	weightsAt := hashesAt + 8*rows
	if want := weightsAt + 4*columns*rows; len(data) != want {
		return nil, fmt.Errorf("weights: %d bytes instead of %d", len(data), want)
	}
	data = aligned(data)
	t := &table{
		shift:   64 - bucketBits,
		buckets: unsafe.Slice((*uint32)(unsafe.Pointer(&data[tableHeader])), bucketCount),
		hashes:  unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(data[hashesAt:]))), rows),
		weights: unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(data[weightsAt:]))), rows*columns),
	}
	if t.buckets[0] != 0 || t.buckets[bucketCount-1] != uint32(rows) {
		return nil, errors.New("weights: buckets do not cover the rows")
	}
	for i := 1; i < bucketCount; i++ {
		if t.buckets[i] < t.buckets[i-1] {
			return nil, errors.New("weights: buckets are out of order")
		}
	}
	return t, t.check()
}

// check refuses rows that could not be found or would answer with something that is no number.
func (t *table) check() error {
	for bucket := range len(t.buckets) - 1 {
		for i := t.buckets[bucket]; i < t.buckets[bucket+1]; i++ {
			if t.hashes[i]>>t.shift != uint64(bucket) || i > 0 && t.hashes[i] <= t.hashes[i-1] {
				return fmt.Errorf("weights: row %d is out of order", i)
			}
		}
	}
	for i, weight := range t.weights {
		if math.IsInf(float64(weight), 0) {
			return fmt.Errorf("weights: row %d holds %v", i/columns, weight)
		}
	}
	for i := range t.hashes {
		if row := t.row(i); (row[0] != row[0]) != (row[1] != row[1]) || (row[0] != row[0]) != (row[2] != row[2]) {
			return fmt.Errorf("weights: row %d knows some answers of stance alone", i)
		}
	}
	return nil
}

// aligned is data at an address that uint64 may be read from, copied only if it lies elsewhere; on a big-endian machine its numbers are turned.
func aligned(data []byte) []byte {
	if uintptr(unsafe.Pointer(unsafe.SliceData(data)))%8 == 0 && littleEndian {
		return data
	}
	words := make([]uint64, (len(data)+7)/8)
	copied := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(data))
	copy(copied, data)
	if !littleEndian {
		turn(copied)
	}
	return copied
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// turn swaps the bytes of every number behind the header.
func turn(data []byte) {
	rows, bucketBits := int(binary.LittleEndian.Uint32(data[8:])), uint(binary.LittleEndian.Uint32(data[12:]))
	hashesAt := (tableHeader + 4*(1<<bucketBits+1) + 7) &^ 7
	for i := tableHeader; i < hashesAt; i += 4 {
		binary.NativeEndian.PutUint32(data[i:], binary.LittleEndian.Uint32(data[i:]))
	}
	for i := hashesAt; i < hashesAt+8*rows; i += 8 {
		binary.NativeEndian.PutUint64(data[i:], binary.LittleEndian.Uint64(data[i:]))
	}
	for i := hashesAt + 8*rows; i+4 <= len(data); i += 4 {
		binary.NativeEndian.PutUint32(data[i:], binary.LittleEndian.Uint32(data[i:]))
	}
}

// find is the row of a hash, or -1.
func (t *table) find(hash uint64) int {
	bucket := hash >> t.shift
	for i := t.buckets[bucket]; i < t.buckets[bucket+1]; i++ {
		if t.hashes[i] == hash {
			return int(i)
		}
	}
	return -1
}

// row is the weights of a row.
func (t *table) row(i int) []float32 { return t.weights[i*columns : (i+1)*columns] }
