// Package moderation is the product in the newsroom's words: articles, comments, labels, decisions, the ledger, the queue. It knows what may
// happen to a comment and in which order, and what a reader's page means when it comes in twice. It leaves the answers to classifier, the rows
// to a store (the small interfaces beside their use), the pages to web, and retraining to learn.
package moderation
