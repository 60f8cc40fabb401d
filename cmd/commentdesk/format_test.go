package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation/exchange"
)

func TestFormatsHoldTheSameRows(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	for _, command := range []string{"extract", "classify"} {
		lines := s.must(exitDone, command, pages).out
		if explicit := s.must(exitDone, command, pages, "--format", "jsonl").out; explicit != lines {
			t.Errorf("%s: what is no terminal does not get JSON Lines", command)
		}
		var fromLines []exchange.Answered
		for line := range strings.Lines(lines) {
			fromLines = append(fromLines, decode[exchange.Answered](t, line))
		}
		fromArray := decode[[]exchange.Answered](t, s.must(exitDone, command, pages, "--json").out)
		if diff := cmp.Diff(fromLines, fromArray); diff != "" || len(fromArray) != 5 {
			t.Errorf("%s: %d rows, %s", command, len(fromArray), diff)
		}
		cells, err := csv.NewReader(strings.NewReader(s.must(exitDone, command, pages, "--format", "csv").out)).ReadAll()
		if err != nil || len(cells) != 6 || cells[1][11] != fromArray[0].Text {
			t.Errorf("%s: %q, %v", command, cells, err)
		}
		table := s.must(exitDone, command, pages, "--format", "table").out
		if strings.Count(table, "\n") != 7 {
			t.Errorf("%s:\n%s", command, table)
		}
		for line := range strings.Lines(table) {
			if n := len([]rune(line)); n > 102 {
				t.Errorf("%s: a line of %d characters", command, n)
			}
		}
	}
}

func TestKeysOfRecords(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	extracted, _, _ := strings.Cut(s.must(exitDone, "extract", pages).out, "\n")
	if diff := cmp.Diff(recordKeys, keysOf(t, extracted)); diff != "" {
		t.Error(diff)
	}
	classified, _, _ := strings.Cut(s.must(exitDone, "classify", pages, "--explain").out, "\n")
	want := append(append([]string{}, recordKeys...), "claim_from", "labels", "probabilities", "coverage", "action", "model", "evidence")
	if diff := cmp.Diff(want, keysOf(t, classified)); diff != "" {
		t.Error(diff)
	}
	contains(t, extracted, `"declared":3,"position":1,"parent":0,"author":"","posted_at":""`, `\n\nThe rust`)
	summary, _, _ := strings.Cut(s.must(exitDone, "extract", pages, "--summary").out, "\n")
	if diff := cmp.Diff([]string{"source", "article_id", "family", "declared", "found", "cut"}, keysOf(t, summary)); diff != "" {
		t.Error(diff)
	}
}

// The evidence of a comment stands below its row, not before the table.
func TestExplainInATable(t *testing.T) {
	s := newSite(t)
	o := s.must(exitDone, "classify", twoPages(s), "--explain", "--format", "table")
	position := -1
	for _, part := range []string{"source ", "About time.", "hostile yes:", "Nine weeks", "hostile yes:", "Dream on.", "Good, nobody"} {
		next := strings.Index(o.out[position+1:], part)
		if next < 0 {
			t.Fatalf("%q does not come next:\n%s", part, o.out)
		}
		position += 1 + next
	}
	if strings.Count(o.out, "source ") != 1 {
		t.Errorf("more than one header:\n%s", o.out)
	}
}

// A spreadsheet must not run what a reader wrote; reading the file back gives the text again.
func TestCSVKeepsFormulasFromRunning(t *testing.T) {
	s := newSite(t)
	texts := []string{`=HYPERLINK("http://evil.example","x")`, "+1", "-1", "@SUM(A1)", "\tx", "'=1", "plain, with \"quotes\"\nand two lines"}
	input := s.file("c.jsonl", rows(t, texts...))
	out := s.must(exitDone, "classify", input, "--format", "csv").out
	cells, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range cells[1:] {
		for i, cell := range row {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t") {
				t.Errorf("%s is %q", cells[0][i], cell)
			}
		}
	}
	back := s.must(exitDone, "extract", s.file("back.csv", out), "--json").out
	for i, record := range decode[[]exchange.Record](t, back) {
		if record.Text != texts[i] {
			t.Errorf("%q came back as %q", texts[i], record.Text)
		}
	}
}

func TestInputs(t *testing.T) {
	s := newSite(t)
	text := page("Harbour bridge to close", "About time.", "Dream on.")
	plain := s.file("in/a.txt", text)
	var zipped bytes.Buffer
	writer := gzip.NewWriter(&zipped)
	io.WriteString(writer, text)
	writer.Close()
	unpacked := s.file("in/b.txt.gz", zipped.String())
	s.file("in/deeper/c.txt", text)
	s.file("in/.d.txt", text)
	count := func(want int, args ...string) string {
		t.Helper()
		out := s.must(exitDone, append([]string{"extract"}, args...)...).out
		if n := strings.Count(out, "\n"); n != want {
			t.Errorf("extract %v: %d rows, not %d", args, n, want)
		}
		return out
	}
	count(2, plain)
	count(2, unpacked)
	contains(t, count(6, filepath.Join(s.folder, "in")), "a.txt", "b.txt.gz", "c.txt")
	count(4, filepath.Join(s.folder, "in", "*.*"))
	count(4, plain, plain)
	s.in = strings.NewReader(text)
	contains(t, count(2, "-"), `"source":"-"`)
	s.in = &zipped
	count(2, "-")
	s.in = strings.NewReader("one comment\nanother one\n")
	count(2, "-", "--kind", "lines")
	s.in = strings.NewReader("Kommentar\tWer\nHallo\tAnna\n")
	contains(t, count(1, "-", "--kind", "csv", "--columns", "text=Kommentar,author=Wer"), `"author":"Anna"`, `"text":"Hallo"`)
}

