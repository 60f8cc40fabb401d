package sqlstore

import (
	"context"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// entryRow is one row of the ledger, its labels apart.
type entryRow struct {
	Position    int64               `db:"position"`
	ActionID    string              `db:"action_id"`
	At          int64               `db:"at"`
	Actor       string              `db:"actor"`
	Kind        moderation.Kind     `db:"kind"`
	CommentID   int64               `db:"comment_id"`
	Revision    int64               `db:"revision"`
	TextVersion int                 `db:"text_version"`
	ClaimID     string              `db:"claim_id"`
	Side        moderation.Side     `db:"side"`
	Decision    moderation.Decision `db:"decision"`
	Reason      string              `db:"reason"`
	Cancels     int64               `db:"cancels"`
	Note        string              `db:"note"`
	Wait        moderation.WaitKind `db:"wait"`
	WaitFor     string              `db:"wait_for"`
	WaitUntil   int64               `db:"wait_until"`
}

func (r entryRow) entry() moderation.Entry {
	return moderation.Entry{Position: r.Position, ActionID: r.ActionID, At: instant(r.At), Actor: r.Actor, Kind: r.Kind, CommentID: r.CommentID,
		Revision: r.Revision, TextVersion: r.TextVersion, ClaimID: r.ClaimID, Side: r.Side, Decision: r.Decision, Reason: r.Reason,
		Cancels: r.Cancels, Note: r.Note, Wait: moderation.Wait{Kind: r.Wait, For: r.WaitFor, Until: instant(r.WaitUntil)}}
}

// labelRow is one label of an entry.
type labelRow struct {
	CommentID int64           `db:"comment_id"`
	Position  int64           `db:"position"`
	Axis      classifier.Axis `db:"axis"`
	Answer    string          `db:"answer"`
	Hand      moderation.By   `db:"hand"`
	Predicted string          `db:"predicted"`
	P1        float64         `db:"p1"`
	P2        float64         `db:"p2"`
	P3        float64         `db:"p3"`
	Model     string          `db:"model"`
}

func (r labelRow) label() moderation.Label {
	return moderation.Label{Axis: r.Axis, Answer: r.Answer, By: r.Hand, Predicted: r.Predicted, Probability: [3]float64{r.P1, r.P2, r.P3},
		Model: r.Model}
}

// History is the comment's entries in order of position.
func (s *Store) History(ctx context.Context, commentID int64) (entries []moderation.Entry, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		entries, err = entriesOf(ctx, tx, commentID)
		return err
	})
	return entries, err
}

// entriesOf is one comment's entries in order of position.
func entriesOf(ctx context.Context, tx *sqlx.Tx, commentID int64) ([]moderation.Entry, error) {
	byComment, err := entriesByComment(ctx, tx, []int64{commentID}, 1<<62)
	return byComment[commentID], err
}

// ledgerPage is the most entries that Ledger lists at once.
const ledgerPage = 1000

// Ledger lists up to limit entries of the whole ledger, at most ledgerPage, after a position, in order; 0 starts at the first.
func (s *Store) Ledger(ctx context.Context, after int64, limit int) (entries []moderation.Entry, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var rows []entryRow
		err := tx.SelectContext(ctx, &rows, entryColumns+` where position > ? order by position limit ?`, after, min(limit, ledgerPage))
		if err != nil || len(rows) == 0 {
			return err
		}
		ids := make([]int64, len(rows))
		for i, row := range rows {
			ids[i] = row.CommentID
		}
		var labels []labelRow
		if err := selectIn(ctx, tx, &labels, labelColumns+` where l.comment_id in (?) and l.position > ? and l.position <= ?`,
			ids, after, rows[len(rows)-1].Position); err != nil {
			return err
		}
		entries = assemble(rows, labels)
		return nil
	})
	return entries, err
}

const (
	entryColumns = `
		select position, action_id, at, actor, kind, comment_id, revision, text_version, claim_id, side, decision, reason, cancels, note,
			wait, wait_for, wait_until
		from ledger`
	labelColumns = `
		select l.comment_id, l.position, l.axis, l.answer, l.hand, l.predicted, l.p1, l.p2, l.p3, m.model
		from label l join model_ref m on m.ref = l.model_ref`
)

