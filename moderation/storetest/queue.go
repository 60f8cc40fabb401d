package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// ids is the comments' numbers in the order given.
func ids(comments []moderation.Stored) []int64 {
	ids := make([]int64, len(comments))
	for i, c := range comments {
		ids[i] = c.ID
	}
	return ids
}

// ranked is the orders in which each comment has a place by itself: those that sorted knows.
var ranked = []moderation.Order{moderation.OrderHarm, moderation.OrderDoubt, moderation.OrderNewest, moderation.OrderOldest}

// sorted is the comments in an order of the queue.
func sorted(comments []moderation.Stored, order moderation.Order) []moderation.Stored {
	place := func(s moderation.Stored) int {
		harm, doubt := moderation.Priority(s.Prediction)
		switch order {
		case moderation.OrderHarm:
			return -harm
		case moderation.OrderDoubt:
			return -doubt
		case moderation.OrderNewest:
			return -int(s.ID)
		}
		return 0
	}
	comments = slices.Clone(comments)
	slices.SortFunc(comments, func(a, b moderation.Stored) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.ID, b.ID))
	})
	return comments
}

func pagesEverything(t *testing.T, store Store) {
	submit(t, store, Article(1), Numbered(150))
	submit(t, store, Article(2), Numbered(130))
	everything := all(t, store)
	for i, c := range everything[:90] {
		act(t, store, moderation.Action{ID: fmt.Sprintf("a%d", i), CommentID: c.ID, Revision: 1, Actor: "anna",
			Decision: []moderation.Decision{moderation.Approve, moderation.Reject, moderation.Escalate}[i%3]})
	}
	everything = all(t, store)
	if len(everything) != 280 {
		t.Fatalf("%d comments, want 280", len(everything))
	}
	for _, order := range ranked {
		for _, status := range append(moderation.Statuses[:], "") {
			for _, limit := range []int{1, 7, 200} {
				request := moderation.QueueRequest{Filter: moderation.Filter{Status: status}, Order: order, Limit: limit}
				var want []moderation.Stored
				for _, c := range everything {
					if request.Filter.Matches(c) {
						want = append(want, c)
					}
				}
				got := ids(walk(t, store, request, func() {}))
				if !slices.Equal(got, ids(sorted(want, order))) {
					t.Errorf("order %s, status %q, %d a page: %d comments in the wrong order, want %d", order, status, limit, len(got), len(want))
				}
			}
		}
	}
}

func pagesUnderChange(t *testing.T, store Store) {
	for _, order := range moderation.Orders {
		article := Article(100 + slices.Index(moderation.Orders[:], order))
		submit(t, store, article, Numbered(120))
		var mine []moderation.Stored
		for _, c := range all(t, store) {
			if c.ArticleID == article.ID {
				mine = append(mine, c)
			}
		}
		touched, n := map[int64]bool{}, 0
		got := walk(t, store, moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: order, Limit: 9}, func() {
			n++
			for _, c := range []moderation.Stored{mine[n*5%len(mine)], mine[(n*11+60)%len(mine)]} {
				if touched[c.ID] {
					continue
				}
				touched[c.ID] = true
				act(t, store, moderation.Action{ID: fmt.Sprintf("%s-%d", order, c.ID), CommentID: c.ID, Revision: 1, Actor: "ben", Decision: moderation.Approve})
			}
			extra := article
			extra.Origin = "api"
			submit(t, store, extra, Page(fmt.Sprintf("A late one, number %d.", n)))
		})
		seen := map[int64]int{}
		for _, c := range got {
			seen[c.ID]++
		}
		for _, c := range mine {
			again := seen[c.ID] > 1 && order != moderation.OrderAlike // a pile that shrank may come again
			if again || seen[c.ID] == 0 && !touched[c.ID] {
				t.Errorf("order %s: comment %d was shown %d times", order, c.ID, seen[c.ID])
			}
		}
		if len(touched) < 20 {
			t.Errorf("order %s: only %d comments changed meanwhile", order, len(touched))
		}
	}
}

