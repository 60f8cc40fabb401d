package moderation

import (
	"context"
	"slices"

	"commentdesk/classifier"
)

// EvidenceThen is why the model said what it said when a person acted, and what the model in use says of the same words now. Models, texts and
// claims are all kept, so it is computed from what stood then instead of being stored beside each act.
type EvidenceThen struct {
	Comment Stored // as it stands now
	Entry   Entry  // the act
	Text    string // that was on screen
	Claim   string // the sentence that stance was measured against, "" for none
	Then    classifier.Explanation
	Now     classifier.Explanation // of the same text and claim
}

// evidenceStore keeps what claims said.
type evidenceStore interface {
	// Claim is the sentence behind a claim's id; NotFound where no entry names it.
	Claim(ctx context.Context, id string) (string, error)
}

// Blind hides from the user how the one who asks for a second opinion labelled the comment.
func (e *EvidenceThen) Blind(user string) { e.Entry = e.Comment.State.Waiting.Shown(e.Entry, user) }

// EvidenceThen is the evidence beside the act at that position of the ledger, of that comment; NotFound where there is no such act.
func (s *Service) EvidenceThen(ctx context.Context, commentID, position int64) (EvidenceThen, error) {
	comment, err := s.Comment(ctx, commentID)
	if err != nil {
		return EvidenceThen{}, err
	}
	entries, err := s.store.History(ctx, commentID)
	if err != nil {
		return EvidenceThen{}, err
	}
	i := slices.IndexFunc(entries, func(e Entry) bool { return e.Position == position && e.Kind == KindAct })
	if i < 0 {
		return EvidenceThen{}, NotFound("comment %d has no act at position %d", commentID, position)
	}
	then := EvidenceThen{Comment: comment, Entry: entries[i]}
	if then.Text, err = s.textThen(ctx, comment, then.Entry.TextVersion); err != nil {
		return EvidenceThen{}, err
	}
	if then.Entry.ClaimID != "" {
		if then.Claim, err = s.store.Claim(ctx, then.Entry.ClaimID); err != nil {
			return EvidenceThen{}, err
		}
	}
	model, err := s.champion.ModelAt(ctx, then.Entry.At)
	if err != nil {
		return EvidenceThen{}, err
	}
	example := classifier.Example{Text: then.Text, Claim: then.Claim}
	then.Then, then.Now = model.Explain(example), s.champion.Model().Explain(example)
	return then, nil
}

// textThen is the comment's text of that version.
func (s *Service) textThen(ctx context.Context, comment Stored, version int) (string, error) {
	if version == comment.State.TextVersion {
		return comment.Text, nil
	}
	texts, err := s.store.OldTexts(ctx, comment.ID)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(texts, func(t OldText) bool { return t.Version == version })
	if i < 0 {
		return "", NotFound("comment %d has no text of version %d", comment.ID, version)
	}
	return texts[i].Text, nil
}
