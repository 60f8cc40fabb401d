package sqlstore

import (
	"context"
	"fmt"
	"maps"

	"github.com/jmoiron/sqlx"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

const (
	doctorBatch = 500 // comments held in memory at once
	doctorLimit = 100 // differences that are named; more of them say nothing new
)

// Doctor computes again what the tables keep a second time, and names every difference: each comment's state as the fold of its ledger entries,
// its topic and its author's key, the counters, the piles, and whether the ledger's positions run from 1 without a gap. No difference, no string.
func (s *Store) Doctor(ctx context.Context) (differences []string, err error) {
	found := func(format string, args ...any) {
		if len(differences) < doctorLimit {
			differences = append(differences, fmt.Sprintf(format, args...))
		}
	}
	err = s.read(ctx, func(tx *sqlx.Tx) error {
		if err := checkFile(ctx, tx, found); err != nil {
			return err
		}
		if err := checkLedger(ctx, tx, found); err != nil {
			return err
		}
		if err := checkCounters(ctx, tx, found); err != nil {
			return err
		}
		if err := checkStates(ctx, tx, found); err != nil {
			return err
		}
		if err := checkPiles(ctx, tx, found); err != nil {
			return err
		}
		return checkLikeness(ctx, tx, found)
	})
	return differences, err
}

// checkFile asks SQLite itself.
func checkFile(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	var results []string
	if err := tx.SelectContext(ctx, &results, `pragma quick_check`); err != nil {
		return err
	}
	for _, result := range results {
		if result != "ok" {
			found("the file is damaged: %s", result)
		}
	}
	return nil
}

func checkLedger(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	var ledger struct {
		Entries int64 `db:"entries"`
		First   int64 `db:"first"`
		Last    int64 `db:"last"`
		Counter int64 `db:"counter"`
	}
	if err := tx.GetContext(ctx, &ledger, `
		select count(*) as entries, coalesce(min(position), 1) as first, coalesce(max(position), 0) as last,
			(select value from counter where name = 'ledger') as counter
		from ledger`); err != nil {
		return err
	}
	if ledger.First != 1 || ledger.Last != ledger.Entries {
		found("the ledger has %d entries at positions %d to %d: some are missing", ledger.Entries, ledger.First, ledger.Last)
	}
	if ledger.Counter != ledger.Last {
		found("the ledger ends at position %d, its counter says %d", ledger.Last, ledger.Counter)
	}
	return nil
}

func checkCounters(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	var rows []struct {
		Status  moderation.Status `db:"status"`
		Counter int               `db:"counter"`
		Counted int               `db:"counted"`
	}
	if err := tx.SelectContext(ctx, &rows, `
		select n.name as status, n.value as counter, (select count(*) from comment c where c.status = n.name) as counted
		from counter n where n.name <> 'ledger' order by n.name`); err != nil {
		return err
	}
	for _, row := range rows {
		if row.Counter != row.Counted {
			found("%d comments are %s, the counter says %d", row.Counted, row.Status, row.Counter)
		}
	}
	return nil
}

// stateRow is a comment's state as its columns have it.
type stateRow struct {
	ID          int64             `db:"id"`
	Status      moderation.Status `db:"status"`
	Revision    int64             `db:"revision"`
	TextVersion int               `db:"text_version"`
	Stance      string            `db:"label_stance"`
	Hostile     string            `db:"label_hostile"`
	Spam        string            `db:"label_spam"`
	OldTexts    int               `db:"old_texts"`
	TopicMoved  bool              `db:"topic_moved"`
	OtherAuthor bool              `db:"other_author"`
	Until       int64             `db:"until"`
	For         string            `db:"for_user"`
	HandedBy    string            `db:"handed_by"`
	AskedBy     string            `db:"asked_by"`
}

func checkStates(ctx context.Context, tx *sqlx.Tx, found func(string, ...any)) error {
	for last := int64(0); ; {
		var rows []stateRow
		if err := tx.SelectContext(ctx, &rows, `
			select id, status, revision, text_version, label_stance, label_hostile, label_spam,
				(select count(*) from old_text o where o.comment_id = comment.id) as old_texts,
				topic_id <> coalesce((select a.topic_id from article a where a.id = comment.article_id), 0) as topic_moved,
				author_key <> casefold(author) as other_author,
				coalesce(w.until, 0) as until, coalesce(w.for_user, '') as for_user, coalesce(w.handed_by, '') as handed_by, coalesce(w.asked_by, '') as asked_by
			from comment left join waiting w on w.comment_id = comment.id where id > ? order by id limit ?`, last, doctorBatch); err != nil || len(rows) == 0 {
			return err
		}
		ids := make([]int64, len(rows))
		for i, row := range rows {
			ids[i] = row.ID
		}
		byComment, err := entriesByComment(ctx, tx, ids, 1<<62)
		if err != nil {
			return err
		}
		for _, row := range rows {
			checkState(row, byComment[row.ID], found)
		}
		last = ids[len(ids)-1]
	}
}

func checkState(row stateRow, entries []moderation.Entry, found func(string, ...any)) {
	want := moderation.Fold(entries)
	if row.Status != want.Status {
		found("comment %d: its status is %s, the ledger says %s", row.ID, row.Status, want.Status)
	}
	if row.Revision != want.Revision {
		found("comment %d: its revision is %d, the ledger says %d", row.ID, row.Revision, want.Revision)
	}
	if row.TextVersion != want.TextVersion {
		found("comment %d: its text version is %d, the ledger says %d", row.ID, row.TextVersion, want.TextVersion)
	}
	if labels := labelsOf([3]string{row.Stance, row.Hostile, row.Spam}); !maps.Equal(labels, want.Labels) {
		for _, axis := range classifier.Axes {
			if labels[axis] != want.Labels[axis] {
				found("comment %d: its label on %s is %q, the ledger says %q", row.ID, axis, labels[axis], want.Labels[axis])
			}
		}
	}
	if waiting := (moderation.Waiting{Until: instant(row.Until), For: row.For, HandedBy: row.HandedBy, AskedBy: row.AskedBy}); waiting != want.Waiting {
		found("comment %d: it waits for %+v, the ledger says %+v", row.ID, waiting, want.Waiting)
	}
	if row.OldTexts != row.TextVersion-1 {
		found("comment %d: text version %d, but %d earlier texts are kept", row.ID, row.TextVersion, row.OldTexts)
	}
	if row.TopicMoved {
		found("comment %d: its topic is not its article's", row.ID)
	}
	if row.OtherAuthor {
		found("comment %d: its author's key is not its author's", row.ID)
	}
	for i, e := range entries {
		if e.Revision != int64(i)+2 {
			found("comment %d: entry %d has revision %d, its place says %d", row.ID, e.Position, e.Revision, i+2)
		}
	}
}
