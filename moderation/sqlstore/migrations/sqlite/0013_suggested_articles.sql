-- +goose Up

-- When an article arrived: the newest are looked at for topics. Of those from before, when their first comment did.
alter table article add column arrived_at integer not null default 0;
update article set arrived_at = coalesce((select c.arrived_at from comment c where c.article_id = article.id order by c.id limit 1), 0);
create index article_topic_arrived on article (topic_id, arrived_at, id);
create index article_with_topic on article (arrived_at, id) where topic_id is not null;

-- Articles that somebody said do not speak of a topic: they are not suggested for it again.
create table topic_refusal (
    topic_id   integer not null references topic (id),
    article_id text    not null references article (id),
    primary key (topic_id, article_id)
) strict;
