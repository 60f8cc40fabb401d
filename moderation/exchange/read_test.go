package exchange_test

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"

	"commentdesk/moderation/exchange"
)

var long = strings.Repeat("x", exchange.MaxLine)

const tooLong = "longer than 1 MiB"

func TestReaders(t *testing.T) {
	tests := []struct {
		name    string
		got     reading
		texts   []string
		lines   []int
		refused []exchange.RowError
		err     string
	}{
		{name: "lines", got: readLines("one\r\n\n  two  \nthree"), texts: []string{"one", "two", "three"}, lines: []int{1, 3, 4}},
		{name: "lines, empty", got: readLines(""), texts: []string{}},
		{name: "lines, byte order mark", got: readLines("\uFEFFone"), texts: []string{"one"}, lines: []int{1}},
		{name: "lines, one too long", got: readLines("one\n" + long + long + "\ntwo\n" + long + "x"), texts: []string{"one", "two"}, lines: []int{1, 3},
			refused: []exchange.RowError{{Line: 2, Reason: tooLong}, {Line: 4, Reason: tooLong}}},
		{name: "lines, the longest there may be", got: readLines(long + "\ntwo"), texts: []string{long, "two"}, lines: []int{1, 2}},

		{name: "JSON lines", got: readJSON("{\"text\":\"one\"}\n\n{\"text\":\"two\"}"), texts: []string{"one", "two"}, lines: []int{1, 3}},
		{name: "JSON lines, blank ones first", got: readJSON("\n \n{\"text\":\"one\"}\n{\"text\":\"two\"}"), texts: []string{"one", "two"},
			lines: []int{3, 4}},
		{name: "JSON lines, bad ones", got: readJSON("{\"text\":\"one\"}\n{\"text\":\n7\n{\"text\":\"two\"} {}\n{\"text\":\"three\"}"),
			texts: []string{"one", "three"}, lines: []int{1, 5}, refused: []exchange.RowError{{Line: 2, Reason: "not JSON"},
				{Line: 3, Reason: "a number, not a JSON object"}, {Line: 4, Reason: "more than one JSON value"}}},
		{name: "JSON lines, one too long", got: readJSON("{\"text\":\"" + long + "\"}\n{\"text\":\"two\"}"), texts: []string{"two"}, lines: []int{2},
			refused: []exchange.RowError{{Line: 1, Reason: tooLong}}},
		{name: "JSON array", got: readJSON("\n[{\"text\":\"one\"},\n\n {\"text\":\"t}]\\\"wo\",\n \"of\":[{}]}\n,{\"text\":\"three\"}]"),
			texts: []string{"one", "t}]\"wo", "three"}, lines: []int{2, 4, 6}},
		{name: "JSON array, empty", got: readJSON("[ ]"), texts: []string{}},
		{name: "two JSON arrays", got: readJSON("[{\"text\":\"one\"}]\n[{\"text\":\"two\"}]"), texts: []string{"one"}, lines: []int{1},
			err: "something follows the JSON array"},
		{name: "JSON array, bad elements", got: readJSON("[1,\n\"a,b\",\nnull ,{\"text\":},\n[],{\"text\":\"one\"},tr\n,{\"text\":\"two\"}]"),
			texts: []string{"one", "two"}, lines: []int{4, 5}, refused: []exchange.RowError{{Line: 1, Reason: "a number, not a JSON object"},
				{Line: 2, Reason: "a text, not a JSON object"}, {Line: 3, Reason: "empty, not a JSON object"}, {Line: 3, Reason: "not JSON"},
				{Line: 4, Reason: "a list, not a JSON object"}, {Line: 4, Reason: "not JSON"}}},
		{name: "JSON array, one too long", got: readJSON("[{\"text\":\"" + long + "\n\"},\n{\"text\":\"two\"}]"), texts: []string{"two"},
			lines: []int{3}, refused: []exchange.RowError{{Line: 1, Reason: tooLong}}},
		{name: "JSON array, not closed", got: readJSON("[{\"text\":\"one\"},{\"text\""), texts: []string{"one"}, lines: []int{1},
			err: "the JSON is cut off"},
		{name: "JSON objects over several lines", got: readJSON("{\n \"text\": \"one\"\n}\n{\n\"text\":\n\"two\"} 7\n{\"text\":\"three\"}\n"),
			texts: []string{"one", "two", "three"}, lines: []int{1, 4, 7}, refused: []exchange.RowError{{Line: 6, Reason: "a number, not a JSON object"}}},
		{name: "JSON objects over several lines, cut off", got: readJSON("{\n\"text\":\"one\"}\n{\n\"te"), texts: []string{"one"}, lines: []int{1},
			err: "the JSON is cut off"},

		{name: "CSV", got: readCSV("text,label\none,1\n\"two\nlines, \"\"quoted\"\"\",0\r\nthree,1"),
			texts: []string{"one", "two\nlines, \"quoted\"", "three"}, lines: []int{2, 3, 5}},
		{name: "CSV, semicolons", got: readCSV("Text;\"a,b,c\"\none;1,5\n\"two;\";\n"), texts: []string{"one", "two;"}, lines: []int{2, 3}},
		{name: "CSV, tabs and bare quotes", got: readCSV("id\ttext\n1\tso \"called\" facts\n"), texts: []string{"so \"called\" facts"}, lines: []int{2}},
		{name: "CSV, sep line", got: readCSV("sep=;\r\ntext;a\r\none, two;b"), texts: []string{"one, two"}, lines: []int{3}},
		{name: "CSV, one column", got: readCSV("text\none\n\ntwo\n"), texts: []string{"one", "two"}, lines: []int{2, 4}},
		{name: "CSV, unnamed columns", got: readCSV(",text,\n0,one,\n"), texts: []string{"one"}, lines: []int{2}},
		{name: "CSV, header only", got: readCSV("text,label\n"), texts: []string{}},
		{name: "CSV, bad rows", got: readCSV("text,label\none\n\"two\" and,1\nthree,1,2\nfour,0\n"), texts: []string{"four"}, lines: []int{5},
			refused: []exchange.RowError{{Line: 2, Reason: "not as many columns as the header row"}, {Line: 3, Reason: "broken quotes"},
				{Line: 4, Reason: "not as many columns as the header row"}}},
		{name: "CSV, a quote never closed", got: readCSV("text,label\none,1\n\"two,1\nthree,0\nfour,1\n"), texts: []string{"one", "three", "four"},
			lines: []int{2, 4, 5}, refused: []exchange.RowError{{Line: 3, Reason: "a quote is never closed"}}},
		{name: "CSV, a quote never closed in a long file", got: readCSV("text\n\"one\n" + strings.Repeat("two\n", exchange.MaxLine/3)),
			texts: repeated(exchange.MaxLine/3, "two"), refused: []exchange.RowError{{Line: 2, Reason: "a quote is never closed"}}},
		{name: "CSV, one too long", got: readCSV("text,label\n" + long + long + ",1\n\"" + long + "\",0\nthree,1\n"), texts: []string{"three"},
			lines: []int{4}, refused: []exchange.RowError{{Line: 2, Reason: tooLong}, {Line: 3, Reason: "a quote is never closed"}}},
		{name: "CSV, no text", got: readCSV("comment,label\none,1\n"), texts: []string{}, err: "the header row has no column text (name it: text=COLUMN)"},
		{name: "CSV, twice text", got: readCSV("text,Text\none,two\n"), texts: []string{}, err: "columns 1 and 2 have the same name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.texts, test.got.texts()); diff != "" {
				t.Errorf("texts (-want +got):\n%.2000s", diff)
			}
			if diff := cmp.Diff(test.refused, test.got.refused); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
			for i, line := range test.lines {
				if i < len(test.got.rows) && test.got.rows[i].Line != line {
					t.Errorf("row %d is at line %d, want %d", i, test.got.rows[i].Line, line)
				}
			}
			if got := message(test.got.err); got != test.err {
				t.Errorf("error %q, want %q", got, test.err)
			}
		})
	}
}

