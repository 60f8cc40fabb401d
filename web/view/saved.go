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
func NewSaved(entry moderation.Entry, told string) Saved {
	return Saved{Comment: entry.CommentID, Revision: entry.Revision, Said: Sentence(Did(entry)) + told}
}

// Refused tells a script that somebody was faster.
type Refused struct {
	Comment int64     `json:"comment"`
	What    string    `json:"what"` // Rejected by anna
	Also    string    `json:"also"` // , labelled hostile: yes; stands behind the time
	At      time.Time `json:"at"`
}

// NewRefused is the answer for that conflict. The script says how long ago it was.
func NewRefused(conflict *moderation.Conflict) Refused {
	what, also, _ := strings.Cut(conflictWords(conflict, "\n"), "\n")
	return Refused{Comment: conflict.CommentID, What: upperFirst(what), Also: also, At: conflict.At}
}
