package sqlstore

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// earlier is an empty file whose tables have that version.
func earlier(t *testing.T, path string, version int64) *sqlx.DB {
	t.Helper()
	db, err := connect(path, 1, "_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, db.DB, files)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return db
}

// copyRows fills the tables of an earlier version with what a file of today holds in the columns that both have.
func copyRows(t *testing.T, db *sqlx.DB, from string) {
	t.Helper()
	must := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	must(`pragma foreign_keys = off`)
	must(`attach ? as today`, from)
	var tables []string
	if err := db.Select(&tables, `select name from main.sqlite_schema where type = 'table' and name not like 'sqlite%' and name not like 'goose%' order by name`); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		var columns []string
		if err := db.Select(&columns, `select name from pragma_table_info(?)`, table); err != nil {
			t.Fatal(err)
		}
		named := strings.Join(columns, ", ")
		must(`delete from main.` + table)
		must(`insert into main.` + table + ` (` + named + `) select ` + named + ` from today.` + table)
	}
	must(`delete from main.counter where name = 'snoozed'`)
}

// TestUpgradeKeepsWhatWasDone opens a file of the version before waiting and piles, with decisions, labels, an undo and a changed text in it: what is
// done before and while its comments are put on piles is counted in them.
func TestUpgradeKeepsWhatWasDone(t *testing.T) {
	folder := t.TempDir()
	today := openAt(t, filepath.Join(folder, "today.db"))
	article := storetest.Article(1)
	const alike = "Nobody in this town has ever asked for a new bridge at Drumlow, number"
	page := storetest.Page("one", "two", "three", alike+" 1.", alike+" 1!", alike+" 1?")
	for i := range page {
		page[i].SourceID = fmt.Sprint("c", i)
	}
	submit := func(store *Store, comments []moderation.Comment) {
		t.Helper()
		if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
			t.Fatal(err)
		}
	}
	submit(today, page)
	action := 0
	act := func(store *Store, id int64, decision moderation.Decision, wait moderation.Wait) (actionID string) {
		t.Helper()
		stored, err := store.Comment(t.Context(), id, storetest.Start)
		if err != nil {
			t.Fatal(err)
		}
		action++
		actionID = fmt.Sprint("a", action)
		if _, err := store.Act(t.Context(), moderation.Action{ID: actionID, CommentID: id, Revision: stored.State.Revision, Actor: "anna", By: moderation.ByPerson,
			Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}, Decision: decision, Wait: wait}, storetest.Start); err != nil {
			t.Fatal(err)
		}
		return actionID
	}
	act(today, 1, moderation.Approve, moderation.Wait{})
	if _, err := today.Undo(t.Context(), act(today, 2, moderation.Reject, moderation.Wait{}), "anna", false, storetest.Start); err != nil {
		t.Fatal(err)
	}
	act(today, 4, moderation.Escalate, moderation.Wait{})
	page[2].Text += " Changed."
	submit(today, page)
	if err := today.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "desk.db")
	db := earlier(t, path, 7)
	copyRows(t, db, filepath.Join(folder, "today.db"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	store := openAt(t, path)
	healthy := func(when string) {
		t.Helper()
		if found, err := store.Doctor(t.Context()); err != nil || len(found) != 0 {
			t.Errorf("%s: %q, error %v", when, found, err)
		}
	}
	healthy("upgraded")
	act(store, 2, moderation.Approve, moderation.Wait{})
	act(store, 5, "", moderation.Wait{Kind: moderation.Snooze, Until: storetest.Start.Add(time.Hour)})
	page[0].Text += " Changed."
	page = append(page, moderation.Comment{SourceID: "late", Position: 7, Author: "Reader", Text: alike + " 1!!"})
	submit(store, page)
	healthy("used before there are piles")
	for left := int64(1); left > 0; {
		var err error
		if left, err = store.TakeLikeness(t.Context(), 2); err != nil {
			t.Fatal(err)
		}
		healthy(fmt.Sprintf("%d comments are not on a pile", left))
	}
	if woken, err := store.Wake(t.Context(), storetest.Start.Add(time.Hour), 10); woken != 1 || err != nil {
		t.Errorf("%d woken, error %v", woken, err)
	}
	act(store, 6, moderation.Reject, moderation.Wait{})
	healthy("on piles")
	counts, err := store.Counts(t.Context())
	if err != nil || counts[moderation.Pending] != 4 || counts[moderation.Escalated] != 1 || counts[moderation.Approved] != 1 || counts[moderation.Rejected] != 1 || counts[moderation.Snoozed] != 0 {
		t.Errorf("counts %v, error %v", counts, err)
	}
	queue, err := store.Queue(t.Context(), moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderAlike, Limit: 10}, storetest.Start)
	var sizes []int
	for _, pile := range queue.Piles {
		sizes = append(sizes, pile.Comments)
	}
	if err != nil || !slices.Equal(sizes, []int{2, 2, 1, 1}) {
		t.Errorf("piles of %v, error %v", sizes, err)
	}
}

// TestUpgradeKeepsNarrowFilters opens a file of an earlier version: its comments are found by author and topic like later ones.
func TestUpgradeKeepsNarrowFilters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	db := earlier(t, path, 3)
	if _, err := db.Exec(`
		insert into topic values (7, 'bridges', 'Bridges should be rebuilt.');
		insert into model_ref values (1, 'model-a');
		insert into article values ('a1', '', 'Bridge', '', 7, 'for', '', 'page', ''), ('a2', '', 'School', '', null, 'for', '', 'page', '');
		insert into comment select value, case value when 1 then 'a1' else 'a2' end, 'k' || value, '', 1, 0, 0, 'ÉMILE Straße', '', 'Old.', 1, 0, 'headline',
			'pending', 1, 1, '', '', '', 1, 1, 1, 'unsure', 'favor', 0.4, 0.3, 0.3, 1, 1, 'no', 'no', 0, 1, 1, 1, 'no', 'no', 0, 1, 1, 1
			from (select 1 as value union select 2);
		update counter set value = 2 where name = 'pending'`); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	store := openAt(t, path)
	for query, want := range map[string]int{`author:"émile strasse"`: 2, "topic:bridges": 1, "article:a2": 1, "author:emile": 0} {
		filter, err := moderation.ParseFilter("status:pending " + query)
		if err != nil {
			t.Fatal(err)
		}
		page, err := store.Queue(t.Context(), moderation.QueueRequest{Filter: filter, Order: moderation.OrderNewest, Limit: 5}, storetest.Start)
		if err != nil || len(page.Comments) != want {
			t.Errorf("%s: %d comments, error %v, want %d", query, len(page.Comments), err, want)
		}
	}
}
