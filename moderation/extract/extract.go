// Package extract reads an article page that was saved as text: its headline, its body, and the comments in its footer. It knows the footer
// families and how to tell a true footer from the same words in an article or in a comment; each family lies in a file of its own, with its
// markers as data. It leaves files, folders and gzip to intake, other formats to exchange, and what becomes of a comment to moderation.
package extract

import (
	"fmt"
	"io"
	"strings"

	"commentdesk/moderation"
)

// Hint is what the caller knows about a page.
type Hint struct {
	Source   string // the path it was read from; goes into the article and in front of errors
	MaxBytes int64  // 0 is DefaultMaxBytes; at most LargestMaxBytes
}

// Warnings says what was made of a page's footer, and what looked wrong.
type Warnings struct {
	Family   string // like, leave, copy, wordpress or blogger; "" where there is no footer
	Declared *int   // how many comments the footer claims to hold; nil where it claims nothing
	Found    int    // how many comments came out
	Cut      []Cut  // what stood in the footer and was not taken for a comment
	Messages []string
}

// Cut is a piece of a footer that is no comment.
type Cut struct {
	Text string
	Why  string // newsletter, share bar, links, copyright, form, pingback …
	Line int    // where it begins, from 1
}

// Article reads one page. Comments have positions from 1 and, where the page shows it, a parent, an author and a time. The error is one of
// ErrEmpty, ErrBinary, ErrTooLarge and ErrHTML, or what reading failed with.
func Article(r io.Reader, hint Hint) (moderation.Article, []moderation.Comment, Warnings, error) {
	text, replaced, err := read(r, hint.MaxBytes)
	if err != nil {
		if hint.Source != "" {
			err = fmt.Errorf("%s: %w", hint.Source, err)
		}
		return moderation.Article{}, nil, Warnings{}, err
	}
	p := newPage(text)
	article := moderation.Article{Headline: strings.TrimSpace(p.line(0)), Side: moderation.SideFor, Source: hint.Source, Origin: "page"}
	warnings := Warnings{}
	if replaced > 0 {
		warnings.warn("invalid UTF-8: %d bytes or sequences were replaced by U+FFFD", replaced)
	}
	f, rivals, ok := choose(p)
	if !ok {
		article.Body = p.paragraphs(1, p.size())
		article.ID = moderation.ArticleID(article.Key())
		warnings.warn("no comment footer found")
		warnings.unread(p)
		return article, nil, warnings, nil
	}
	article.Body = p.paragraphs(1, f.start)
	article.ID = moderation.ArticleID(article.Key())
	comments, cut := f.family.read(p, f)
	for i := range comments {
		comments[i].Position, comments[i].ArticleID = i+1, article.ID
	}
	warnings.Family, warnings.Found, warnings.Cut = f.family.name, len(comments), cut
	if f.declared != undeclared {
		warnings.Declared = &f.declared
	}
	warnings.check(p, f, rivals)
	if f.family.silent {
		warnings.unread(p)
	}
	return article, comments, warnings, nil
}

func (w *Warnings) warn(format string, args ...any) {
	w.Messages = append(w.Messages, fmt.Sprintf(format, args...))
}

// check compares what was found with what the footer declares, and names the other footers that the page could be read by.
func (w *Warnings) check(p *page, chosen footer, rivals []footer) {
	switch {
	case w.Declared != nil && (*w.Declared != w.Found || len(w.Cut) > 0):
		w.warn("the footer declares %d comments, %d found, %d cut%s", *w.Declared, w.Found, len(w.Cut), reasons(w.Cut))
	case len(w.Cut) > 0:
		w.warn("%d found, %d cut%s", w.Found, len(w.Cut), reasons(w.Cut))
	}
	for _, rival := range rivals {
		where := "a comment"
		if rival.start < chosen.start {
			where = "the article"
		}
		w.warn("line %d looks like a footer (%s) and was read as part of %s", p.number(rival.start), rival.family.name, where)
	}
}

// unread names the first line that counts comments, with dates or links of comments behind it, on a page of which no comment was read.
func (w *Warnings) unread(p *page) {
	for i := 1; i < p.size(); i++ {
		for _, t := range []*thread{wordpress, blogger} {
			declared, _, ok := t.counted(p.short(i, longestMarker))
			if !ok || declared == 0 {
				continue
			}
			if lastSign(p, t, []footer{{start: i}}) > i {
				w.warn("line %d declares %d comments, and none could be read", p.number(i), declared)
			}
			return
		}
	}
}

// reasons lists the first few cuts by reason and line, never by their text.
func reasons(cuts []Cut) string {
	const shown = 5
	var list []string
	for i, cut := range cuts {
		if i == shown {
			list = append(list, "…")
			break
		}
		list = append(list, fmt.Sprintf("%s, line %d", cut.Why, cut.Line))
	}
	if len(list) == 0 {
		return ""
	}
	return " (" + strings.Join(list, "; ") + ")"
}
