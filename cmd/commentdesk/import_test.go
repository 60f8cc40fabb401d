package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
	"commentdesk/moderation/intake"
)

// twoPages are a folder with two pages of five comments.
func twoPages(s *site) string {
	s.file("pages/bridge.txt", page("Harbour bridge to close for nine weeks", "About time.\n\nThe rust was falling on my boat.", "Nine weeks is a joke.", "Dream on."))
	s.file("pages/library.txt", page("Library drops its fines", "Good, nobody paid them.", "Who buys the books then?"))
	return filepath.Join(s.folder, "pages")
}

func receiptOf(s *site, o outcome) moderation.Receipt {
	s.t.Helper()
	r := decode[moderation.Receipt](s.t, o.out)
	sum := r.New + r.Changed + r.Already
	for _, n := range r.Refused {
		sum += n
	}
	if r.Seen != sum {
		s.t.Errorf("seen %d of %+v", r.Seen, r)
	}
	return r
}

func TestImportReceipts(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	dry := func() {
		t.Helper()
		if r := receiptOf(s, s.must(exitDone, "import", pages, "--dry-run", "--json")); r.New != 5 || r.Articles != 2 {
			t.Errorf("dry run: %+v", r)
		}
	}
	if dry(); !missing(s.db) {
		t.Error("a dry run made a database")
	}
	s.must(exitDone, "topic", "add", "bridge", "--claim", "The bridge should close.")
	dry()
	if page := s.queue(); len(page.Comments) != 0 {
		t.Fatalf("a dry run stored %d comments", len(page.Comments))
	}
	first := s.must(exitDone, "import", pages, "--json")
	want := []string{"articles", "seen", "new", "changed", "already", "refused", "labels"}
	if diff := cmp.Diff(want, keysOf(t, first.out)); diff != "" {
		t.Errorf("keys: %s", diff)
	}
	if first.out != `{"articles":2,"seen":5,"new":5,"changed":0,"already":0,"refused":{},"labels":0}`+"\n" {
		t.Error(first.out)
	}
	if again := receiptOf(s, s.must(exitDone, "import", pages, "--json")); again.New != 0 || again.Already != 5 || again.Articles != 2 {
		t.Errorf("again: %+v", again)
	}
	s.file("pages/bridge.txt", page("Harbour bridge to close for nine weeks", "Dream on.", "Nine weeks is a joke.", "Dream on."))
	if later := receiptOf(s, s.must(exitDone, "import", pages, "--json")); later.New != 1 || later.Already != 4 {
		t.Errorf("a page with one more of an equal text and one fewer: %+v", later)
	}
	if words := s.must(exitDone, "import", pages, "--format", "table").out; words != "2 articles, 5 comments: 0 new, 0 changed, 5 already there, 0 refused; 0 labels\n" {
		t.Error(words)
	}
}

func TestImportRefusals(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.file("pages/broken.txt", "\x00\x01\x02binary\x00")
	s.file("pages/.hidden.txt", page("Hidden", "Nobody reads this."))
	s.file("pages/rows.jsonl", rows(t, "A good row.", " ")+"not JSON\n"+`{"text":"of no article"}`+"\n")
	o := s.must(exitSomeRefused, "import", pages, "--json")
	r := receiptOf(s, o)
	if r.Seen != 9 || r.New != 6 || len(r.Refused) != 3 || r.Refused["no article"] != 1 || r.Refused["empty text"] != 1 {
		t.Errorf("%+v", r)
	}
	contains(t, o.err, "broken.txt: ", "rows.jsonl:3: not JSON", "1 refused: no article")
	bad := s.file("bad.jsonl", `{"text":"cut o`+"\n"+`{"text":["a list"],"url":"https://news.example/mill"}`+"\n")
	if o := s.must(exitFailed, "import", bad, "--json"); receiptOf(s, o).Seen != 2 {
		t.Error(o.out)
	}
	s.must(exitFailed, "import", filepath.Join(pages, "broken.txt"))
	silent := s.file("silent/page.txt", page("Nobody answers"))
	s.file("silent/broken.txt", "\x00\x01\x02binary\x00")
	s.must(exitDone, "import", silent)
	s.must(exitSomeRefused, "import", filepath.Dir(silent))
}

