package sqlstore

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// fill stores n comments under a few articles, with answers that spread over the queue.
func fill(t testing.TB, store *Store, n int) {
	t.Helper()
	const each = 5000
	for from := 0; from < n; from += each {
		article := storetest.Article(from / each)
		incoming := storetest.Incoming(article, storetest.Numbered(min(each, n-from)))
		for i := range incoming {
			incoming[i].Harm = (i * 7919) % 1001
			incoming[i].Doubt = (i * 104729) % 1001
		}
		if _, err := store.Submit(t.Context(), article, incoming, true, storetest.Start); err != nil {
			t.Fatal(err)
		}
	}
}

// plan is what SQLite says it will do.
func plan(t testing.TB, store *Store, query string, args ...any) string {
	t.Helper()
	rows, err := store.reader.QueryxContext(t.Context(), "explain query plan "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "\n")
}

func TestQueuePlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	for _, test := range []struct {
		order  moderation.Order
		status moderation.Status
		index  string
	}{
		{moderation.OrderHarm, moderation.Pending, "SEARCH c USING INDEX comment_status_harm (status=? AND harm<?)"},
		{moderation.OrderDoubt, moderation.Pending, "SEARCH c USING INDEX comment_status_doubt (status=? AND doubt<?)"},
		{moderation.OrderNewest, moderation.Pending, "SEARCH c USING INDEX comment_status_id (status=? AND id<?)"},
		{moderation.OrderOldest, moderation.Pending, "SEARCH c USING INDEX comment_status_id (status=? AND id>?)"},
		{moderation.OrderHarm, moderation.Snoozed, "SEARCH c USING INDEX comment_status_harm (status=? AND harm<?)"},
		{moderation.OrderHarm, "", "SEARCH c USING INDEX comment_harm (harm<?)"},
		{moderation.OrderDoubt, "", "SEARCH c USING INDEX comment_doubt (doubt<?)"},
		{moderation.OrderNewest, "", "SEARCH c USING INTEGER PRIMARY KEY (rowid<?)"},
		{moderation.OrderOldest, "", "SEARCH c USING INTEGER PRIMARY KEY (rowid>?)"},
	} {
		for _, analysed := range []bool{false, true} {
			if analysed {
				if _, err := store.writer.Exec(`analyze`); err != nil {
					t.Fatal(err)
				}
			}
			request := moderation.QueueRequest{Filter: moderation.Filter{Status: test.status}, Order: test.order, Limit: 20}
			query, args := store.queueQuery(storedColumns, request, cursor{priority: 500, id: 1000}, storetest.Start, scanLimit)
			got := plan(t, store, query, args...)
			if !strings.HasPrefix(got, test.index) || strings.Contains(got, "TEMP B-TREE") || strings.Contains(got, "SCAN c") {
				t.Errorf("%s %s, analysed %v:\n%s\nwant %s", test.order, test.status, analysed, got, test.index)
			}
		}
	}
}

// TestNarrowedPlans looks at filters that an index holds beside status and order of arrival.
func TestNarrowedPlans(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 12000)
	for _, test := range []struct {
		filter moderation.Filter
		order  moderation.Order
		index  string
	}{
		{moderation.Filter{Status: moderation.Pending, Article: "a"}, moderation.OrderNewest, "comment_article_status (article_id=? AND status=? AND id<?)"},
		{moderation.Filter{Status: moderation.Pending, Article: "a"}, moderation.OrderOldest, "comment_article_status (article_id=? AND status=? AND id>?)"},
		{moderation.Filter{Status: moderation.Pending, Author: "A"}, moderation.OrderNewest, "comment_author_status (author_key=? AND status=? AND id<?)"},
		{moderation.Filter{Status: moderation.Pending, Author: "A"}, moderation.OrderOldest, "comment_author_status (author_key=? AND status=? AND id>?)"},
		{moderation.Filter{Status: moderation.Pending, Topic: "t"}, moderation.OrderNewest, "comment_topic_status (topic_id=? AND status=? AND id<?)"},
		{moderation.Filter{Status: moderation.Pending, Topic: "t"}, moderation.OrderOldest, "comment_topic_status (topic_id=? AND status=? AND id>?)"},
		{moderation.Filter{Article: "a"}, moderation.OrderNewest, "comment_article (article_id=? AND id<?)"},
	} {
		for _, analysed := range []bool{false, true} {
			if analysed {
				if _, err := store.writer.Exec(`analyze`); err != nil {
					t.Fatal(err)
				}
			}
			request := moderation.QueueRequest{Filter: test.filter, Order: test.order, Limit: 20}
			query, args := store.queueQuery(storedColumns, request, cursor{id: 1000}, storetest.Start, scanLimit)
			got := plan(t, store, query, args...)
			searching, args := store.queueQuery(looked(moderation.QueueRequest{Filter: moderation.Filter{Words: []string{"w"}}, PassOpen: true}), request, cursor{id: 1000}, storetest.Start, scanLimit)
			got += plan(t, store, searching, args...)
			if !strings.Contains(got, "SEARCH c USING INDEX "+test.index) || strings.Contains(got, "TEMP B-TREE") || strings.Contains(got, "SCAN") {
				t.Errorf("%s %s, analysed %v:\n%s\nwant %s", test.order, test.filter, analysed, got, test.index)
			}
		}
	}
}

