package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

const topicColumns = `select t.name, t.claim, (select count(*) from article a where a.topic_id = t.id) as articles from topic t`

// Topics lists every topic by name.
func (s *Store) Topics(ctx context.Context) ([]moderation.Topic, error) {
	var topics []moderation.Topic
	err := s.reader.SelectContext(ctx, &topics, topicColumns+` order by t.name`)
	return topics, err
}

// TopicNames is the names of Topics: see moderation's topicStore.
func (s *Store) TopicNames(ctx context.Context) (names []string, err error) {
	err = s.reader.SelectContext(ctx, &names, `select name from topic t where exists (select 1 from article where topic_id = t.id)
		or not exists (select 1 from topic_merge where from_topic = t.name and undone = 0) order by name`)
	return names, err
}

// Topic is one topic, NotFound where there is none of that name.
func (s *Store) Topic(ctx context.Context, name string) (moderation.Topic, error) {
	return topicNamed(ctx, s.reader, name)
}

func topicNamed(ctx context.Context, q sqlx.QueryerContext, name string) (topic moderation.Topic, err error) {
	err = sqlx.GetContext(ctx, q, &topic, topicColumns+` where t.name = ?`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return topic, moderation.NotFound("no topic %q", name)
	}
	return topic, err
}

// topicID is the stored number of a topic; null for "".
func topicID(ctx context.Context, tx *sqlx.Tx, name string) (id sql.NullInt64, err error) {
	if name == "" {
		return id, nil
	}
	err = tx.GetContext(ctx, &id, `select id from topic where name = ?`, name)
	if errors.Is(err, sql.ErrNoRows) {
		return id, moderation.NotFound("no topic %q", name)
	}
	return id, err
}

// AddTopic makes a topic. The same name with the same claim changes nothing, with another claim it is Exists.
func (s *Store) AddTopic(ctx context.Context, topic moderation.Topic, actor string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		known, err := topicNamed(ctx, tx, topic.Name)
		if err == nil {
			if known.Claim == topic.Claim {
				return nil
			}
			return moderation.Exists("there is a topic %q with the claim %q", known.Name, known.Claim)
		}
		if moderation.ErrorCode(err) != moderation.CodeNotFound {
			return err
		}
		var names []string
		if err := tx.SelectContext(ctx, &names, `select name from topic`); err != nil {
			return err
		}
		for _, name := range names {
			if moderation.FoldCase(name) == moderation.FoldCase(topic.Name) {
				return moderation.Exists("there is a topic %q", name)
			}
		}
		if _, err := tx.ExecContext(ctx, `insert into topic (name, claim) values (?, ?)`, topic.Name, topic.Claim); err != nil {
			return err
		}
		return appendEntry(ctx, tx, &moderation.Entry{At: at, Actor: actor, Kind: moderation.KindTopic,
			Note: fmt.Sprintf("added topic %q: %s", topic.Name, topic.Claim)})
	})
}

// AssignTopic puts an article under a topic ("" takes it out) with a side, and gives each of its comments the answers of rescore: see
// moderation's topicStore. Nothing changes where the article is there already.
func (s *Store) AssignTopic(ctx context.Context, articleID, topic string, side moderation.Side, actor string, at time.Time,
	rescore moderation.Rescore) error {
	side, err := moderation.ParseSide(string(side))
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sqlx.Tx) error {
		before, err := articleOf(ctx, tx, articleID)
		if err != nil {
			return err
		}
		matched := ""
		if topic == "" && side != before.Side {
			matched = before.Matched
		}
		if before.Topic == topic && before.Side == side && before.Matched == matched {
			return nil
		}
		id, err := topicID(ctx, tx, topic)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `update article set topic_id = ?, matched = ?, side = ? where id = ?`, id, matched, side, articleID); err != nil {
			return err
		}
		note := fmt.Sprintf("put article %s under topic %q, side %s", articleID, topic, side)
		switch {
		case topic != "":
		case before.Topic != "":
			note = fmt.Sprintf("took article %s out of topic %q", articleID, before.Topic)
		case before.Matched != matched:
			note = fmt.Sprintf("article %s does not speak of the claim it was matched to: %s", articleID, before.Matched)
		default:
			note = fmt.Sprintf("gave article %s the side %s", articleID, side)
		}
		if err := appendEntry(ctx, tx, &moderation.Entry{At: at, Actor: actor, Kind: moderation.KindTopic, Side: side, Note: note}); err != nil {
			return err
		}
		after, err := articleOf(ctx, tx, articleID)
		if err != nil || after.ClaimSentence() == before.ClaimSentence() && after.ClaimFrom() == before.ClaimFrom() {
			return err
		}
		return rescoreArticle(ctx, tx, after, rescore)
	})
}

// rescoreBatch is how many texts are held in memory at once.
const rescoreBatch = 500

// rescoreArticle gives every comment of the article new answers; status, labels and revision stay.
func rescoreArticle(ctx context.Context, tx *sqlx.Tx, article moderation.Article, rescore moderation.Rescore) error {
	for last := int64(0); ; {
		var batch []struct {
			ID   int64  `db:"id"`
			Text string `db:"text"`
		}
		err := tx.SelectContext(ctx, &batch, `select id, text from comment where article_id = ? and id > ? order by id limit ?`,
			article.ID, last, rescoreBatch)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, c := range batch {
			if err := answerAnew(ctx, tx, c.ID, rescore(c.Text, article)); err != nil {
				return err
			}
			last = c.ID
		}
	}
}
