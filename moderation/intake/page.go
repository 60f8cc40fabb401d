package intake

import (
	"strings"

	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/extract"
)

// page reads one article page.
func (w *walk) page(in input, visit func(Batch) error) error {
	article, comments, warnings, err := extract.Article(in.from, extract.Hint{Source: in.source, MaxBytes: w.options.MaxPage})
	if err != nil {
		w.refuse(in.source, 0, strings.TrimPrefix(err.Error(), in.source+": "))
		return w.ctx.Err()
	}
	batch := Batch{Input: in.source, Part: 1, Kind: in.kind, Article: article, Page: &warnings, Messages: warnings.Messages}
	for _, comment := range comments {
		batch.Records = append(batch.Records, exchange.FromComment(article, comment, warnings.Declared))
	}
	w.count.Records += len(batch.Records)
	return visit(batch)
}

// Summary accounts for a page; false for rows.
func (b Batch) Summary() (exchange.Summary, bool) {
	if b.Page == nil {
		return exchange.Summary{}, false
	}
	id := b.Article.ID
	if id == "" {
		id = moderation.ArticleID(b.Article.Key())
	}
	return exchange.Summary{
		Source: b.Input, ArticleID: id, Family: b.Page.Family, Declared: b.Page.Declared, Found: b.Page.Found, Cut: len(b.Page.Cut),
	}, true
}
