package view

import (
	"net/url"

	"commentdesk/moderation"
)

// Articles lists the articles of one topic, or those without one.
type Articles struct {
	Frame
	Notice    *Notice
	Topic     string // "" for articles without one
	Claim     string
	Articles  []ArticleRow
	Topics    []Option
	Suggested *Suggested // nil where nothing is suggested
	Next      string     // the id that the next page comes after, "" at the end
}

func (Articles) template() string { return "articles" }

// NextURL is the address of the next page.
func (a Articles) NextURL() string { return ArticlesURL(a.Topic, a.Next) }

// ArticlesURL is the address of a topic's articles after that id.
func ArticlesURL(topic, after string) string {
	values := url.Values{}
	if topic != "" {
		values.Set("topic", topic)
	}
	if after != "" {
		values.Set("after", after)
	}
	return "/topics/articles?" + values.Encode()
}

// ArticleRow is one article of a list.
type ArticleRow struct {
	ID, Headline, URL, Side string
	CommentsURL             string
	Matched                 string // the claim it was matched to, "" for none
}

// articleComments is the address of the article's comments of a tab as a list, the newest first.
func articleComments(tab, articleID string) string {
	return Place{Tab: tab, List: true, Order: moderation.OrderNewest, Query: moderation.Filter{Article: articleID}.String()}.URL()
}

// NewArticleRows lays out articles.
func NewArticleRows(local Local, articles []moderation.Article) []ArticleRow {
	rows := make([]ArticleRow, len(articles))
	for i := range articles {
		shown := articleOf(local, &articles[i])
		rows[i] = ArticleRow{ID: shown.ID, Headline: shown.Headline, URL: shown.URL, Side: local.Side(articles[i].Side), Matched: articles[i].Matched,
			CommentsURL: articleComments(AllTab, shown.ID)}
	}
	return rows
}
