package intake_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

const rows = `{"text":"one"}` + "\n" + `{"text":"two"}` + "\n"

func TestKinds(t *testing.T) {
	utf16 := "\xFF\xFE" + "t\x00e\x00x\x00t\x00;\x00a\x00\n\x00o\x00n\x00e\x00;\x00b\x00\n\x00"
	tests := []struct {
		name, content, path string
		options             intake.Options
		want                []string
		refused             []string
	}{
		{name: "article", content: page, want: []string{"article|It has to stay closed.", "article|Nobody needs it closed."}},
		{name: "article, gzip", content: zipped(t, page), path: "in.gz",
			want: []string{"article|It has to stay closed.", "article|Nobody needs it closed."}},
		{name: "prose", content: prose, want: []string{}},
		{name: "one line of prose", content: "A headline, some text, and more", want: []string{}},
		{name: "JSON lines", content: rows, want: []string{"comments|one", "comments|two"}},
		{name: "JSON lines, gzip without its name", content: zipped(t, rows), want: []string{"comments|one", "comments|two"}},
		{name: "JSON array", content: "\uFEFF [\n" + `{"text":"one"}]`, want: []string{"comments|one"}},
		{name: "JSON array, empty", content: "[]", want: []string{}},
		{name: "labelled", content: `{"text":"one","hostile":1}` + "\n" + `{"text":"two","hostile":"perhaps"}`, want: []string{"labelled|one"},
			refused: []string{"in:2: hostile is a text that is not 1/0, true/false or yes/no"}},
		{name: "labelled further down", content: `{"text":"one"}` + "\n" + `{"text":"two","hostile":"perhaps"}`,
			want: []string{"comments|one", "comments|two"}},
		{name: "CSV", content: "text,likes\none,2\n", want: []string{"csv|one"}},
		{name: "CSV, labelled", content: "text,spam\none,2\ntwo,1\n", want: []string{"csv|one", "csv|two"}},
		{name: "CSV, UTF-16", content: utf16, want: []string{"csv|one"}},
		{name: "CSV, one column", content: "text\none\n", want: []string{"csv|one"}},
		{name: "CSV by its mapped column", content: "Kommentar;a\none;b\n", options: intake.Options{Columns: exchange.Columns{"text": "Kommentar"}},
			want: []string{"csv|one"}},
		{name: "CSV by its name", content: "Kommentar;a\none;b\n", path: "in.csv", want: []string{},
			refused: []string{"in.csv:1: the header row has no column text (name it: text=COLUMN)"}},
		{name: "export", content: "<?xml version='1.0'?>\n<!-- a <html> b -->\n<rss version='2'>", want: []string{},
			refused: []string{"in: an XML export, no page: not read in this version"}},
		{name: "prose that begins with a heart", content: "<3 this bridge\n\nand that one", want: []string{}},
		{name: "lines when asked", content: "one\n\ntwo\n", options: intake.Options{Kind: intake.KindLines}, want: []string{"lines|one", "lines|two"}},
		{name: "comments when asked", content: "one\n" + rows, options: intake.Options{Kind: intake.KindComments},
			want: []string{"comments|one", "comments|two"}, refused: []string{"in:1: not JSON"}},
		{name: "CSV in labelled when asked", content: "text,spam\none,2\ntwo,1\n", options: intake.Options{Kind: intake.KindLabelled},
			want: []string{"labelled|two"}, refused: []string{"in:2: spam is a text that is not 1/0, true/false or yes/no"}},
		{name: "article when asked", content: rows, options: intake.Options{Kind: intake.KindArticle}, want: []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := test.path
			if path == "" {
				path = "in"
			}
			folder(t, map[string]string{path: test.content})
			got := walk(t, test.options, path)
			for i := range test.want {
				test.want[i] = path + "|" + test.want[i]
			}
			if diff := cmp.Diff(test.want, got.texts()); diff != "" {
				t.Errorf("comments (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.refused, got.refusals); diff != "" {
				t.Errorf("refused (-want +got):\n%s", diff)
			}
			if want := (intake.Count{Inputs: 1, Records: len(test.want), Refused: len(test.refused)}); got.count != want {
				t.Errorf("count %+v, want %+v", got.count, want)
			}
		})
	}
}

