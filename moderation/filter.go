package moderation

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/cases"

	"commentdesk/classifier"
)

// Filter is a parsed queue query; the zero value lets everything through.
type Filter struct {
	Status  Status                     // "" for any
	Answers map[classifier.Axis]string // the shown answer an axis: a person's label where there is one, else the prediction's
	Bounds  []Bound
	Topic   string
	Author  string // case folded when compared
	Origin  string
	Article string    // its id
	Before  time.Time // arrived before; zero for any time
	Words   []string  // each must stand in the text, case folded
}

// Bound compares a predicted probability with a number: p(hostile)>0.8. For stance the answer is named: p(favor)>0.5.
type Bound struct {
	Axis   classifier.Axis
	Answer string
	Above  bool // > or >=, else < or <=
	Equal  bool // >= or <=
	Value  float64
}

// Matches reports whether the queue shows the comment.
func (f Filter) Matches(s Stored) bool {
	if f.Status != "" && s.State.Status != f.Status ||
		f.Topic != "" && s.Article.Topic != f.Topic ||
		f.Origin != "" && s.Article.Origin != f.Origin ||
		f.Article != "" && s.ArticleID != f.Article ||
		!f.Before.IsZero() && !s.ArrivedAt.Before(f.Before) {
		return false
	}
	for axis, answer := range f.Answers {
		if s.Shown(axis) != answer {
			return false
		}
	}
	for _, b := range f.Bounds {
		if !b.holds(s.Prediction.On(b.Axis).Probability(b.Axis, b.Answer)) {
			return false
		}
	}
	if f.Author == "" && len(f.Words) == 0 {
		return true
	}
	if f.Author != "" && folded(s.Author) != folded(f.Author) {
		return false
	}
	if len(f.Words) == 0 {
		return true
	}
	text := folded(s.Text)
	for _, word := range f.Words {
		if !strings.Contains(text, folded(word)) {
			return false
		}
	}
	return true
}

// folded folds case. Of ASCII that is lower case, which is quicker: a filter may look at thousands of texts.
func folded(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return cases.Fold().String(text)
		}
	}
	return strings.ToLower(text)
}

func (b Bound) holds(p float64) bool {
	return b.Above && p > b.Value || !b.Above && p < b.Value || b.Equal && p == b.Value
}

// Shown is the answer that lists show on an axis: a person's label where there is one, else the prediction's, Unsure where it has none.
func (s Stored) Shown(axis classifier.Axis) string {
	if label := s.State.Labels[axis]; label != "" {
		return label
	}
	if answer := s.Prediction.On(axis).Answer; answer != "" {
		return answer
	}
	return classifier.Unsure
}