// Rows of one article that come in several batches merge as one list: equal texts are counted, and answers find their parents.
func TestImportOfMoreRowsThanABatch(t *testing.T) {
	s := newSite(t)
	const n = intake.MaxBatch + 200
	var data strings.Builder
	for i := range n {
		data.WriteString(row(t, i+1, "Dream on.", map[string]any{"parent": i % 2}))
	}
	path := s.file("many.jsonl", data.String())
	if r := receiptOf(s, s.must(exitDone, "import", path, "--json")); r.New != n || r.Already != 0 || r.Articles != 1 {
		t.Errorf("%+v", r)
	}
	last := s.open()
	defer last.Close()
	stored, err := last.service.Comment(t.Context(), n)
	if err != nil || stored.Parent != 1 || stored.ParentID != 1 {
		t.Errorf("the last one answers %d at position %d, error %v", stored.ParentID, stored.Parent, err)
	}
	if r := receiptOf(s, s.must(exitDone, "import", path, path, "--json")); r.New != 0 || r.Already != 2*n {
		t.Errorf("again, twice: %+v", r)
	}
}

// Rows of several articles may alternate.
func TestImportOfAlternatingArticles(t *testing.T) {
	s := newSite(t)
	var data strings.Builder
	for range 3 {
		data.WriteString(`{"text":"No.","url":"https://news.example/mill"}` + "\n" + `{"text":"No.","url":"https://news.example/mayor"}` + "\n")
	}
	if r := receiptOf(s, s.must(exitDone, "import", s.file("c.jsonl", data.String()), "--json")); r.New != 6 || r.Articles != 2 {
		t.Errorf("%+v", r)
	}
}

// A file of rows may hold one page as saved twice: it merges as the pages themselves do.
func TestImportOfAPageSavedTwice(t *testing.T) {
	s := newSite(t)
	s.file("pages/first.txt", page("The bridge", "Dream on.", "Dream on."))
	s.file("pages/later.txt", page("The bridge", "Dream on.", "No.", "Dream on.", "Dream on."))
	pages := filepath.Join(s.folder, "pages")
	rows := s.must(exitDone, "extract", pages).out
	if r := receiptOf(s, s.must(exitDone, "import", s.file("rows.jsonl", rows), "--json")); r.Seen != 6 || r.New != 4 || r.Already != 2 {
		t.Errorf("rows: %+v", r)
	}
	if r := receiptOf(s, s.must(exitDone, "import", pages, "--json")); r.New != 0 || r.Already != 6 {
		t.Errorf("the pages themselves: %+v", r)
	}
}

// An import that takes long says how far it is.
func TestImportSaysHowFarItIs(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.launch("import", "-", "--from", "comments")
	for i := range intake.MaxBatch + 1 {
		if _, err := io.WriteString(p.in, row(t, i+1, fmt.Sprintf("Comment %d.", i), nil)); err != nil {
			t.Fatal(err)
		}
	}
	p.wait("1000 comments so far")
	p.in.Close()
	p.end()
	if code := p.cmd.ProcessState.ExitCode(); code != exitDone {
		t.Errorf("exit %d", code)
	}
}

// Whatever is refused is named with its line, and what is refused is no article.
func TestImportNamesWhatItRefuses(t *testing.T) {
	s := newSite(t)
	data := row(t, 1, "Fine.", nil) + row(t, 2, " ", nil) + `{"text":"of no article"}` + "\n" +
		`{"text":"Of a topic that nobody added.","url":"https://news.example/mayor","topic":"mayor"}` + "\n" +
		row(t, 5, "One.", map[string]any{"id": "x"}) + row(t, 6, "Two.", map[string]any{"id": "x"})
	o := s.must(exitSomeRefused, "import", s.file("c.jsonl", data), "--json")
	if r := receiptOf(s, o); r.New != 2 || r.Articles != 1 {
		t.Errorf("%+v", r)
	}
	contains(t, o.err, "c.jsonl:2: empty text\n", "c.jsonl:3: no article\n", "c.jsonl:4: no topic \"mayor\": add it first\n",
		"c.jsonl:6: the same id twice with different texts\n")
	if strings.Contains(o.err, "nobody added") {
		t.Errorf("the text of a comment is shown: %s", o.err)
	}
}

