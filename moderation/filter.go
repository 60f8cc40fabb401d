package moderation

import (
	"strings"
	"time"

	"commentdesk/classifier"
)

// Filter is a parsed queue query; the zero value lets everything through.
type Filter struct {
	Status    Status                     // "" for any
	Answers   map[classifier.Axis]string // the shown answer an axis: a person's label where there is one, else the prediction's
	Bounds    []Bound
	Agreement string // one of Agreements; "" for any
	Topic     string
	Author    string // case folded when compared
	Origin    string
	Article   string    // its id
	ID        int64     // 0 for any
	After     time.Time // arrived then or later; zero for any time
	Before    time.Time // arrived before; zero for any time
	Words     []string  // each must stand in the text, case folded
	For       string    // handed to that user and not snoozed, or Me
	Opinion   bool      // a second opinion is wanted, and the comment is not snoozed
	Apart     string    // leaves out second opinions that this user asks for; set by As
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
		f.ID != 0 && s.ID != f.ID ||
		!f.After.IsZero() && s.ArrivedAt.Before(f.After) ||
		!f.Before.IsZero() && !s.ArrivedAt.Before(f.Before) {
		return false
	}
	if f.For != "" && (FoldCase(s.State.Waiting.For) != FoldCase(f.For) || s.State.Status == Snoozed && f.Status != Snoozed) ||
		f.Opinion && (s.State.Waiting.AskedBy == "" || s.State.Waiting.AskedBy == f.Apart || s.State.Status == Snoozed && f.Status != Snoozed) {
		return false
	}
	for axis, answer := range f.Answers {
		if s.Shown(axis) != answer {
			return false
		}
	}
	if f.Agreement != "" && AgreementOf(s.Article.Side, s.Shown(classifier.Stance)) != f.Agreement {
		return false
	}
	for _, b := range f.Bounds {
		if !b.holds(s.Prediction.On(b.Axis).Probability(b.Axis, b.Answer)) {
			return false
		}
	}
	if f.Author != "" && FoldCase(s.Author) != FoldCase(f.Author) {
		return false
	}
	if len(f.Words) == 0 {
		return true
	}
	text := FoldCase(s.Text)
	for _, word := range f.Words {
		if !strings.Contains(text, FoldCase(word)) {
			return false
		}
	}
	return true
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

// Agreements is what a filter can ask of a comment's agreement with its article.
var Agreements = [3]string{"agree", "neither", "disagree"}

// AgreementOf is stance times side, one of Agreements; "" where the side is open or the stance is no answer.
func AgreementOf(side Side, stance string) string {
	if side == SideAgainst {
		stance = OppositeStance(stance)
	}
	switch {
	case side != SideFor && side != SideAgainst:
	case stance == classifier.Favor:
		return Agreements[0]
	case stance == classifier.None:
		return Agreements[1]
	case stance == classifier.Against:
		return Agreements[2]
	}
	return ""
}

// LooksAtAnswers reports whether the filter asks for what a person or a model said.
func (f Filter) LooksAtAnswers() bool {
	return len(f.Answers) > 0 || len(f.Bounds) > 0 || f.Agreement != ""
}

// Me stands in a filter for the user who asks: see Filter.As.
const Me = "me"

// As is the filter as the user means it.
func (f Filter) As(user string) Filter {
	if f.For == Me {
		f.For = user
	}
	if f.Opinion {
		f.Apart = user
	}
	return f
}

// checkNamed refuses Me where nobody said who that is.
func (f Filter) checkNamed() error {
	if f.For == Me {
		return Invalid("for:me needs a user: name the colleague, as in for:anna")
	}
	return nil
}

// Waits reports whether the filter asks for what comments wait for.
func (f Filter) Waits() bool { return f.For != "" || f.Opinion }
