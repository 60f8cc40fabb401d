-- +goose Up

-- What one author wrote, newest first.
create index comment_of_author on comment (author, id) where author <> '';

-- What people wrote about a comment (comment_id > 0) or about an author (author <> ''). A note that its writer took back stays, marked.
create table note (
    id           integer primary key,
    key          text    not null unique,
    comment_id   integer not null,
    author       text    not null,
    written_by   text    not null,
    at           integer not null,
    text         text    not null,
    withdrawn_at integer not null
) strict;
create index note_comment on note (comment_id, id) where comment_id > 0;
create index note_author on note (author, id) where author <> '';
