package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"

	"commentdesk/moderation"
	"commentdesk/moderation/extract"
	"commentdesk/seeds"
)

// demoPage is one page of the demonstration with its comments.
type demoPage struct {
	article  moderation.Article
	comments []moderation.Comment
}

// demoPages reads the demonstration, each article with the claim of its topic.
func demoPages() ([]demoPage, error) {
	demo, err := seeds.Demo()
	if err != nil {
		return nil, err
	}
	claims := map[string]string{}
	for _, t := range demo.Topics {
		claims[t.Name] = t.Claim
	}
	var pages []demoPage
	for _, a := range demo.Articles {
		data, err := seeds.Page(a.File)
		if err != nil {
			return nil, err
		}
		article, comments, _, err := extract.Article(bytes.NewReader(data), extract.Hint{Source: a.File})
		if err != nil {
			return nil, err
		}
		article.Topic, article.Claim = a.Topic, claims[a.Topic]
		pages = append(pages, demoPage{article, comments})
	}
	return pages, nil
}

// Lengths of synthetic comments, in words. Below the shortest, retraining would take equal words for a near-duplicate.
const (
	fewestWords = 10
	mostWords   = 150
)

// syntheticComments makes n distinct comments: each takes its topic, its labels and its length from a seed comment that is labelled on every
// axis, two of three words from the seed comments of the same topic and labels, and the rest from all of them. So they are no near-duplicates
// of one another, and their labels can be learned. The same n gives the same comments.
func syntheticComments(n int) ([]seeds.Comment, error) {
	training, err := seeds.Training()
	if err != nil {
		return nil, err
	}
	var patterns []seeds.Comment
	var all []string
	alike := map[seeds.Comment][]string{}
	for _, c := range training {
		if c.Stance == "" || c.Hostile == "" || c.Spam == "" {
			continue
		}
		patterns = append(patterns, c)
		words := strings.Fields(c.Text)
		all = append(all, words...)
		alike[kindOf(c)] = append(alike[kindOf(c)], words...)
	}
	if len(patterns) == 0 {
		return nil, fmt.Errorf("seeds/train holds no comment that is labelled on every axis")
	}
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string]bool{}
	comments := make([]seeds.Comment, 0, n)
	for len(comments) < n {
		pattern := patterns[random.IntN(len(patterns))]
		words := make([]string, min(max(len(strings.Fields(pattern.Text)), fewestWords), mostWords))
		for i := range words {
			from := alike[kindOf(pattern)]
			if random.IntN(3) == 0 {
				from = all
			}
			words[i] = from[random.IntN(len(from))]
		}
		made := kindOf(pattern)
		if made.Text = strings.Join(words, " "); !seen[made.Text] {
			seen[made.Text] = true
			comments = append(comments, made)
		}
	}
	return comments, nil
}

// kindOf is a comment's topic and labels without its text.
func kindOf(c seeds.Comment) seeds.Comment {
	c.Text = ""
	return c
}