func TestStandardInput(t *testing.T) {
	tests := []struct {
		name, content string
		want          []string
	}{
		{"nothing", "", []string{}},
		{"JSON lines", rows, []string{"-|comments|one", "-|comments|two"}},
		{"gzip", zipped(t, rows), []string{"-|comments|one", "-|comments|two"}},
		{"CSV", "text\none\n", []string{"-|csv|one"}},
		{"one line", "You idiot", []string{"-|lines|You idiot"}},
		{"lines", "one\r\ntwo\r\n", []string{"-|lines|one", "-|lines|two"}},
		{"article", page, []string{"-|article|It has to stay closed.", "-|article|Nobody needs it closed."}},
		{"prose", prose, []string{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := walk(t, fromStdin(test.content), "-")
			if diff := cmp.Diff(test.want, got.texts()); diff != "" || got.refusals != nil {
				t.Errorf("refused %v; comments (-want +got):\n%s", got.refusals, diff)
			}
		})
	}
	if got := walk(t, intake.Options{}, "-"); len(got.refusals) != 1 {
		t.Errorf("without standard input: refused %v", got.refusals)
	}
}

// slowly gives one byte a read, as a slow pipe may.
type slowly struct{ from io.Reader }

func (s slowly) Read(p []byte) (int, error) { return s.from.Read(p[:min(len(p), 1)]) }

