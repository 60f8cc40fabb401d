package sqlstore

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// The newest articles without and with a topic, by the indexes article_topic_arrived and article_with_topic.
const (
	unsortedQuery = `select a.id, a.url, a.headline, substr(a.body, 1, ?) as body, '' as topic, '' as claim, a.matched, a.side, a.source, a.origin
		from article a where a.topic_id is null order by a.arrived_at desc, a.id desc limit ?`
	sortedQuery = `select a.id, a.url, a.headline, substr(a.body, 1, ?) as body, t.name as topic, t.claim, a.matched, a.side, a.source, a.origin
		from (select * from article where topic_id is not null order by arrived_at desc, id desc limit ?) a join topic t on t.id = a.topic_id
		order by a.arrived_at desc, a.id desc`
)

// Unsorted is the newest articles without a topic: see moderation's suggestStore.
func (s *Store) Unsorted(ctx context.Context, limit, body int) ([]moderation.Article, error) {
	return s.articles(ctx, unsortedQuery, body, limit)
}

// Sorted is the newest articles that have a topic: see moderation's suggestStore.
func (s *Store) Sorted(ctx context.Context, limit, body int) ([]moderation.Article, error) {
	return s.articles(ctx, sortedQuery, body, limit)
}

// mostRefused is how many refusals are read: more than are suggested and refused by hand.
const mostRefused = 20_000

// Refused is what somebody said does not fit: see moderation's suggestStore.
func (s *Store) Refused(ctx context.Context) (map[string][]string, error) {
	var rows []struct {
		Topic   string `db:"topic"`
		Article string `db:"article"`
	}
	if err := s.reader.SelectContext(ctx, &rows, `
		select t.name as topic, r.article_id as article from topic t join topic_refusal r on r.topic_id = t.id limit ?`, mostRefused); err != nil {
		return nil, err
	}
	refused := map[string][]string{}
	for _, row := range rows {
		refused[row.Topic] = append(refused[row.Topic], row.Article)
	}
	return refused, nil
}

// RefuseTopic remembers that articles do not speak of a topic: see moderation's suggestStore.
func (s *Store) RefuseTopic(ctx context.Context, articleIDs []string, topic, actor string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		id, err := topicID(ctx, tx, topic)
		if err != nil {
			return err
		}
		for _, articleID := range articleIDs {
			if _, err := articleOf(ctx, tx, articleID); err != nil {
				return err
			}
			result, err := tx.ExecContext(ctx, `insert into topic_refusal (topic_id, article_id) values (?, ?) on conflict (topic_id, article_id) do nothing`, id, articleID)
			if err != nil {
				return err
			}
			if fresh, err := result.RowsAffected(); err != nil || fresh == 0 {
				if err != nil {
					return err
				}
				continue
			}
			if err := appendEntry(ctx, tx, &moderation.Entry{At: at, Actor: actor, Kind: moderation.KindTopic,
				Note: fmt.Sprintf("article %s does not speak of topic %q", articleID, topic)}); err != nil {
				return err
			}
		}
		return nil
	})
}
