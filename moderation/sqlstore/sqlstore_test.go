package sqlstore_test

import (
	"path/filepath"
	"testing"

	"commentdesk/moderation/sqlstore"
	"commentdesk/moderation/storetest"
)

// open makes an empty store in a file of its own.
func open(t testing.TB) *sqlstore.Store {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func TestContract(t *testing.T) {
	storetest.Contract(t, func(t *testing.T) storetest.Store { return open(t) })
}
