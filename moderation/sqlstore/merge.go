package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// mergeRow is one merge of topics.
type mergeRow struct {
	ID       int64  `db:"id"`
	From     string `db:"from_topic"`
	Into     string `db:"into_topic"`
	Opposite bool   `db:"opposite"`
	Actor    string `db:"actor"`
	At       int64  `db:"at"`
	Position int64  `db:"position"`
	Last     int64  `db:"last_position"`
	Undone   bool   `db:"undone"`
}

const mergeColumns = `select id, from_topic, into_topic, opposite, actor, at, position, last_position, undone from topic_merge`

// Merges lists merges that are not undone, the latest first.
func (s *Store) Merges(ctx context.Context, limit int) ([]moderation.Merge, error) {
	var rows []mergeRow
	if err := s.reader.SelectContext(ctx, &rows, mergeColumns+` where undone = 0 order by id desc limit ?`, limit); err != nil {
		return nil, err
	}
	merges := make([]moderation.Merge, len(rows))
	for i, r := range rows {
		merges[i] = moderation.Merge{ID: r.ID, From: r.From, Into: r.Into, Opposite: r.Opposite, Actor: r.Actor, At: instant(r.At), Undone: r.Undone}
	}
	return merges, nil
}

// StanceLabelled is up to limit comments of a topic whose stance label is favor or against.
func (s *Store) StanceLabelled(ctx context.Context, topic string, limit int) ([]moderation.Stored, error) {
	return selectStored(ctx, s.reader, storedComment+stanceLabelled, milliseconds(time.UnixMilli(1<<60)), topic, limit)
}

const stanceLabelled = `
	where c.label_stance <> '' and c.label_stance in ('favor', 'against')
		and c.article_id in (select x.id from article x join topic y on y.id = x.topic_id where y.name = ?)
	order by c.article_id, c.id limit ?`

// sidedArticle is an article with its side before.
type sidedArticle struct {
	ID   string          `db:"id"`
	Side moderation.Side `db:"side"`
}

// MergeTopics moves a topic's articles into another topic: see moderation's mergeStore.
func (s *Store) MergeTopics(ctx context.Context, m moderation.Merge, rescore moderation.Rescore) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		from, err := topicNamed(ctx, tx, m.From)
		if err != nil {
			return err
		}
		if _, err := topicNamed(ctx, tx, m.Into); err != nil {
			return err
		}
		var articles []sidedArticle
		if err := tx.SelectContext(ctx, &articles, `
			select a.id, a.side from article a join topic t on t.id = a.topic_id where t.name = ? order by a.id`, m.From); err != nil {
			return err
		}
		kind, says := moderation.KindSame, "the same"
		if m.Opposite {
			kind, says = moderation.KindOpposite, "the opposite"
		}
		entry := moderation.Entry{At: m.At, Actor: m.Actor, Kind: moderation.KindTopic,
			Note: fmt.Sprintf("merged topic %q into %q, whose claim says %s; articles moved: %d", m.From, m.Into, says, len(articles))}
		if err := appendEntry(ctx, tx, &entry); err != nil {
			return err
		}
		var id int64
		if err := tx.GetContext(ctx, &id, `
			insert into topic_merge (from_topic, into_topic, opposite, actor, at, position, last_position, undone) values (?, ?, ?, ?, ?, ?, ?, 0) returning id`,
			m.From, m.Into, flag(m.Opposite), m.Actor, milliseconds(m.At), entry.Position, entry.Position); err != nil {
			return err
		}
		for _, a := range articles {
			if _, err := tx.ExecContext(ctx, `insert into topic_merge_article (merge_id, article_id, side) values (?, ?, ?)`, id, a.ID, a.Side); err != nil {
				return err
			}
			if m.Opposite {
				a.Side = a.Side.Opposite()
			}
			if err := moveArticle(ctx, tx, a, m.Into, rescore); err != nil {
				return err
			}
			if err := carryStances(ctx, tx, a.ID, classifier.ClaimID(from.Claim), moderation.Entry{At: m.At, Actor: m.Actor, Kind: kind, Side: a.Side}); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `update topic_merge set last_position = (select value from counter where name = 'ledger') where id = ?`, id)
		return err
	})
}

// moveArticle puts an article under a topic with that side and answers its comments anew.
func moveArticle(ctx context.Context, tx *sqlx.Tx, a sidedArticle, topic string, rescore moderation.Rescore) error {
	id, err := topicID(ctx, tx, topic)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `update article set topic_id = ?, side = ? where id = ?`, id, a.Side, a.ID); err != nil {
		return err
	}
	article, err := articleOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	return rescoreArticle(ctx, tx, article, rescore)
}

