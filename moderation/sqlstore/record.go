package sqlstore

import (
	"context"

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