func filtersShowMatches(t *testing.T, store Store) {
	addTopic(t, store, "school start", "School should start at nine.")
	submit(t, store, Article(1), Numbered(60))
	late := Article(2)
	late.Topic, late.Claim, late.Origin = "school start", "School should start at nine.", "disqus"
	comments := Numbered(60)
	comments[7].Author, comments[7].Text = "ÉMILE", "BUY cheap Watches: now."
	if _, err := store.Submit(context.Background(), late, Incoming(late, comments), false, Start.Add(26*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for i, c := range all(t, store)[:20] {
		act(t, store, moderation.Action{ID: fmt.Sprintf("a%d", i), CommentID: c.ID, Revision: 1, Actor: "anna", Decision: moderation.Approve,
			Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes, classifier.Spam: moderation.CantTell}})
	}
	everything := all(t, store)
	for query, want := range map[string]int{
		"":                                        120,
		"status:all":                              120,
		"status:approved":                         20,
		"spam:cant_tell":                          20,
		"status:pending hostile:yes":              -1,
		"hostile:unsure":                          -1,
		"p(hostile)>0.8":                          -1,
		"p(hostile)>=0.8 p(spam)<0.3":             -1,
		"p(against)<=0.5 p(favor)<0.25":           0,
		`topic:"school start"`:                    60,
		"origin:disqus status:pending":            60,
		"author:émile":                            1,
		"before:2026-05-15":                       60,
		"before:2026-05-14":                       0,
		"before:2026-05-15T11:00:01Z":             120,
		`"cheap watches:" buy`:                    1,
		"bridge status:approved origin:page":      20,
		`author:"Reader 3" "comment 1" bridge`:    -1,
		"stance:unsure":                           120,
		"stance:favor":                            0,
		"nothing-like-this":                       0,
		"status:rejected":                         0,
		`"100%" "_"`:                              0,
		`topic:"school start" p(hostile)>0.5 old`: -1,
	} {
		filter, err := moderation.ParseFilter(query)
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		var matching []moderation.Stored
		for _, c := range everything {
			if filter.Matches(c) {
				matching = append(matching, c)
			}
		}
		got := walk(t, store, moderation.QueueRequest{Filter: filter, Order: moderation.OrderHarm, Limit: 4}, func() {})
		if !slices.Equal(ids(got), ids(sorted(matching, moderation.OrderHarm))) {
			t.Errorf("%s: the queue shows %d, the filter matches %d", query, len(got), len(matching))
		}
		if want >= 0 && len(got) != want || want < 0 && (len(got) == 0 || len(got) == len(everything)) {
			t.Errorf("%s: %d comments, want %d", query, len(got), want)
		}
	}
}

func cursorFitsItsQueue(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(20))
	pending := moderation.QueueRequest{Filter: moderation.Filter{Status: moderation.Pending}, Order: moderation.OrderHarm, Limit: 5}
	page, err := store.Queue(ctx, pending, Start)
	if err != nil || page.Next == "" {
		t.Fatalf("page %+v, error %v", page, err)
	}
	other := pending
	other.After, other.Order = page.Next, moderation.OrderDoubt
	_, err = store.Queue(ctx, other, Start)
	wantCode(t, err, moderation.CodeInvalid)
	other = pending
	other.After, other.Filter.Status = page.Next, moderation.Approved
	_, err = store.Queue(ctx, other, Start)
	wantCode(t, err, moderation.CodeInvalid)
	for _, bad := range []string{"x", "AAAA", page.Next + "A", page.Next[:len(page.Next)-1], "'; drop table comment; --", "\x00"} {
		pending.After = bad
		_, err = store.Queue(ctx, pending, Start)
		wantCode(t, err, moderation.CodeInvalid)
	}
	pending.After, pending.Limit = "", 20
	if page, err = store.Queue(ctx, pending, Start); err != nil || page.Next != "" || len(page.Comments) != 20 || page.Scanned {
		t.Errorf("a page that holds everything: %d comments, next %q, scanned %v, error %v", len(page.Comments), page.Next, page.Scanned, err)
	}
}

