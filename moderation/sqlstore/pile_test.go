package sqlstore

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestPilePlans holds that every part of the order is an index range that needs no sorting.
func TestPilePlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	for _, analysed := range []bool{false, true} {
		if analysed {
			if _, err := store.writer.Exec(`analyze`); err != nil {
				t.Fatal(err)
			}
		}
		for _, status := range append(moderation.Statuses[:], "") {
			for _, pile := range []int64{noPile, 0, 7} {
				request := moderation.QueueRequest{Filter: moderation.Filter{Status: status}, Order: moderation.OrderAlike, Limit: 20}
				from := cursor{priority: 1, shelf: 1 << 40, pile: pile, id: 1000}
				for i, leg := range pileLegs(storedColumns, request, from, storetest.Start, scanLimit) {
					got := plan(t, store, leg.query, leg.args...)
					if strings.Contains(got, "TEMP B-TREE") || strings.Contains(got, "SCAN") || !strings.Contains(got, "SEARCH c USING INDEX comment_pile (pile") {
						t.Errorf("%q from pile %d, part %d, analysed %v:\n%s", status, pile, i, analysed, got)
					}
					if behind := strings.Contains(leg.query, "from pile p") && !strings.Contains(leg.query, "p.id = ?"); behind && !strings.Contains(got, "SEARCH p USING COVERING INDEX pile_"+string(status)) {
						t.Errorf("%q from pile %d, part %d, analysed %v: the piles are read by\n%s", status, pile, i, analysed, got)
					}
				}
			}
		}
		for query, index := range map[string]string{sameIdentity: "likeness_identity (identity=? AND comment_id>? AND comment_id<?)", sameIdentityOrBand: "likeness_band3 (band3=? AND comment_id>? AND comment_id<?)"} {
			args := slices.Repeat([]any{1}, strings.Count(query, "?"))
			if got := plan(t, store, query, args...); !strings.Contains(got, "INDEX "+index) || strings.Contains(got, "SCAN likeness") || strings.Contains(got, "TEMP B-TREE") {
				t.Errorf("%s:\n%s", query, got)
			}
		}
	}
}

// TestPilesOfOlderFile makes a file as it was before there were piles: comments are put on them in batches, the oldest first, while others arrive and
// change; what is on none yet comes last.
func TestPilesOfOlderFile(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	article := storetest.Article(1)
	var comments []moderation.Comment
	for i := range 30 {
		comments = append(comments, moderation.Comment{SourceID: fmt.Sprint(i), Position: i + 1, Text: fmt.Sprintf("Text %d", i%3)})
	}
	send := func() {
		t.Helper()
		if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
			t.Fatal(err)
		}
	}
	send()
	for _, statement := range []string{`delete from pile`, `update comment set pile = 0`, `update likeness_due set done_to = 0, due_to = 30`} {
		if _, err := store.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	shown := func() (piles []string) {
		t.Helper()
		page, err := store.Queue(t.Context(), moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderAlike, Limit: 200}, storetest.Start)
		if err != nil || len(page.Comments) != len(comments) {
			t.Fatalf("%d of %d comments, error %v", len(page.Comments), len(comments), err)
		}
		for i, p := range page.Piles {
			if i == 0 || p.ID != page.Piles[i-1].ID {
				piles = append(piles, fmt.Sprintf("%d %s", p.Comments, page.Comments[i].Text))
			}
		}
		return piles
	}
	// One that is on no pile yet changes and is decided; another arrives that reads like some of them.
	comments[29].Text = "Text 1"
	comments = append(comments, moderation.Comment{SourceID: "new", Position: 31, Text: "Text 1"})
	send()
	if got := shown(); !slices.Equal(got, []string{"1 Text 1", "0 Text 0"}) {
		t.Errorf("before any batch: %q", got)
	}
	for range 3 {
		if _, err := store.TakeLikeness(t.Context(), 7); err != nil {
			t.Fatal(err)
		}
		if differences, err := store.Doctor(t.Context()); err != nil || len(differences) > 0 {
			t.Fatalf("doctor: %v, error %v", differences, err)
		}
	}
	if got := shown(); len(got) != 4 || got[0] != "8 Text 1" || !strings.HasPrefix(got[3], "0 ") {
		t.Errorf("with 21 of 30 done: %q", got)
	}
	for left := int64(1); left > 0; {
		var err error
		if left, err = store.TakeLikeness(t.Context(), 7); err != nil {
			t.Fatal(err)
		}
	}
	if got := shown(); len(got) != 3 || got[0] != "12 Text 1" || !strings.HasPrefix(got[1], "10 ") || !strings.HasPrefix(got[2], "9 ") && !strings.HasPrefix(got[2], "10 ") {
		t.Errorf("at the end: %q", got)
	}
	if differences, err := store.Doctor(t.Context()); err != nil || len(differences) > 0 {
		t.Errorf("doctor: %v, error %v", differences, err)
	}
}

