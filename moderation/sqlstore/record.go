package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"commentdesk/moderation"
)

const decidedQuery = `
	select id, substr(text, 1, ?) as text from comment where article_id = ? and status = ? and status in ('approved', 'rejected') order by id desc limit ?`

// Decided is the texts of an article's decided comments: see moderation's precedentStore.
func (s *Store) Decided(ctx context.Context, articleID string, status moderation.Status, limit int) (texts []moderation.DecidedText, err error) {
	err = s.reader.SelectContext(ctx, &texts, decidedQuery, moderation.DecidedLength, articleID, status, limit)
	return texts, err
}

// OldTexts is the comment's texts that later ones replaced, the newest first.
func (s *Store) OldTexts(ctx context.Context, commentID int64) (texts []moderation.OldText, err error) {
	err = s.reader.SelectContext(ctx, &texts, `select version, text from old_text where comment_id = ? order by version desc`, commentID)
	return texts, err
}

// Claim is the sentence behind a claim's id, NotFound where no entry names it.
func (s *Store) Claim(ctx context.Context, id string) (sentence string, err error) {
	err = s.reader.GetContext(ctx, &sentence, `select sentence from claim where id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", moderation.NotFound("no claim %q", id)
	}
	return sentence, err
}