// TestOneByNumber finds a comment by its number in every order, behind more rows than a page looks at.
func TestOneByNumber(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	store.scanLimit = 100
	for _, order := range moderation.Orders[:] {
		for _, status := range []moderation.Status{moderation.Pending, ""} {
			request := moderation.QueueRequest{Filter: moderation.Filter{ID: 1000, Status: status}, Order: order, Limit: 5}
			page, err := store.Queue(t.Context(), request, storetest.Start)
			if err != nil || len(page.Comments) != 1 || page.Comments[0].ID != 1000 || page.Next != "" {
				t.Errorf("%s, %q: %d comments, next %q, error %v", order, status, len(page.Comments), page.Next, err)
			}
			request.Filter.Status = moderation.Rejected
			if page, err := store.Queue(t.Context(), request, storetest.Start); err != nil || len(page.Comments) != 0 {
				t.Errorf("%s: of another status %d comments, error %v", order, len(page.Comments), err)
			}
		}
	}
}

func TestActsOfPlan(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	got := plan(t, store, actsOfQuery, moderation.KindAct, "b.", behind("b."), 200)
	if !strings.Contains(got, "SEARCH g USING INDEX ledger_action (kind=? AND action_id>? AND action_id<?)") {
		t.Error(got)
	}
}

func TestLastActPlan(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	for _, analysed := range []bool{false, true} {
		if analysed {
			if _, err := store.writer.Exec(`analyze`); err != nil {
				t.Fatal(err)
			}
		}
		got := plan(t, store, lastActQuery, "anna", moderation.KindAct, 1)
		if !strings.Contains(got, "USING COVERING INDEX ledger_actor_kind (actor=? AND kind=? AND at>?)") && !strings.Contains(got, "USING INDEX ledger_actor_kind (actor=? AND kind=? AND at>?)") ||
			!strings.Contains(got, "SEARCH u USING INDEX ledger_comment (comment_id=? AND position>?)") ||
			!strings.Contains(got, "SEARCH l USING INDEX ledger_comment (comment_id=? AND position>?)") || strings.Contains(got, "TEMP B-TREE") {
			t.Error(got)
		}
	}
}

func TestPendingBatchPlan(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	got := plan(t, store, pendingQuery, 0, moderation.Pending, 5, 5, 1, "model-a", 500)
	if !strings.HasPrefix(got, "SEARCH c USING INDEX comment_status_harm (status=? AND harm<?)") || strings.Contains(got, "TEMP B-TREE") {
		t.Error(got)
	}
}

func TestUnansweredPlan(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	fill(t, store, 2000)
	got := plan(t, store, unansweredQuery, moderation.Pending, moderation.Snoozed, "model-a")
	if !strings.Contains(got, "SEARCH comment USING COVERING INDEX comment_status_harm (status=?)") {
		t.Error(got)
	}
}

func TestQueueEndsEarly(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	store.scanLimit = 300
	fill(t, store, 2*store.scanLimit+10)
	article := storetest.Article(999)
	last := storetest.Incoming(article, storetest.Page("The needle."))
	last[0].Harm = -1
	if _, err := store.Submit(t.Context(), article, last, true, storetest.Start); err != nil {
		t.Fatal(err)
	}
	for _, order := range moderation.Orders[:] {
		request := moderation.QueueRequest{Filter: moderation.Filter{Words: []string{"NEEDLE"}}, Order: order, Limit: 5}
		found, pages, scanned := 0, 0, 0
		for {
			page, err := store.Queue(t.Context(), request, storetest.Start)
			if err != nil {
				t.Fatal(err)
			}
			pages++
			found += len(page.Comments)
			if page.Scanned != (page.Next != "") {
				t.Errorf("%s: scanned %v with the next %q", order, page.Scanned, page.Next)
			}
			scanned += flag(page.Scanned)
			if request.After = page.Next; request.After == "" {
				break
			}
		}
		if found != 1 || pages != 3 || scanned != 2 {
			t.Errorf("%s: found %d on %d pages, %d of them ended early; want 1 on 3, 2", order, found, pages, scanned)
		}
	}
}

