package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Act appends the action's entry and moves the comment to its new state: see moderation's actStore.
func (s *Store) Act(ctx context.Context, action moderation.Action, at time.Time) (entry moderation.Entry, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		entry, err = act(ctx, tx, action, at)
		return err
	})
	if err != nil {
		return moderation.Entry{}, err
	}
	return entry, nil
}

func act(ctx context.Context, tx *sqlx.Tx, action moderation.Action, at time.Time) (moderation.Entry, error) {
	first, _, err := findEntry(ctx, tx, moderation.KindAct, action.ID)
	switch {
	case err != nil:
		return moderation.Entry{}, err
	case first != nil && first.CommentID != action.CommentID:
		return moderation.Entry{}, moderation.Invalid("the action id %q was used for another comment", action.ID)
	case first != nil:
		return *first, nil
	}
	comment, err := storedByID(ctx, tx, action.CommentID, at)
	if err != nil {
		return moderation.Entry{}, err
	}
	if action.Revision > comment.State.Revision {
		return moderation.Entry{}, moderation.Invalid("comment %d never had the revision %d", comment.ID, action.Revision)
	}
	if action.Revision < comment.State.Revision {
		entries, err := entriesOf(ctx, tx, comment.ID)
		if err != nil {
			return moderation.Entry{}, err
		}
		return moderation.Entry{}, conflict(comment, entries, action.Revision, action.Actor)
	}
	if err := checkWait(ctx, tx, &action, comment.State); err != nil {
		return moderation.Entry{}, err
	}
	claimID, err := keepClaim(ctx, tx, comment.Article.ClaimSentence())
	if err != nil {
		return moderation.Entry{}, err
	}
	if action.ClaimID != "" && action.ClaimID != claimID && action.Labels[classifier.Stance] != "" {
		return moderation.Entry{}, moderation.Invalid("the claim was changed meanwhile: look again at the stance")
	}
	entry := moderation.Entry{ActionID: action.ID, At: at, Actor: action.Actor, Kind: moderation.KindAct, CommentID: comment.ID,
		Revision: comment.State.Revision + 1, TextVersion: comment.State.TextVersion, ClaimID: claimID, Side: comment.Article.Side,
		Labels: labelsBeside(action, comment.Prediction), Decision: action.Decision, Reason: action.Reason,
		Wait: moderation.Wait{Kind: action.Wait.Kind, For: action.Wait.For, Until: instant(milliseconds(action.Wait.Until))}}
	if err := record(ctx, tx, comment.State.Status, &entry); err != nil || action.Wait.Kind == "" {
		return entry, err
	}
	_, err = tx.ExecContext(ctx, `delete from lease where comment_id = ? and user_name = ?`, comment.ID, action.Actor) // it is no longer on that screen
	return entry, err
}

// labelsBeside puts the prediction that the person saw beside each label, in the order of the axes.
func labelsBeside(action moderation.Action, seen classifier.Prediction) (labels []moderation.Label) {
	for _, axis := range classifier.Axes {
		if answer, ok := action.Labels[axis]; ok {
			opinion := seen.On(axis)
			labels = append(labels, moderation.Label{Axis: axis, Answer: answer, By: action.By, Predicted: opinion.Answer,
				Probability: opinion.Probabilities, Model: seen.Model})
		}
	}
	return labels
}

// keepClaim keeps the sentence behind a claim's id.
func keepClaim(ctx context.Context, tx *sqlx.Tx, sentence string) (id string, err error) {
	id = classifier.ClaimID(sentence)
	if id != "" {
		_, err = tx.ExecContext(ctx, `insert into claim (id, sentence) values (?, ?) on conflict (id) do nothing`, id, sentence)
	}
	return id, err
}

// conflict names to the user what happened after the revision that was seen: the last thing that stands, else the newest entry.
func conflict(comment moderation.Stored, entries []moderation.Entry, seen int64, user string) error {
	last := moderation.LastStanding(entries)
	if last == nil || last.Revision <= seen {
		last = &entries[len(entries)-1]
	}
	shown := comment.State.Waiting.Shown(*last, user)
	return &moderation.Conflict{CommentID: comment.ID, Revision: comment.State.Revision, By: last.Actor, Did: shown.Did(), At: last.At, Entry: shown}
}

// findEntry is the entry of that kind with that action id, nil where there is none, among all entries of its comment.
func findEntry(ctx context.Context, tx *sqlx.Tx, kind moderation.Kind, actionID string) (*moderation.Entry, []moderation.Entry, error) {
	var row struct {
		Position  int64 `db:"position"`
		CommentID int64 `db:"comment_id"`
	}
	err := tx.GetContext(ctx, &row, `select position, comment_id from ledger where kind = ? and action_id = ? and action_id <> ''`, kind, actionID)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	entries, err := entriesOf(ctx, tx, row.CommentID)
	if err != nil {
		return nil, nil, err
	}
	for i := range entries {
		if entries[i].Position == row.Position {
			return &entries[i], entries, nil
		}
	}
	return nil, nil, errors.New("the ledger lost an entry while it was read")
}

