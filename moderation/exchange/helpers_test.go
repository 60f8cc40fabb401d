package exchange_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation/exchange"
)

var update = flag.Bool("update", false, "write golden files anew")

// golden compares got with a file of testdata, or writes it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

// reading is everything that a reader yielded.
type reading struct {
	rows    []exchange.Row
	refused []exchange.RowError
	err     error
}

func (r reading) texts() []string {
	texts := []string{}
	for _, row := range r.rows {
		text, _ := row.Values["text"].(string)
		texts = append(texts, text)
	}
	return texts
}

func read(rows exchange.Rows) reading {
	var got reading
	for row, err := range rows {
		var bad *exchange.RowError
		switch {
		case errors.As(err, &bad):
			got.refused = append(got.refused, *bad)
		case err != nil:
			got.err = err
		default:
			got.rows = append(got.rows, row)
		}
	}
	return got
}

func readJSON(text string) reading  { return read(exchange.ReadJSON(strings.NewReader(text), nil)) }
func readCSV(text string) reading   { return read(exchange.ReadCSV(strings.NewReader(text), nil)) }
func readLines(text string) reading { return read(exchange.ReadLines(strings.NewReader(text))) }

// write is the items in a format.
func write[I exchange.Item](t testing.TB, format exchange.Format, items ...I) []byte {
	t.Helper()
	var to bytes.Buffer
	writer := exchange.NewWriter[I](&to, format)
	for _, item := range items {
		if err := writer.Write(item); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return to.Bytes()
}