func TestSlowPipe(t *testing.T) {
	for name, content := range map[string]string{"comments": rows, "lines": "one\ntwo", "csv": "text;a\none;1\ntwo;2"} {
		got := walk(t, intake.Options{Stdin: slowly{strings.NewReader(content)}}, "-")
		if diff := cmp.Diff([]string{"-|" + name + "|one", "-|" + name + "|two"}, got.texts()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestFoldersAndPatterns(t *testing.T) {
	one := `{"text":"1"}`
	folder(t, map[string]string{"d/b.jsonl": one, "d/a/z.jsonl": one, "d/a.jsonl": one, "d/.hidden": one, "d/.git/x.jsonl": one, "d/c/.x/y": one,
		".e/f": one, "g[1].jsonl": one})
	if err := os.Symlink("b.jsonl", "d/c/link"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("..", "d/c/loop"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("d/c/b.jsonl", []byte(one), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo("d/c/pipe", 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("d", "linked"); err != nil {
		t.Fatal(err)
	}
	all := []string{"d/a/z.jsonl", "d/a.jsonl", "d/b.jsonl", "d/c/b.jsonl", "d/c/link"}
	for path, want := range map[string][]string{
		"d": all, "./d": all, "d/": all, "d/*.jsonl": {"d/a.jsonl", "d/b.jsonl"}, "d/?": {"d/a/z.jsonl", "d/c/b.jsonl", "d/c/link"},
		"d/.h*": {"d/.hidden"}, "d/.hidden": {"d/.hidden"}, ".e": {".e/f"}, "g[1].jsonl": {"g[1].jsonl"},
		"linked": {"linked/a/z.jsonl", "linked/a.jsonl", "linked/b.jsonl", "linked/c/b.jsonl", "linked/c/link"},
	} {
		got := walk(t, intake.Options{}, path)
		inputs := []string{}
		for _, batch := range got.batches {
			inputs = append(inputs, batch.Input)
		}
		if diff := cmp.Diff(want, inputs); diff != "" || got.refusals != nil {
			t.Errorf("%s: refused %v (-want +got):\n%s", path, got.refusals, diff)
		}
	}
}

func TestBadFilesDoNotStopTheOthers(t *testing.T) {
	whole := zipped(t, strings.Repeat(rows, 1000))
	folder(t, map[string]string{"good.jsonl": rows, "bad.gz": "\x1f\x8bnothing", "cut.gz": whole[:len(whole)/2], "image": "\x89PNG\r\n\x1a\n\x00\x00",
		"html": "<!doctype html><p>Hi", "empty": "", "rows": "{\"text\":\n" + rows})
	got := walk(t, intake.Options{}, "bad.gz", "cut.gz", "image", "html", "empty", "none", "no*ne", "rows", "good.jsonl")
	inputs := map[string]int{}
	for _, batch := range got.batches {
		inputs[batch.Input] += len(batch.Records)
	}
	if inputs["rows"] != 2 || inputs["good.jsonl"] != 2 {
		t.Errorf("comments by input: %v", inputs)
	}
	want := []string{"bad.gz: broken gzip", "cut.gz", "image: binary file", "html: HTML pages are not read", "empty: empty file",
		"none: no such file or directory", "no*ne: no file matches", "rows:1: not JSON"}
	if len(got.refusals) != len(want) || got.count.Refused != len(want) {
		t.Fatalf("refused %q, counted %d", got.refusals, got.count.Refused)
	}
	for i := range want {
		if !strings.HasPrefix(got.refusals[i], want[i]) {
			t.Errorf("refusal %q, want %q…", got.refusals[i], want[i])
		}
	}
}

func TestCutGzipKeepsTheRowsBefore(t *testing.T) {
	var text strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&text, "{\"text\":\"comment %d\"}\n", i*i)
	}
	whole := zipped(t, text.String())
	folder(t, map[string]string{"cut.gz": whole[:len(whole)-100]})
	got := walk(t, intake.Options{}, "cut.gz")
	if got.count.Records < 10000 || len(got.refusals) != 1 || !strings.Contains(got.refusals[0], "broken gzip: unexpected EOF") {
		t.Errorf("%d records, refused %v", got.count.Records, got.refusals)
	}
}

func TestUnpackingHasALimit(t *testing.T) {
	folder(t, map[string]string{"bomb.gz": zipped(t, strings.Repeat("{\"text\":\"x\"}\n", 1e5)), "page.gz": zipped(t, strings.Repeat("x", 1e6))})
	got := walk(t, intake.Options{MaxUnpacked: 5e5}, "bomb.gz", "page.gz")
	if len(got.refusals) != 2 {
		t.Fatalf("refused %v", got.refusals)
	}
	for _, refusal := range got.refusals {
		if !strings.Contains(refusal, "unpacks to more than 500000 bytes") {
			t.Errorf("refused %q", refusal)
		}
	}
}

func TestPage(t *testing.T) {
	folder(t, map[string]string{"000.txt": page, "none.txt": prose})
	got := walk(t, intake.Options{}, "000.txt", "none.txt")
	if len(got.batches) != 2 {
		t.Fatalf("%d batches, want one a page", len(got.batches))
	}
	batch := got.batches[0]
	id := moderation.ArticleID(batch.Article.Key())
	two := 2
	want := []exchange.Record{
		{Source: "000.txt", ArticleID: id, Headline: "Bridge stays closed", Declared: &two, Position: 1, Text: "It has to stay closed."},
		{Source: "000.txt", ArticleID: id, Headline: "Bridge stays closed", Declared: &two, Position: 2, Text: "Nobody needs it closed."},
	}
	if diff := cmp.Diff(want, batch.Records); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if batch.Article.Origin != moderation.OriginPage || batch.Article.ID != id || batch.Article.Body == "" {
		t.Errorf("article %+v", batch.Article)
	}
	summary, ok := batch.Summary()
	if !ok || summary.Source != "000.txt" || summary.ArticleID != id || summary.Family == "" || summary.Found != 2 || *summary.Declared != 2 {
		t.Errorf("summary %+v", summary)
	}
	if messages := got.batches[1].Messages; len(messages) != 1 || messages[0] != "no comment footer found" {
		t.Errorf("messages of a page without a footer: %q", messages)
	}
}

func TestRowsGroupByArticle(t *testing.T) {
	folder(t, map[string]string{"in.jsonl": `{"text":"1","article":"A","source":"a.html"}
{"text":"2","article":"A","source":"a.html","parent":1}
{"text":"3","article":"B","article_id":"0123456789abcdef","topic":"t","claim":"c"}
{"text":"4"}
{"text":"5","claim":"c","position":7}
{"text":"6","claim":"c"}
{"text":"7","article":"A"}
`})
	got := walk(t, intake.Options{}, "in.jsonl")
	type group struct {
		Article   moderation.Article
		Positions []int
	}
	groups := []group{}
	for _, batch := range got.batches {
		g := group{Article: batch.Article}
		for i, comment := range batch.Comments() {
			g.Positions = append(g.Positions, comment.Position)
			if comment.ArticleID != batch.Article.ID || comment.Text != batch.Records[i].Text {
				t.Errorf("comment %+v in a batch of article %q", comment, batch.Article.ID)
			}
		}
		groups = append(groups, g)
	}
	a := moderation.ArticleID(moderation.Article{Headline: "A"}.Key())
	want := []group{
		{moderation.Article{ID: a, Headline: "A", Source: "a.html", Origin: "comments"}, []int{1, 2}},
		{moderation.Article{ID: "0123456789abcdef", Headline: "B", Topic: "t", Claim: "c", Source: "in.jsonl", Origin: "comments"}, []int{1}},
		{moderation.Article{Source: "in.jsonl", Origin: "comments"}, []int{1}},
		{moderation.Article{Claim: "c", Source: "in.jsonl", Origin: "comments"}, []int{7, 8}},
		{moderation.Article{ID: a, Headline: "A", Source: "in.jsonl", Origin: "comments"}, []int{1}},
	}
	if diff := cmp.Diff(want, groups); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestLabelsStandBesideTheirRecords(t *testing.T) {
	got := walk(t, fromStdin("text,hostile,article\none,1,A\ntwo,,A\nthree,2,A\nfour,no,A\n"), "-")
	if len(got.batches) != 1 || len(got.refusals) != 1 {
		t.Fatalf("%d batches, refused %v", len(got.batches), got.refusals)
	}
	hostile := func(answer string) map[classifier.Axis]string {
		return map[classifier.Axis]string{classifier.Hostile: answer}
	}
	want := []map[classifier.Axis]string{hostile("yes"), {}, hostile("no")}
	if diff := cmp.Diff(want, got.batches[0].Labels); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReplacedTextIsMentioned(t *testing.T) {
	got := walk(t, fromStdin("{\"text\":\"a\xff\"}\n{\"text\":\"b\"}"), "-")
	if len(got.batches) != 1 || len(got.batches[0].Messages) != 1 {
		t.Errorf("batches %+v", got.batches)
	}
}

// TestUnreadLabelsAreMentioned: rows whose labels are no answers are taken without them where the first row has none, and that is said.
func TestUnreadLabelsAreMentioned(t *testing.T) {
	got := walk(t, fromStdin(`{"text":"a","hostile":"maybe"}`+"\n"+`{"text":"b","hostile":"yes"}`+"\n"+`{"text":"c","stance":"banana"}`), "-")
	if len(got.batches) != 1 || len(got.batches[0].Records) != 3 || len(got.batches[0].Labels[1]) != 1 {
		t.Fatalf("batches %+v", got.batches)
	}
	want := []string{"labels of 2 rows are left out, the first because line 1: hostile is a text that is not 1/0, true/false or yes/no"}
	if diff := cmp.Diff(want, got.batches[0].Messages); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestVisitEndsTheWalk(t *testing.T) {
	folder(t, map[string]string{"a.jsonl": rows, "b.txt": page})
	for _, path := range []string{"a.jsonl", "b.txt"} {
		calls := 0
		_, err := intake.Walk(context.Background(), []string{path, path}, intake.Options{}, func(intake.Batch) error {
			calls++
			return fmt.Errorf("writing: %w", syscall.EPIPE)
		})
		if !errors.Is(err, syscall.EPIPE) || calls != 1 {
			t.Errorf("%s: %d calls, error %v; want one call and EPIPE", path, calls, err)
		}
	}
}

// endless gives one row over and over, up to a size.
type endless struct {
	row  []byte
	left int64
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := 0
	for n < len(p) {
		copied := copy(p[n:], e.row[e.at:])
		n += copied
		e.at = (e.at + copied) % len(e.row)
	}
	e.left -= int64(n)
	return n, nil
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	calls := 0
	_, err := intake.Walk(ctx, []string{"-"}, intake.Options{Stdin: &endless{row: []byte(rows), left: 1 << 60}}, func(intake.Batch) error {
		calls++
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("%d calls, error %v; want one and canceled", calls, err)
	}
}

func TestABigFileIsNeverHeld(t *testing.T) {
	const size = 64 << 20
	row := []byte(`{"text":"` + strings.Repeat("A comment of some length. ", 40) + `","article":"A"}` + "\n")
	var largest uint64
	records := 0
	count, err := intake.Walk(context.Background(), []string{"-"}, intake.Options{Stdin: &endless{row: row, left: size}}, func(batch intake.Batch) error {
		if len(batch.Records) > intake.MaxBatch {
			t.Fatalf("%d records in a batch", len(batch.Records))
		}
		if records += len(batch.Records); records%10000 == 0 {
			runtime.GC()
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			largest = max(largest, memory.HeapAlloc)
		}
		return nil
	})
	if err != nil || count.Records < size/len(row) || count.Records != records {
		t.Fatalf("%+v, %d visited, error %v", count, records, err)
	}
	if largest == 0 || largest > size/4 {
		t.Errorf("%d MiB were live while reading %d MiB", largest>>20, size>>20)
	}
}

func TestExamples(t *testing.T) {
	folder(t, map[string]string{
		"a.jsonl.gz": zipped(t, `{"text":"one","label":1,"group":"g"}`+"\n"+`{"text":"two"}`+"\n"+`{"text":"three","label":3}`),
		"b.csv":      "Kommentar;Urteil\nvier;nein\nfünf;no\n", "c.txt": prose,
	})
	type example struct {
		Source string
		Line   int
		Text   string
		Answer string
		Group  string
	}
	read := func(options intake.Options, paths ...string) (got []example, refused []string, count intake.Count) {
		options.Axis = classifier.Hostile
		options.Refused = func(refusal intake.Refusal) { refused = append(refused, refusal.String()) }
		count, err := intake.Examples(context.Background(), paths, options, func(l intake.Labelled) error {
			got = append(got, example{l.Source, l.Line, l.Example.Text, l.Example.Labels[classifier.Hostile], l.Example.Group})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got, refused, count
	}
	got, refused, count := read(intake.Options{}, "a.jsonl.gz", "c.txt")
	if diff := cmp.Diff([]example{{"a.jsonl.gz", 1, "one", "yes", "g"}}, got); diff != "" {
		t.Errorf("JSON lines (-want +got):\n%s", diff)
	}
	if len(refused) != 2 || refused[0] != "a.jsonl.gz:3: label is a number that is not 1/0, true/false or yes/no" {
		t.Errorf("refused %q", refused)
	}
	if want := (intake.Count{Inputs: 2, Records: 1, LeftOut: 1, Refused: 2}); count != want {
		t.Errorf("count %+v, want %+v", count, want)
	}
	got, refused, _ = read(intake.Options{Columns: exchange.Columns{"text": "Kommentar", "label": "Urteil"}}, "b.csv")
	if diff := cmp.Diff([]example{{"b.csv", 3, "fünf", "no", ""}}, got); diff != "" || len(refused) != 1 {
		t.Errorf("CSV, refused %q (-want +got):\n%s", refused, diff)
	}
}

func TestParseKind(t *testing.T) {
	for _, kind := range intake.Kinds {
		if got, err := intake.ParseKind(string(kind)); got != kind || err != nil {
			t.Errorf("%s: %s, %v", kind, got, err)
		}
	}
	if _, err := intake.ParseKind("pdf"); err == nil {
		t.Error("pdf is taken")
	}
}

func FuzzWalk(f *testing.F) {
	for _, seed := range []string{"", page, prose, rows, "[{\"text\":\"a\"}]", "text;a\n\"b;c\n", zipped(f, rows), "\x1f\x8b", "<html>", "\xFF\xFEt\x00", "[ ", "{"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		records, refused := 0, 0
		count, err := intake.Walk(context.Background(), []string{"-"}, intake.Options{Stdin: strings.NewReader(string(content)), MaxUnpacked: 1 << 20,
			Refused: func(refusal intake.Refusal) {
				if refused++; refusal.File != "-" || refusal.Reason == "" {
					t.Fatalf("refusal %+v", refusal)
				}
			}}, func(batch intake.Batch) error {
			if records += len(batch.Records); batch.Page == nil && len(batch.Labels) != len(batch.Records) {
				t.Fatalf("%d labels beside %d records", len(batch.Labels), len(batch.Records))
			}
			for _, record := range batch.Records {
				if record.Position < 1 || record.Source == "" {
					t.Fatalf("record %+v", record)
				}
			}
			return nil
		})
		if err != nil || count.Records != records || count.Refused != refused {
			t.Fatalf("%+v of %d records and %d refusals, error %v", count, records, refused, err)
		}
	})
}
