package moderation

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of notes.
const (
	MaxNote    = 2000 // characters
	MaxNoteKey = 64   // bytes
	NoteLimit  = 100  // notes that stand beside a comment, on it and on its author each
)

// Note is what a person wrote about a comment or about an author, for colleagues. It is no label and no decision, and nothing learns from it.
type Note struct {
	ID          int64
	Key         string // made by the client; sent twice it is one note
	CommentID   int64  // 0 for a note about an author
	Author      string // "" for a note about a comment
	By          string // user name
	At          time.Time
	Text        string
	WithdrawnAt time.Time // zero while it stands
}

// Withdrawn reports whether the writer took the note back.
func (n Note) Withdrawn() bool { return !n.WithdrawnAt.IsZero() }

// noteStore keeps notes. They are added and marked as withdrawn, never changed or deleted.
type noteStore interface {
	// AddNote keeps a note and returns it with its id; the same note sent twice with its key is the one of then. Invalid where the key was used
	// for another note: taken for that one, this one would be lost.
	AddNote(ctx context.Context, note Note) (Note, error)
	// WithdrawNote marks a note: NotFound where there is none, Forbidden where somebody else wrote it. Twice changes nothing.
	WithdrawNote(ctx context.Context, id int64, by string, at time.Time) error
	// Notes lists the notes on the comment, then those on the author ("" for none), newest first, at most limit of each.
	Notes(ctx context.Context, commentID int64, author string, limit int) ([]Note, error)
}

// AddNote keeps what a person wrote about a comment, or about its author.
func (s *Service) AddNote(ctx context.Context, commentID int64, aboutAuthor bool, note Note) (Note, error) {
	note.By, note.Text = Clean(note.By), strings.TrimSpace(strings.ReplaceAll(Clean(note.Text), "\r\n", "\n"))
	switch {
	case note.Key == "" || len(note.Key) > MaxNoteKey:
		return Note{}, Invalid("a note needs a key of 1 to %d bytes", MaxNoteKey)
	case note.By == "":
		return Note{}, Invalid("no writer named")
	case note.Text == "":
		return Note{}, Invalid("the note is empty")
	case utf8.RuneCountInString(note.Text) > MaxNote:
		return Note{}, Invalid("the note is longer than %d characters", MaxNote)
	}
	comment, err := s.Comment(ctx, commentID)
	if err != nil {
		return Note{}, err
	}
	note.CommentID, note.Author, note.At = commentID, "", s.now()
	if aboutAuthor {
		if note.CommentID, note.Author = 0, comment.Author; note.Author == "" {
			return Note{}, Invalid("the comment has no author to write about")
		}
	}
	return s.store.AddNote(ctx, note)
}

// WithdrawNote takes a note back: only its writer may. It stays in the record, marked.
func (s *Service) WithdrawNote(ctx context.Context, id int64, by string) error {
	return s.store.WithdrawNote(ctx, id, by, s.now())
}