// carryStances appends an entry like that to each comment of the article that has a stance label towards the claim.
func carryStances(ctx context.Context, tx *sqlx.Tx, articleID, claimID string, like moderation.Entry) error {
	return eachWithStance(ctx, tx, articleID, like.At, func(comment moderation.Stored, entries []moderation.Entry) error {
		if moderation.StandingLabels(entries)[classifier.Stance].Entry.ClaimID != claimID {
			return nil
		}
		entry := like
		entry.CommentID, entry.Revision, entry.TextVersion = comment.ID, comment.State.Revision+1, comment.State.TextVersion
		var err error
		if entry.ClaimID, err = keepClaim(ctx, tx, comment.Article.ClaimSentence()); err != nil {
			return err
		}
		return record(ctx, tx, comment.State.Status, &entry)
	})
}

// eachWithStance visits the article's comments that have a stance label, with their entries, in order of arrival.
func eachWithStance(ctx context.Context, tx *sqlx.Tx, articleID string, at time.Time, visit func(moderation.Stored, []moderation.Entry) error) error {
	var ids []int64
	if err := tx.SelectContext(ctx, &ids, `select id from comment where article_id = ? and label_stance <> '' order by id`, articleID); err != nil {
		return err
	}
	for _, id := range ids {
		comment, err := storedByID(ctx, tx, id, at)
		if err != nil {
			return err
		}
		entries, err := entriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := visit(comment, entries); err != nil {
			return err
		}
	}
	return nil
}

// UndoMerge moves back what a merge moved: see moderation's mergeStore.
func (s *Store) UndoMerge(ctx context.Context, id int64, actor string, at time.Time, rescore moderation.Rescore) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		var m mergeRow
		err := tx.GetContext(ctx, &m, mergeColumns+` where id = ? and undone = 0`, id)
		if errors.Is(err, sql.ErrNoRows) {
			return moderation.NotFound("no merge %d that can be undone", id)
		}
		if err != nil {
			return err
		}
		var later []string
		if err := tx.SelectContext(ctx, &later, `select into_topic from topic_merge where from_topic = ? and id > ? and undone = 0 order by id limit 1`,
			m.Into, id); err != nil {
			return err
		}
		if len(later) > 0 {
			return moderation.Busy("topic %q was merged into %q since: undo that first", m.Into, later[0])
		}
		var articles []sidedArticle
		if err := tx.SelectContext(ctx, &articles, `
			select x.article_id as id, x.side from topic_merge_article x join article a on a.id = x.article_id join topic t on t.id = a.topic_id
			where x.merge_id = ? and t.name = ? order by x.article_id`, id, m.Into); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `update topic_merge set undone = 1 where id = ?`, id); err != nil {
			return err
		}
		if err := appendEntry(ctx, tx, &moderation.Entry{At: at, Actor: actor, Kind: moderation.KindTopic,
			Note: fmt.Sprintf("undid the merge of topic %q into %q; articles moved back: %d", m.From, m.Into, len(articles))}); err != nil {
			return err
		}
		for _, a := range articles {
			if err := moveArticle(ctx, tx, a, m.From, rescore); err != nil {
				return err
			}
			if err := uncarryStances(ctx, tx, a.ID, m, moderation.Entry{At: at, Actor: actor, Kind: moderation.KindUndo, Side: a.Side}); err != nil {
				return err
			}
		}
		return nil
	})
}

// uncarryStances cancels the merge's entries on the article's comments.
func uncarryStances(ctx context.Context, tx *sqlx.Tx, articleID string, m mergeRow, like moderation.Entry) error {
	return eachWithStance(ctx, tx, articleID, like.At, func(comment moderation.Stored, entries []moderation.Entry) error {
		given := moderation.StandingLabels(entries)[classifier.Stance]
		if given.Entry.Position > m.Position {
			return moderation.Busy("%s labelled the stance of comment %d after the merge: nothing was undone", given.Entry.Actor, comment.ID)
		}
		for _, e := range entries {
			if e.Position <= m.Position || e.Position > m.Last || e.Kind != moderation.KindSame && e.Kind != moderation.KindOpposite {
				continue
			}
			entry := like
			entry.CommentID, entry.Revision, entry.TextVersion, entry.Cancels = comment.ID, comment.State.Revision+1, comment.State.TextVersion, e.Position
			if err := record(ctx, tx, comment.State.Status, &entry); err != nil {
				return err
			}
		}
		return nil
	})
}
