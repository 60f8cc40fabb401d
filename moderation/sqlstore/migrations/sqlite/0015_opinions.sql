-- +goose Up

-- Questions by who asked, so that those of others are two ranges: see moderation.Mine.
create index waiting_asker on waiting (asked_by) where asked_by <> '';
