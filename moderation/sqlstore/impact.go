package sqlstore

import (
	"cmp"
	"context"
	"slices"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
)

// scoredText reads what a comment is scored by; the claim sentence is that of moderation.Article.ClaimSentence.
const scoredText = `
	select c.id, c.text_version, c.text, coalesce(nullif(t.claim, ''), nullif(a.matched, ''), a.headline) as claim
	from comment c join article a on a.id = c.article_id left join topic t on t.id = a.topic_id`

// Waiting is pending comments of a sample, by id: see impact.Store. Those outside the sample are skipped by the index alone.
func (s *Store) Waiting(ctx context.Context, after int64, limit int, sample impact.Sample) (texts []impact.Text, err error) {
	err = s.reader.SelectContext(ctx, &texts, scoredText+`
		where c.status = 'pending' and c.id > ? and (c.id % ?) * ? % ? < ? order by c.id limit ?`,
		after, impact.HashRange, impact.HashFactor, impact.HashRange, sample.Below, limit)
	return texts, err
}

// TextsOf is those of the comments that there are, by id: see impact.Store.
func (s *Store) TextsOf(ctx context.Context, ids []int64, onlyPending bool) (texts []impact.Text, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	where := ` where c.id in (?)`
	if onlyPending {
		where += ` and c.status = 'pending'`
	}
	query, args, err := sqlx.In(scoredText+where+` order by c.id`, ids)
	if err != nil {
		return nil, err
	}
	err = s.reader.SelectContext(ctx, &texts, query, args...)
	return texts, err
}

// entriesLookedAt is among how many of the newest entries labels are looked for.
const entriesLookedAt = 50_000

// LabelledLately is comments that were labelled in the newest entries, the newest first: see impact.Store.
func (s *Store) LabelledLately(ctx context.Context, limit int) (ids []int64, err error) {
	err = s.reader.SelectContext(ctx, &ids, `
		select l.comment_id from (select position, comment_id from ledger order by position desc limit ?) g
		join label l on l.comment_id = g.comment_id and l.position = g.position
		group by l.comment_id order by max(l.position) desc limit ?`, entriesLookedAt, limit)
	return ids, err
}

// LabelledOf is those of the comments that have standing labels, by id: see impact.Store.
func (s *Store) LabelledOf(ctx context.Context, ids []int64) (labelled []impact.Labelled, err error) {
	if len(ids) == 0 {
		return nil, nil
	}
	texts, err := s.TextsOf(ctx, ids, false)
	if err != nil {
		return nil, err
	}
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		byComment, err := entriesByComment(ctx, tx, ids, 1<<62)
		if err != nil {
			return err
		}
		claims, err := claimsOf(ctx, tx, ids)
		if err != nil {
			return err
		}
		for _, text := range texts {
			if moderation.Fold(byComment[text.CommentID]).TextVersion != text.Version {
				continue // the reader changed it this moment
			}
			one := impact.Labelled{Text: text}
			for _, given := range moderation.StandingLabels(byComment[text.CommentID]) {
				if given.Label.Axis == classifier.Stance {
					one.Claim = claims[given.Entry.ClaimID]
				}
				one.Labels = append(one.Labels, given)
			}
			if len(one.Labels) == 0 {
				continue
			}
			slices.SortFunc(one.Labels, func(a, b moderation.GivenLabel) int { return cmp.Compare(a.Label.Axis.Index(), b.Label.Axis.Index()) })
			labelled = append(labelled, one)
		}
		return nil
	})
	return labelled, err
}
