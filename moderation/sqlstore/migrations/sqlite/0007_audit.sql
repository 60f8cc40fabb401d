-- +goose Up

-- The audit log reads ledger and events newest first, by who, by kind, or by both.
create index ledger_at on ledger (at, position);
create index ledger_kind on ledger (kind, at, position);
create index ledger_actor on ledger (actor, at, position);
create index ledger_actor_kind on ledger (actor, kind, at, position);
create index event_at on event (at, id);
create index event_kind on event (kind, at, id);
create index event_actor on event (actor, at, id);

-- A topic's articles are listed by id.
create index article_topic_id on article (topic_id, id);

-- Merged topics, so that a merge can be undone: which articles it moved, and their sides before. The ledger's entries of a merge stand behind
-- position, up to last_position.
create table topic_merge (
    id            integer primary key,
    from_topic    text    not null,
    into_topic    text    not null,
    opposite      integer not null,
    actor         text    not null,
    at            integer not null,
    position      integer not null,
    last_position integer not null,
    undone        integer not null
) strict;
create table topic_merge_article (
    merge_id   integer not null references topic_merge (id),
    article_id text    not null references article (id),
    side       text    not null,
    primary key (merge_id, article_id)
) strict;
create index comment_stance on comment (article_id, id) where label_stance <> '';
