package exchange_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
)

// sample is one record with every key and one with none but its text.
func sample() []exchange.Record {
	two := 2
	return []exchange.Record{
		{Source: "pages/2020/03/a-very-long-name-of-a-file.html", ArticleID: "0123456789abcdef", Headline: "Bridge <closed>", URL: "https://a.example/b",
			Claim: "The bridge must stay open", Topic: "bridge", Declared: &two, Position: 1, Author: "Ann & Bob", PostedAt: "2020-03-01T10:00:00Z",
			Text:  "No, no.\n\nIt has to stay closed until somebody has looked at every single bolt of it; nobody needs a \"shortcut\".",
			Extra: map[string]any{"id": "c-17", "likes": json.Number("3")}},
		{Position: 2, Parent: 1, Text: "=HYPERLINK(\"https://buy.example\";\"你好你好你好你好你好你好你好你好你好你好你好你好你好你好你好你好你好你好\")"},
	}
}

func answered() []exchange.Answered {
	records := sample()
	first := exchange.NewAnswered(records[0], "given", classifier.Prediction{
		Model:   "3f9c",
		Stance:  classifier.Opinion{Answer: "against", Best: "against", Probabilities: [3]float64{.2, .7049996, .0950004}, Known: 9, Words: 27},
		Hostile: classifier.Opinion{Answer: "no", Best: "no", Probabilities: [3]float64{.003, .997}, Known: 20, Words: 27},
		Spam:    classifier.Opinion{Answer: classifier.Unsure, Best: "no", Probabilities: [3]float64{.4, .6}, Known: 1, Words: 27},
	})
	first.Human = exchange.NewHuman(map[classifier.Axis]string{classifier.Hostile: "yes"})
	first.Evidence = exchange.NewEvidence([]classifier.Evidence{
		{Axis: classifier.Stance, Answer: "favor", LogOdds: -.5, Prior: -.5, Scale: .4},
		{Axis: classifier.Stance, Answer: "against", LogOdds: .75, Prior: .5, Scale: .4,
			Rows: []classifier.EvidenceRow{{Text: "closed", Start: 25, End: 31, Share: .25}}},
		{Axis: classifier.Stance, Answer: "none", LogOdds: -.25, Prior: -.25, Scale: .4},
		{Axis: classifier.Hostile, Answer: "yes", LogOdds: -5.8, Prior: -5.8, Scale: .4},
	})
	return []exchange.Answered{first, exchange.NewAnswered(records[1], "", classifier.Prediction{Model: "3f9c",
		Hostile: classifier.Opinion{Answer: "yes", Best: "yes", Probabilities: [3]float64{.995, .005}, Known: 2, Words: 2}})}
}

var formats = []exchange.Format{exchange.FormatTable, exchange.FormatJSONL, exchange.FormatJSON, exchange.FormatCSV}

func TestGolden(t *testing.T) {
	two := 2
	summaries := []exchange.Summary{{Source: "a.html", ArticleID: "0123456789abcdef", Family: "comment-count", Declared: &two, Found: 2,
		Cut: 1}, {Source: "b.html"}}
	for _, format := range formats {
		golden(t, "records."+string(format), write(t, format, sample()...))
		golden(t, "answered."+string(format), write(t, format, answered()...))
		golden(t, "summaries."+string(format), write(t, format, summaries...))
		golden(t, "none."+string(format), write[exchange.Record](t, format))
		var receipt bytes.Buffer
		if err := exchange.WriteReceipt(&receipt, format, moderation.Receipt{Articles: 2, Seen: 6, New: 2, Already: 1,
			Refused: map[string]int{"no article": 2, "empty text": 1}}); err != nil {
			t.Fatal(err)
		}
		golden(t, "receipt."+string(format), receipt.Bytes())
	}
}

