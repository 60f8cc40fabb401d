package moderation

import (
	"context"
	"time"

	"commentdesk/classifier"
)

// threadLimit caps how much of a thread stands beside the comment under review.
const threadLimit = 20

// Review is one comment with everything a moderator needs beside it.
type Review struct {
	Stored
	Parents     []Stored // nearest last
	Answers     []Stored
	History     []Entry
	ByAuthor    AuthorRecord
	Notes       []Note // on the comment, then on its author; newest first
	Alike       Alike
	OtherWay    *Precedent             // nil where nothing like it was decided the other way
	OldTexts    []OldText              // newest first
	Blinded     bool                   // labels were hidden: see Blind
	Explanation classifier.Explanation // by the champion, now; Stored.Prediction is what the queue was sorted by
}

// Review opens one comment for the user: it takes the lease where nobody holds it. Without a user name nobody takes it: for those who only look.
func (s *Service) Review(ctx context.Context, commentID int64, user string) (Review, error) {
	return s.review(ctx, commentID, user, LeaseTime)
}

// ReviewAhead is Review for the comment that the user is likely to open next: its lease is short.
func (s *Service) ReviewAhead(ctx context.Context, commentID int64, user string) (Review, error) {
	return s.review(ctx, commentID, user, AheadTime)
}

func (s *Service) review(ctx context.Context, commentID int64, user string, lease time.Duration) (Review, error) {
	if user != "" {
		now := s.now()
		if _, err := s.store.Lease(ctx, commentID, user, now, now.Add(lease)); err != nil {
			return Review{}, err
		}
	}
	stored, err := s.Comment(ctx, commentID)
	if err != nil {
		return Review{}, err
	}
	review := Review{Stored: stored}
	if review.Parents, review.Answers, err = s.store.Thread(ctx, commentID, threadLimit); err != nil {
		return Review{}, err
	}
	if review.History, err = s.store.History(ctx, commentID); err != nil {
		return Review{}, err
	}
	if review.ByAuthor, err = s.author(ctx, stored); err != nil {
		return Review{}, err
	}
	if review.Notes, err = s.store.Notes(ctx, commentID, stored.Author, NoteLimit); err != nil {
		return Review{}, err
	}
	if stored.State.TextVersion > 1 {
		if review.OldTexts, err = s.oldTexts(ctx, review); err != nil {
			return Review{}, err
		}
	}
	if err := s.likeOthers(ctx, &review); err != nil {
		return Review{}, err
	}
	review.Explanation = s.champion.Model().Explain(classifier.Example{Text: stored.Text, Claim: stored.Article.ClaimSentence()})
	return review, nil
}

// OldText is a text that a later one replaced. Dates are when the desk saw them, not when the reader wrote.
type OldText struct {
	Version int // from 1
	Text    string
	From    time.Time // when it arrived
	Until   time.Time // when the next one did
}

// oldTextStore keeps what readers wrote before they changed it.
type oldTextStore interface {
	// OldTexts is the comment's earlier texts without their dates, the newest first.
	OldTexts(ctx context.Context, commentID int64) ([]OldText, error)
}

// oldTexts is the comment's earlier texts, dated by the entries of their changes.
func (s *Service) oldTexts(ctx context.Context, review Review) ([]OldText, error) {
	texts, err := s.store.OldTexts(ctx, review.ID)
	if err != nil {
		return nil, err
	}
	since := map[int]time.Time{1: review.ArrivedAt}
	for _, e := range review.History {
		if e.Kind == KindText {
			since[e.TextVersion] = e.At
		}
	}
	for i := range texts {
		texts[i].From, texts[i].Until = since[texts[i].Version], since[texts[i].Version+1]
	}
	return texts, nil
}

// likeOthers puts near-duplicates beside the comment.
func (s *Service) likeOthers(ctx context.Context, review *Review) error {
	rows, more, err := s.store.Alike(ctx, LikenessOf(review.Text), review.ID, AlikeLimit)
	if err != nil {
		return err
	}
	if review.Alike, err = s.alike(ctx, rows, more); err != nil {
		return err
	}
	review.OtherWay, err = s.precedent(ctx, review.Stored, rows)
	return err
}