func TestTopics(t *testing.T) {
	s := newSite(t)
	pages := twoPages(s)
	s.begin()
	if o := s.must(exitDone, "topic", "list"); !strings.Contains(o.err, "no topics yet") {
		t.Error(o.err)
	}
	s.must(exitDone, "topic", "add", "bridge", "--claim", "The bridge should be closed")
	s.must(exitDone, "topic", "add", "fines", "--claim", "Libraries should drop fines")
	s.must(exitDone, "import", filepath.Join(pages, "bridge.txt"), "--topic", "bridge")
	s.must(exitDone, "import", filepath.Join(pages, "library.txt"))
	on := s.queue("--filter", "topic:bridge")
	if len(on.Comments) != 3 {
		t.Fatalf("%d comments", len(on.Comments))
	}
	for _, c := range on.Comments {
		if c.Claim != "The bridge should be closed" || c.ClaimFrom != "given" || c.Topic != "bridge" {
			t.Errorf("%+v", c.Record)
		}
	}
	library := s.queue("--filter", "fines").Comments
	if len(library) != 0 {
		t.Fatal("the filter found words that are not in the text")
	}
	other := s.queue("--filter", "paid").Comments[0]
	if other.ClaimFrom != "headline" || other.Topic != "" {
		t.Errorf("%+v", other.Record)
	}
	s.must(exitDone, "topic", "assign", other.ArticleID, "fines", "--side", "against", "--as", "eve")
	s.must(exitDone, "topic", "side", other.ArticleID, "open")
	if now := s.queue("--filter", "topic:fines").Comments; len(now) != 2 || now[0].Claim != "Libraries should drop fines" || now[0].Revision != 1 {
		t.Errorf("%+v", now)
	}
	lines := strings.Split(strings.TrimSpace(s.must(exitDone, "topic", "list").out), "\n")
	if len(lines) != 2 || strings.Join(strings.Fields(lines[0]), " ") != "bridge 1 articles The bridge should be closed" {
		t.Errorf("%q", lines)
	}
	s.must(exitFailed, "topic", "add", "bridge", "--claim", "Another claim")
	s.must(exitDone, "topic", "add", "bridge", "--claim", "The bridge should be closed")
	s.must(exitDone, "topic", "assign", other.ArticleID, "")
	if now := s.queue("--filter", "topic:fines").Comments; len(now) != 0 {
		t.Error("taken out, and still there")
	}
	classified := s.must(exitDone, "classify", filepath.Join(pages, "library.txt"), "--topic", "fines")
	contains(t, classified.out, `"claim":"Libraries should drop fines","topic":"fines"`, `"claim_from":"given"`)
}

// The demonstration's pages come in whole: what the footers declare is what is stored, but for the page that says so.
func TestImportTheDemonstrationPages(t *testing.T) {
	s := newSite(t)
	names, err := filepath.Glob(filepath.Join(root, "seeds", "demo", "*.txt"))
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	o := s.must(exitDone, "import", filepath.Join(root, "seeds", "demo", "*.txt"), "--json")
	r := receiptOf(s, o)
	if r.Articles < len(names)/2 || r.New < 5*r.Articles || r.Already != 0 {
		t.Errorf("%d pages: %+v", len(names), r)
	}
	if again := receiptOf(s, s.must(exitDone, "import", filepath.Join(root, "seeds", "demo", "*.txt"), "--json")); again.New != 0 || again.Already != r.New {
		t.Errorf("again: %+v", again)
	}
}

// Labels that rows bring are an archive's: they are kept beside the comments and counted.
func TestImportOfLabelledRows(t *testing.T) {
	s := newSite(t)
	data := row(t, 1, "Sell your soul for cheap watches.", map[string]any{"spam": "yes", "hostile": 0}) + row(t, 2, "The mill is too far.", map[string]any{"spam": "no"}) +
		row(t, 3, "No label here.", nil) + row(t, 4, "A label that is none.", map[string]any{"spam": "perhaps"})
	o := s.must(exitSomeRefused, "import", s.file("archive.jsonl", data), "--json")
	if r := receiptOf(s, o); r.New != 3 || r.Labels != 3 || len(r.Refused) != 1 {
		t.Errorf("%+v", r)
	}
	contains(t, o.err, "archive.jsonl:4: spam")
	first := s.comment(1)
	if first.Human == nil || first.Human.Spam != "yes" || first.Human.Hostile != "no" || first.Human.Stance != "" || first.Status != "pending" {
		t.Errorf("%+v", first)
	}
	if again := receiptOf(s, s.run("import", filepath.Join(s.folder, "archive.jsonl"), "--json")); again.Labels != 0 {
		t.Errorf("again: %+v", again)
	}
	csv := s.file("archive.csv", "Kommentar;article;Urteil\n\"Win a boat; now\";Boats;spam\n")
	if o := s.run("import", csv, "--columns", "text=Kommentar", "--json"); o.code != exitDone || receiptOf(s, o).New != 1 {
		t.Errorf("%+v", o)
	}
	if row := s.queue("--filter", "boat").Comments[0]; row.Text != "Win a boat; now" || row.Headline != "Boats" {
		t.Errorf("%+v", row.Record)
	}
	if info, err := os.Stat(s.db); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the database's mode is %v, %v", info.Mode(), err)
	}
}
