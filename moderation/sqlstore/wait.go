package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// clockActor stands in the ledger for a snooze that is over.
const clockActor = "clock"

// waitingColumns read what a comment waits for; waiting stands in storedTables as w.
const waitingColumns = `coalesce(w.until, 0), coalesce(w.for_user, ''), coalesce(w.handed_by, ''), coalesce(w.asked_by, '')`

// checkWait asks whether the action fits the comment as it stands, and spells the colleague whom it names as the desk does.
func checkWait(ctx context.Context, tx *sqlx.Tx, action *moderation.Action, state moderation.State) error {
	if action.Wait.For != "" {
		var row userRow
		err := tx.GetContext(ctx, &row, userColumns+` where name_key = ?`, moderation.FoldCase(action.Wait.For))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if err != nil || row.Disabled || !row.Role.AtLeast(account.Moderator) {
			return moderation.Invalid("%.40q is nobody who can decide: choose an active moderator", action.Wait.For)
		}
		action.Wait.For = row.Name
	}
	return action.Fits(state)
}

// keepWaiting brings the comment's row to what it waits for now.
func keepWaiting(ctx context.Context, tx *sqlx.Tx, commentID int64, w moderation.Waiting) (err error) {
	if w == (moderation.Waiting{}) {
		_, err = tx.ExecContext(ctx, `delete from waiting where comment_id = ?`, commentID)
		return err
	}
	_, err = tx.ExecContext(ctx, `
		insert into waiting (comment_id, until, for_user, handed_by, asked_by) values (?, ?, ?, ?, ?)
		on conflict (comment_id) do update set until = excluded.until, for_user = excluded.for_user, handed_by = excluded.handed_by, asked_by = excluded.asked_by`,
		commentID, milliseconds(w.Until), w.For, w.HandedBy, w.AskedBy)
	return err
}

// keepAnswer notes a decision for the one who wanted a second opinion, and forgets one that was undone. The entry is the last of the entries.
func keepAnswer(ctx context.Context, tx *sqlx.Tx, e *moderation.Entry, entries []moderation.Entry) (err error) {
	if e.Kind == moderation.KindUndo {
		_, err = tx.ExecContext(ctx, `delete from answer where position = ?`, e.Cancels)
		return err
	}
	if e.Decision == "" {
		return nil
	}
	if _, _, asked := moderation.StandingWaits(entries[:len(entries)-1]); asked != nil {
		_, err = tx.ExecContext(ctx, `insert into answer (position, comment_id, asked_by) values (?, ?, ?)`, e.Position, e.CommentID, asked.Actor)
	}
	return err
}

const (
	dueQuery   = `select comment_id from waiting where until > 0 and until <= ? order by until, comment_id limit ?`
	minesQuery = `select
		(select count(*) from (select 1 from waiting where for_user = ? and for_user <> '' and until = 0 limit ?) f) as for_you,
		(select count(*) from (select 1 from waiting where asked_by <> '' and asked_by < ? and until = 0 union all
			select 1 from waiting where asked_by <> '' and asked_by > ? and until = 0 limit ?) o) as opinions,
		(select count(*) from (select 1 from answer where asked_by = ? limit ?) a) as answers`
	answerQuery = entryColumns + ` where position in (select position from answer where asked_by = ? order by position desc limit ?) order by position desc`
)

// wakePatience is how long a reader waits until it may write what is due.
const wakePatience = 200 * time.Millisecond

