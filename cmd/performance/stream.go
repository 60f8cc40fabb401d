package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"commentdesk/classifier"
)

// stream is comments as JSON Lines, over and over.
type stream struct {
	block    []byte
	comments int // in a block
}

func newStream(examples []classifier.Example) (stream, error) {
	var block bytes.Buffer
	rows := json.NewEncoder(&block)
	for _, e := range examples {
		if err := rows.Encode(map[string]string{"text": e.Text}); err != nil {
			return stream{}, err
		}
	}
	return stream{block.Bytes(), len(examples)}, nil
}

// writeTo writes whole blocks until size is reached, and says how many comments that were.
func (s stream) writeTo(w io.Writer, size int64) (comments int, err error) {
	for written := int64(0); written < size; written += int64(len(s.block)) {
		if _, err := w.Write(s.block); err != nil {
			return comments, err
		}
		comments += s.comments
	}
	return comments, nil
}

// lineCounter counts the lines that are written to it.
type lineCounter int

func (c *lineCounter) Write(p []byte) (int, error) {
	*c += lineCounter(bytes.Count(p, []byte("\n")))
	return len(p), nil
}

// byteUnits are the units that -large takes, powers of ten.
var byteUnits = []struct {
	name  string
	bytes int64
}{{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}}

// largestStream caps -large, in bytes.
const largestStream = 1e12

// parseBytes reads a size such as 200MB or 10GB.
func parseBytes(written string) (int64, error) {
	for _, unit := range byteUnits {
		number, ok := strings.CutSuffix(written, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil || n < 1 || n > largestStream/unit.bytes {
			break
		}
		return n * unit.bytes, nil
	}
	return 0, fmt.Errorf("%q is no size such as 200MB or 10GB", written)
}
