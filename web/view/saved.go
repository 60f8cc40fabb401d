package view

import (
	"strings"
	"time"

	"commentdesk/moderation"
)

// Saved tells a script that its action was kept, or undone.
type Saved struct {
	Comment  int64  `json:"comment"`
	Revision int64  `json:"revision"` // the comment's, after it
	Said     string `json:"said"`     // Approved; stance: favor.
}

// NewSaved is the answer for that entry; told stands behind it.
func NewSaved(local Local, entry moderation.Entry, told string) Saved {
	return Saved{Comment: entry.CommentID, Revision: entry.Revision, Said: Done(local, entry) + told}
}

// mostReason is how much of a reason a sentence names, in characters.
const mostReason = 60

// Done says what an entry did, as a sentence; a rejection with its reason.
func Done(local Local, entry moderation.Entry) string {
	done, _ := local.did(entry)
	if entry.Decision == moderation.Reject && entry.Reason != "" {
		done = local.T("label.because", "what", done, "reason", shorten(entry.Reason, mostReason))
	}
	return Sentence(done)
}

// Refused tells a script that somebody was faster.
type Refused struct {
	Comment int64     `json:"comment"`
	What    string    `json:"what"` // Rejected by anna
	Also    string    `json:"also"` // , labelled hostile: yes; stands behind the time
	At      time.Time `json:"at"`
}

// NewRefused is the answer for that conflict. The script says how long ago it was.
func NewRefused(local Local, conflict *moderation.Conflict) Refused {
	what, also, _ := strings.Cut(conflictWords(local, conflict, "\n"), "\n")
	return Refused{Comment: conflict.CommentID, What: upperFirst(strings.TrimSpace(what)), Also: also, At: conflict.At}
}