// TestQueueEndsEarlyOnLongTexts: a flood of long comments does not make one page long.
func TestQueueEndsEarlyOnLongTexts(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	store.scanTextLimit = 2500
	article := storetest.Article(1)
	var texts []string
	for i := range 8 {
		texts = append(texts, strings.Repeat(fmt.Sprintf("%d234567890", i), 100))
	}
	if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, storetest.Page(texts...)), true, storetest.Start); err != nil {
		t.Fatal(err)
	}
	filter := moderation.Filter{Words: []string{"7234"}}
	request := moderation.QueueRequest{Filter: filter, Order: moderation.OrderOldest, Limit: 5}
	pages, found := 0, 0
	for {
		page, err := store.Queue(t.Context(), request, storetest.Start)
		if err != nil || page.Scanned != (page.Next != "") {
			t.Fatalf("%+v, error %v", page, err)
		}
		pages++
		found += len(page.Comments)
		if request.After = page.Next; request.After == "" {
			break
		}
	}
	if pages != 3 || found != 1 {
		t.Errorf("found %d on %d pages", found, pages)
	}
	if matching, err := store.CountMatching(t.Context(), filter, 10); err != nil || matching != (moderation.Matching{Comments: 1, More: true}) {
		t.Errorf("counted %+v, error %v", matching, err)
	}
}

func TestQueueStopsAtExactlyTheLimit(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	store.scanLimit = 300
	fill(t, store, store.scanLimit)
	request := moderation.QueueRequest{Filter: moderation.Filter{Words: []string{"needle"}}, Order: moderation.OrderOldest, Limit: 5}
	page, err := store.Queue(t.Context(), request, storetest.Start)
	if err != nil || page.Scanned || page.Next != "" {
		t.Errorf("with nothing behind it: scanned %v, next %q, error %v", page.Scanned, page.Next, err)
	}
}

func BenchmarkSubmit1000(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	for i := 0; b.Loop(); i++ {
		article := storetest.Article(i)
		receipt, err := store.Submit(b.Context(), article, storetest.Incoming(article, storetest.Numbered(1000)), true, storetest.Start)
		if err != nil || receipt.New != 1000 {
			b.Fatalf("%+v, error %v", receipt, err)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "comments/s")
}

func BenchmarkSubmitAgain1000(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 1000)
	article := storetest.Article(0)
	incoming := storetest.Incoming(article, storetest.Numbered(1000))
	for b.Loop() {
		if receipt, err := store.Submit(b.Context(), article, incoming, true, storetest.Start); err != nil || receipt.Already != 1000 {
			b.Fatalf("%+v, error %v", receipt, err)
		}
	}
}

func BenchmarkQueue(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 100000)
	pending := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderHarm, Limit: moderation.DefaultPage}
	deep := pending
	deep.After = cursor{queue: firstCursor(pending).queue, priority: 500, id: 50000}.String()
	words := pending
	words.Filter.Words = []string{"nothing like this"}
	for name, request := range map[string]moderation.QueueRequest{"first": pending, "deep": deep, "words20000": words} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				page, err := store.Queue(b.Context(), request, storetest.Start)
				if err != nil || len(page.Comments) != request.Limit && !page.Scanned {
					b.Fatalf("%d comments, error %v", len(page.Comments), err)
				}
			}
		})
	}
}

func BenchmarkAct(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 20000)
	for i := 0; b.Loop(); i++ {
		action := moderation.Action{ID: fmt.Sprint(i), CommentID: int64(i%20000) + 1, Revision: int64(i/20000) + 1, Actor: "anna", By: moderation.ByPerson,
			Decision: moderation.Approve, Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}}
		if _, err := store.Act(b.Context(), action, storetest.Start); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPendingBatch looks for the last comments that a new model has not answered yet.
func BenchmarkPendingBatch(b *testing.B) {
	store := openAt(b, filepath.Join(b.TempDir(), "desk.db"))
	fill(b, store, 100000)
	if _, err := store.writer.Exec(`insert into model_ref (ref, model) values (99, 'model-z'); update comment set model_ref = 99 where harm > 3`); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		batch, err := store.PendingBatch(b.Context(), "model-z", nil, 500)
		if err != nil || len(batch) < 300 {
			b.Fatalf("%d comments, error %v", len(batch), err)
		}
	}
}
