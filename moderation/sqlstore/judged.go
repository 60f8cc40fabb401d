package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/figures"
)

// judgedQuery reads the labels of the newest acts. It goes by position: through the index of kinds all entries would be sorted first.
const judgedQuery = `
	select l.comment_id, l.axis, l.answer, l.p1, l.p2, l.p3,
		case l.axis when 'stance' then c.stance_known when 'hostile' then c.hostile_known else c.spam_known end,
		case l.axis when 'stance' then c.stance_words when 'hostile' then c.hostile_words else c.spam_words end
	from (select position, comment_id, text_version from ledger where kind || '' = 'act' order by position desc limit ?) g
	join label l on l.comment_id = g.comment_id and l.position = g.position
	join comment c on c.id = l.comment_id
	where l.hand = 'person' and l.predicted <> '' and c.text_version = g.text_version
		and l.answer = case l.axis when 'stance' then c.label_stance when 'hostile' then c.label_hostile else c.label_spam end
	order by l.position desc`

// Judged visits labels that stand: see figures.Store. Of two labels with one answer, of which one was undone, the newer is taken.
func (s *Store) Judged(ctx context.Context, newest int, visit func(figures.Judged)) error {
	rows, err := s.reader.QueryContext(ctx, judgedQuery, newest)
	if err != nil {
		return err
	}
	defer rows.Close()
	type place struct {
		comment int64
		axis    classifier.Axis
	}
	seen := map[place]bool{}
	for rows.Next() {
		var id int64
		var j figures.Judged
		p := &j.Opinion.Probabilities
		if err := rows.Scan(&id, &j.Axis, &j.Answer, &p[0], &p[1], &p[2], &j.Opinion.Known, &j.Opinion.Words); err != nil {
			return err
		}
		if at := (place{id, j.Axis}); !seen[at] {
			seen[at] = true
			if j.Answer != moderation.CantTell {
				visit(j)
			}
		}
	}
	return rows.Err()
}

// opinionsQuery reads the newest end of the index comment_status_id.
const opinionsQuery = `select ` + predictionColumns + ` from comment c where c.status = 'pending' order by c.id desc limit ?`

// Opinions visits what was said of the newest comments that need review: see figures.Store.
func (s *Store) Opinions(ctx context.Context, newest int, visit func(classifier.Prediction)) (all int, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &all, `select value from counter where name = 'pending'`); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, opinionsQuery, newest)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var p classifier.Prediction
			if err := rows.Scan(predictionTargets(&p)...); err != nil {
				return err
			}
			visit(p)
		}
		return rows.Err()
	})
	return all, err
}
