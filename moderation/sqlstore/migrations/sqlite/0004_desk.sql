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
