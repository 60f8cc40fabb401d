package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
)

func articlesToSort(t *testing.T, store Store) {
	ctx := context.Background()
	addTopic(t, store, "bridges", "The old bridge should be rebuilt.")
	addTopic(t, store, "ferries", "The ferry should stay.")
	for n := range 4 {
		article := Article(n + 1)
		article.Body = "Nine words of a body that is too long."
		if n == 3 {
			article.Topic, article.Claim = "bridges", "The old bridge should be rebuilt."
		}
		submitAt(t, store, article, Page(fmt.Sprint("Comment ", n)), Start.Add(time.Duration(n*7%4)*time.Hour))
	}
	ids := func(read func(context.Context, int, int) ([]moderation.Article, error), limit int) (ids []string) {
		t.Helper()
		articles, err := read(ctx, limit, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range articles {
			if a.Body != "Nine words" {
				t.Errorf("the body is %q", a.Body)
			}
			ids = append(ids, a.ID+" "+a.Topic)
		}
		return ids
	}
	want := []string{Article(2).ID + " ", Article(3).ID + " ", Article(1).ID + " "} // arrived at 3, 2, 0
	if diff := cmp.Diff(want, ids(store.Unsorted, 10)); diff != "" {
		t.Errorf("without a topic: %s", diff)
	}
	if diff := cmp.Diff(want[:2], ids(store.Unsorted, 2)); diff != "" {
		t.Errorf("the newest two: %s", diff)
	}
	if diff := cmp.Diff([]string{Article(4).ID + " bridges"}, ids(store.Sorted, 10)); diff != "" {
		t.Errorf("with a topic: %s", diff)
	}
	refuse := func(topic string, of ...string) error { return store.RefuseTopic(ctx, of, topic, "eve", Start) }
	for range 2 { // again changes nothing
		if err := refuse("ferries", Article(1).ID, Article(2).ID); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, refuse("ferries", Article(3).ID, "none"), moderation.CodeNotFound)
	wantCode(t, refuse("none", Article(3).ID), moderation.CodeNotFound)
	refused, err := store.Refused(ctx)
	if err != nil || len(refused) != 1 || len(refused["ferries"]) != 2 {
		t.Errorf("refused are %v, error %v", refused, err)
	}
	entries, err := store.Ledger(ctx, 2, 10)
	if err != nil || len(entries) != 2 || entries[0].Kind != moderation.KindTopic || entries[0].Actor != "eve" {
		t.Errorf("the ledger says %+v, error %v", entries, err)
	}
}