func TestJSONReadsBackAsWritten(t *testing.T) {
	want := answered()
	var got []exchange.Answered
	decoder := json.NewDecoder(bytes.NewReader(write(t, exchange.FormatJSON, want...)))
	decoder.UseNumber()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestEmptyReceiptHasEveryKey(t *testing.T) {
	var to bytes.Buffer
	if err := exchange.WriteReceipt(&to, exchange.FormatJSON, moderation.Receipt{}); err != nil {
		t.Fatal(err)
	}
	want := `{"articles":0,"seen":0,"new":0,"changed":0,"already":0,"refused":{},"labels":0}` + "\n"
	if to.String() != want {
		t.Errorf("%s, want %s", to.String(), want)
	}
}

// anyText is a text of any characters, often of those that formats trip over. CRLF is not among them: it is read as LF.
func anyText() *rapid.Generator[string] {
	plain := rapid.Map(rapid.String(), func(s string) string { return moderation.Clean(strings.ReplaceAll(s, "\r\n", "\n")) })
	tricky := rapid.StringOfN(rapid.SampledFrom([]rune("'=+-@\t\n,;\"\\ aé你\u202e\u2028")), 0, 12, -1)
	return rapid.OneOf(plain, tricky)
}

func anyRecord() *rapid.Generator[exchange.Record] {
	return rapid.Custom(func(t *rapid.T) exchange.Record {
		text := func(name string) string { return anyText().Draw(t, name) }
		record := exchange.Record{
			Source: text("source"), Headline: text("article"), URL: text("url"), Claim: text("claim"), Topic: text("topic"), Author: text("author"),
			Text: text("text"), Position: rapid.IntRange(0, 1e6).Draw(t, "position"), Parent: rapid.IntRange(0, 1e6).Draw(t, "parent"),
			ArticleID: rapid.StringMatching(`[0-9a-f]{16}`).Draw(t, "article_id"),
			PostedAt:  rapid.SampledFrom([]string{"", "2020-03-01", "2020-03-01T10:00:01", "2020-03-01T10:00:01Z"}).Draw(t, "posted_at"),
			Declared:  rapid.Ptr(rapid.IntRange(0, 1e6), true).Draw(t, "declared"),
		}
		keys := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"id", "likes", "label", "stance", "Kommentar", "human"}), 0, 3, rapid.ID).Draw(t, "keys")
		for _, key := range keys {
			if record.Extra == nil {
				record.Extra = map[string]any{}
			}
			record.Extra[key] = rapid.OneOf(rapid.Map(anyText(), func(s string) any { return s }),
				rapid.Map(rapid.Int64(), func(n int64) any { return json.Number(json.Number(jsonInt(n))) }),
				rapid.SampledFrom([]any{nil, true, []any{"a"}, map[string]any{"b": "c"}})).Draw(t, key)
		}
		return record
	})
}

func jsonInt(n int64) string {
	written, _ := json.Marshal(n)
	return string(written)
}

func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(anyRecord(), 0, 4).Draw(t, "records")
		format := rapid.SampledFrom([]exchange.Format{exchange.FormatJSONL, exchange.FormatJSON, exchange.FormatCSV}).Draw(t, "format")
		var to bytes.Buffer
		if rapid.Bool().Draw(t, "answered") {
			writer := exchange.NewWriter[exchange.Answered](&to, format)
			for _, record := range want {
				must(t, writer.Write(exchange.NewAnswered(record, "given", classifier.Prediction{Hostile: classifier.Opinion{Answer: "yes", Best: "yes"}})))
			}
			must(t, writer.Close())
		} else {
			writer := exchange.NewWriter[exchange.Record](&to, format)
			for _, record := range want {
				must(t, writer.Write(record))
			}
			must(t, writer.Close())
		}
		rows := exchange.ReadJSON(&to, nil)
		if format == exchange.FormatCSV {
			rows = exchange.ReadCSV(&to, nil)
		}
		got := []exchange.Record{}
		for row, err := range rows {
			must(t, err)
			if _, labelled := row.Values["hostile"]; labelled {
				t.Fatal("a model's answer reads as a label")
			}
			record, err := row.Record()
			must(t, err)
			record.Line = 0
			got = append(got, record)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", format, diff)
		}
	})
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestNoCSVCellIsAFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		record := anyRecord().Draw(t, "record")
		record.Text = rapid.SampledFrom([]string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1"}).Draw(t, "text")
		var to bytes.Buffer
		writer := exchange.NewWriter[exchange.Record](&to, exchange.FormatCSV)
		must(t, writer.Write(record))
		must(t, writer.Close())
		rows, err := csv.NewReader(&to).ReadAll()
		must(t, err)
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Fatalf("cell %q begins a formula", cell)
				}
			}
		}
	})
}

