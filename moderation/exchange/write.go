package exchange

import (
	"bufio"
	"fmt"
	"io"
)

// Format is how rows are written.
type Format string

const (
	FormatTable Format = "table" // for people, 100 columns wide
	FormatJSONL Format = "jsonl" // an object a line
	FormatJSON  Format = "json"  // one array
	FormatCSV   Format = "csv"   // flat, stable columns, safe to open in a spreadsheet
)

// ParseFormat reads a format's name.
func ParseFormat(name string) (Format, error) {
	switch format := Format(name); format {
	case FormatTable, FormatJSONL, FormatJSON, FormatCSV:
		return format, nil
	}
	return "", fmt.Errorf("no format %q: table, jsonl, json or csv", name)
}

// Item is what a Writer writes. JSON is made by its struct tags. Columns and TableColumns do not depend on the value.
type Item interface {
	Columns() []string // of CSV
	Cells() []string
	TableColumns() []Column
	TableCells() []string
}

// Writer writes items one by one and holds none back for long. After the first error every call returns it; a closed pipe is syscall.EPIPE
// to errors.Is.
type Writer[I Item] struct {
	buffer *bufio.Writer
	items  itemWriter
	err    error
}

// itemWriter is one format. end is called once, also where there were no items.
type itemWriter interface {
	begin(example Item) error
	write(item Item) error
	flush() error
	end() error
}

// NewWriter opens a writer. Call Close to finish; it does not close w.
func NewWriter[I Item](w io.Writer, format Format) *Writer[I] {
	buffer := bufio.NewWriterSize(w, 64<<10)
	writer := &Writer[I]{buffer: buffer}
	switch format {
	case FormatTable:
		writer.items = &tableWriter{to: buffer}
	case FormatJSON:
		writer.items = &arrayWriter{to: buffer}
	case FormatCSV:
		writer.items = newCSVWriter(buffer)
	default:
		writer.items = &linesWriter{objects: newObjects(buffer)}
	}
	var example I
	writer.err = writer.items.begin(example)
	return writer
}

// Write adds an item.
func (w *Writer[I]) Write(item I) error {
	if w.err == nil {
		w.err = named(w.items.write(item))
	}
	return w.err
}

// Flush hands everything written so far to the underlying writer.
func (w *Writer[I]) Flush() error {
	if w.err == nil {
		w.err = named(w.items.flush())
	}
	if w.err == nil {
		w.err = named(w.buffer.Flush())
	}
	return w.err
}

// Close finishes the format and flushes.
func (w *Writer[I]) Close() error {
	if w.err == nil {
		w.err = named(w.items.end())
	}
	return w.Flush()
}

func named(err error) error {
	if err != nil {
		return fmt.Errorf("writing: %w", err)
	}
	return nil
}
