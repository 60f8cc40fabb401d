package view

import (
	"html/template"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Record is what the desk remembers around the comment on screen: its author and what colleagues noted.
type Record struct {
	Author   *Author    // nil for a reader without a name
	Alike    *AlikeList // nil where there are no near-duplicates
	OtherWay *OtherWay  // nil where nothing like it was decided the other way
	OldTexts []OldText  // newest first
	Notes    []Note     // on the comment
	NoteKey  string     // for the next note
}

// Author is what the desk knows of who writes under one name.
type Author struct {
	Name     string
	Counted  string // "12 comments under this name"
	Statuses []string
	Labels   []AuthorLabel
	Last     []Reply
	URL      string // of everything under the name
	Notes    []Note
}

// AuthorLabel is one answer that people gave on the author's comments, and how often.
type AuthorLabel struct {
	Sign, Colour, Words string
}

// Note is a note as the user sees it.
type Note struct {
	ID           int64
	By, Text     string
	When         template.HTML
	Withdrawn    template.HTML // when it was taken back; "" while it stands
	MayTakeBack  bool
	AboutComment bool
}

func newRecord(review *moderation.Review, place Place, frame Frame, key string) Record {
	local := frame.Local
	record := Record{NoteKey: key, Author: newAuthor(local, review.ByAuthor, place), Alike: newAlikeList(local, review, place), OtherWay: newOtherWay(local, review.OtherWay, place),
		OldTexts: newOldTexts(local, review.OldTexts)}
	for _, n := range review.Notes {
		note := newNote(n, frame)
		switch {
		case note.AboutComment:
			record.Notes = append(record.Notes, note)
		case record.Author != nil:
			record.Author.Notes = append(record.Author.Notes, note)
		}
	}
	return record
}

func newNote(n moderation.Note, frame Frame) Note {
	note := Note{ID: n.ID, By: n.By, Text: n.Text, When: frame.Local.Moment(n.At), AboutComment: n.CommentID != 0}
	if n.Withdrawn() {
		note.Withdrawn = frame.Local.Moment(n.WithdrawnAt)
	}
	note.MayTakeBack = !n.Withdrawn() && frame.MayAct() && frame.User.Name == n.By
	return note
}

func newAuthor(local Local, record moderation.AuthorRecord, place Place) *Author {
	if record.Name == "" {
		return nil
	}
	filter := moderation.Filter{Author: record.Name}
	a := &Author{Name: record.Name, Counted: local.T("record.comments", "n", record.Counted), Last: newReplies(local, record.Last, place),
		URL: Place{Tab: AllTab, Order: moderation.OrderNewest, Query: filter.String()}.URL()}
	if record.Counted >= moderation.AuthorLimit {
		a.Counted = local.T("record.comments_newest", "n", record.Counted)
	}
	for _, status := range []moderation.Status{moderation.Approved, moderation.Rejected, moderation.Escalated, moderation.Snoozed, moderation.Pending} {
		if n := record.Statuses[status]; n > 0 {
			a.Statuses = append(a.Statuses, local.T("record.status", "count", n, "status", local.Status(status)))
		}
	}
	for _, axis := range classifier.Axes {
		for _, answer := range append(pageOrder(axis), moderation.CantTell) {
			if n := record.Labels[axis][answer]; n > 0 {
				a.Labels = append(a.Labels, AuthorLabel{sign(axis, answer), colour(axis, answer),
					local.T("record.label", "axis", local.Axis(axis), "answer", local.Answer(answer), "count", n)})
			}
		}
	}
	for i := range a.Last {
		a.Last[i].Text = shorten(a.Last[i].Text, authorTextLength)
	}
	return a
}

// authorTextLength is how much of an author's other comments is shown, in characters.
const authorTextLength = 120

// StatusWords is the author's counts by decision.
func (a Author) StatusWords() string { return strings.Join(a.Statuses, " · ") }

// noteList is notes with the place to come back to.
type noteList struct {
	Notes []Note
	Place Place
}

func notesOf(notes []Note, page Queue) noteList { return noteList{notes, page.Place} }
