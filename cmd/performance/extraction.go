package main

import (
	"fmt"
	"strings"
	"testing"

	"commentdesk/moderation/extract"
)

const (
	extractionComments = "extraction, a page of many comments"
	extractionArticle  = "extraction, a long article"
)

// page is a synthetic page with what must come out of it.
type page struct {
	text     string
	comments int
}

func measureExtraction(s sizes) ([]figure, error) {
	many, long, err := syntheticPages(s.page)
	if err != nil {
		return nil, err
	}
	var figures []figure
	for _, p := range []struct {
		name string
		page page
	}{{extractionComments, many}, {extractionArticle, long}} {
		results, err := benchmark(s.rounds, p.page.benchmark)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.name, err)
		}
		values := perSecond(results)
		for i := range values {
			values[i] *= float64(len(p.page.text)) / 1e6
		}
		figures = append(figures, figure{Name: p.name, Value: spread(values, "MB/s"), How: english.Sprintf(
			"extract.Article in process on a synthetic page of %s MB; comments on it: %d", rounded(float64(len(p.page.text))/1e6), p.page.comments)})
	}
	return figures, nil
}

// benchmark extracts the page; other than the expected number of comments is an error.
func (p page) benchmark(b *testing.B) error {
	for b.Loop() {
		_, comments, _, err := extract.Article(strings.NewReader(p.text), extract.Hint{})
		if err != nil {
			return err
		}
		if len(comments) != p.comments {
			return fmt.Errorf("%d comments came out of a page with %d", len(comments), p.comments)
		}
	}
	return nil
}

// syntheticPages makes two pages of about size bytes from the demonstration's text: one almost all comments, one almost all article.
func syntheticPages(size int) (many, long page, err error) {
	pages, err := demoPages()
	if err != nil {
		return page{}, page{}, err
	}
	var body string
	var texts []string
	for _, p := range pages {
		body += p.article.Body + "\n\n"
		for _, c := range p.comments {
			texts = append(texts, withoutBlankRuns(c.Text))
		}
	}
	if len(texts) == 0 {
		return page{}, page{}, fmt.Errorf("seeds/demo holds no comments")
	}
	return build(body, texts, size, 1), build(body, texts, 1, size), nil
}

// build repeats comments and article until each is at least as large as asked for.
func build(body string, texts []string, commentBytes, articleBytes int) page {
	var article, footer strings.Builder
	for article.Len() < articleBytes {
		article.WriteString(body)
	}
	n := 0
	for footer.Len() < commentBytes {
		footer.WriteString(texts[n%len(texts)] + "\n\n\n")
		n++
	}
	marks := fmt.Sprintf("Do you like this article?\n\n%d Comment(s)\n\nComment Policy\n\n", n)
	return page{text: "A synthetic page\n\n" + article.String() + marks + footer.String(), comments: n}
}

// withoutBlankRuns keeps paragraphs apart by one empty line: two would part comments.
func withoutBlankRuns(text string) string {
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	return text
}
