package sqlstore

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

func TestBackup(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 50)
	if _, err := store.Act(t.Context(), moderation.Action{ID: "a", CommentID: 7, Revision: 1, Actor: "anna", Decision: moderation.Reject}, storetest.Start); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "it's a copy.db")
	if err := store.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if err := store.Backup(t.Context(), path); err == nil {
		t.Error("a backup wrote over another")
	}
	copied := openAt(t, path)
	if found, err := copied.Doctor(t.Context()); err != nil || len(found) != 0 {
		t.Errorf("doctor of the copy: %q, error %v", found, err)
	}
	request := moderation.QueueRequest{Order: moderation.OrderHarm, Limit: 60}
	want, err := store.Queue(t.Context(), request, storetest.Start)
	if err != nil {
		t.Fatal(err)
	}
	got, err := copied.Queue(t.Context(), request, storetest.Start)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("the copy differs: %s, error %v", diff, err)
	}
}
