package view

import (
	"strings"

	"commentdesk/moderation"
)

// Suggested are articles without a topic that seem to speak of one.
type Suggested struct {
	Topic  string // whose articles are listed; "" where the topics are
	Rows   []SuggestedRow
	Topics []SuggestedTopic
	Looked string // what was looked at
}

// SuggestedRow is one article.
type SuggestedRow struct {
	ArticleRow
	Words string // that it shares with the topic
}

// SuggestedTopic is a topic that articles are suggested for.
type SuggestedTopic struct{ Name, URL, Articles string }

// NewSuggested lays out what is suggested for a topic, or for "" which topics have suggestions.
func NewSuggested(local Local, topic string, topics []Option, found moderation.Suggestions) *Suggested {
	shown := &Suggested{Topic: topic, Looked: local.T("suggest.looked", "n", found.Looked)}
	if !found.All {
		shown.Looked = local.T("suggest.looked_newest", "n", found.Looked)
	}
	if topic == "" {
		for _, t := range topics {
			if n := len(found.ByTopic[t.Value]); n > 0 {
				shown.Topics = append(shown.Topics, SuggestedTopic{t.Value, ArticlesURL(t.Value, "") + "#suggested", local.T("suggest.articles", "n", n)})
			}
		}
		return shown
	}
	for _, s := range found.ByTopic[topic] {
		row := SuggestedRow{ArticleRow: NewArticleRows(local, []moderation.Article{s.Article})[0], Words: strings.Join(s.Words, ", ")}
		if s.Matched {
			row.Words = local.T("suggest.matched")
		}
		shown.Rows = append(shown.Rows, row)
	}
	return shown
}
