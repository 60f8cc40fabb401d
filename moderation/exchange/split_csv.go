package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// csvSplit cuts CSV into the texts of its rows, so that one broken row costs no other: encoding/csv alone would read an open quote to the end
// of the file.
type csvSplit struct {
	from      *bufio.Reader
	separator byte
	number    int // the line that comes next
}

func newCSVSplit(r io.Reader) *csvSplit {
	return &csvSplit{from: bufio.NewReaderSize(r, MaxLine+1), number: 1}
}

// next is the text of the next row, good until the one after it is read; blank lines are skipped. A row over MaxLine, or with a quote that
// never ends, is a *RowError; of the latter only its first line is lost.
func (s *csvSplit) next() (line, error) {
	for {
		row, err := s.cut()
		if err != nil || len(bytes.TrimSpace(row.text)) > 0 {
			return row, err
		}
	}
}

func (s *csvSplit) cut() (line, error) {
	row := line{number: s.number}
	scan := rowScan{separator: s.separator, cellStart: true}
	for looked := 0; ; {
		window, err := more(s.from, looked)
		for ; looked < len(window); looked++ {
			if scan.step(window[looked]) {
				row.text = window[:looked+1]
				return row, s.take(row.text)
			}
		}
		if err == nil {
			continue
		}
		full := errors.Is(err, bufio.ErrBufferFull)
		switch {
		case !full && err != io.EOF:
			return row, err
		case scan.quoted && !scan.quoteSeen:
			return row, s.unclosedQuote(window)
		case full:
			return row, s.skipLine()
		case looked == 0:
			return row, io.EOF
		}
		row.text = window
		return row, s.take(window)
	}
}

func (s *csvSplit) take(text []byte) error {
	s.number += bytes.Count(text, []byte("\n"))
	_, err := s.from.Discard(len(text))
	return err
}

// unclosedQuote gives up the first line of what was looked at and goes on with the one below. That is no quadratic walk: every quote turns a look
// from this line and one from a line below opposite ways, so that the two cannot both end inside quotes.
func (s *csvSplit) unclosedQuote(window []byte) error {
	started := s.number
	end := bytes.IndexByte(window, '\n') + 1
	if end == 0 {
		if err := s.skipLine(); !isRowError(err) {
			return err
		}
	} else if err := s.take(window[:end]); err != nil {
		return err
	}
	return &RowError{Line: started, Reason: "a quote is never closed"}
}

// skipLine drops everything up to the next line.
func (s *csvSplit) skipLine() error {
	started := s.number
	for {
		_, err := s.from.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && err != io.EOF:
			return err
		}
		s.number++
		return &RowError{Line: started, Reason: tooLong}
	}
}

func isRowError(err error) bool {
	var bad *RowError
	return errors.As(err, &bad)
}

// rowScan finds where a row ends: at a line feed outside quotes. Quotes count at the start of a cell only.
type rowScan struct {
	separator                    byte // 0: any of comma, semicolon, tab
	cellStart, quoted, quoteSeen bool
}

// step takes a byte and says whether the row is complete with it.
func (s *rowScan) step(b byte) bool {
	if s.quoted {
		switch {
		case s.quoteSeen && b == '"':
			s.quoteSeen = false
		case s.quoteSeen:
			s.quoted, s.quoteSeen = false, false
			s.cellStart = s.separates(b)
			return b == '\n'
		case b == '"':
			s.quoteSeen = true
		}
		return false
	}
	s.quoted = s.cellStart && b == '"'
	s.cellStart = s.separates(b)
	return b == '\n'
}

func (s *rowScan) separates(b byte) bool {
	if s.separator == 0 {
		return b == ',' || b == ';' || b == '\t'
	}
	return b == s.separator
}
