package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// articleRow is an article with its topic; TopicName and Claim are "" without one, Matched is "" for an article that was not matched.
type articleRow struct {
	ID        string          `db:"id"`
	URL       string          `db:"url"`
	Headline  string          `db:"headline"`
	Body      string          `db:"body"`
	TopicName string          `db:"topic"`
	Claim     string          `db:"claim"`
	Matched   string          `db:"matched"`
	Side      moderation.Side `db:"side"`
	Source    string          `db:"source"`
	Origin    string          `db:"origin"`
}

func (r articleRow) article() moderation.Article {
	return moderation.Article{ID: r.ID, URL: r.URL, Headline: r.Headline, Body: r.Body, Topic: r.TopicName, Claim: r.Claim,
		Matched: r.Matched, Side: r.Side, Source: r.Source, Origin: r.Origin}
}

// Article is a stored article, NotFound where there is none of that id.
func (s *Store) Article(ctx context.Context, id string) (moderation.Article, error) {
	return articleOf(ctx, s.reader, id)
}

func articleOf(ctx context.Context, q sqlx.QueryerContext, id string) (moderation.Article, error) {
	var row articleRow
	err := sqlx.GetContext(ctx, q, &row, `
		select a.id, a.url, a.headline, a.body, coalesce(t.name, '') as topic, coalesce(t.claim, '') as claim, a.matched, a.side, a.source, a.origin
		from article a left join topic t on t.id = a.topic_id
		where a.id = ?`, id)
	if errors.Is(err, sql.ErrNoRows) {
		return moderation.Article{}, moderation.NotFound("no article %q", id)
	}
	return row.article(), err
}

// Articles lists articles of a topic in the order of their ids: see moderation's topicStore.
func (s *Store) Articles(ctx context.Context, topic, after string, limit int) ([]moderation.Article, error) {
	query, args := articlesQuery(topic, after, limit)
	return s.articles(ctx, query, args...)
}

// articles reads every row of such a query.
func (s *Store) articles(ctx context.Context, query string, args ...any) ([]moderation.Article, error) {
	var rows []articleRow
	if err := s.reader.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	articles := make([]moderation.Article, len(rows))
	for i, row := range rows {
		articles[i] = row.article()
	}
	return articles, nil
}

func articlesQuery(topic, after string, limit int) (string, []any) {
	const columns = `select a.id, a.url, a.headline, '' as body, `
	if topic == "" {
		return columns + `'' as topic, '' as claim, a.matched, a.side, a.source, a.origin
			from article a where a.topic_id is null and a.id > ? order by a.id limit ?`, []any{after, limit}
	}
	return columns + `t.name as topic, t.claim, a.matched, a.side, a.source, a.origin
		from topic t join article a on a.topic_id = t.id where t.name = ? and a.id > ? order by a.id limit ?`, []any{topic, after, limit}
}

// keepArticle stores an article that is new, under its topic or the claim it was matched to; one that is known only gets the fields that were empty. It reports whether the
// article is new.
func keepArticle(ctx context.Context, tx *sqlx.Tx, a moderation.Article, at time.Time) (fresh bool, err error) {
	_, err = articleOf(ctx, tx, a.ID)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			update article set
				url = case url when '' then ? else url end,
				headline = case headline when '' then ? else headline end,
				body = case body when '' then ? else body end
			where id = ? and (url = '' or headline = '' or body = '')`, a.URL, a.Headline, a.Body, a.ID)
		return false, err
	}
	if moderation.ErrorCode(err) != moderation.CodeNotFound {
		return false, err
	}
	topic, err := topicID(ctx, tx, a.Topic)
	if moderation.ErrorCode(err) == moderation.CodeNotFound {
		return false, moderation.Invalid("no topic %q", a.Topic)
	}
	if err != nil {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `
		insert into article (id, url, headline, body, topic_id, matched, side, source, origin, arrived_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, a.URL, a.Headline, a.Body, topic, matchedOf(a), sideOf(a), a.Source, a.Origin, milliseconds(at))
	return true, err
}

// matchedOf is the claim that an article without a topic was matched to.
func matchedOf(a moderation.Article) string {
	if a.Topic != "" {
		return ""
	}
	return a.Matched
}

func sideOf(a moderation.Article) moderation.Side {
	if a.Side == "" {
		return moderation.SideFor
	}
	return a.Side
}
