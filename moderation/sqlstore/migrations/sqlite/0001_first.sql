-- +goose Up

-- Counters that change in the transaction that changes what they count: the ledger's position, and how many comments stand in each status.
create table counter (
    name  text    not null primary key,
    value integer not null
) strict;
insert into counter (name, value) values ('ledger', 0), ('pending', 0), ('approved', 0), ('rejected', 0), ('escalated', 0);

-- The sentence behind a claim id, kept from the first label on.
create table claim (
    id       text not null primary key,
    sentence text not null
) strict;

create table topic (
    id    integer primary key,
    name  text    not null unique,
    claim text    not null
) strict;

create table article (
    id       text    not null primary key,
    url      text    not null,
    headline text    not null,
    body     text    not null,
    topic_id integer references topic (id),
    side     text    not null,
    source   text    not null,
    origin   text    not null
) strict;
create index article_topic on article (topic_id);

-- Model ids are long and stand beside every prediction, so that rows hold a short number for them.
create table model_ref (
    ref   integer primary key,
    model text    not null unique
) strict;

-- status, revision, text_version and label_* are a cache of the ledger's fold.
create table comment (
    id              integer primary key,
    article_id      text    not null references article (id),
    key             text    not null unique,
    source_id       text    not null,
    position        integer not null,
    parent_position integer not null,
    parent_id       integer not null,
    author          text    not null,
    posted_at       text    not null,
    text            text    not null,
    arrived_at      integer not null,
    gone            integer not null,
    claim_from      text    not null,
    status          text    not null,
    revision        integer not null,
    text_version    integer not null,
    label_stance    text    not null,
    label_hostile   text    not null,
    label_spam      text    not null,
    harm            integer not null,
    doubt           integer not null,
    model_ref       integer not null references model_ref (ref),
    stance_answer   text    not null,
    stance_best     text    not null,
    stance_favor    real    not null,
    stance_against  real    not null,
    stance_none     real    not null,
    stance_known    integer not null,
    stance_words    integer not null,
    hostile_answer  text    not null,
    hostile_best    text    not null,
    hostile_yes     real    not null,
    hostile_no      real    not null,
    hostile_known   integer not null,
    hostile_words   integer not null,
    spam_answer     text    not null,
    spam_best       text    not null,
    spam_yes        real    not null,
    spam_no         real    not null,
    spam_known      integer not null,
    spam_words      integer not null
) strict;
create index comment_article on comment (article_id, id);
create index comment_parent on comment (parent_id, id) where parent_id > 0;
create index comment_status_harm on comment (status, harm desc, id, model_ref);
create index comment_status_doubt on comment (status, doubt desc, id);
create index comment_status_id on comment (status, id);
create index comment_harm on comment (harm desc, id);
create index comment_doubt on comment (doubt desc, id);

-- Texts that a later version replaced; the current one stands in comment.
create table old_text (
    comment_id integer not null references comment (id),
    version    integer not null,
    text       text    not null,
    primary key (comment_id, version)
) strict;

create table ledger (
    position     integer not null primary key,
    action_id    text    not null,
    at           integer not null,
    actor        text    not null,
    kind         text    not null,
    comment_id   integer not null,
    revision     integer not null,
    text_version integer not null,
    claim_id     text    not null,
    side         text    not null,
    decision     text    not null,
    reason       text    not null,
    cancels      integer not null,
    note         text    not null
) strict;
create index ledger_comment on ledger (comment_id, position);
create unique index ledger_action on ledger (kind, action_id) where action_id <> '';

-- One label an axis of a ledger entry, with the prediction that the person saw; p1 to p3 are in the order of the axis's answers.
create table label (
    comment_id integer not null references comment (id),
    position   integer not null references ledger (position),
    axis       text    not null,
    answer     text    not null,
    hand       text    not null,
    predicted  text    not null,
    p1         real    not null,
    p2         real    not null,
    p3         real    not null,
    model_ref  integer not null references model_ref (ref),
    primary key (comment_id, position, axis)
) strict;

create table lease (
    comment_id integer not null primary key references comment (id),
    user_name  text    not null,
    until      integer not null
) strict;

create table model (
    number     integer primary key,
    id         text    not null unique,
    state      text    not null,
    parent     text    not null,
    position   integer not null,
    created_at integer not null,
    created_by text    not null,
    reason     text    not null,
    report     blob    not null,
    manifest   blob    not null,
    counts     blob    not null,
    weights    blob    not null
) strict;

-- Every champion there was, in order; the last row is the model in use.
create table champion (
    number   integer primary key,
    model_id text    not null references model (id),
    at       integer not null
) strict;

create table job (
    id         integer primary key,
    state      text    not null,
    started_by text    not null,
    started_at integer not null,
    ended_at   integer not null,
    step       text    not null,
    percent    integer not null,
    message    text    not null,
    model_id   text    not null
) strict;
create unique index job_running on job (state) where state = 'running';

create table users (
    id         integer primary key,
    name       text    not null,
    name_key   text    not null unique,
    role       text    not null,
    disabled   integer not null,
    epoch      integer not null,
    password   text    not null,
    created_at integer not null
) strict;

create table session (
    token      text    not null primary key,
    data       blob    not null,
    expires_at integer not null
) strict;
create index session_expires on session (expires_at);

create table event (
    id      integer primary key,
    at      integer not null,
    actor   text    not null,
    kind    text    not null,
    subject text    not null,
    detail  text    not null
) strict;
