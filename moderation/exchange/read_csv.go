package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReadCSV reads a header row and rows below it, separated by comma, semicolon or tab, whichever the header row has most. Names of columns that
// mean something to us may be in any case.
func ReadCSV(r io.Reader, columns Columns) Rows {
	return func(yield func(Row, error) bool) {
		split := newCSVSplit(Decode(r))
		header, err := readHeader(split, columns)
		if err == io.EOF {
			return
		}
		if err != nil {
			yield(Row{Line: 1}, err)
			return
		}
		for {
			text, err := split.next()
			if err == io.EOF {
				return
			}
			row := Row{Line: text.number}
			if err == nil {
				row, err = header.row(text)
			}
			var bad *RowError
			if !yield(row, err) || err != nil && !errors.As(err, &bad) {
				return
			}
		}
	}
}

// csvHeader is what the header row says of the rows below it.
type csvHeader struct {
	separator rune
	keys      []string
	ours      bool // written by this package: cells are guarded
	answered  bool // with a model's answers, which are not read
	record    *bufio.Reader
}

func readHeader(split *csvSplit, columns Columns) (*csvHeader, error) {
	text, err := split.next()
	if err != nil {
		return nil, err
	}
	header := &csvHeader{record: bufio.NewReader(nil)}
	if separator, ok := separatorLine(text.text); ok {
		header.separator = separator
		split.separator = byte(separator)
		if text, err = split.next(); err != nil {
			return nil, err
		}
	} else {
		header.separator = Separator(text.text)
		split.separator = byte(header.separator)
	}
	names, err := header.cells(text)
	if err != nil {
		return nil, err
	}
	header.ours = len(names) > len(recordColumns) && slices.Equal(names[:len(recordColumns)], recordColumns)
	header.answered = header.ours && slices.Equal(names, Answered{}.Columns())
	header.keys, err = columns.keys(names)
	return header, err
}

// separatorLine reads the line sep=; that a spreadsheet may put first.
func separatorLine(text []byte) (rune, bool) {
	text = bytes.TrimSpace(text)
	if len(text) == 5 && bytes.HasPrefix(bytes.ToLower(text), []byte("sep=")) && bytes.IndexByte([]byte(",;"), text[4]) >= 0 {
		return rune(text[4]), true
	}
	return 0, false
}

// Separator is the one of comma, semicolon and tab that the header row has most, quoted cells left out.
func Separator(header []byte) rune {
	var counts [3]int
	quoted := false
	for _, b := range header {
		if b == '"' {
			quoted = !quoted
		}
		if i := strings.IndexByte(",;\t", b); i >= 0 && !quoted {
			counts[i]++
		}
	}
	return rune(",;\t"[slices.Index(counts[:], slices.Max(counts[:]))])
}

// keys names the columns: by the mapping, then by our own names in any case, then as they are. Errors tell columns by number: a header row
// that is missing is a reader's text.
func (c Columns) keys(names []string) ([]string, error) {
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = strings.TrimSpace(name)
		if folded := strings.ToLower(keys[i]); slices.Contains(mappable, folded) && c[folded] == "" {
			keys[i] = folded
		}
		if keys[i] == "" {
			keys[i] = fmt.Sprintf("column_%d", i+1)
		}
	}
	for key, column := range c {
		i := slices.IndexFunc(names, func(name string) bool { return strings.TrimSpace(name) == column })
		if i < 0 {
			return nil, fmt.Errorf("the header row has no column %q", column)
		}
		keys[i] = key
	}
	seen := map[string]int{}
	for i, key := range keys {
		if first, ok := seen[key]; ok {
			return nil, fmt.Errorf("columns %d and %d have the same name", first, i+1)
		}
		seen[key] = i + 1
	}
	if seen["text"] == 0 {
		return nil, errors.New("the header row has no column text (name it: text=COLUMN)")
	}
	return keys, nil
}

// row gives the cells of one row their keys.
func (h *csvHeader) row(text line) (Row, error) {
	row := Row{Line: text.number, Replaced: !utf8.Valid(text.text)}
	cells, err := h.cells(text)
	if err != nil {
		return row, err
	}
	if len(cells) != len(h.keys) {
		return row, row.refuse("not as many columns as the header row")
	}
	row.Values = make(map[string]any, len(cells))
	for i, cell := range cells {
		if h.ours {
			cell = unguard(cell)
		}
		row.Values[h.keys[i]] = strings.ToValidUTF8(cell, "\uFFFD")
	}
	if h.ours {
		readBack(row.Values, h.answered)
	}
	return row, nil
}

// readBack undoes what Cells flattened: extra becomes an object again, a model's answers go, a person's stand under human.
func readBack(values map[string]any, answered bool) {
	if cell, ok := values[extraColumn].(string); ok {
		decoder := json.NewDecoder(strings.NewReader(cell))
		decoder.UseNumber()
		var extra map[string]any
		if decoder.Decode(&extra) == nil {
			values[extraColumn] = extra
		}
	}
	if !answered {
		return
	}
	human := map[string]any{}
	for _, column := range answerColumns {
		if axis, ok := strings.CutPrefix(column, humanKey+"_"); ok && values[column] != "" {
			human[axis] = values[column]
		}
		delete(values, column)
	}
	if len(human) > 0 {
		values[humanKey] = human
	}
}

// cells parses one row. A quote inside an unquoted cell is taken as it stands.
func (h *csvHeader) cells(text line) ([]string, error) {
	cells, err := h.parse(text.text, false)
	if errors.Is(err, csv.ErrBareQuote) {
		cells, err = h.parse(text.text, true)
	}
	if err != nil {
		return nil, &RowError{Line: text.number, Reason: "broken quotes"}
	}
	return cells, nil
}

func (h *csvHeader) parse(text []byte, lazy bool) ([]string, error) {
	h.record.Reset(bytes.NewReader(text))
	rows := csv.NewReader(h.record)
	rows.Comma, rows.LazyQuotes, rows.FieldsPerRecord = h.separator, lazy, -1
	return rows.Read()
}
