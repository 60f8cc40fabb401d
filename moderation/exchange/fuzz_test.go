package exchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"commentdesk/classifier"
	"commentdesk/moderation/exchange"
)

// checkRows holds for every input: nothing panics, lines never go back, what comes out is storable text, refusals name a line.
func checkRows(t *testing.T, rows exchange.Rows) {
	last := 0
	for row, err := range rows {
		var bad *exchange.RowError
		if errors.As(err, &bad) {
			if bad.Line < 1 || bad.Reason == "" {
				t.Fatalf("refusal %+v", bad)
			}
			continue
		}
		if err != nil {
			continue
		}
		if row.Line < last || row.Line < 1 {
			t.Fatalf("line %d after %d", row.Line, last)
		}
		last = row.Line
		if record, err := row.Record(); err == nil {
			if !utf8.ValidString(record.Text) || bytes.IndexByte([]byte(record.Text), 0) >= 0 {
				t.Fatalf("text %q", record.Text)
			}
			if _, err := json.Marshal(record); err != nil {
				t.Fatal(err)
			}
		}
		if example, err := row.Example(""); err == nil {
			for axis, answer := range example.Labels {
				if axis.AnswerIndex(answer) < 0 {
					t.Fatalf("%s: %q", axis, answer)
				}
			}
		}
		_, _ = row.Example(classifier.Stance)
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, seed := range []string{"", "{\"text\":\"a\"}\n{\"text\":1,\"stance\":\"favor\"}", "[{\"text\":\"a\",\"extra\":{\"b\":[1]}},\n2,\"x\"]", "[[[{\"",
		"\uFEFF{\"text\":\"\\ud800\",\"human\":{\"spam\":1}}", "\xFF\xFE{\x00", "[1 2}3", "{ \n\"text\":\"a\"}{\n} ]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		checkRows(t, exchange.ReadJSON(bytes.NewReader(input), exchange.Columns{"text": "t"}))
	})
}

func FuzzReadCSV(f *testing.F) {
	for _, seed := range []string{"", "text,label\na,1\n\"b\"\"\n\",0", "sep=;\ntext;a\n", "text\t\"a\n", "source,article_id,article,url,claim,topic,declared," +
		"position,parent,author,posted_at,text,extra\n,,,,,,,1,0,,,'=a,\"{\"\"b\"\":1}\"\n", "\xFE\xFF\x00t", "a;text\n\"\";\"\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, input []byte) { checkRows(t, exchange.ReadCSV(bytes.NewReader(input), nil)) })
}

func FuzzReadLines(f *testing.F) {
	for _, seed := range []string{"", "a\n\nb", "\r\n \xff\n", "\xFF\xFEa\x00\n\x00"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, input []byte) { checkRows(t, exchange.ReadLines(bytes.NewReader(input))) })
}

func FuzzParseColumns(f *testing.F) {
	f.Add("text=Kommentar,label=Urteil")
	f.Add("=,")
	f.Fuzz(func(t *testing.T, mapping string) {
		columns, err := exchange.ParseColumns(mapping)
		for key, column := range columns {
			if err != nil || key == "" || column == "" {
				t.Fatalf("%q: %v %v", mapping, columns, err)
			}
		}
	})
}