func threadShowsBoth(t *testing.T, store Store) {
	page := Page("Root.", "Answer.", "Answer to the answer.", "A sister.", "Below one.", "Below two.", "Below three.")
	page[1].Parent, page[2].Parent, page[3].Parent = 1, 2, 2
	page[4].Parent, page[5].Parent, page[6].Parent = 3, 3, 3
	submit(t, store, Article(1), page)
	stored := all(t, store)
	thread := func(id int64, limit int) (parents, answers []string) {
		above, below, err := store.Thread(context.Background(), id, limit)
		if err != nil {
			t.Fatal(err)
		}
		return texts(above), texts(below)
	}
	parents, answers := thread(stored[2].ID, 20)
	if !slices.Equal(parents, []string{"Root.", "Answer."}) || !slices.Equal(answers, []string{"Below one.", "Below two.", "Below three."}) {
		t.Errorf("parents %q, answers %q", parents, answers)
	}
	if parents, answers = thread(stored[2].ID, 1); !slices.Equal(parents, []string{"Answer."}) || !slices.Equal(answers, []string{"Below one."}) {
		t.Errorf("one of each: parents %q, answers %q", parents, answers)
	}
	if parents, answers = thread(stored[6].ID, 20); len(parents) != 3 || len(answers) != 0 {
		t.Errorf("of a leaf: parents %q, answers %q", parents, answers)
	}
	_, _, err := store.Thread(context.Background(), 999, 20)
	wantCode(t, err, moderation.CodeNotFound)
}

func leaseIsOneUsers(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("Build it."))
	id := all(t, store)[0].ID
	lease := func(user string, after time.Duration) moderation.Lease {
		t.Helper()
		at := Start.Add(after)
		lease, err := store.Lease(ctx, id, user, at, at.Add(moderation.LeaseTime))
		if err != nil {
			t.Fatal(err)
		}
		return lease
	}
	if l := lease("anna", 0); l.User != "anna" || !l.Until.Equal(Start.Add(moderation.LeaseTime)) {
		t.Errorf("the first lease is %+v", l)
	}
	if l := lease("ben", time.Minute); l.User != "anna" || !l.Until.Equal(Start.Add(moderation.LeaseTime)) {
		t.Errorf("while it runs, it is %+v", l)
	}
	if l := lease("anna", time.Minute); !l.Until.Equal(Start.Add(time.Minute + moderation.LeaseTime)) {
		t.Errorf("the holder renews it: %+v", l)
	}
	short, err := store.Lease(ctx, id, "anna", Start.Add(time.Minute), Start.Add(time.Minute+moderation.AheadTime))
	if err != nil || !short.Until.Equal(Start.Add(time.Minute+moderation.LeaseTime)) {
		t.Errorf("a shorter one cuts it: %+v, error %v", short, err)
	}
	if l := comment(t, store, id).Lease; l == nil || l.User != "anna" {
		t.Errorf("the comment shows %+v", l)
	}
	if c, err := store.Comment(ctx, id, Start.Add(time.Minute+moderation.LeaseTime)); err != nil || c.Lease != nil {
		t.Errorf("lapsed, the comment shows %+v, error %v", c.Lease, err)
	}
	if l := lease("ben", time.Minute+moderation.LeaseTime); l.User != "ben" {
		t.Errorf("lapsed, it is %+v", l)
	}
	if state := comment(t, store, id).State; state.Revision != 1 {
		t.Errorf("a lease made revision %d", state.Revision)
	}
	act(t, store, moderation.Action{ID: "a1", CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Approve}) // a lease is advice
	_, err = store.Lease(ctx, 999, "anna", Start, Start.Add(time.Minute))
	wantCode(t, err, moderation.CodeNotFound)
}

// openPassedOver holds that what somebody else has open is left out where that is asked for, and comes back when its lease is over.
func openPassedOver(t *testing.T, store Store) {
	submit(t, store, Article(1), Numbered(3))
	first := all(t, store)[0]
	if _, err := store.Lease(context.Background(), first.ID, "ben", Start, Start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		request moderation.QueueRequest
		want    int
	}{
		"open":               {moderation.QueueRequest{PassOver: "anna", PassOpen: true}, 2},
		"open, and a search": {moderation.QueueRequest{PassOver: "anna", PassOpen: true, Filter: moderation.Filter{Origin: Article(1).Origin}}, 2},
		"one's own":          {moderation.QueueRequest{PassOver: "ben", PassOpen: true}, 3},
		"not asked for":      {moderation.QueueRequest{PassOver: "anna"}, 3},
	} {
		test.request.Order, test.request.Limit = moderation.OrderOldest, 10
		page, err := store.Queue(context.Background(), test.request, Start)
		if err != nil || len(page.Comments) != test.want {
			t.Errorf("%s: %d comments, want %d; error %v", name, len(page.Comments), test.want, err)
		}
		if later, err := store.Queue(context.Background(), test.request, Start.Add(time.Minute)); err != nil || len(later.Comments) != 3 {
			t.Errorf("%s, a minute later: %d comments, error %v", name, len(later.Comments), err)
		}
	}
}
