package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"commentdesk/moderation/exchange"
)

// newsPages are the five pages that the program was asked for with.
func newsPages(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("COMMENTDESK_PAGES")
	if folder == "" {
		t.Skip("COMMENTDESK_PAGES does not name the folder of the five news pages")
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(pages) != 5 {
		t.Fatalf("COMMENTDESK_PAGES=%s has %d pages, not 5 (%v)", folder, len(pages), err)
	}
	return folder
}

func TestNewsPagesSummary(t *testing.T) {
	s := newSite(t)
	summaries := decode[[]exchange.Summary](t, s.must(exitDone, "extract", newsPages(t), "--summary", "--json").out)
	if len(summaries) != 5 {
		t.Fatalf("%d pages", len(summaries))
	}
	for i, want := range []int{2, 3, 0, 3, 0} {
		got := summaries[i]
		if got.Found != want || got.Family == "" || got.Cut != 0 || (got.Declared != nil && *got.Declared != want) {
			t.Errorf("%+v: %d comments wanted", got, want)
		}
	}
}

func TestNewsPagesClassified(t *testing.T) {
	s := newSite(t)
	pages := newsPages(t)
	table := s.must(exitDone, "classify", pages, "--topic", "taliban-al-qaeda", "--format", "table").out
	lines := strings.Split(strings.TrimRight(table, "\n"), "\n")
	if len(lines) != 10 || !strings.HasPrefix(lines[0], "source") || !strings.HasPrefix(lines[1], "───") {
		t.Errorf("no table of 8 rows:\n%s", table)
	}
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 100 {
			t.Errorf("too wide for a terminal: %q", line)
		}
	}
	out := s.must(exitDone, "classify", pages, "--topic", "taliban-al-qaeda").out
	var rows []exchange.Answered
	for line := range strings.Lines(out) {
		rows = append(rows, decode[exchange.Answered](t, line))
	}
	if len(rows) != 8 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		t.Logf("%s %d: stance %s (favor %.2f, against %.2f, none %.2f), hostile %s, spam %s: %.60q", filepath.Base(row.Source)[:3], row.Position, row.Labels.Stance,
			*row.Probabilities.Stance.Favor, *row.Probabilities.Stance.Against, *row.Probabilities.Stance.None, row.Labels.Hostile, row.Labels.Spam, row.Text)
		if row.Topic != "taliban-al-qaeda" || row.Claim == "" || row.ClaimFrom != "given" || row.Action != "queue" || row.Model == "" {
			t.Errorf("%+v", row)
		}
		if row.Labels.Hostile == "yes" || row.Labels.Spam == "yes" {
			t.Errorf("a civil comment is called hostile or spam: %+v", row.Labels)
		}
	}
}

// The pages go into a database whole, twice without anything new.
func TestNewsPagesImported(t *testing.T) {
	s := newSite(t)
	pages := newsPages(t)
	if r := receiptOf(s, s.must(exitDone, "import", pages, "--json")); r.New != 8 {
		t.Errorf("%+v", r)
	}
	if r := receiptOf(s, s.must(exitDone, "import", pages, "--json")); r.New != 0 || r.Already != 8 {
		t.Errorf("%+v", r)
	}
	if found := s.queue().Comments; len(found) != 8 {
		t.Errorf("%d comments wait", len(found))
	}
}