// entriesByComment is the entries of some comments up to a position, each comment's in order of position. ids must not be empty.
func entriesByComment(ctx context.Context, tx *sqlx.Tx, ids []int64, upTo int64) (map[int64][]moderation.Entry, error) {
	var rows []entryRow
	if err := selectIn(ctx, tx, &rows, entryColumns+` where comment_id in (?) and position <= ? order by comment_id, position`, ids, upTo); err != nil {
		return nil, err
	}
	var labels []labelRow
	if err := selectIn(ctx, tx, &labels, labelColumns+` where l.comment_id in (?) and l.position <= ?`, ids, upTo); err != nil {
		return nil, err
	}
	byComment := make(map[int64][]moderation.Entry, len(ids))
	for _, entry := range assemble(rows, labels) {
		byComment[entry.CommentID] = append(byComment[entry.CommentID], entry)
	}
	return byComment, nil
}

// assemble puts each entry's labels to it, in the order of the axes.
func assemble(rows []entryRow, labels []labelRow) []moderation.Entry {
	type place struct {
		position int64
		axis     classifier.Axis
	}
	given := make(map[place]moderation.Label, len(labels))
	for _, row := range labels {
		given[place{row.Position, row.Axis}] = row.label()
	}
	entries := make([]moderation.Entry, len(rows))
	for i, row := range rows {
		entries[i] = row.entry()
		for _, axis := range classifier.Axes {
			if label, ok := given[place{row.Position, axis}]; ok {
				entries[i].Labels = append(entries[i].Labels, label)
			}
		}
	}
	return entries
}

// selectIn is a select whose query holds lists: in (?).
func selectIn(ctx context.Context, tx *sqlx.Tx, rows any, query string, args ...any) error {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return err
	}
	return tx.SelectContext(ctx, rows, query, args...)
}

// appendEntry gives the entry the next position and writes it with its labels.
func appendEntry(ctx context.Context, tx *sqlx.Tx, e *moderation.Entry) error {
	position, err := count(ctx, tx, "ledger", 1)
	if err != nil {
		return err
	}
	e.Position, e.At = position, instant(milliseconds(e.At))
	if _, err := tx.ExecContext(ctx, `
		insert into ledger (position, action_id, at, actor, kind, comment_id, revision, text_version, claim_id, side, decision, reason, cancels, note,
			wait, wait_for, wait_until)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Position, e.ActionID, milliseconds(e.At), e.Actor, e.Kind, e.CommentID, e.Revision, e.TextVersion, e.ClaimID, e.Side, e.Decision,
		e.Reason, e.Cancels, e.Note, e.Wait.Kind, e.Wait.For, milliseconds(e.Wait.Until)); err != nil {
		return err
	}
	for _, l := range e.Labels {
		ref, err := modelRef(ctx, tx, l.Model)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			insert into label (comment_id, position, axis, answer, hand, predicted, p1, p2, p3, model_ref) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			e.CommentID, e.Position, l.Axis, l.Answer, l.By, l.Predicted, l.Probability[0], l.Probability[1], l.Probability[2], ref); err != nil {
			return err
		}
	}
	return nil
}

// record appends a comment's entry and brings the comment's columns and the counters to the fold of all its entries.
func record(ctx context.Context, tx *sqlx.Tx, before moderation.Status, e *moderation.Entry) error {
	if err := appendEntry(ctx, tx, e); err != nil {
		return err
	}
	entries, err := entriesOf(ctx, tx, e.CommentID)
	if err != nil {
		return err
	}
	state := moderation.Fold(entries)
	if _, err := tx.ExecContext(ctx, `
		update comment set status = ?, revision = ?, text_version = ?, label_stance = ?, label_hostile = ?, label_spam = ? where id = ?`,
		state.Status, state.Revision, state.TextVersion,
		state.Labels[classifier.Stance], state.Labels[classifier.Hostile], state.Labels[classifier.Spam], e.CommentID); err != nil {
		return err
	}
	if err := keepWaiting(ctx, tx, e.CommentID, state.Waiting); err != nil {
		return err
	}
	if err := keepAnswer(ctx, tx, e, entries); err != nil {
		return err
	}
	return moved(ctx, tx, e.CommentID, before, state.Status)
}
