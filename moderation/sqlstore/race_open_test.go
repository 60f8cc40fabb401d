package sqlstore

import (
	"path/filepath"
	"sync"
	"testing"
)

// TestOpenAtTheSameTime has several programs find an empty folder at once.
func TestOpenAtTheSameTime(t *testing.T) {
	for round := range 5 {
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
