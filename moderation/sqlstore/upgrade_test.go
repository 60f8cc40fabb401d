package sqlstore

import (
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestUpgradeKeepsNarrowFilters opens a file of an earlier version: its comments are found by author and topic like later ones.
func TestUpgradeKeepsNarrowFilters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
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
	if _, err := provider.UpTo(t.Context(), 3); err != nil {
		t.Fatal(err)
	}
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
