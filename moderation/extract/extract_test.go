package extract_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
	"commentdesk/moderation/extract"
)

func TestRefused(t *testing.T) {
	broken := errors.New("disk on fire")
	for name, tc := range map[string]struct {
		page  io.Reader
		limit int64
		want  error
		says  string
	}{
		"empty":               {strings.NewReader(""), 0, extract.ErrEmpty, "page.txt: empty file"},
		"only blank":          {strings.NewReader(" \n\t\u00a0\r\n"), 0, extract.ErrEmpty, "empty file"},
		"only a mark":         {strings.NewReader("\ufeff"), 0, extract.ErrEmpty, "empty file"},
		"NUL":                 {strings.NewReader("Headline\n\nbo\x00dy"), 0, extract.ErrBinary, "NUL at byte 12"},
		"UTF-16, no mark":     {strings.NewReader("H\x00i\x00"), 0, extract.ErrBinary, "NUL at byte 1"},
		"controls":            {strings.NewReader(strings.Repeat("\x01\x02a", 100)), 0, extract.ErrBinary, "control characters"},
		"PDF":                 {strings.NewReader("%PDF-1.7\n"), 0, extract.ErrBinary, "PDF"},
		"gzip":                {strings.NewReader("\x1f\x8b\x08"), 0, extract.ErrBinary, "gzip"},
		"too large":           {strings.NewReader("Headline"), 7, extract.ErrTooLarge, "larger than the cap of 7 bytes"},
		"HTML":                {strings.NewReader("<!DOCTYPE html>\n<html>"), 0, extract.ErrHTML, "HTML pages are not read in this version"},
		"HTML behind blanks":  {strings.NewReader("\ufeff\r\n  <html lang=en>"), 0, extract.ErrHTML, "HTML"},
		"HTML after a remark": {strings.NewReader("<!-- saved from -->\n<html>"), 0, extract.ErrHTML, "HTML"},
		"fragment":            {strings.NewReader("<article>"), 0, extract.ErrHTML, "HTML"},
		"reader fails":        {iotest.ErrReader(broken), 0, broken, "disk on fire"},
	} {
		t.Run(name, func(t *testing.T) {
			article, comments, _, err := extract.Article(tc.page, extract.Hint{Source: "page.txt", MaxBytes: tc.limit})
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("error %v, want %v saying %q", err, tc.want, tc.says)
			}
			if comments != nil || article != (moderation.Article{}) {
				t.Errorf("a refused page gave %+v, %d comments", article, len(comments))
			}
		})
	}
}

func TestTaken(t *testing.T) {
	for name, page := range map[string]string{
		"the cap exactly": "Headline",
		"BM, as a bitmap": "BMW halts a plant\n\nBody.",
		"an angle":        "<3 this town\n\nBody.",
		"escapes":         "Headl\x1b[1mine",
	} {
		t.Run(name, func(t *testing.T) {
			article, _, _, err := extract.Article(strings.NewReader(page), extract.Hint{MaxBytes: int64(len(page))})
			if headline, _, _ := strings.Cut(page, "\n"); err != nil || article.Headline != headline {
				t.Errorf("headline %q, error %v", article.Headline, err)
			}
		})
	}
}

