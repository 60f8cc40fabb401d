package storetest

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
)

func viewsSaved(t *testing.T, store Store) {
	ctx := context.Background()
	save := func(user, name, query string) error {
		return store.SaveView(ctx, user, moderation.SavedView{Name: name, Status: moderation.Pending, Query: query, Order: moderation.OrderNewest}, 2)
	}
	list := func(user string) (lines []string) {
		t.Helper()
		views, err := store.SavedViews(ctx, user)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range views {
			lines = append(lines, v.Name+" = "+string(v.Status)+" "+v.Query+" "+string(v.Order))
		}
		return lines
	}
	for _, err := range []error{save("anna", "threats", "hostile:yes"), save("anna", "Adverts", "spam:yes"), save("ben", "threats", "threat"), save("anna", "THREATS", "p(hostile)>0.9")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, save("anna", "one more", ""), moderation.CodeInvalid)
	if diff := cmp.Diff([]string{"Adverts = pending spam:yes newest", "THREATS = pending p(hostile)>0.9 newest"}, list("anna")); diff != "" {
		t.Errorf("anna's views: %s", diff)
	}
	views, err := store.SavedViews(ctx, "ben")
	if err != nil || len(views) != 1 {
		t.Fatalf("ben's views: %+v, error %v", views, err)
	}
	wantCode(t, store.DropView(ctx, "anna", views[0].ID), moderation.CodeNotFound)
	if err := store.DropView(ctx, "ben", views[0].ID); err != nil || len(list("ben")) != 0 {
		t.Errorf("dropped: %q, error %v", list("ben"), err)
	}
}

// topicMoves puts an article under topics and takes it out again: newest first, the filter by topic shows what it matches.
func topicMoves(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "bridges", "Bridges should be rebuilt.")
	submit(t, store, Article(1), Numbered(12))
	submit(t, store, Article(2), Numbered(5))
	count := func() int {
		t.Helper()
		n := 0
		for _, order := range []moderation.Order{moderation.OrderNewest, moderation.OrderOldest} {
			filter := moderation.Filter{Status: moderation.Pending, Topic: "bridges"}
			n = len(walk(t, store, moderation.QueueRequest{Filter: filter, Order: order, Limit: 4}, func() {}))
		}
		return n
	}
	for _, step := range []struct {
		topic string
		want  int
	}{{"bridges", 12}, {"", 0}, {"bridges", 12}} {
		same := func(text string, article moderation.Article) moderation.Incoming {
			return Incoming(article, Page(text))[0]
		}
		if err := store.AssignTopic(ctx, Article(1).ID, step.topic, moderation.SideFor, "eva", Start, same); err != nil {
			t.Fatal(err)
		}
		if got := count(); got != step.want {
			t.Errorf("under %q: %d comments, want %d", step.topic, got, step.want)
		}
	}
	article := Article(1)
	article.Topic, article.Claim = "bridges", "Bridges should be rebuilt."
	submit(t, store, article, Numbered(14)) // two more arrive under the topic
	if got := count(); got != 14 {
		t.Errorf("with two more: %d comments, want 14", got)
	}
}

// matchesCounted counts up to a limit what a filter matches.
func matchesCounted(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Numbered(40))
	for _, test := range []struct {
		filter moderation.Filter
		limit  int
		want   moderation.Matching
	}{
		{moderation.Filter{}, 100, moderation.Matching{Comments: 40}},
		{moderation.Filter{Status: moderation.Pending, Words: []string{"comment 3"}}, 100, moderation.Matching{Comments: 11}},
		{moderation.Filter{Words: []string{"bridge"}}, 40, moderation.Matching{Comments: 40}},
		{moderation.Filter{Words: []string{"bridge"}}, 39, moderation.Matching{Comments: 39, More: true}},
		{moderation.Filter{Author: "READER 3"}, 100, moderation.Matching{Comments: 6}},
		{moderation.Filter{Article: Article(1).ID, Status: moderation.Rejected}, 100, moderation.Matching{}},
	} {
		got, err := store.CountMatching(ctx, test.filter, test.limit)
		if err != nil || got != test.want {
			t.Errorf("%q up to %d: %+v, error %v, want %+v", test.filter, test.limit, got, err, test.want)
		}
	}
}

func settingsKept(t *testing.T, store Store) {
	ctx := context.Background()
	for _, value := range []string{"on", "off"} {
		if err := store.Set(ctx, "anna", "keys", value); err != nil {
			t.Fatal(err)
		}
	}
	for user, want := range map[string]map[string]string{"anna": {"keys": "off"}, "ben": {}} {
		got, err := store.Settings(ctx, user)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %s, error %v", user, diff, err)
		}
	}
}
