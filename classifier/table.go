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

// A table is sorted feature hashes beside one float32 a column. Its bytes are used as they lie:
//
//	rows         uint32, little endian as everything
//	bucket bits  uint32
//	buckets      (2^bits + 1) uint32, padded to 8 bytes: where the hashes with these leading bits start
//	hashes       rows uint64, rising
//	weights      rows × columns float32, padded to 8 bytes; NaN where the axis does not know the feature
type table struct {
	columns int
	shift   uint
	buckets []uint32
	hashes  []uint64
	weights []float32
}

const (
	mostColumns = 6
	maxRows     = 8 << 20
)

// unknown stands where an axis does not know a feature.
var unknown = float32(math.NaN())

// weightRow is one feature's weights while a table is made.
type weightRow struct {
	hash    uint64
	weights [mostColumns]float32
}

// appendTable lays the rows out; they may come in any order.
func appendTable(out []byte, rows []weightRow, columns int) ([]byte, error) {
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
	out = binary.LittleEndian.AppendUint32(out, uint32(len(rows)))
	out = binary.LittleEndian.AppendUint32(out, uint32(bucketBits))
	for _, start := range buckets {
		out = binary.LittleEndian.AppendUint32(out, start)
	}
	out = padded(out)
	for _, row := range rows {
		out = binary.LittleEndian.AppendUint64(out, row.hash)
	}
	for _, row := range rows {
		for _, weight := range row.weights[:columns] {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(weight))
		}
	}
	return padded(out), nil
}

func padded(out []byte) []byte {
	for len(out)%8 != 0 {
		out = append(out, 0)
	}
	return out
}

// bucketBitsFor gives a bucket one or two rows on average.
func bucketBitsFor(rows int) uint { return uint(max(1, bits.Len(uint(rows/2)))) }

// openTable reads the table that the bytes begin with, and says how many bytes it takes.
func openTable(data []byte, columns int) (*table, int, error) {
	if len(data) < 8 {
		return nil, 0, errors.New("cut off")
	}
	rows, bucketBits := int(littleUint32(data)), uint(littleUint32(data[4:]))
	if rows > maxRows || bucketBits != bucketBitsFor(rows) {
		return nil, 0, fmt.Errorf("%d rows and %d bucket bits are out of range", rows, bucketBits)
	}
	bucketCount := 1<<bucketBits + 1
	hashesAt := (8 + 4*bucketCount + 7) &^ 7
	weightsAt := hashesAt + 8*rows
	size := (weightsAt + 4*columns*rows + 7) &^ 7
	if len(data) < size {
		return nil, 0, fmt.Errorf("%d bytes instead of %d", len(data), size)
	}
	turn(data[:size], hashesAt, weightsAt)
	t := &table{
		columns: columns,
		shift:   64 - bucketBits,
		buckets: unsafe.Slice((*uint32)(unsafe.Pointer(&data[8])), bucketCount),
		hashes:  unsafe.Slice((*uint64)(unsafe.Pointer(unsafe.SliceData(data[hashesAt:]))), rows),
		weights: unsafe.Slice((*float32)(unsafe.Pointer(unsafe.SliceData(data[weightsAt:]))), rows*columns),
	}
	if t.buckets[0] != 0 || t.buckets[bucketCount-1] != uint32(rows) {
		return nil, 0, errors.New("buckets do not cover the rows")
	}
	for i := 1; i < bucketCount; i++ {
		if t.buckets[i] < t.buckets[i-1] {
			return nil, 0, errors.New("buckets are out of order")
		}
	}
	return t, size, nil
}

// check refuses rows that could not be found or would answer with something that is no number.
func (t *table) check() error {
	for bucket := range len(t.buckets) - 1 {
		for i := t.buckets[bucket]; i < t.buckets[bucket+1]; i++ {
			if t.hashes[i]>>t.shift != uint64(bucket) || i > 0 && t.hashes[i] <= t.hashes[i-1] {
				return fmt.Errorf("row %d is out of order", i)
			}
		}
	}
	for i, weight := range t.weights {
		if math.IsInf(float64(weight), 0) {
			return fmt.Errorf("row %d holds %v", i/t.columns, weight)
		}
	}
	return nil
}

// aligned is data at an address that uint64 may be read from, copied only if it lies elsewhere or the machine is big-endian.
func aligned(data []byte) []byte {
	if uintptr(unsafe.Pointer(unsafe.SliceData(data)))%8 == 0 && littleEndian {
		return data
	}
	words := make([]uint64, (len(data)+7)/8)
	copied := unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(words))), len(data))
	copy(copied, data)
	return copied
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

func littleUint32(data []byte) uint32 { return binary.LittleEndian.Uint32(data) }

// turn swaps the bytes of every number of a table behind its header on a big-endian machine.
func turn(data []byte, hashesAt, weightsAt int) {
	if littleEndian {
		return
	}
	for i := 8; i < hashesAt; i += 4 {
		binary.NativeEndian.PutUint32(data[i:], littleUint32(data[i:]))
	}
	for i := hashesAt; i < weightsAt; i += 8 {
		binary.NativeEndian.PutUint64(data[i:], binary.LittleEndian.Uint64(data[i:]))
	}
	for i := weightsAt; i+4 <= len(data); i += 4 {
		binary.NativeEndian.PutUint32(data[i:], littleUint32(data[i:]))
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
func (t *table) row(i int) []float32 { return t.weights[i*t.columns : (i+1)*t.columns] }
