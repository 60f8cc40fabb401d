package sqlstore

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// openAt opens a store that closes itself.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	store, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func TestOpenOddPath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news room?mode=memory&x=%41#1.db")
	store := openAt(t, path)
	article := storetest.Article(1)
	if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, storetest.Page("Yes.")), true, storetest.Start); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %o, want 600", info.Mode().Perm())
	}
	counts, err := openAt(t, path).Counts(t.Context())
	if err != nil || counts[moderation.Pending] != 1 {
		t.Errorf("opened again: %v, error %v", counts, err)
	}
}

func TestOpenRefuses(t *testing.T) {
	folder := t.TempDir()
	noDatabase := filepath.Join(folder, "notes.txt")
	if err := os.WriteFile(noDatabase, []byte(strings.Repeat("These are notes, not a database.\n", 200)), 0o600); err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(folder, "newer.db")
	store := openAt(t, newer)
	if _, err := store.writer.Exec(`insert into goose_db_version (version_id, is_applied) values (999, 1)`); err != nil {
		t.Fatal(err)
	}
	store.Close()
	for path, reason := range map[string]string{
		noDatabase:                               "not a database",
		newer:                                    "use a newer program",
		filepath.Join(folder, "missing", "x.db"): "no such file or directory",
		folder:                                   "is a directory",
	} {
		if store, err := Open(t.Context(), path); err == nil || !strings.Contains(err.Error(), reason) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want %q", path, err, reason)
			if err == nil {
				store.Close()
			}
		}
	}
}

func TestSettingsReachEveryConnection(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	want := map[string]string{"journal_mode": "wal", "foreign_keys": "1", "busy_timeout": "5000"}
	for range readers {
		conn, err := store.reader.Connx(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for name, value := range want {
			var got string
			if err := conn.GetContext(t.Context(), &got, "pragma "+name); err != nil || got != value {
				t.Errorf("reader: %s is %s, want %s, error %v", name, got, value, err)
			}
		}
		if _, err := conn.ExecContext(t.Context(), `delete from counter`); err == nil {
			t.Error("a reader may write")
		}
	}
	want["synchronous"] = "2"
	for name, value := range want {
		var got string
		if err := store.writer.GetContext(t.Context(), &got, "pragma "+name); err != nil || got != value {
			t.Errorf("writer: %s is %s, want %s, error %v", name, got, value, err)
		}
	}
}

// TestOpenAtTheSameTime has several programs find an empty folder at once.
func TestOpenAtTheSameTime(t *testing.T) {
	for round := range 2 {
		path := filepath.Join(t.TempDir(), "desk.db")
		var wait sync.WaitGroup
		for range 4 {
			wait.Go(func() {
				store, err := Open(t.Context(), path)
				if err != nil {
					t.Errorf("round %d: %v", round, err)
					return
				}
				store.Close()
			})
		}
		wait.Wait()
	}
}
