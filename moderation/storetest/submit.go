package storetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

func samePageTwice(t *testing.T, store Store) {
	first := submit(t, store, Article(1), Page("Build it.", "Never.", "Who pays?"))
	if first.New != 3 || first.Articles != 1 {
		t.Errorf("first time: %+v", first)
	}
	before := all(t, store)
	second := submit(t, store, Article(1), Page("Build it.", "Never.", "Who pays?"))
	if second.Already != 3 || second.New != 0 || second.Articles != 0 {
		t.Errorf("second time: %+v", second)
	}
	if diff := cmp.Diff(before, all(t, store)); diff != "" {
		t.Errorf("the second time changed something: %s", diff)
	}
	wantCounts(t, store, 3, 0, 0, 0)
}

func multiset(t *testing.T, store Store) {
	if r := submit(t, store, Article(1), Page("In your dreams.", "No.", "In your dreams.")); r.New != 3 {
		t.Errorf("two equal ones: %+v", r)
	}
	if r := submit(t, store, Article(1), Page("In your dreams.", "In your dreams.", "No.", "In your dreams.")); r.New != 1 || r.Already != 3 {
		t.Errorf("a third equal one: %+v", r)
	}
	if r := submit(t, store, Article(2), Page("In your dreams.")); r.New != 1 {
		t.Errorf("under another article: %+v", r)
	}
	got := texts(all(t, store))
	slices.Sort(got)
	want := []string{"In your dreams.", "In your dreams.", "In your dreams.", "In your dreams.", "No."}
	if !slices.Equal(got, want) {
		t.Errorf("stored are %q, want %q", got, want)
	}
}

func missingIsMarked(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("One.", "Two.", "Two."))
	submit(t, store, Article(2), Page("Elsewhere."))
	gone := func() (gone []string) {
		for _, c := range all(t, store) {
			if c.Gone {
				gone = append(gone, c.Text)
			}
		}
		return gone
	}
	submit(t, store, Article(1), Page("Two."))
	if got := gone(); !slices.Equal(got, []string{"One.", "Two."}) {
		t.Errorf("no longer on the page: %q", got)
	}
	record := Article(1)
	record.Origin = "api"
	submit(t, store, record, Page("One."))
	if got := gone(); !slices.Equal(got, []string{"Two."}) {
		t.Errorf("after a record without a page: %q", got)
	}
	for _, c := range all(t, store) {
		if c.State.Revision != 1 {
			t.Errorf("%q has revision %d: being on a page is no revision", c.Text, c.State.Revision)
		}
	}
}

func answerKnowsParent(t *testing.T, store Store) {
	page := Page("A bridge?", "A tunnel.", "A ferry.")
	page[1].Parent, page[2].Parent = 1, 2
	submit(t, store, Article(1), page)
	stored := all(t, store)
	if stored[0].ParentID != 0 || stored[1].ParentID != stored[0].ID || stored[2].ParentID != stored[1].ID {
		t.Errorf("parents are %d, %d, %d of %d, %d", stored[0].ParentID, stored[1].ParentID, stored[2].ParentID, stored[0].ID, stored[1].ID)
	}
	if stored[2].Parent != 2 {
		t.Errorf("the parent's position is %d, want 2", stored[2].Parent)
	}
}

