// Package sqlstore keeps everything in one SQLite file: articles, comments, the ledger, topics, leases, models, jobs, users, sessions, events.
// It holds the only SQL of the program, a file a noun; the tables are in migrations. Each exported method that writes is one transaction. What
// may happen to a comment is moderation's to say: the columns that stand for a comment's state are moderation.Fold of its ledger entries.
package sqlstore