// stands holds for an entry that no undo cancels.
func stands(entry string) string {
	return `not exists (select 1 from ledger u where u.comment_id = ` + entry + `.comment_id and u.position > ` + entry + `.position and u.kind = 'undo' and u.cancels = ` + entry + `.position)`
}

// lastActQuery is a range of the index of actors, newest first: what stands and has nothing standing after it on its comment.
var lastActQuery = `select comment_id, position from ledger g
	where actor = ? and kind = ? and at >= ? and ` + stands("g") + `
		and not exists (select 1 from ledger l where l.comment_id = g.comment_id and l.position > g.position and l.kind <> 'undo' and ` + stands("l") + `)
	order by at desc, position desc limit 1`

// LastAct is the actor's newest act that stands: see moderation's actStore.
func (s *Store) LastAct(ctx context.Context, actor string, since time.Time) (last moderation.Entry, err error) {
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		var row struct {
			CommentID int64 `db:"comment_id"`
			Position  int64 `db:"position"`
		}
		err := tx.GetContext(ctx, &row, lastActQuery, actor, moderation.KindAct, milliseconds(since))
		if errors.Is(err, sql.ErrNoRows) {
			return moderation.NotFound("nothing done lately can be undone")
		}
		if err != nil {
			return err
		}
		entries, err := entriesOf(ctx, tx, row.CommentID)
		if err != nil {
			return err
		}
		standing := moderation.LastStanding(entries)
		if standing == nil || standing.Position != row.Position {
			return errors.New("the ledger has another last act than its index")
		}
		last = *standing
		return nil
	})
	return last, err
}

// ActsOf is the acts whose action id begins with the prefix: see moderation's actStore.
func (s *Store) ActsOf(ctx context.Context, prefix string, limit int) ([]moderation.ActRef, error) {
	if prefix == "" {
		return nil, moderation.Invalid("no prefix named")
	}
	var rows []struct {
		ActionID  string `db:"action_id"`
		CommentID int64  `db:"comment_id"`
		Undone    bool   `db:"undone"`
	}
	err := s.reader.SelectContext(ctx, &rows, actsOfQuery, moderation.KindAct, prefix, behind(prefix), limit)
	acts := make([]moderation.ActRef, len(rows))
	for i, r := range rows {
		acts[i] = moderation.ActRef(r)
	}
	return acts, err
}

// actsOfQuery is a range of the index of action ids: no LIKE, which would not use it.
var actsOfQuery = `select action_id, comment_id, not ` + stands("g") + ` as undone from ledger g
	where kind = ? and action_id <> '' and action_id >= ? and action_id < ? order by position limit ?`

// behind is the least text after all that begin with the prefix, byte for byte.
func behind(prefix string) string {
	return prefix[:len(prefix)-1] + string(rune(prefix[len(prefix)-1]+1))
}

// Undo appends an entry that cancels the action: see moderation's actStore. The undo's entry carries the id of the action that it cancels.
func (s *Store) Undo(ctx context.Context, actionID, actor string, mayUndoOthers bool, at time.Time) (entry moderation.Entry, err error) {
	err = s.write(ctx, func(tx *sqlx.Tx) error {
		entry, err = undo(ctx, tx, actionID, actor, mayUndoOthers, at)
		return err
	})
	if err != nil {
		return moderation.Entry{}, err
	}
	return entry, nil
}

func undo(ctx context.Context, tx *sqlx.Tx, actionID, actor string, mayUndoOthers bool, at time.Time) (moderation.Entry, error) {
	action, entries, err := findEntry(ctx, tx, moderation.KindAct, actionID)
	switch {
	case err != nil:
		return moderation.Entry{}, err
	case action == nil:
		return moderation.Entry{}, moderation.NotFound("no action %q", actionID)
	case action.Actor != actor && !mayUndoOthers:
		return moderation.Entry{}, moderation.Forbidden("%s did that: only editors undo what others did", action.Actor)
	}
	for _, e := range entries {
		if e.Kind == moderation.KindUndo && e.Cancels == action.Position {
			return e, nil
		}
	}
	comment, err := storedByID(ctx, tx, action.CommentID, at)
	if err != nil {
		return moderation.Entry{}, err
	}
	if last := moderation.LastStanding(entries); last.Position != action.Position {
		return moderation.Entry{}, conflict(comment, entries, action.Revision, actor)
	}
	entry := moderation.Entry{ActionID: actionID, At: at, Actor: actor, Kind: moderation.KindUndo, CommentID: comment.ID,
		Revision: comment.State.Revision + 1, TextVersion: comment.State.TextVersion, Cancels: action.Position}
	err = record(ctx, tx, comment.State.Status, &entry)
	return entry, err
}
