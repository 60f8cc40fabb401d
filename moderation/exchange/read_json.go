package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// ReadJSON reads JSON Lines, the elements of one JSON array, or objects that are spread over several lines each.
func ReadJSON(r io.Reader, columns Columns) Rows {
	return func(yield func(Row, error) bool) {
		buffered := bufio.NewReaderSize(Decode(r), MaxLine+1)
		number := 1
		first, err := firstByte(buffered, &number)
		if err != nil {
			if err != io.EOF {
				yield(Row{Line: number}, err)
			}
			return
		}
		texts := lines(buffered)
		if first == '[' || first == '{' && spread(buffered) {
			texts = elements(buffered, number, first == '[')
			number = 1
		}
		for text, err := range texts {
			text.number += number - 1
			row := Row{Line: text.number}
			var bad *RowError
			switch {
			case errors.As(err, &bad):
				err = &RowError{Line: text.number, Reason: bad.Reason}
			case err == nil:
				row, err = jsonRow(text, columns)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// firstByte skips white space, counts its lines, and leaves the byte after it unread.
func firstByte(r *bufio.Reader, number *int) (byte, error) {
	for {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		switch b {
		case '\n':
			*number++
		case ' ', '\t', '\r':
		default:
			return b, r.UnreadByte()
		}
	}
}

// spread says whether the { that comes next stands alone on its line.
func spread(r *bufio.Reader) bool {
	for n := 2; n < 80; n++ {
		window, err := r.Peek(n)
		if err != nil {
			return false
		}
		switch window[n-1] {
		case '\n':
			return true
		case ' ', '\t', '\r':
		default:
			return false
		}
	}
	return false
}

// jsonRow reads one object.
func jsonRow(text line, columns Columns) (Row, error) {
	row := Row{Line: text.number, Replaced: !utf8.Valid(text.text)}
	decoder := json.NewDecoder(bytes.NewReader(text.text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return row, row.refuse("not JSON")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return row, row.refuse("more than one JSON value")
	}
	values, ok := value.(map[string]any)
	if !ok {
		return row, row.refuse("%s, not a JSON object", kind(value))
	}
	columns.rename(values)
	row.Values = values
	return row, nil
}

// elements splits a JSON array, whose [ comes next, or values that follow one another, into their texts. One over MaxLine is a *RowError.
func elements(r *bufio.Reader, number int, array bool) func(yield func(line, error) bool) {
	return func(yield func(line, error) bool) {
		if array {
			_, _ = r.Discard(1)
		}
		for {
			first, err := firstByte(r, &number)
			if err == nil && first == ',' {
				_, _ = r.Discard(1)
				continue
			}
			if err == nil && first == ']' && array {
				_, _ = r.Discard(1)
				if _, err := firstByte(r, &number); err != io.EOF {
					yield(line{number: number}, errors.New("something follows the JSON array"))
				}
				return
			}
			if err == io.EOF && !array {
				return
			}
			started := number
			var text []byte
			if err == nil {
				text, err = element(r, &number)
			}
			var bad *RowError
			if err == io.EOF {
				err = errors.New("the JSON is cut off")
			}
			if err != nil && !errors.As(err, &bad) {
				yield(line{number: started}, err)
				return
			}
			if !yield(line{number: started, text: text}, err) {
				return
			}
		}
	}
}

// element takes one value off the reader. Its bytes are good until the next read.
func element(r *bufio.Reader, number *int) ([]byte, error) {
	var scan valueScan
	over := false
	for looked := 0; ; {
		window, err := more(r, looked)
		for ; looked < len(window); looked++ {
			if window[looked] == '\n' {
				*number++
			}
			length, ended := scan.step(window[looked], looked)
			if !ended {
				continue
			}
			if length <= looked && window[looked] == '\n' {
				*number--
			}
			_, _ = r.Discard(length)
			if over {
				return nil, &RowError{Reason: tooLong}
			}
			return window[:length], nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			over = true
			_, _ = r.Discard(looked)
			looked = 0
		case err != nil:
			return nil, err
		}
	}
}

// more is everything buffered, at least one byte beyond the seen ones; an error where there is no more, or no more room.
func more(r *bufio.Reader, seen int) ([]byte, error) {
	if r.Buffered() <= seen {
		if _, err := r.Peek(seen + 1); err != nil {
			window, _ := r.Peek(r.Buffered())
			return window, err
		}
	}
	return r.Peek(r.Buffered())
}

// valueScan finds where a JSON value ends.
type valueScan struct {
	depth             int
	inString, escaped bool
	begun, scalar     bool
}

// step takes the byte at an index; ended says that the value is complete with so many bytes.
func (s *valueScan) step(b byte, index int) (length int, ended bool) {
	if s.inString {
		switch {
		case s.escaped:
			s.escaped = false
		case b == '\\':
			s.escaped = true
		case b == '"':
			s.inString = false
			return index + 1, s.depth == 0
		}
		return 0, false
	}
	if s.scalar {
		return index, b == ',' || b == ']' || b == '}' || b == ' ' || b == '\t' || b == '\r' || b == '\n'
	}
	switch b {
	case '"':
		s.inString = true
	case '{', '[':
		s.depth++
	case '}', ']':
		s.depth--
		return index + 1, s.depth <= 0
	default:
		s.scalar = !s.begun
	}
	s.begun = true
	return 0, false
}
