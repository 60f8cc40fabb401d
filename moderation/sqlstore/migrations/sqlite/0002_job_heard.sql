-- +goose Up

-- When the process that runs a job last wrote how far it is: a job without a living process must not keep others from starting.
alter table job add column heard_at integer not null default 0;