// TestDoctorFindsPiles breaks what is kept of piles.
func TestDoctorFindsPiles(t *testing.T) {
	for damage, want := range map[string]string{
		`update pile set pending = 5 where id = 2`:                        "pile 2: 1 of its comments are pending, its counter says 5",
		`update pile set approved = 1 where id = 1`:                       "pile 1: 0 of its comments are approved, its counter says 1",
		`update comment set pile = 99 where id = 3`:                       "comment 3: its pile is missing",
		`update comment set pile = 0 where id = 3`:                        "comment 3: on no pile, or on one too early",
		`insert into pile values (9, 0, 0, 0, 0, 0, 0)`:                   "pile 9: no comment is on it",
		`update likeness_due set due_to = 3`:                              "comment 1: on no pile, or on one too early",
		`update comment set pile = (select pile from comment where id=1)`: "pile 1: 3 of its comments are pending, its counter says 1",
	} {
		store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
		article := storetest.Article(1)
		if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, storetest.Page("One.", "Two.", "Three.")), true, storetest.Start); err != nil {
			t.Fatal(err)
		}
		if found, err := store.Doctor(t.Context()); err != nil || len(found) != 0 {
			t.Fatalf("before the damage: %q, error %v", found, err)
		}
		if _, err := store.writer.Exec(damage); err != nil {
			t.Fatalf("%s: %v", damage, err)
		}
		if found, err := store.Doctor(t.Context()); err != nil || !slices.Contains(found, want) {
			t.Errorf("%s: found\n%s\nwant %s, error %v", damage, strings.Join(found, "\n"), want, err)
		}
	}
}

// BenchmarkPiles pages through pending comments, a few large piles and many small ones: from the top, inside the large ones, far behind them, and
// with a filter that nothing fits. "continue" is what follows one comment when it was decided.
func BenchmarkPiles(b *testing.B) {
	const n = 100000
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	for from := 0; from < n; from += 5000 {
		article, comments := storetest.Article(from), storetest.Numbered(5000)
		for i := range comments {
			if comments[i].Text = fmt.Sprintf("%x the %x bridge %x of our %x town %x", i*7919, (from+i)*104729, i*1299709, (from+i)*15485863, i*32452843); i%10 == 0 {
				comments[i].Text = fmt.Sprintf("Buy it now, number %d", i%200)
			}
		}
		if _, err := store.Submit(b.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
			b.Fatal(err)
		}
	}
	first := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderAlike, Limit: moderation.DefaultPage}
	page, err := store.Queue(b.Context(), first, storetest.Start)
	if err != nil {
		b.Fatal(err)
	}
	inside, one, deep, words, whole := first, first, first, first, first
	inside.After = page.Cursors[5]
	one.After, one.Limit = page.Cursors[5], 1
	deep.After = cursor{queue: firstCursor(first).queue, priority: 1, shelf: 0, pile: 50000, id: 50000}.String()
	words.Filter.Words = []string{"nothing like this"}
	whole.Filter.Status = ""
	for _, test := range []struct {
		name    string
		request moderation.QueueRequest
	}{{"first", first}, {"inside", inside}, {"continue", one}, {"deep", deep}, {"words20000", words}, {"all", whole}} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				page, err := store.Queue(b.Context(), test.request, storetest.Start)
				if err != nil || len(page.Comments) != test.request.Limit && !page.Scanned {
					b.Fatalf("%d comments, error %v", len(page.Comments), err)
				}
			}
		})
	}
}

// BenchmarkArrivals stores 20,000 comments, 1,000 at a time: the same text, texts that nothing is like, and texts of which one in ten comes again.
func BenchmarkArrivals(b *testing.B) {
	for _, kind := range []string{"same", "apart", "mixed"} {
		b.Run(kind, func(b *testing.B) {
			for b.Loop() {
				store := openAt(b, filepath.Join(b.TempDir(), fmt.Sprintf("%d.db", b.N)))
				for from := 0; from < 20000; from += 1000 {
					article, comments := storetest.Article(from), storetest.Numbered(1000)
					for i := range comments {
						n := from + i
						if kind == "mixed" && n%10 == 0 {
							n = n / 100 * 10
						}
						if comments[i].Text = fmt.Sprintf("%x the %x bridge %x of our %x town %x", n*7919, n*104729, n*1299709, n*15485863, n*32452843); kind == "same" {
							comments[i].Text = "Buy cheap watches at our shop today because tomorrow they will cost twice as much"
						}
					}
					if _, err := store.Submit(b.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.N)*20000/b.Elapsed().Seconds(), "comments/s")
		})
	}
}
