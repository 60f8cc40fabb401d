package moderation

import (
	"context"

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
	Explanation classifier.Explanation // by the champion, now; Stored.Prediction is what the queue was sorted by
}

// Review opens one comment for the user: it takes the lease where nobody holds it. Without a user name nobody takes it: for those who only look.
func (s *Service) Review(ctx context.Context, commentID int64, user string) (Review, error) {
	if user != "" {
		if _, err := s.Lease(ctx, commentID, user); err != nil {
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
	if err := s.likeOthers(ctx, &review); err != nil {
		return Review{}, err
	}
	review.Explanation = s.champion.Model().Explain(classifier.Example{Text: stored.Text, Claim: stored.Article.ClaimSentence()})
	return review, nil
}

// likeOthers puts near-duplicates beside the comment.
func (s *Service) likeOthers(ctx context.Context, review *Review) error {
	rows, more, err := s.store.Alike(ctx, LikenessOf(review.Text), review.ID, AlikeLimit)
	if err != nil {
		return err
	}
	review.Alike, err = s.alike(ctx, rows, more)
	return err
}
