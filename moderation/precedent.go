package moderation

import (
	"context"
	"time"
	"unicode/utf8"

	"commentdesk/classifier"
	"commentdesk/classifier/text"
)

// DecidedLength is how much of a decided comment is compared by its words, in characters.
const DecidedLength = 4000

const (
	decidedLimit = 200 // decided comments of the same article that are compared by their words
	telling      = 4   // letters of a word that is compared; shorter ones stand everywhere
	leastShared  = 3   // words that must be shared, and
	leastOf      = 3   // one in so many of the comment's
)

// Precedent is the comment most like the one under review that was decided the other way.
type Precedent struct {
	Stored
	Decision  Decision
	By        string
	At        time.Time
	Reason    string
	Near      bool     // a near-duplicate; else of the same article, with shared words
	Shared    int      // words of the comment under review that it has too
	Of        int      // words of the comment under review
	Suggested Decision // what it is the other way of
	From      Suggester
}

// Suggester is what suggests a decision.
type Suggester string

const (
	FromDecision Suggester = "decision" // the comment's own decision
	FromModel    Suggester = "model"    // answers shown: hostile or spam means reject, neither means approve
	FromLikes    Suggester = "likes"    // the newest decided near-duplicate
)

// precedentStore finds decided comments.
type precedentStore interface {
	// Decided is the texts of an article's comments of that status, approved or rejected, the newest first, at most limit.
	Decided(ctx context.Context, articleID string, status Status, limit int) ([]DecidedText, error)
}

// DecidedText is the text of a decided comment, its first DecidedLength characters.
type DecidedText struct {
	ID   int64
	Text string
}

// otherWay is the opposite of approve or reject; "" for others.
func (d Decision) otherWay() Decision {
	switch d {
	case Approve:
		return Reject
	case Reject:
		return Approve
	}
	return ""
}

// decided is the decision behind a status, "" for pending and escalated.
func (s Status) decided() Decision {
	switch s {
	case Approved:
		return Approve
	case Rejected:
		return Reject
	}
	return ""
}

// suggested is what the comment's decision, or else the answers shown, suggest.
func suggested(c Stored) (Decision, Suggester) {
	if d := c.State.Status.decided(); d != "" {
		return d, FromDecision
	}
	hostile, spam := c.Shown(classifier.Hostile), c.Shown(classifier.Spam)
	switch {
	case hostile == classifier.Yes || spam == classifier.Yes:
		return Reject, FromModel
	case hostile == classifier.No && spam == classifier.No:
		return Approve, FromModel
	}
	return "", ""
}

// precedent looks among the near-duplicates, which stand newest first, then among the article's decided comments; nil where there is none.
func (s *Service) precedent(ctx context.Context, c Stored, likes []AlikeRow) (*Precedent, error) {
	p := Precedent{}
	p.Suggested, p.From = suggested(c)
	for _, row := range likes {
		decision := row.Status.decided()
		switch {
		case decision == "":
		case p.Suggested == "":
			p.Suggested, p.From = decision, FromLikes
		case decision != p.Suggested:
			p.Near = true
			return s.fillPrecedent(ctx, p, row.ID)
		}
	}
	if p.Suggested == "" || p.From == FromLikes {
		return nil, nil
	}
	candidates, err := s.store.Decided(ctx, c.ArticleID, p.Suggested.otherWay().Status(), decidedLimit)
	if err != nil || len(candidates) == 0 {
		return nil, err
	}
	id := int64(0)
	id, p.Shared, p.Of = mostShared(c, candidates)
	if id == 0 {
		return nil, nil
	}
	return s.fillPrecedent(ctx, p, id)
}

// fillPrecedent reads the comment and who decided it, when and why.
func (s *Service) fillPrecedent(ctx context.Context, p Precedent, id int64) (*Precedent, error) {
	var err error
	if p.Stored, err = s.Comment(ctx, id); err != nil {
		return nil, err
	}
	entries, err := s.store.History(ctx, id)
	if err != nil {
		return nil, err
	}
	if decided := LastDecision(entries); decided != nil {
		p.Decision, p.By, p.At, p.Reason = decided.Decision, decided.Actor, decided.At, decided.Reason
	}
	if p.Decision != p.Suggested.otherWay() {
		return nil, nil // undone or decided anew since it was looked up
	}
	return &p, nil
}

// mostShared is the candidate with the most of the comment's words, the newest of equals; 0 where none has enough of them.
func mostShared(c Stored, candidates []DecidedText) (id int64, shared, of int) {
	var reading text.Text
	words := map[string]bool{}
	reading.Read(c.Text)
	for _, word := range reading.Words {
		if form := reading.Form(word); word.Class != text.Punctuation && utf8.RuneCount(form) >= telling {
			words[string(form)] = true
		}
	}
	seen := make(map[string]bool, len(words))
	for _, candidate := range candidates {
		if candidate.ID == c.ID {
			continue
		}
		clear(seen)
		reading.Read(candidate.Text)
		for _, word := range reading.Words {
			if form := reading.Form(word); words[string(form)] {
				seen[string(form)] = true
			}
		}
		if len(seen) > shared {
			id, shared = candidate.ID, len(seen)
		}
	}
	if shared < leastShared || shared*leastOf < len(words) {
		return 0, 0, 0
	}
	return id, shared, len(words)
}
