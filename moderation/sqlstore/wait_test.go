package sqlstore

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestWaitPlans: what is due, what waits for somebody and what was answered are ranges of an index.
func TestWaitPlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	named := func(filter moderation.Filter) (string, []any) {
		request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderHarm, Limit: 20}
		return store.queueQuery(storedColumns, request, firstCursor(request), storetest.Start, scanLimit)
	}
	forBen, forBenArgs := named(moderation.Filter{For: "ben", Status: moderation.Pending})
	wanted, wantedArgs := named(moderation.Filter{Opinion: true})
	for _, test := range []struct {
		query string
		args  []any
		has   []string
	}{
		{dueQuery, []any{1, 500}, []string{"SEARCH waiting USING COVERING INDEX waiting_until (until>? AND until<?)"}},
		{minesQuery, []any{"ben", 1000, "ben", "ben", 1000, "ben", 1000}, []string{"USING INDEX waiting_asker (asked_by<?)", "USING INDEX waiting_asker (asked_by>?)", "USING COVERING INDEX waiting_for (for_user=? AND until=?)", "USING COVERING INDEX answer_asked (asked_by=?)"}},
		{answerQuery, []any{"ben", 100}, []string{"SEARCH ledger USING INTEGER PRIMARY KEY"}},
		{forBen, forBenArgs, []string{"USING COVERING INDEX waiting_for (for_user=?)", "SEARCH c USING INTEGER PRIMARY KEY"}},
		{wanted, wantedArgs, []string{"SCAN waiting USING INDEX waiting_asked", "SEARCH c USING INTEGER PRIMARY KEY"}},
	} {
		for _, analysed := range []bool{false, true} {
			if analysed {
				if _, err := store.writer.Exec(`analyze`); err != nil {
					t.Fatal(err)
				}
			}
			got := plan(t, store, test.query, test.args...)
			for _, want := range test.has {
				if !strings.Contains(got, want) || strings.Contains(got, "SCAN c") {
					t.Errorf("analysed %v:\n%s\nwant %s", analysed, got, want)
				}
			}
		}
	}
}

// TestReadingDoesNotWaitForWaking holds the writer up while something is due: the queue is read all the same, and later it is woken.
func TestReadingDoesNotWaitForWaking(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 3)
	until := storetest.Start.Add(time.Hour)
	if _, err := store.Act(t.Context(), moderation.Action{ID: "a", CommentID: 1, Revision: 1, Actor: "anna", By: moderation.ByPerson,
		Wait: moderation.Wait{Kind: moderation.Snooze, Until: until}}, storetest.Start); err != nil {
		t.Fatal(err)
	}
	if err := store.write(t.Context(), func(*sqlx.Tx) error {
		waits, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if woken, err := store.Wake(waits, until, 10); woken != 0 || err != nil {
			t.Errorf("somebody else writes: %d woken, error %v", woken, err)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if woken, err := store.Wake(t.Context(), until, 10); woken != 1 || err != nil {
		t.Errorf("%d woken, error %v", woken, err)
	}
}

// snooze puts off every comment of the queue that the step names, by hand: through the ledger it would take minutes.
func snooze(t testing.TB, store *Store, step int) (n int64) {
	t.Helper()
	done, err := store.writer.Exec(`
		insert into waiting (comment_id, until, for_user, handed_by, asked_by) select id, ?, '', '', '' from comment where id % ? = 0`,
		milliseconds(storetest.Start.Add(time.Hour)), step)
	if err == nil {
		n, _ = done.RowsAffected()
		_, err = store.writer.Exec(`update comment set status = 'snoozed' where id in (select comment_id from waiting)`)
	}
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// BenchmarkWaiting reads a queue in which every second comment is snoozed, and counts what waits.
func BenchmarkWaiting(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 100000)
	snooze(b, store, 2)
	for i := range 50 {
		if _, err := store.writer.Exec(`insert into waiting (comment_id, until, for_user, handed_by, asked_by) values (?, 0, 'ben', 'anna', 'anna')`, 2*i+1); err != nil {
			b.Fatal(err)
		}
	}
	for name, filter := range map[string]moderation.Filter{"pending": {Status: moderation.Pending}, "for": {For: "ben"}, "opinion": {Opinion: true}} {
		request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderHarm, Limit: moderation.DefaultPage}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if page, err := store.Queue(b.Context(), request, storetest.Start); err != nil || len(page.Comments) != request.Limit {
					b.Fatalf("%d comments, error %v", len(page.Comments), err)
				}
			}
		})
	}
	b.Run("mine", func(b *testing.B) {
		for b.Loop() {
			if mine, err := store.Mine(b.Context(), "ben", moderation.MineLimit); err != nil || mine.ForYou != 50 {
				b.Fatalf("%+v, error %v", mine, err)
			}
		}
	})
	b.Run("nothing-due", func(b *testing.B) {
		for b.Loop() {
			if n, err := store.Wake(b.Context(), storetest.Start, 500); err != nil || n != 0 {
				b.Fatalf("%d woken, error %v", n, err)
			}
		}
	})
}

// BenchmarkWake brings back what a whole night snoozed, a batch at a time.
func BenchmarkWake(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 1000)
	at := storetest.Start
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		for id := range int64(500) {
			stored, err := store.Comment(b.Context(), id+1, at)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := store.Act(b.Context(), moderation.Action{ID: fmt.Sprintf("%d-%d", i, id), CommentID: id + 1, Revision: stored.State.Revision, Actor: "anna",
				By: moderation.ByPerson, Wait: moderation.Wait{Kind: moderation.Snooze, Until: at.Add(time.Hour)}}, at); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if n, err := store.Wake(b.Context(), at.Add(time.Hour), 500); err != nil || n != 500 {
			b.Fatalf("%d woken, error %v", n, err)
		}
	}
}