// TestSource holds that neither the source nor the reader's chunks change what a page says.
func TestSource(t *testing.T) {
	raw, err := os.ReadFile("testdata/wordpress-lynx.txt")
	if err != nil {
		t.Fatal(err)
	}
	first, want, _, err := extract.Article(bytes.NewReader(raw), extract.Hint{Source: "a"})
	if err != nil {
		t.Fatal(err)
	}
	second, got, _, err := extract.Article(iotest.OneByteReader(bytes.NewReader(raw)), extract.Hint{Source: "b/c"})
	if err != nil || first.ID != second.ID || first.ID == "" {
		t.Errorf("ids %q and %q: %v", first.ID, second.ID, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// policyLine is the independent rule's mark; blankRun parts its comments.
var (
	policyLine = regexp.MustCompile(`(?m)^Comment Policy.*$`)
	blankRun   = regexp.MustCompile(`\n(?:[\s\x{a0}]*\n){2,}`)
)

// TestAcceptancePages reads the five pages that the project was asked for with, where their folder is given, and compares the texts with those of
// an independent rule.
func TestAcceptancePages(t *testing.T) {
	folder := os.Getenv("COMMENTDESK_PAGES")
	if folder == "" {
		t.Skip("COMMENTDESK_PAGES is not set: it names the folder of the five acceptance pages")
	}
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		t.Skipf("COMMENTDESK_PAGES: %s is no folder: %v", folder, err)
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	counts := []int{2, 3, 0, 3, 0}
	if err != nil || len(pages) != len(counts) {
		t.Fatalf("%d pages in %s, want %d: %v", len(pages), folder, len(counts), err)
	}
	for i, page := range pages {
		raw, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		article, comments, warnings, err := extract.Article(bytes.NewReader(raw), extract.Hint{Source: page})
		if err != nil {
			t.Fatal(err)
		}
		checkCommon(t, article, comments, warnings, page)
		if len(comments) != counts[i] || len(warnings.Messages) > 0 || warnings.Family == "" {
			t.Errorf("%s: %d comments, want %d; family %q, warnings %q", page, len(comments), counts[i], warnings.Family, warnings.Messages)
		}
		if diff := cmp.Diff(behindPolicy(string(raw)), texts(comments)); diff != "" {
			t.Errorf("%s: texts differ from the independent rule's (-rule +got):\n%s", page, diff)
		}
	}
}

// behindPolicy splits what follows the last line that begins with Comment Policy.
func behindPolicy(page string) []string {
	found := policyLine.FindAllStringIndex(page, -1)
	if found == nil {
		return nil
	}
	var blocks []string
	for _, block := range blankRun.Split(page[found[len(found)-1][1]:], -1) {
		if block = strings.TrimSpace(block); block != "" {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

func texts(comments []moderation.Comment) []string {
	var list []string
	for _, c := range comments {
		list = append(list, c.Text)
	}
	return list
}

// largePages are pages of about n bytes, each hard in its own way.
func largePages(n int) map[string]string {
	sentence := "The council will paint the bridge over the inner harbour, and nobody knows for how long it will be closed.\n\n"
	like := "Headline\n\nBody.\n\nDo you like this article?\n\n7 Comment(s)\n\nComment Policy\n\n"
	wordpress := "Headline\n\nBody.\n\n7 thoughts on “Headline”\n\n"
	fill := func(start, piece string) string { return start + strings.Repeat(piece, (n-len(start))/len(piece)) }
	return map[string]string{
		"a long article":     fill("Headline\n\n", sentence) + like[len("Headline\n\nBody."):] + "One.",
		"many comments":      fill(like, sentence+"Second paragraph of it.\n\n\n"),
		"short comments":     fill(like, "Dream on.\n\n\n"),
		"one line":           fill("Headline\n\n", "and so on "),
		"blank lines":        "Headline" + strings.Repeat("\n", n) + "Body.",
		"carriage returns":   fill("Headline", "\ra"),
		"footers in footers": fill("Headline\n\n", like),
		"boilerplate":        fill(like, "Share this\n\n\n"),
		"threads in threads": fill("Headline\n\n", wordpress+"Ann says:\nMay 14, 2026 at 3:12 pm\n\nYes.\n\nReply\n\n"),
		"dated threads":      fill(wordpress, "Ann says:\nMay 14, 2026 at 3:12 pm\n\nYes.\n\n"),
		"headers, no count":  fill("Headline\n\n", "Ann says:\n2 comments:\nbob said...\n"),
		"ever deeper":        fill(wordpress, deeper()),
		"deep lines":         fill(wordpress, strings.Repeat(" ", 4000)+"Reply\n"),
		"clock times":        fill(wordpress+"Ann says:\n", "3:12 pm, no\n") + "\n2 comments:\n\nAnn said...\n",
	}
}

// deeper is a thread in which each comment answers the one before.
func deeper() string {
	var b strings.Builder
	for i := range 150 {
		b.WriteString(strings.Repeat(" ", i) + "Ann says:\n" + strings.Repeat(" ", i) + "May 14, 2026 at 3:12 pm\n\n" + strings.Repeat(" ", i) + "Yes.\n\n")
	}
	return b.String()
}

// TestLinear holds that time grows with the size of a page and not with its square: four times the page, well under sixteen times the time. A busy
// machine may spoil a measurement, so only what fails time after time has failed.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: times large pages")
	}
	const size = 1 << 18
	small, large := largePages(size), largePages(4*size)
	for name := range small {
		t.Run(name, func(t *testing.T) {
			var first, second time.Duration
			for range 8 {
				first, second = fastest(t, small[name]), fastest(t, large[name])
				if second <= 10*first+50*time.Millisecond {
					return
				}
			}
			t.Errorf("%v for 256 KB, %v for 1 MB", first, second)
		})
	}
}

func fastest(t *testing.T, page string) time.Duration {
	best := time.Hour
	for range 3 {
		start := time.Now()
		if _, _, _, err := extract.Article(strings.NewReader(page), extract.Hint{}); err != nil {
			t.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	return best
}

// TestVeryDeep holds that a comment is found however deep it lies.
func TestVeryDeep(t *testing.T) {
	const n = 1000
	var page strings.Builder
	fmt.Fprintf(&page, "Headline\n\nBody.\n\n%d thoughts on “Headline”\n\n", n)
	for i := range n {
		page.WriteString(indented(fmt.Sprintf("Ann says:\nMay 14, 2026 at 3:12 pm\n\nText %d.\n\nReply", i), i) + "\n\n")
	}
	_, comments, warnings, err := extract.Article(strings.NewReader(page.String()), extract.Hint{})
	if err != nil || len(comments) != n || len(warnings.Messages) > 0 {
		t.Fatalf("%d comments, warnings %q, error %v", len(comments), warnings.Messages, err)
	}
	for i, c := range comments {
		if c.Parent != i || c.Text != fmt.Sprintf("Text %d.", i) {
			t.Fatalf("comment %d answers %d: %q", c.Position, c.Parent, c.Text)
		}
	}
}

func TestHundredMegabytes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: reads a page of 100 MB")
	}
	const tail = "\n\nDo you like this article?\n\n2 Comment(s)\n\nComment Policy\n\nOne.\n\n\nTwo.\n"
	sentence := []byte("The council will paint the bridge over the inner harbour, and nobody knows for how long.\n\n")
	page := bytes.Repeat(sentence, 100_000_000/len(sentence))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, comments, _, err := extract.Article(io.MultiReader(bytes.NewReader(page), strings.NewReader(tail)), extract.Hint{})
	runtime.ReadMemStats(&after)
	if diff := cmp.Diff([]string{"One.", "Two."}, texts(comments)); err != nil || diff != "" {
		t.Errorf("error %v, texts (-want +got):\n%s", err, diff)
	}
	if allocated := (after.TotalAlloc - before.TotalAlloc) >> 20; allocated > 1500 {
		t.Errorf("%d MB allocated for a page of 100 MB", allocated)
	}
}

func BenchmarkArticle(b *testing.B) {
	const size = 16 << 20
	for name, page := range largePages(size) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if _, _, _, err := extract.Article(strings.NewReader(page), extract.Hint{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
