package extract_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
	"commentdesk/moderation/extract"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is what a page in testdata becomes.
type golden struct {
	Headline string
	Body     []string
	Comments []goldenComment
	Warnings extract.Warnings
}

type goldenComment struct {
	Position int
	Parent   int    `json:",omitempty"`
	Author   string `json:",omitempty"`
	PostedAt string `json:",omitempty"`
	Text     []string
}

func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(pages) < 20 {
		t.Fatalf("%d pages in testdata: %v", len(pages), err)
	}
	for _, page := range pages {
		t.Run(filepath.Base(page), func(t *testing.T) {
			raw, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			article, comments, warnings, err := extract.Article(bytes.NewReader(raw), extract.Hint{Source: page})
			if err != nil {
				t.Fatal(err)
			}
			checkCommon(t, article, comments, warnings, page)
			got := golden{article.Headline, strings.Split(article.Body, "\n"), nil, warnings}
			for _, c := range comments {
				got.Comments = append(got.Comments, goldenComment{c.Position, c.Parent, c.Author, c.PostedAt, strings.Split(c.Text, "\n")})
			}
			compare(t, strings.TrimSuffix(page, ".txt")+".golden.json", got)
		})
	}
}

// checkCommon holds what is true of every page.
func checkCommon(t testing.TB, article moderation.Article, comments []moderation.Comment, warnings extract.Warnings, source string) {
	t.Helper()
	if article.Source != source || article.Origin != "page" || article.ID != moderation.ArticleID(article.Key()) {
		t.Errorf("article %q from %q, id %q", article.Source, article.Origin, article.ID)
	}
	if warnings.Found != len(comments) {
		t.Errorf("found %d, %d comments", warnings.Found, len(comments))
	}
	for i, c := range comments {
		switch {
		case c.Position != i+1 || c.ArticleID != article.ID:
			t.Errorf("comment %d: position %d, article %q", i, c.Position, c.ArticleID)
		case c.Parent < 0 || c.Parent >= c.Position:
			t.Errorf("comment %d answers %d", c.Position, c.Parent)
		case strings.TrimSpace(c.Text) == "" || strings.Contains(c.Text, "\r") || strings.Contains(c.Text, "\n\n\n"):
			t.Errorf("comment %d: text %q", c.Position, c.Text)
		}
	}
}

func compare(t *testing.T, path string, got golden) {
	t.Helper()
	encoded, err := json.MarshalIndent(got, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	encoded = append(encoded, '\n')
	if *update {
		if err := os.WriteFile(path, encoded, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(encoded)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// fuzzSeeds are the pages in testdata.
func fuzzSeeds(f *testing.F) [][]byte {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	var pages [][]byte
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		pages = append(pages, raw)
	}
	return pages
}
