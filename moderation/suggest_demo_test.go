package moderation_test

import (
	"bytes"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/extract"
	"commentdesk/seeds"
)

// TestSuggestOnDemonstration takes each article of the demonstration out of its topic, alone and all at once, and looks whether it is suggested
// for the topic that it came from. Those that have none must not be suggested.
func TestSuggestOnDemonstration(t *testing.T) {
	demo, err := seeds.Demo()
	if err != nil {
		t.Fatal(err)
	}
	var topics []moderation.Topic
	for _, topic := range demo.Topics {
		topics = append(topics, moderation.Topic{Name: topic.Name, Claim: topic.Claim})
	}
	var articles []moderation.Article
	speaksOf := map[string]string{}
	for _, a := range demo.Articles {
		page, err := seeds.Page(a.File)
		if err != nil {
			t.Fatal(err)
		}
		article, _, _, err := extract.Article(bytes.NewReader(page), extract.Hint{Source: a.File})
		if err != nil {
			t.Fatal(err)
		}
		article.ID, article.Topic, speaksOf[a.File] = a.File, a.Topic, a.Topic
		articles = append(articles, article)
	}
	measure := func(sorted, unsorted []moderation.Article) (right, wrong int) {
		for topic, of := range moderation.SuggestIn(topics, sorted, unsorted, nil) {
			for _, s := range of {
				if speaksOf[s.Article.ID] == topic {
					right++
				} else {
					wrong++
				}
				t.Log(speaksOf[s.Article.ID] == topic, s.Nearness, topic, s.Article.Headline, s.Words)
			}
		}
		return right, wrong
	}
	right, wrong, of := 0, 0, 0
	for i, a := range articles {
		var sorted, unsorted []moderation.Article
		for j, other := range articles {
			if other.Topic != "" && i != j {
				sorted = append(sorted, other)
			} else {
				other.Topic = ""
				unsorted = append(unsorted, other)
			}
		}
		if a.Topic != "" {
			r, w := measure(sorted, unsorted)
			right, wrong, of = right+r, wrong+w, of+1
		}
	}
	if right != of || wrong != 0 {
		t.Errorf("each alone: %d of %d suggested rightly, %d wrongly", right, of, wrong)
	}
	right, wrong = measure(nil, articles)
	if t.Logf("by the claims alone: %d of %d suggested rightly, %d wrongly", right, of, wrong); wrong != 0 {
		t.Errorf("by the claims alone %d are suggested wrongly", wrong)
	}
}
