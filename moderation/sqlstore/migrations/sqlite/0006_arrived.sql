-- +goose Up

-- How many arrived in a span of time, and how old what waits is.
create index comment_status_arrived on comment (status, arrived_at);
