package sqlstore

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

// labelledBatch is how many comments with labels are held in memory at once.
const labelledBatch = 500

// Labelled visits each comment that has a standing label as of a ledger position: see learn's labelStore. It reads one unchanging view.
func (s *Store) Labelled(ctx context.Context, upTo int64, visit func(learn.LabelledComment) error) (position int64, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &position, `select value from counter where name = 'ledger'`); err != nil {
			return err
		}
		if upTo > position {
			return moderation.Invalid("the ledger ends at position %d: there is no %d", position, upTo)
		}
		if upTo > 0 {
			position = upTo
		}
		for last := int64(0); ; {
			var ids []int64
			err := tx.SelectContext(ctx, &ids, `
				select distinct comment_id from label where comment_id > ? and position <= ? order by comment_id limit ?`,
				last, position, labelledBatch)
			if err != nil || len(ids) == 0 {
				return err
			}
			if err := visitLabelled(ctx, tx, ids, position, visit); err != nil {
				return err
			}
			last = ids[len(ids)-1]
		}
	})
	if err != nil {
		return 0, err
	}
	return position, nil
}

func visitLabelled(ctx context.Context, tx *sqlx.Tx, ids []int64, upTo int64, visit func(learn.LabelledComment) error) error {
	byComment, err := entriesByComment(ctx, tx, ids, upTo)
	if err != nil {
		return err
	}
	texts, err := textsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	claims, err := claimsOf(ctx, tx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		standing := moderation.StandingLabels(byComment[id])
		if len(standing) == 0 {
			continue
		}
		text, ok := texts[textKey{id, moderation.Fold(byComment[id]).TextVersion}]
		if !ok {
			return fmt.Errorf("comment %d: the text that was labelled is missing", id)
		}
		labelled := learn.LabelledComment{CommentID: id, Text: text, Labels: make(map[classifier.Axis]moderation.Label, len(standing)),
			Positions: make(map[classifier.Axis]int64, len(standing))}
		for axis, given := range standing {
			labelled.Labels[axis] = given.Label
			labelled.Positions[axis] = given.Entry.Position
			if axis == classifier.Stance {
				labelled.Claim = claims[given.Entry.ClaimID]
			}
		}
		if labelled.Claim == "" {
			labelled.Claim = claims[newest(standing).ClaimID]
		}
		if err := visit(labelled); err != nil {
			return err
		}
	}
	return nil
}

// newest is the last entry that gave one of the labels.
func newest(standing map[classifier.Axis]moderation.GivenLabel) (entry moderation.Entry) {
	for _, given := range standing {
		if given.Entry.Position > entry.Position {
			entry = given.Entry
		}
	}
	return entry
}

// textKey names one version of a comment's text.
type textKey struct {
	id      int64
	version int
}

// textsOf is every version of the comments' texts.
func textsOf(ctx context.Context, tx *sqlx.Tx, ids []int64) (map[textKey]string, error) {
	texts := make(map[textKey]string, len(ids))
	for _, query := range []string{
		`select id as id, text_version as version, text from comment where id in (?)`,
		`select comment_id as id, version, text from old_text where comment_id in (?)`,
	} {
		var rows []struct {
			ID      int64  `db:"id"`
			Version int    `db:"version"`
			Text    string `db:"text"`
		}
		if err := selectIn(ctx, tx, &rows, query, ids); err != nil {
			return nil, err
		}
		for _, row := range rows {
			texts[textKey{row.ID, row.Version}] = row.Text
		}
	}
	return texts, nil
}

// claimsOf is the sentences behind the claim ids of the comments' entries.
func claimsOf(ctx context.Context, tx *sqlx.Tx, ids []int64) (map[string]string, error) {
	var rows []struct {
		ID       string `db:"id"`
		Sentence string `db:"sentence"`
	}
	if err := selectIn(ctx, tx, &rows, `
		select id, sentence from claim where id in (select claim_id from ledger where comment_id in (?))`, ids); err != nil {
		return nil, err
	}
	claims := make(map[string]string, len(rows))
	for _, row := range rows {
		claims[row.ID] = row.Sentence
	}
	return claims, nil
}
