package moderation

import "time"

// Event is what somebody did elsewhere than on a comment: signed in, changed a user, promoted a model. What is done to comments is in the
// ledger, and nothing is in both.
type Event struct {
	ID      int64
	At      time.Time
	Actor   string
	Kind    string // sign-in, user, model …
	Subject string // what it was done to
	Detail  string
}
