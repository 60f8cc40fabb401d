-- +goose Up

-- Why comments are rejected, in the site's own words; axis and answer are the label that a reason implies, '' without one.
create table reason (
    id       integer primary key,
    name     text    not null,
    name_key text    not null unique,
    axis     text    not null,
    answer   text    not null,
    place    integer not null,
    retired  integer not null
) strict;
insert into reason (name, name_key, axis, answer, place, retired) values
    ('insult', 'insult', 'hostile', 'yes', 1, 0),
    ('attack on a group', 'attack on a group', 'hostile', 'yes', 2, 0),
    ('threat', 'threat', 'hostile', 'yes', 3, 0),
    ('advertising', 'advertising', 'spam', 'yes', 4, 0),
    ('off topic', 'off topic', '', '', 5, 0),
    ('personal data', 'personal data', '', '', 6, 0),
    ('not in our language', 'not in our language', '', '', 7, 0);

-- A comment's topic is its article's, and author_key is its author with case folded, both kept here for the filters' indexes. casefold is this
-- program's own function: later comments bring their key with them.
alter table comment add column topic_id integer not null default 0;
alter table comment add column author_key text not null default '';
update comment set author_key = casefold(author), topic_id = coalesce((select a.topic_id from article a where a.id = comment.article_id), 0);
-- +goose StatementBegin
create trigger article_topic_moved after update of topic_id on article when old.topic_id is not new.topic_id begin
    update comment set topic_id = coalesce(new.topic_id, 0) where article_id = new.id;
end;
-- +goose StatementEnd
create index comment_article_status on comment (article_id, status, id);
create index comment_topic_status on comment (topic_id, status, id);
create index comment_author_status on comment (author_key, status, id);

-- A moderator's own filters. name_key is the name with case folded.
create table saved_view (
    id         integer primary key,
    user_name  text    not null,
    name       text    not null,
    name_key   text    not null,
    status     text    not null,
    query      text    not null,
    order_name text    not null,
    unique (user_name, name_key)
) strict;

-- What a user set for the own pages.
create table user_setting (
    user_name text not null,
    name      text not null,
    value     text not null,
    primary key (user_name, name)
) strict;
