package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
)

// noteRow is one row of note.
type noteRow struct {
	ID          int64  `db:"id"`
	Key         string `db:"key"`
	CommentID   int64  `db:"comment_id"`
	Author      string `db:"author"`
	By          string `db:"written_by"`
	At          int64  `db:"at"`
	Text        string `db:"text"`
	WithdrawnAt int64  `db:"withdrawn_at"`
}

func (r noteRow) note() moderation.Note {
	return moderation.Note{ID: r.ID, Key: r.Key, CommentID: r.CommentID, Author: r.Author, By: r.By, At: instant(r.At), Text: r.Text,
		WithdrawnAt: instant(r.WithdrawnAt)}
}

const noteColumns = `select id, key, comment_id, author, written_by, at, text, withdrawn_at from note`

// AddNote keeps a note: see moderation's noteStore.
func (s *Store) AddNote(ctx context.Context, note moderation.Note) (kept moderation.Note, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		var row noteRow
		err := tx.GetContext(ctx, &row, noteColumns+` where key = ?`, note.Key)
		switch {
		case err == nil && (row.By != note.By || row.CommentID != note.CommentID || row.Author != note.Author || row.Text != note.Text):
			return moderation.Invalid("the key %q was used for another note", note.Key)
		case err == nil:
			kept = row.note()
			return nil
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
		kept = note
		kept.At, kept.WithdrawnAt = instant(milliseconds(note.At)), time.Time{}
		return tx.GetContext(ctx, &kept.ID, `
			insert into note (key, comment_id, author, written_by, at, text, withdrawn_at) values (?, ?, ?, ?, ?, ?, 0) returning id`,
			note.Key, note.CommentID, note.Author, note.By, milliseconds(note.At), note.Text)
	})
	return kept, err
}

// WithdrawNote marks a note: see moderation's noteStore.
func (s *Store) WithdrawNote(ctx context.Context, id int64, by string, at time.Time) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		var writer string
		err := tx.GetContext(ctx, &writer, `select written_by from note where id = ?`, id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return moderation.NotFound("no note %d", id)
		case err != nil:
			return err
		case writer != by:
			return moderation.Forbidden("%s wrote that note: only its writer takes it back", writer)
		}
		_, err = tx.ExecContext(ctx, `update note set withdrawn_at = ? where id = ? and withdrawn_at = 0`, milliseconds(at), id)
		return err
	})
}

// Notes lists the notes on the comment, then those on the author: see moderation's noteStore.
func (s *Store) Notes(ctx context.Context, commentID int64, author string, limit int) (notes []moderation.Note, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var onComment, onAuthor []noteRow
		if err := tx.SelectContext(ctx, &onComment, noteColumns+` where comment_id = ? and comment_id > 0 order by id desc limit ?`, commentID, limit); err != nil {
			return err
		}
		if author != "" {
			if err := tx.SelectContext(ctx, &onAuthor, noteColumns+` where author = ? and author <> '' order by id desc limit ?`, author, limit); err != nil {
				return err
			}
		}
		for _, row := range append(onComment, onAuthor...) {
			notes = append(notes, row.note())
		}
		return nil
	})
	return notes, err
}