func TestForeignCSVKeepsItsQuotes(t *testing.T) {
	if diff := cmp.Diff([]string{"'=1"}, readCSV("text,label\n'=1,1\n").texts()); diff != "" {
		t.Error(diff)
	}
}

func TestTableKeepsItsWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var to bytes.Buffer
		writer := exchange.NewWriter[exchange.Answered](&to, exchange.FormatTable)
		rows := rapid.IntRange(0, 70).Draw(t, "rows")
		record := anyRecord().Draw(t, "record")
		record.Position = min(record.Position, 9999)
		for range rows {
			must(t, writer.Write(exchange.NewAnswered(record, "", classifier.Prediction{Stance: classifier.Opinion{Answer: "against", Best: "against",
				Probabilities: [3]float64{0, 1, 0}}})))
		}
		must(t, writer.Close())
		lines := strings.Split(strings.TrimSuffix(to.String(), "\n"), "\n")
		if len(lines) != rows+2 {
			t.Fatalf("%d lines, want a header, a rule and %d rows:\n%s", len(lines), rows, to.String())
		}
		for _, line := range lines {
			if width := text.StringWidth(line); width > 100 {
				t.Fatalf("%d columns wide: %q", width, line)
			}
			if strings.ContainsAny(line, "\x1b\r\t\u202e") {
				t.Fatalf("a control character passed: %q", line)
			}
		}
	})
}

func TestClosedPipe(t *testing.T) {
	for _, format := range formats {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := reader.Close(); err != nil {
			t.Fatal(err)
		}
		rows := exchange.NewWriter[exchange.Record](writer, format)
		for i := 0; i < 10000 && err == nil; i++ {
			err = rows.Write(sample()[0])
		}
		if !errors.Is(err, syscall.EPIPE) {
			t.Errorf("%s: Write says %v, want EPIPE", format, err)
		}
		if err := rows.Close(); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("%s: Close says %v, want EPIPE", format, err)
		}
		if err := writer.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestFlushHandsOutWhatWasWritten(t *testing.T) {
	for _, format := range formats {
		var to bytes.Buffer
		writer := exchange.NewWriter[exchange.Record](&to, format)
		if err := errors.Join(writer.Write(sample()[0]), writer.Flush()); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(to.String(), "No, no.") {
			t.Errorf("%s: nothing of the record in %q", format, to.String())
		}
	}
}

func BenchmarkReadAndWrite(b *testing.B) {
	line := write(b, exchange.FormatJSONL, sample()...)
	input := bytes.Repeat(line, 500)
	for _, format := range formats {
		b.Run(string(format), func(b *testing.B) {
			b.SetBytes(int64(len(input)))
			for b.Loop() {
				writer := exchange.NewWriter[exchange.Record](io.Discard, format)
				for row, err := range exchange.ReadJSON(bytes.NewReader(input), nil) {
					if err != nil {
						b.Fatal(err)
					}
					record, err := row.Record()
					if err != nil {
						b.Fatal(err)
					}
					if err := writer.Write(record); err != nil {
						b.Fatal(err)
					}
				}
				if err := writer.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
