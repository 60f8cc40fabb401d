-- +goose Up

-- What one author wrote, newest first, with all that is counted of it, so that counting reads no comments.
create index comment_of_author on comment (author, id, status, label_stance, label_hostile, label_spam) where author <> '';

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

-- Each text's likeness: see moderation.Likeness. The hashes are 64 bits, kept as signed numbers; a band is 16 bits of simhash.
create table likeness (
    comment_id integer not null primary key references comment (id),
    words      integer not null,
    identity   integer not null,
    simhash    integer not null,
    band0      integer not null,
    band1      integer not null,
    band2      integer not null,
    band3      integer not null
) strict;
create index likeness_identity on likeness (identity, comment_id);
create index likeness_band0 on likeness (band0, comment_id) where words >= 8;
create index likeness_band1 on likeness (band1, comment_id) where words >= 8;
create index likeness_band2 on likeness (band2, comment_id) where words >= 8;
create index likeness_band3 on likeness (band3, comment_id) where words >= 8;

-- Comments that arrived before there was a likeness get theirs in batches: those with an id above done_to, up to due_to. One row.
create table likeness_due (
    done_to integer not null,
    due_to  integer not null
) strict;
insert into likeness_due (done_to, due_to) select 0, coalesce(max(id), 0) from comment;

-- The decided comments of an article, newest first.
create index comment_decided on comment (article_id, status, id) where status in ('approved', 'rejected');
