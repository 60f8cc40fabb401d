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
