package exchange

import (
	"cmp"
	"encoding/json"

	"commentdesk/moderation"
)

// Record is one comment as files carry it. Keys are always written, in this order; Extra only where there is any.
type Record struct {
	Source    string         `json:"source"`     // the path it was read from, as given
	ArticleID string         `json:"article_id"` // 16 hex digits; "" where the row names no article
	Headline  string         `json:"article"`
	URL       string         `json:"url"`
	Claim     string         `json:"claim"` // given or matched; "" where the headline stands for it
	Topic     string         `json:"topic"`
	Declared  *int           `json:"declared"` // how many comments the footer claims; nil where unknown
	Position  int            `json:"position"` // from 1 in the order of the page; 0 where the row does not say
	Parent    int            `json:"parent"`   // the parent's position, 0 without one
	Author    string         `json:"author"`
	PostedAt  string         `json:"posted_at"` // RFC 3339 in UTC, without offset where no zone is known; "" where unknown
	Text      string         `json:"text"`
	Extra     map[string]any `json:"extra,omitempty"` // other keys of the input; numbers are json.Number

	Line int `json:"-"` // where its row starts in the input, from 1; 0 for a comment of a page
}

// sourceIDKey is the extra key that carries the source system's own id of a comment.
const sourceIDKey = "id"

// FromComment is the record of one comment of a page.
func FromComment(article moderation.Article, comment moderation.Comment, declared *int) Record {
	id := article.ID
	if id == "" {
		id = moderation.ArticleID(article.Key())
	}
	record := Record{
		Source: article.Source, ArticleID: id, Headline: article.Headline, URL: article.URL, Claim: cmp.Or(article.Claim, article.Matched), Topic: article.Topic,
		Declared: declared, Position: comment.Position, Parent: comment.Parent, Author: comment.Author, PostedAt: comment.PostedAt,
		Text: comment.Text,
	}
	if comment.SourceID != "" {
		record.Extra = map[string]any{sourceIDKey: comment.SourceID}
	}
	return record
}

// Article is the article that the record says it belongs to; its ID is "" where it says nothing.
func (r Record) Article() moderation.Article {
	return moderation.Article{ID: r.ArticleID, URL: r.URL, Headline: r.Headline, Topic: r.Topic, Claim: r.Claim, Source: r.Source}
}

// Comment is the record's comment. The source system's own id is the key id of the row, where there is one.
func (r Record) Comment() moderation.Comment {
	return moderation.Comment{
		ArticleID: r.ArticleID, SourceID: r.sourceID(), Page: r.Source, Position: r.Position, Parent: r.Parent, Author: r.Author, PostedAt: r.PostedAt,
		Text: r.Text,
	}
}

func (r Record) sourceID() string {
	switch id := r.Extra[sourceIDKey].(type) {
	case string:
		return id
	case json.Number:
		return id.String()
	}
	return ""
}
