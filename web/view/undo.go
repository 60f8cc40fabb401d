package view

import "commentdesk/moderation"

// Undo is what the page's undo takes back: one act, or everything that was done at once.
type Undo struct {
	ActionID string // "" where it is a bulk
	BulkID   string
	Text     string // what was done
	Here     bool   // on the comment that is shown, be it the last act or not
}

// NewUndo takes back the act, and with it what was done at once.
func NewUndo(local Local, last moderation.Entry) *Undo {
	if bulkID := moderation.BulkOf(last); bulkID != "" {
		return &Undo{BulkID: bulkID, Text: local.T("bar.undo_bulk")}
	}
	return &Undo{ActionID: last.ActionID, Text: Done(local, last)}
}

// UndoOf takes back the user's own last act on the comment, nil where there is none that can be.
func (c *Comment) UndoOf(user string) *Undo {
	for _, act := range c.History {
		if act.ActionID != "" && act.Who == user {
			return &Undo{ActionID: act.ActionID, Text: act.What, Here: true}
		}
	}
	return nil
}
