-- +goose Up

-- The learned claim that an article without a topic was matched to when it arrived; '' for none.
alter table article add column matched text not null default '';
