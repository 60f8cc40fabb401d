package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"
)

// ReadLines reads one comment a line; blank lines are skipped.
func ReadLines(r io.Reader) Rows {
	return func(yield func(Row, error) bool) {
		for line, err := range lines(Decode(r)) {
			row := Row{Line: line.number}
			if err == nil {
				row.Replaced = !utf8.Valid(line.text)
				row.Values = map[string]any{"text": string(bytes.ToValidUTF8(line.text, replacement))}
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

var replacement = []byte("\uFFFD")

// line is one line without its end and the white space around it. Its text is good until the next one is read.
type line struct {
	number int
	text   []byte
}

// lines splits at line feeds and skips blank lines. A line over MaxLine is a *RowError.
func lines(r io.Reader) func(yield func(line, error) bool) {
	return func(yield func(line, error) bool) {
		buffered := bufio.NewReaderSize(r, MaxLine+1)
		for number := 1; ; number++ {
			text, err := buffered.ReadSlice('\n')
			if errors.Is(err, bufio.ErrBufferFull) {
				if !yield(line{number: number}, &RowError{Line: number, Reason: tooLong}) {
					return
				}
				for errors.Is(err, bufio.ErrBufferFull) {
					_, err = buffered.ReadSlice('\n')
				}
				text = nil
			}
			if err != nil && err != io.EOF {
				yield(line{number: number}, err)
				return
			}
			if text = bytes.TrimSpace(text); len(text) > 0 && !yield(line{number: number, text: text}, nil) {
				return
			}
			if err == io.EOF {
				return
			}
		}
	}
}
