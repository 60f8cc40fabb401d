package sqlstore

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestTwoProcesses has two stores open one file, as a server and the command line do.
func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	stores := []*Store{openAt(t, path), openAt(t, path)}
	const rounds, each = 40, 5
	var wait sync.WaitGroup
	for s, store := range stores {
		wait.Go(func() {
			for i := range rounds {
				article := storetest.Article(s*rounds + i)
				if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, storetest.Numbered(each)), true, storetest.Start); err != nil {
					t.Errorf("store %d: submit: %v", s, err)
				}
				page, err := store.Queue(t.Context(), moderation.QueueRequest{Filter: moderation.Filter{Topic: "", Status: moderation.Pending},
					Order: moderation.OrderNewest, Limit: 1}, storetest.Start)
				if err != nil || len(page.Comments) != 1 {
					t.Errorf("store %d: queue: %+v, error %v", s, page, err)
				}
			}
		})
	}
	wait.Wait()
	for s, store := range stores {
		wait.Go(func() {
			for id := int64(s + 1); id <= 2*rounds*each; id += 2 {
				action := moderation.Action{ID: fmt.Sprint(id), CommentID: id, Revision: 1, Actor: "anna", By: moderation.ByPerson, Decision: moderation.Approve}
				if _, err := store.Act(t.Context(), action, storetest.Start); err != nil {
					t.Errorf("store %d: act: %v", s, err)
				}
			}
		})
	}
	wait.Wait()
	for _, store := range stores {
		if found, err := store.Doctor(t.Context()); err != nil || len(found) != 0 {
			t.Errorf("doctor: %q, error %v", found, err)
		}
		if counts, err := store.Counts(t.Context()); err != nil || counts[moderation.Approved] != 2*rounds*each {
			t.Errorf("counts %v, error %v", counts, err)
		}
	}
}
