package extract_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/moderation"
	"commentdesk/moderation/extract"
)

// traps are lines with the words of every family.
var traps = []string{"Do you like this article?", "2 Comment(s)", "3 Comment", "Comment Policy is a joke", "Leave a Comment", "Leave a Reply",
	"Popular posts from this blog", "bob says:", "bob said...", "2 comments:", "No comments:", "3 thoughts on “that”", "Post a Comment",
	"Subscribe to our newsletter", "© 2026 bob", "> Ann says:", "1. Ann says:"}

var (
	plainLine = rapid.StringMatching(`[A-Za-zäñжש😀][A-Za-z ,!?äñжש😀]{0,30}[a-zäñжש😀!?.]`)
	anyLine   = rapid.OneOf(plainLine, plainLine, rapid.SampledFrom(traps))
	paragraph = rapid.Map(rapid.SliceOfN(anyLine, 1, 3), func(lines []string) string { return strings.Join(lines, "\n") })
	bodies    = rapid.Map(rapid.SliceOfN(paragraph, 1, 3), func(paragraphs []string) string { return strings.Join(paragraphs, "\n\n") })
	names     = rapid.StringMatching(`[A-Za-zéж][A-Za-zéж. ]{0,12}[A-Za-zéж]`)
	dates     = rapid.SampledFrom([][2]string{{"May 14, 2026 at 3:12 pm", "2026-05-14T15:12:00"}, {"14 May 2026 at 15:12", "2026-05-14T15:12:00"},
		{"2026/05/14 at 3:12 am", "2026-05-14T03:12:00"}, {"May 14, 2026 at 3:12 pm +02:00", "2026-05-14T13:12:00Z"}, {"2 hours ago", ""}})
	article = "Headline\n\nA body in which bob says:\n\nDo you like this article?\n\nNobody answered him."
)

// wanted draws comments; threaded ones have authors, times and parents.
func wanted(t *rapid.T, threaded bool) (comments []moderation.Comment, posted []string, depth []int) {
	n := rapid.IntRange(0, 6).Draw(t, "comments")
	if threaded {
		n = max(n, 1)
	}
	var above []int // positions of the comments that the next may answer
	for i := range n {
		c := moderation.Comment{Position: i + 1, Text: bodies.Draw(t, "text")}
		if threaded {
			date := dates.Draw(t, "date")
			c.Author, c.PostedAt = names.Draw(t, "author"), date[1]
			above = above[:rapid.IntRange(0, len(above)).Draw(t, "depth")]
			if len(above) > 0 {
				c.Parent = above[len(above)-1]
			}
			posted, depth = append(posted, date[0]), append(depth, len(above))
			above = append(above, c.Position)
		}
		comments = append(comments, c)
	}
	return comments, posted, depth
}

// indented puts a margin before every line that is not blank.
func indented(text string, depth int) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = strings.Repeat("    ", depth) + line
		}
	}
	return strings.Join(lines, "\n")
}

func sameComments(t *rapid.T, page, family string, want []moderation.Comment) {
	a, got, warnings, err := extract.Article(strings.NewReader(page), extract.Hint{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		want[i].ArticleID = a.ID
	}
	if diff := cmp.Diff(want, got); len(want)+len(got) > 0 && diff != "" || warnings.Family != family {
		t.Fatalf("family %q, want %q; warnings %q (-want +got):\n%s\npage:\n%s", warnings.Family, family, warnings.Messages, diff, page)
	}
	if slices.ContainsFunc(warnings.Messages, func(m string) bool { return strings.Contains(m, "declares") }) {
		t.Fatalf("warnings %q", warnings.Messages)
	}
}

func TestLikeGivesCommentsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, _, _ := wanted(t, false)
		var page strings.Builder
		fmt.Fprintf(&page, "%s\n\nDo you like this article?\n\n%d Comment(s)\n\nComment Policy * Denotes Required Field\n\n", article, len(want))
		blank := rapid.SampledFrom([]string{"", " ", "\t", "\u00a0", "\r"})
		for i, c := range want {
			if i > 0 {
				page.WriteString("\n" + blank.Draw(t, "blank") + "\n" + blank.Draw(t, "blank") + "\n")
			}
			page.WriteString(c.Text)
		}
		sameComments(t, page.String(), "like", want)
	})
}

func TestWordpressGivesCommentsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, posted, depth := wanted(t, true)
		links := rapid.Bool().Draw(t, "links")
		var page strings.Builder
		fmt.Fprintf(&page, "%s\n\n%d thoughts on “Headline”\n\n", article, len(want))
		for i, c := range want {
			page.WriteString(indented(c.Author+" says:\n"+posted[i]+"\n\n"+c.Text, depth[i]) + "\n\n")
			if links {
				page.WriteString(indented("Reply", depth[i]) + "\n\n")
			}
		}
		page.WriteString("Leave a Reply\n\nYour email address will not be published.\n\nName *\n")
		sameComments(t, page.String(), "wordpress", want)
	})
}

func TestBloggerGivesCommentsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want, posted, depth := wanted(t, true)
		behind := rapid.Bool().Draw(t, "date behind the text")
		var page strings.Builder
		fmt.Fprintf(&page, "%s\n\n%d comments:\n\n", article, len(want))
		for i, c := range want {
			entry := c.Author + " said...\n" + posted[i] + "\n\n" + c.Text
			if behind {
				entry = c.Author + " said...\n" + c.Text + "\n\n" + posted[i]
			}
			page.WriteString(indented(entry, depth[i]) + "\n\n")
		}
		page.WriteString("Post a Comment\n\nNewer Post\n\nHome\n")
		sameComments(t, page.String(), "blogger", want)
	})
}

func FuzzArticle(f *testing.F) {
	f.Add([]byte(article))
	f.Add([]byte("\xff\xfeH\x00\n\x00"))
	for _, page := range fuzzSeeds(f) {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		a, comments, warnings, err := extract.Article(strings.NewReader(string(page)), extract.Hint{Source: "s"})
		if err != nil {
			return
		}
		checkCommon(t, a, comments, warnings, "s")
		if a.Headline == "" || strings.Contains(a.Body, "\r") || strings.Contains(a.Body, "\n\n\n") {
			t.Errorf("headline %q, body %q", a.Headline, a.Body)
		}
		again, sameComments, sameWarnings, err := extract.Article(strings.NewReader(string(page)), extract.Hint{Source: "s"})
		if diff := cmp.Diff([]any{a, comments, warnings}, []any{again, sameComments, sameWarnings}); err != nil || diff != "" {
			t.Errorf("the second reading differs: %v\n%s", err, diff)
		}
	})
}