func changedTextIsEdit(t *testing.T, store Store) {
	first := Numbered(2)
	submit(t, store, Article(1), first)
	id := all(t, store)[0].ID
	act(t, store, moderation.Action{ID: "a1", CommentID: id, Revision: 1, Actor: "anna", Decision: moderation.Approve,
		Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}})
	wantCounts(t, store, 1, 0, 1, 0)

	later := Numbered(2)
	later[0].Text = "Comment 0 was not meant that way."
	incoming := Incoming(Article(1), later)
	incoming[0].Prediction = Prediction("model-b", 0.9, 0.1)
	incoming[0].Harm, incoming[0].Doubt = moderation.Priority(incoming[0].Prediction)
	at := Start.Add(time.Hour)
	receipt, err := store.Submit(context.Background(), Article(1), incoming, true, at)
	if err != nil || receipt.Changed != 1 || receipt.Already != 1 {
		t.Fatalf("receipt %+v, error %v", receipt, err)
	}
	wantCounts(t, store, 2, 0, 0, 0)
	edited := comment(t, store, id)
	want := moderation.State{Status: moderation.Pending, Revision: 3, TextVersion: 2, Labels: map[classifier.Axis]string{}}
	if diff := cmp.Diff(want, edited.State); diff != "" || edited.Text != later[0].Text {
		t.Errorf("text %q, state %s", edited.Text, diff)
	}
	if diff := cmp.Diff(incoming[0].Prediction, edited.Prediction); diff != "" {
		t.Errorf("the prediction is the old one: %s", diff)
	}
	history, err := store.History(context.Background(), id)
	if err != nil || len(history) != 2 {
		t.Fatalf("history %+v, error %v", history, err)
	}
	if e := history[1]; e.Kind != moderation.KindText || e.Actor != "import" || e.TextVersion != 2 || !e.At.Equal(at) {
		t.Errorf("the edit's entry is %+v", e)
	}
	_, err = store.Act(context.Background(), moderation.Action{ID: "a2", CommentID: id, Revision: 2, Actor: "ben", By: moderation.ByPerson,
		Decision: moderation.Approve}, at)
	if c := wantConflict(t, err); c.By != "import" || c.Did != "changed the text" || c.Revision != 3 {
		t.Errorf("the conflict is %+v", c)
	}
}

func changedTextWithoutID(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("Build it."))
	if r := submit(t, store, Article(1), Page("Build it!")); r.New != 1 || r.Changed != 0 {
		t.Errorf("receipt %+v", r)
	}
	if stored := all(t, store); len(stored) != 2 || !stored[0].Gone || stored[1].Gone {
		t.Errorf("stored are %+v", stored)
	}
}

func oneIDTwice(t *testing.T, store Store) {
	page := Page("First.", "First.", "Second.")
	for i := range page {
		page[i].SourceID = "c1"
	}
	r := submit(t, store, Article(1), page)
	if r.New != 1 || r.Already != 1 || r.Refused["the same id twice with different texts"] != 1 {
		t.Errorf("receipt %+v", r)
	}
}

func storedWhole(t *testing.T, store Store) {
	article := Article(1)
	submit(t, store, article, Page("A first one."))
	comments := []moderation.Comment{{SourceID: "x-9", Position: 4, Parent: 2, Author: "Zoë \"Z\" O’Neill", PostedAt: "2026-05-13T18:00:00",
		Text: "Robert'); drop table comment; --\nπ ≈ 3 👍🏽"}}
	incoming := Incoming(article, comments)
	incoming[0].Prediction = Prediction("model-z", 0.123456789012345, 1)
	if _, err := store.Submit(context.Background(), article, incoming, false, Start); err != nil {
		t.Fatal(err)
	}
	got := comment(t, store, all(t, store)[1].ID)
	want := moderation.Stored{Comment: incoming[0].Comment, Article: article, Prediction: incoming[0].Prediction, ClaimFrom: "headline",
		ArrivedAt: Start, State: moderation.State{Status: moderation.Pending, Revision: 1, TextVersion: 1, Labels: map[classifier.Axis]string{}}}
	want.ID = got.ID
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored differs (-want +got): %s", diff)
	}
	_, err := store.Comment(context.Background(), 999, Start)
	wantCode(t, err, moderation.CodeNotFound)
	incoming[0].Status, incoming[0].Key = moderation.Approved, "another"
	_, err = store.Submit(context.Background(), article, incoming, false, Start)
	wantCode(t, err, moderation.CodeInvalid)
}