func repeated(n int, text string) []string {
	texts := make([]string, n)
	for i := range texts {
		texts[i] = text
	}
	return texts
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestUTF16(t *testing.T) {
	const text = "text;label\nGrüße, 你好 😀;1\n"
	for name, encoding := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		for mark, policy := range map[string]unicode.BOMPolicy{"mark": unicode.UseBOM, "no mark": unicode.IgnoreBOM} {
			t.Run(name+", "+mark, func(t *testing.T) {
				encoded, err := unicode.UTF16(encoding, policy).NewEncoder().String(text)
				if err != nil {
					t.Fatal(err)
				}
				got := readCSV(encoded)
				if diff := cmp.Diff([]string{"Grüße, 你好 😀"}, got.texts()); diff != "" || got.err != nil || got.refused != nil {
					t.Errorf("%v %v (-want +got):\n%s", got.err, got.refused, diff)
				}
			})
		}
	}
}

func TestInvalidUTF8IsReplacedAndNoted(t *testing.T) {
	for name, got := range map[string]reading{
		"lines": readLines("a\xffb\nplain"),
		"JSON":  readJSON("{\"text\":\"a\xffb\"}\n{\"text\":\"plain\"}"),
		"CSV":   readCSV("text\na\xffb\nplain"),
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{"a\uFFFDb", "plain"}, got.texts()); diff != "" {
				t.Error(diff)
			}
			if len(got.rows) == 2 && (!got.rows[0].Replaced || got.rows[1].Replaced) {
				t.Errorf("replaced: %v %v, want true false", got.rows[0].Replaced, got.rows[1].Replaced)
			}
		})
	}
}

func TestReadersPassOnReadErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	for name, test := range map[string]struct {
		begin string
		rows  func(io.Reader) exchange.Rows
	}{
		"lines": {"one\ntwo", exchange.ReadLines},
		"JSON":  {"{\"text\":\"one\"}\n{", func(r io.Reader) exchange.Rows { return exchange.ReadJSON(r, nil) }},
		"array": {"[{\"text\":\"one\"},\n{", func(r io.Reader) exchange.Rows { return exchange.ReadJSON(r, nil) }},
		"CSV":   {"text\none\ntwo", func(r io.Reader) exchange.Rows { return exchange.ReadCSV(r, nil) }},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(test.rows(io.MultiReader(strings.NewReader(test.begin), iotest.ErrReader(broken))))
			if !errors.Is(got.err, broken) || len(got.rows) != 1 {
				t.Errorf("%d rows, error %v; want 1 row and the disk's error", len(got.rows), got.err)
			}
		})
	}
}

// endless is a row over and over, without an end.
type endless struct {
	row  string
	rest string
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.rest == "" {
		e.rest = e.row
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	e.read += n
	return n, nil
}

func TestReadersStream(t *testing.T) {
	for name, test := range map[string]struct {
		begin string
		row   string
		rows  func(io.Reader) exchange.Rows
	}{
		"lines": {"", "one\n", exchange.ReadLines},
		"JSON":  {"", "{\"text\":\"one\"}\n", func(r io.Reader) exchange.Rows { return exchange.ReadJSON(r, nil) }},
		"array": {"[", "{\"text\":\"one\"},", func(r io.Reader) exchange.Rows { return exchange.ReadJSON(r, nil) }},
		"CSV":   {"text\n", "one\n", func(r io.Reader) exchange.Rows { return exchange.ReadCSV(r, nil) }},
	} {
		t.Run(name, func(t *testing.T) {
			input := &endless{row: test.row}
			n := 0
			for _, err := range test.rows(io.MultiReader(strings.NewReader(test.begin), input)) {
				if err != nil {
					t.Fatal(err)
				}
				if n++; n == 1000 {
					break
				}
			}
			if limit := 4 * exchange.MaxLine; input.read > limit {
				t.Errorf("read %d bytes ahead for 1000 rows, want at most %d", input.read, limit)
			}
		})
	}
}

func TestColumns(t *testing.T) {
	columns, err := exchange.ParseColumns("text=Kommentar, label=Urteil")
	if err != nil {
		t.Fatal(err)
	}
	got := read(exchange.ReadCSV(strings.NewReader("Urteil;Kommentar;Ressort\nyes;one;Sport\n"), columns))
	want := []exchange.Row{{Line: 2, Values: map[string]any{"text": "one", "label": "yes", "Ressort": "Sport"}}}
	if diff := cmp.Diff(want, got.rows); diff != "" {
		t.Errorf("CSV (-want +got):\n%s", diff)
	}
	got = read(exchange.ReadJSON(strings.NewReader(`{"Kommentar":"one","Urteil":1}`), columns))
	want = []exchange.Row{{Line: 1, Values: map[string]any{"text": "one", "label": json.Number("1")}}}
	if diff := cmp.Diff(want, got.rows); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
	got = read(exchange.ReadCSV(strings.NewReader("text,b\none,c\n"), columns))
	if got.err == nil || len(got.rows) > 0 {
		t.Errorf("a mapped column that is missing: %d rows, error %v", len(got.rows), got.err)
	}
	for _, mapping := range []string{"text", "=a", "text=", "colour=a", "text=a,text=b"} {
		if _, err := exchange.ParseColumns(mapping); err == nil {
			t.Errorf("columns %q are taken", mapping)
		}
	}
}
