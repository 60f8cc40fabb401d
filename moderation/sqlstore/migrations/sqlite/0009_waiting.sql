-- +goose Up

-- What an act puts a comment off by: see moderation.Wait. '' and 0 where it does not.
alter table ledger add column wait text not null default '';
alter table ledger add column wait_for text not null default '';
alter table ledger add column wait_until integer not null default 0;

-- A snoozed comment has a status of its own, so that status and order stay index ranges without it.
insert into counter (name, value) values ('snoozed', 0);

-- What comments wait for, a cache of the ledger's fold: only those that wait have a row.
create table waiting (
    comment_id integer not null primary key references comment (id),
    until      integer not null,
    for_user   text    not null,
    handed_by  text    not null,
    asked_by   text    not null
) strict;
create index waiting_until on waiting (until, comment_id) where until > 0;
create index waiting_for on waiting (for_user, until, comment_id) where for_user <> '';
create index waiting_asked on waiting (comment_id) where asked_by <> '';

-- Decisions on what somebody wanted a second opinion on, until the asker has seen them; position is the decision's in the ledger.
create table answer (
    position   integer not null primary key references ledger (position),
    comment_id integer not null references comment (id),
    asked_by   text    not null
) strict;
create index answer_asked on answer (asked_by, position);
