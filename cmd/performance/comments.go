package main

import (
	"bytes"
	"fmt"
	"hash/maphash"
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

// synthesis makes distinct comments, one after another: each takes its topic, its labels and its length from a seed comment that is labelled on
// every axis, two of three words from the seed comments of the same topic and labels, and the rest from all of them. So they are no
// near-duplicates of one another, and their labels can be learned. Every synthesis makes the same comments.
type synthesis struct {
	patterns []seeds.Comment
	all      []string // words
	alike    map[seeds.Comment][]string
	random   *rand.Rand
	seen     map[uint64]bool // hashes of texts: a million texts would fill the memory
	hash     maphash.Seed
}

func newSynthesis() (*synthesis, error) {
	training, err := seeds.Training()
	if err != nil {
		return nil, err
	}
	s := &synthesis{alike: map[seeds.Comment][]string{}, random: rand.New(rand.NewPCG(1, 2)), seen: map[uint64]bool{}, hash: maphash.MakeSeed()}
	for _, c := range training {
		if c.Stance == "" || c.Hostile == "" || c.Spam == "" {
			continue
		}
		s.patterns = append(s.patterns, c)
		words := strings.Fields(c.Text)
		s.all = append(s.all, words...)
		s.alike[kindOf(c)] = append(s.alike[kindOf(c)], words...)
	}
	if len(s.patterns) == 0 {
		return nil, fmt.Errorf("seeds/train holds no comment that is labelled on every axis")
	}
	return s, nil
}

// next is the next comment.
func (s *synthesis) next() seeds.Comment {
	for {
		pattern := s.patterns[s.random.IntN(len(s.patterns))]
		words := make([]string, min(max(len(strings.Fields(pattern.Text)), fewestWords), mostWords))
		for i := range words {
			from := s.alike[kindOf(pattern)]
			if s.random.IntN(3) == 0 {
				from = s.all
			}
			words[i] = from[s.random.IntN(len(from))]
		}
		made := kindOf(pattern)
		made.Text = strings.Join(words, " ")
		if hash := maphash.String(s.hash, made.Text); !s.seen[hash] {
			s.seen[hash] = true
			return made
		}
	}
}

// syntheticComments are the first n of a synthesis.
func syntheticComments(n int) ([]seeds.Comment, error) {
	s, err := newSynthesis()
	if err != nil {
		return nil, err
	}
	comments := make([]seeds.Comment, n)
	for i := range comments {
		comments[i] = s.next()
	}
	return comments, nil
}

// kindOf is a comment's topic and labels without its text.
func kindOf(c seeds.Comment) seeds.Comment {
	c.Text = ""
	return c
}
