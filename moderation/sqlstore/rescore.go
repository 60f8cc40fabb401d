package sqlstore

import (
	"context"
	"math"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

// pendingQuery skips comments that have the model's answers by the index alone, which holds model_ref for it.
const pendingQuery = storedComment + `
	where c.status = ? and c.harm <= ? and (c.harm < ? or c.id > ?) and c.model_ref <> coalesce((select ref from model_ref where model = ?), 0)
	order by c.harm desc, c.id limit ?`

// PendingBatch is up to limit comments that wait and whose prediction names another model: see learn's rescoreStore. Snoozed ones come back with
// answers of the model in use. Article bodies and leases are left out.
func (s *Store) PendingBatch(ctx context.Context, modelID string, after *moderation.Stored, limit int) ([]moderation.Stored, error) {
	var batch []moderation.Stored
	status, harm, id := moderation.Pending, int64(math.MaxInt64), int64(0)
	if after != nil {
		priority, _ := moderation.Priority(after.Prediction)
		status, harm, id = after.State.Status, int64(priority), after.ID
	}
	now := milliseconds(time.UnixMilli(1 << 60))
	if status == moderation.Pending {
		var err error
		if batch, err = selectStored(ctx, s.reader, pendingQuery, now, status, harm, harm, id, modelID, limit); err != nil || len(batch) == limit {
			return batch, err
		}
		harm, id = math.MaxInt64, 0
	}
	snoozed, err := selectStored(ctx, s.reader, pendingQuery, now, moderation.Snoozed, harm, harm, id, modelID, limit-len(batch))
	return append(batch, snoozed...), err
}

// unansweredQuery counts by the index alone.
const unansweredQuery = `select count(*) from comment where status in (?, ?) and model_ref <> coalesce((select ref from model_ref where model = ?), 0)`

// CountUnanswered is how many comments that wait name another model: see learn's rescoreStore.
func (s *Store) CountUnanswered(ctx context.Context, modelID string) (n int, err error) {
	err = s.reader.GetContext(ctx, &n, unansweredQuery, moderation.Pending, moderation.Snoozed, modelID)
	return n, err
}

// Rescored writes new answers for a batch in one transaction: see learn's rescoreStore. A comment that somebody decided since is left out too.
func (s *Store) Rescored(ctx context.Context, answers []learn.Rescored) error {
	return s.writeLoosely(ctx, func(tx *sqlx.Tx) error {
		for _, answer := range answers {
			comment, err := storedByID(ctx, tx, answer.CommentID, time.Time{})
			if err != nil {
				return err
			}
			if status := comment.State.Status; status != moderation.Pending && status != moderation.Snoozed || comment.State.TextVersion != answer.TextVersion ||
				comment.Article.ClaimSentence() != answer.Claim {
				continue
			}
			if err := answerAnew(ctx, tx, answer.CommentID, answer.Answers); err != nil {
				return err
			}
		}
		return nil
	})
}
