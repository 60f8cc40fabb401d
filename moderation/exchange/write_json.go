package exchange

import (
	"bytes"
	"encoding/json"
	"io"
)

// newObjects writes an object a line, with < and > as they are.
func newObjects(w io.Writer) *json.Encoder {
	objects := json.NewEncoder(w)
	objects.SetEscapeHTML(false)
	return objects
}

// linesWriter writes JSON Lines.
type linesWriter struct{ objects *json.Encoder }

func (w *linesWriter) begin(Item) error      { return nil }
func (w *linesWriter) write(item Item) error { return w.objects.Encode(item) }
func (w *linesWriter) flush() error          { return nil }
func (w *linesWriter) end() error            { return nil }

// arrayWriter writes one JSON array, an element a line.
type arrayWriter struct {
	to       io.Writer
	elements int
}

func (w *arrayWriter) begin(Item) error {
	_, err := io.WriteString(w.to, "[")
	return err
}

func (w *arrayWriter) write(item Item) error {
	var object bytes.Buffer
	object.WriteString(",\n")
	if err := newObjects(&object).Encode(item); err != nil {
		return err
	}
	text := bytes.TrimSuffix(object.Bytes(), []byte("\n"))
	if w.elements == 0 {
		text = text[1:]
	}
	w.elements++
	_, err := w.to.Write(text)
	return err
}

func (w *arrayWriter) flush() error { return nil }

func (w *arrayWriter) end() error {
	end := "]\n"
	if w.elements > 0 {
		end = "\n]\n"
	}
	_, err := io.WriteString(w.to, end)
	return err
}