func TestBadFilesAmongGoodOnes(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.file("pages/binary.txt", "\x7fELF\x00\x00\x01\x02\x00")
	s.file("pages/broken.txt.gz", "\x1f\x8bno gzip at all")
	s.file("pages/none.txt", "A page\n\nwithout any comments.\n")
	for _, command := range []string{"extract", "classify"} {
		o := s.must(exitSomeRefused, command, pages)
		if strings.Count(o.out, "\n") != 5 {
			t.Errorf("%s: %s", command, o.out)
		}
		contains(t, o.err, "binary.txt: ", "broken.txt.gz: ", "none.txt: no comment footer found")
		s.must(exitFailed, command, filepath.Join(pages, "binary.txt"), filepath.Join(pages, "broken.txt.gz"))
		s.must(exitDone, command, filepath.Join(pages, "none.txt"))
		s.must(exitSomeRefused, command, filepath.Join(pages, "none.txt"), filepath.Join(pages, "binary.txt"))
		s.must(exitFailed, command, filepath.Join(pages, "*.pdf"))
	}
	o := s.must(exitSomeRefused, "extract", s.file("rows.jsonl", rows(t, "Good.")+`{"text":3`+"\n"+rows(t, "Good too.")))
	contains(t, o.err, "rows.jsonl:2: ")
	if strings.Count(o.out, "\n") != 2 {
		t.Error(o.out)
	}
	cut := s.must(exitDone, "extract", "--explain", s.file("cut.txt", page("Cut", "A comment.")+"\n\n\nSubscribe to our newsletter\n\nEnter your email\n"))
	contains(t, cut.err, "1 found, 1 cut", `cut.txt:17: cut, newsletter: "Subscribe to our newsletter`)
}

// endless gives the beginning of an input and then waits for ever; ended says that somebody waits.
type endless struct {
	beginning io.Reader
	waits     chan struct{}
}

func (e *endless) Read(p []byte) (int, error) {
	if n, err := e.beginning.Read(p); err == nil {
		return n, nil
	}
	close(e.waits)
	select {}
}

// Interrupted while it waits for more input, every command that reads ends with 130.
func TestInterruptedWhileReading(t *testing.T) {
	s := newSite(t)
	for _, args := range [][]string{
		{"extract", "-"}, {"classify", "-", "--kind", "lines"}, {"import", "-"}, {"label", "--file", "-"}, {"user", "add", "anna"},
	} {
		ctx, interrupt := context.WithCancel(context.Background())
		in := &endless{beginning: strings.NewReader("one"), waits: make(chan struct{})}
		go func() {
			<-in.waits
			interrupt()
		}()
		var out, err bytes.Buffer
		code := run(ctx, program{args: args, environment: s.environment, in: in, out: &out, err: &err, now: time.Now})
		if code != exitInterrupted || !strings.HasSuffix(err.String(), "commentdesk: interrupted\n") {
			t.Errorf("%v: exit %d, %s", args, code, err.String())
		}
	}
}

// Interrupted before they begin, commands do nothing and say so.
func TestInterruptedAtOnce(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.must(exitDone, "import", pages)
	s.must(exitDone, "label", "1", "--hostile", "no")
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	for _, args := range [][]string{
		{"extract", pages}, {"classify", pages}, {"import", pages}, {"queue"}, {"label", "1", "--spam", "yes"}, {"topic", "list"}, {"retrain"}, {"model", "list"},
		{"user", "list"}, {"serve", "--addr", "127.0.0.1:0"},
	} {
		var out, err bytes.Buffer
		code := run(ctx, program{args: args, environment: s.environment, in: strings.NewReader(""), out: &out, err: &err, now: time.Now})
		if code != exitInterrupted || out.Len() != 0 {
			t.Errorf("%v: exit %d, %s%s", args, code, out.String(), err.String())
		}
	}
	if c := s.comment(1); c.Human.Spam != "" {
		t.Error("an interrupted command labelled")
	}
}

// A reader that has seen enough, as head does, is no failure.
func TestClosedPipe(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.must(exitDone, "import", pages)
	for _, args := range [][]string{
		{"extract", pages}, {"extract", pages, "--summary"}, {"classify", pages, "--format", "table", "--explain"}, {"classify", pages, "--json"},
		{"classify", pages, "--format", "csv"}, {"queue"}, {"queue", "--json"}, {"import", pages}, {"model", "list"}, {"model", "show"}, {"version"},
	} {
		reader, writer, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		reader.Close()
		if _, err := writer.WriteString("x"); err == nil {
			t.Fatal("the pipe is open")
		}
		var complaint bytes.Buffer
		code := run(context.Background(), program{args: args, environment: s.environment, in: strings.NewReader(""), out: writer, err: &complaint, now: time.Now})
		writer.Close()
		if code != exitDone || strings.Contains(complaint.String(), "commentdesk: ") {
			t.Errorf("%v: exit %d, %s", args, code, complaint.String())
		}
	}
	full := program{args: []string{"extract", pages}, environment: s.environment, in: strings.NewReader(""), out: failing{}, err: io.Discard, now: time.Now}
	if code := run(context.Background(), full); code != exitFailed {
		t.Errorf("a full disk: exit %d", code)
	}
}

// failing is a disk without room.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, syscall.ENOSPC }
