package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// readPage parses the page that a run wrote.
func readPage(t *testing.T, path string) *goquery.Document {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := goquery.NewDocumentFromReader(file)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// titles are the findings that the page's pictures state.
func titles(document *goquery.Document) string {
	return strings.Join(document.Find("figcaption").Map(func(_ int, s *goquery.Selection) string { return s.Text() }), "\n")
}

func TestEvaluateWritesAPage(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(60, 0))
	writeFile(t, "it's b.jsonl", spamRows(20, 200)+`{"text":"bitcoin <script>alert(1)</script> wrongly labelled","label":0}`+"\n"+`{"text":"no label"}`+"\n")
	for range 2 { // the second time over the first
		o := commandline(t, "evaluate", "--axis", "spam", "--train", "a.jsonl", "--data", "it's b.jsonl", "--recipe", "mix-prior", "--against", "plain",
			"--html", "page.html")
		if readReports(t, o); !strings.Contains(o.err, "page.html") {
			t.Errorf("standard error: %s", o.err)
		}
		for _, word := range []string{"bitcoin", "wrongly labelled"} {
			if strings.Contains(o.err, word) {
				t.Errorf("standard error holds a comment: %s", o.err)
			}
		}
	}
	document := readPage(t, "page.html")
	if command := document.Find(".command").Text(); command !=
		`commentdesk evaluate --axis spam --train a.jsonl --data 'it'\''s b.jsonl' --recipe mix-prior --against plain --html page.html` {
		t.Errorf("command %s", command)
	}
	for _, want := range []string{"pairs", "Finds", "Probabilities", "Wrong:", "AUC"} {
		if !strings.Contains(titles(document), want) {
			t.Errorf("no picture %s among\n%s", want, titles(document))
		}
	}
	if learned := document.Find("#spam-learning-title").Text(); !strings.Contains(learned, "with 60") {
		t.Errorf("learning curve: %q", learned)
	}
	mistakes := document.Find("#spam .errors li")
	if first := mistakes.First(); mistakes.Length() != 1 || !strings.Contains(first.Find("blockquote").Text(), "<script>alert(1)</script>") ||
		!strings.Contains(first.Find("summary").Text(), "it's b.jsonl, line 21") || !strings.Contains(first.Find("summary").Text(), "labelled no") {
		t.Errorf("errors: %s", mistakes.Text())
	}
	if words := document.Find(".words").Text(); !strings.Contains(words, "bitcoin") || !strings.Contains(words, "editor") {
		t.Errorf("words: %s", words)
	}
	if read := document.Find("section").Last().Text(); !strings.Contains(read, "a.jsonl") || !strings.Contains(read, "1 without a label") {
		t.Errorf("what was read: %s", read)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) != 3 {
		t.Errorf("%d files left, %v", len(left), err)
	}
}

func TestPageOfFolds(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(60, 0))
	readReports(t, commandline(t, "evaluate", "--axis", "spam", "--folds", "3", "--data", "a.jsonl", "--by", "group", "--html", "folds.html"))
	document := readPage(t, "folds.html")
	if document.Find("#spam-learning-title").Length() != 1 || !strings.Contains(document.Find(".words").Text(), "the first fold’s model") {
		t.Errorf("folds: %s", titles(document))
	}
	if head := document.Find("#spam h3").Text(); !strings.Contains(head, "By group") {
		t.Errorf("no slices: %s", head)
	}
}

// A model's page has the words it was saved with, and no learning curve: nothing was trained.
func TestPageOfAModel(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(60, 0))
	if o := commandline(t, "train", "--axis", "spam", "--data", "a.jsonl", "--out", "saved"); o.code != exitDone {
		t.Fatal(o.err)
	}
	for _, model := range []string{"saved", "starter"} {
		readReports(t, commandline(t, "evaluate", "--axis", "spam", "--model", model, "--data", "a.jsonl", "--html", "model.html"))
		document := readPage(t, "model.html")
		if document.Find("#spam-learning-title").Length() != 0 || !strings.Contains(document.Find(".words").Text(), "model "+model) {
			t.Errorf("%s: %s", model, titles(document))
		}
		if rows := document.Find(".words tbody tr").Length(); rows < 4 {
			t.Errorf("%d words of %s", rows, model)
		}
	}
}

// A path that cannot be written is refused before anything is measured.
func TestPageGoesNowhereElse(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(60, 0))
	for path, want := range map[string]string{".": "is a folder", "a.jsonl": "no page of this program", "none/page.html": "no such file"} {
		o := commandline(t, "evaluate", "--axis", "spam", "--folds", "3", "--data", "a.jsonl", "--html", path)
		if o.code != exitUsage || !strings.Contains(o.err, want) || o.out != "" {
			t.Errorf("--html %s: exit %d, %s%s", path, o.code, o.err, o.out)
		}
	}
	if data, err := os.ReadFile("a.jsonl"); err != nil || string(data) != spamRows(60, 0) {
		t.Errorf("the data file was written over: %v", err)
	}
}

func TestAnInterruptedPageIsNotWritten(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(60, 0))
	ctx, stop := context.WithCancel(context.Background())
	var out, errors bytes.Buffer
	code := run(ctx, program{
		args: []string{"evaluate", "--axis", "spam", "--folds", "3", "--data", "a.jsonl", "--html", "page.html", "--json"},
		in:   strings.NewReader(""), out: stopping{&out, stop}, err: &errors, now: time.Now,
	})
	if code != exitInterrupted || out.Len() == 0 {
		t.Errorf("exit %d: %s", code, errors.String())
	}
	if left, err := os.ReadDir("."); err != nil || len(left) != 1 {
		t.Errorf("%d files left, %v", len(left), err)
	}
}

// stopping interrupts the run when its figures are printed: the learning curve comes after them.
type stopping struct {
	to   *bytes.Buffer
	stop context.CancelFunc
}

func (s stopping) Write(data []byte) (int, error) {
	s.stop()
	return s.to.Write(data)
}

// What is quoted reads back as it was, by a real shell.
func TestShellWords(t *testing.T) {
	words := []string{"plain", "a b", "", "it's", `"$HOME"`, "a\nb", "--x=1,2", "*", "~", "ß", "#", `\`, "-"}
	if quoted := shellWords([]string{"--folds=3", "./a.jsonl", "ß"}); strings.Join(quoted, " ") != "--folds=3 ./a.jsonl 'ß'" {
		t.Errorf("%s", quoted)
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell to read the words with")
	}
	got, err := exec.Command(shell, "-c", `printf '%s\001' `+strings.Join(shellWords(words), " ")).Output()
	if err != nil || string(got) != strings.Join(words, "\x01")+"\x01" {
		t.Errorf("%v: %q", err, got)
	}
}
