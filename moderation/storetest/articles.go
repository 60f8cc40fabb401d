package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"commentdesk/moderation"
)

func articlesPaged(t *testing.T, store Store) {
	ctx := context.Background()
	service := moderation.NewService(store, nil, func() time.Time { return Start })
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	addTopic(t, store, "ferries", "The ferry should run at night.")
	var without, under []string
	for n := range moderation.MaxArticles + 3 {
		article := Article(n)
		if n%10 == 0 {
			article.Topic, article.Claim, article.Side = "bridges", "The old bridge should be rebuilt.", moderation.SideAgainst
			under = append(under, article.ID)
		} else {
			without = append(without, article.ID)
		}
		submit(t, store, article, Page("A comment."))
	}
	slices.Sort(without)
	slices.Sort(under)
	list := func(topic string) (ids []string) {
		for after := ""; ; {
			some, err := store.Articles(ctx, topic, after, 7)
			if err != nil {
				t.Fatal(err)
			}
			if len(some) == 0 {
				return ids
			}
			for _, a := range some {
				if a.Topic != topic || a.Body != "" || a.Headline == "" || (a.Claim == "") != (topic == "") || (a.Side == moderation.SideAgainst) != (topic == "bridges") {
					t.Errorf("article %+v under %q", a, topic)
				}
				ids, after = append(ids, a.ID), a.ID
			}
		}
	}
	if got := list(""); !slices.Equal(got, without) {
		t.Errorf("without a topic: %d articles, want %d", len(got), len(without))
	}
	if got := list("bridges"); !slices.Equal(got, under) {
		t.Errorf("under bridges: %q, want %q", got, under)
	}
	if got := list("ferries"); got != nil {
		t.Errorf("under ferries: %q", got)
	}
	first, next, err := service.Articles(ctx, "", "")
	if err != nil || len(first) != len(without) || next != "" {
		t.Errorf("one page: %d articles, next %q, error %v", len(first), next, err)
	}
	_, _, err = service.Articles(ctx, "tunnels", "")
	wantCode(t, err, moderation.CodeNotFound)
	for _, ids := range [][]string{nil, make([]string, moderation.MaxArticles+1)} {
		wantCode(t, service.AssignTopics(ctx, ids, "ferries", "", "eve"), moderation.CodeInvalid)
	}
}
