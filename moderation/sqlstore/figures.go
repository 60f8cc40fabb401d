package sqlstore

import (
	"context"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/figures"
)

// The shown answers of a comment: a person's label where there is one, else the prediction's.
const (
	shownStance  = `case when label_stance <> '' then label_stance when stance_answer <> '' then stance_answer else 'unsure' end`
	shownHostile = `case when label_hostile <> '' then label_hostile when hostile_answer <> '' then hostile_answer else 'unsure' end`
	shownSpam    = `case when label_spam <> '' then label_spam when spam_answer <> '' then spam_answer else 'unsure' end`
)

// cellsQuery counts the newest comments alone, so that it costs the same however many there are.
const cellsQuery = `
	select a.id as article_id, a.headline, a.side, coalesce(t.name, '') as topic, c.stance, c.hostile, c.comments
	from (
		select article_id, stance, hostile, count(*) as comments
		from (select article_id, arrived_at, ` + shownStance + ` as stance, ` + shownHostile + ` as hostile
			from comment order by id desc limit ?) newest
		where arrived_at >= ?
		group by article_id, stance, hostile
	) c
	join article a on a.id = c.article_id
	left join topic t on t.id = a.topic_id
	order by a.id, c.stance, c.hostile`

// Cells counts the newest comments by article and shown answers: see figures.Store.
func (s *Store) Cells(ctx context.Context, since time.Time, newest int) (cells []figures.Cell, looked, all int, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &all, `select sum(value) from counter where name in ('pending', 'escalated', 'snoozed', 'approved', 'rejected')`); err != nil {
			return err
		}
		looked = min(all, newest)
		rows, err := tx.QueryContext(ctx, cellsQuery, newest, milliseconds(since))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var c figures.Cell
			if err := rows.Scan(&c.ArticleID, &c.Headline, &c.Side, &c.Topic, &c.Stance, &c.Hostile, &c.Comments); err != nil {
				return err
			}
			cells = append(cells, c)
		}
		return rows.Err()
	})
	return cells, looked, all, err
}

// deedsQuery reads the newest entries, a row a label, at least one. It goes by position: through the index of kinds all entries would be sorted first.
const deedsQuery = `
	select g.position, g.at, g.actor, g.kind, g.decision, g.cancels, c.id, c.arrived_at,
		` + shownStance + `, ` + shownHostile + `, ` + shownSpam + `,
		a.id, a.headline, a.side, coalesce(t.name, ''),
		coalesce(l.axis, ''), coalesce(l.answer, ''), coalesce(l.hand, ''), coalesce(l.predicted, ''),
		coalesce(l.p1, 0), coalesce(l.p2, 0), coalesce(l.p3, 0)
	from (select position, at, actor, kind, comment_id, decision, cancels from ledger
		where kind || '' in ('act', 'undo', 'text') order by position desc limit ?) g
	join comment c on c.id = g.comment_id
	join article a on a.id = c.article_id
	left join topic t on t.id = a.topic_id
	left join label l on l.comment_id = g.comment_id and l.position = g.position
	order by g.position desc`

// Deeds visits the newest entries about comments: see figures.Store.
func (s *Store) Deeds(ctx context.Context, newest int, visit func(figures.Deed) error) error {
	rows, err := s.reader.QueryContext(ctx, deedsQuery, newest)
	if err != nil {
		return err
	}
	defer rows.Close()
	var deed figures.Deed
	for rows.Next() {
		var next figures.Deed
		var label moderation.Label
		var at, arrived int64
		e := &next.Entry
		if err := rows.Scan(&e.Position, &at, &e.Actor, &e.Kind, &e.Decision, &e.Cancels, &e.CommentID, &arrived,
			&next.Stance, &next.Hostile, &next.Spam, &next.ArticleID, &next.Headline, &next.Side, &next.Topic,
			&label.Axis, &label.Answer, &label.By, &label.Predicted, &label.Probability[0], &label.Probability[1], &label.Probability[2]); err != nil {
			return err
		}
		e.At, next.ArrivedAt = instant(at), instant(arrived)
		if deed.Entry.Position != 0 && deed.Entry.Position != e.Position {
			if err := visit(deed); err != nil {
				return enough(err)
			}
		}
		if deed.Entry.Position != e.Position {
			deed = next
		}
		if label.Axis != "" {
			deed.Entry.Labels = inOrder(deed.Entry.Labels, label)
		}
	}
	if err := rows.Err(); err != nil || deed.Entry.Position == 0 {
		return err
	}
	return enough(visit(deed))
}

// inOrder adds a label, in the order of the axes.
func inOrder(labels []moderation.Label, label moderation.Label) []moderation.Label {
	at := 0
	for at < len(labels) && labels[at].Axis.Index() < label.Axis.Index() {
		at++
	}
	return append(labels[:at:at], append([]moderation.Label{label}, labels[at:]...)...)
}

func enough(err error) error {
	if errors.Is(err, figures.ErrEnough) {
		return nil
	}
	return err
}

// arrivedQuery counts a range of the index comment_status_arrived.
const arrivedQuery = `select count(*) from comment where status = ? and arrived_at >= ? and arrived_at < ?`

// Arrived is how many comments arrived from each bound up to the next: see figures.Store.
func (s *Store) Arrived(ctx context.Context, statuses []moderation.Status, bounds []time.Time) (counts []int, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		for i := 1; i < len(bounds); i++ {
			sum := 0
			for _, status := range statuses {
				var n int
				if err := tx.GetContext(ctx, &n, arrivedQuery, status, milliseconds(bounds[i-1]), milliseconds(bounds[i])); err != nil {
					return err
				}
				sum += n
			}
			counts = append(counts, sum)
		}
		return nil
	})
	return counts, err
}