// Wake brings back what is due: see moderation's waitStore.
func (s *Store) Wake(ctx context.Context, at time.Time, limit int) (woken int, err error) {
	var due []int64
	if err := s.reader.SelectContext(ctx, &due, dueQuery, milliseconds(at), 1); err != nil || len(due) == 0 {
		return 0, err
	}
	patience, cancel := context.WithTimeout(ctx, wakePatience)
	defer cancel()
	connection, err := s.writer.Connx(patience)
	if err != nil && ctx.Err() == nil && patience.Err() != nil {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer connection.Close()
	err = transact(ctx, connection, func(tx *sqlx.Tx) error {
		var due []int64
		if err := tx.SelectContext(ctx, &due, dueQuery, milliseconds(at), limit); err != nil {
			return err
		}
		for _, id := range due {
			if err := wake(ctx, tx, id, clockActor, "its time has come", at); err != nil {
				return err
			}
		}
		woken = len(due)
		return nil
	})
	if isBusy(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return woken, nil
}

// wake brings one snoozed comment back.
func wake(ctx context.Context, tx *sqlx.Tx, id int64, actor, reason string, at time.Time) error {
	comment, err := storedByID(ctx, tx, id, at)
	if err != nil {
		return err
	}
	entry := moderation.Entry{At: at, Actor: actor, Kind: moderation.KindWake, CommentID: id, Revision: comment.State.Revision + 1,
		TextVersion: comment.State.TextVersion, Reason: reason}
	return record(ctx, tx, comment.State.Status, &entry)
}

// Mine counts what waits for the user: see moderation's waitStore.
func (s *Store) Mine(ctx context.Context, user string, limit int) (moderation.Mine, error) {
	var row struct {
		ForYou   int `db:"for_you"`
		Opinions int `db:"opinions"`
		Answers  int `db:"answers"`
	}
	err := s.reader.GetContext(ctx, &row, minesQuery, user, limit, user, user, limit, user, limit)
	return moderation.Mine(row), err
}

// Answers lists the decisions on what the user asked about: see moderation's waitStore.
func (s *Store) Answers(ctx context.Context, user string, limit int) (answers []moderation.Answer, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var rows []entryRow
		if err := tx.SelectContext(ctx, &rows, answerQuery, user, limit); err != nil {
			return err
		}
		for _, row := range rows {
			comment, err := storedByID(ctx, tx, row.CommentID, time.UnixMilli(1<<60))
			if err != nil {
				return err
			}
			answers = append(answers, moderation.Answer{Entry: row.entry(), Comment: comment})
		}
		return nil
	})
	return answers, err
}

// SeeAnswers forgets the user's answers up to that position: the ledger has the decisions.
func (s *Store) SeeAnswers(ctx context.Context, user string, upTo int64) error {
	return s.write(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from answer where asked_by = ? and position <= ?`, user, upTo)
		return err
	})
}

// waitingFor is the comments that a filter's waits name, from their indexes; "" where it names none. No more than scanLimit of them are looked at.
func (s *Store) waitingFor(filter moderation.Filter) (query string, args []any) {
	switch {
	case filter.For != "":
		return `select comment_id from waiting where for_user = coalesce((select name from users where name_key = ?), ?) and for_user <> ''
			order by until, comment_id limit ?`, []any{moderation.FoldCase(filter.For), filter.For, s.scanLimit}
	case filter.Opinion:
		return `select comment_id from waiting where asked_by <> '' order by comment_id limit ?`, []any{s.scanLimit}
	}
	return "", nil
}

// findSnoozed notes which of the article's comments are snoozed: a new answer brings them back.
func (m *merge) findSnoozed(ctx context.Context) error {
	var ids []int64
	if err := m.tx.SelectContext(ctx, &ids, `select id from comment where article_id = ? and status = 'snoozed'`, m.articleID); err != nil {
		return err
	}
	m.snoozed = make(map[int64]bool, len(ids))
	for _, id := range ids {
		m.snoozed[id] = true
	}
	return nil
}

// wakeParent brings a snoozed comment back that was answered just now, where a changed text did not before.
func (m *merge) wakeParent(ctx context.Context, id int64) error {
	if !m.snoozed[id] {
		return nil
	}
	delete(m.snoozed, id)
	var status moderation.Status
	if err := m.tx.GetContext(ctx, &status, `select status from comment where id = ?`, id); err != nil || status != moderation.Snoozed {
		return err
	}
	return wake(ctx, m.tx, id, importActor, "an answer arrived", m.at)
}
