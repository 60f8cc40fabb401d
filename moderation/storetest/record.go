package storetest

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// authorCounted has one author under two articles, beside others and readers without a name.
func authorCounted(t *testing.T, store Store) {
	first, second := Numbered(8), Numbered(8)
	for i := range first {
		first[i].Author, second[i].Author = "Ann", []string{"Ann", "ann", "", "Ben"}[i%4]
	}
	submit(t, store, Article(1), first)
	submit(t, store, Article(2), second)
	stored := all(t, store)
	act(t, store, moderation.Action{ID: "a1", CommentID: stored[0].ID, Revision: 1, Actor: "anna", Decision: moderation.Approve})
	act(t, store, moderation.Action{ID: "a2", CommentID: stored[1].ID, Revision: 1, Actor: "anna", Decision: moderation.Reject,
		Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes, classifier.Stance: moderation.CantTell}})
	record, err := store.Author(context.Background(), "Ann", stored[12].ID, 500, 3)
	if err != nil {
		t.Fatal(err)
	}
	var last []int64
	for _, c := range record.Last {
		last = append(last, c.ID)
	}
	if want := []int64{stored[8].ID, stored[7].ID, stored[6].ID}; !slices.Equal(last, want) {
		t.Errorf("the last are %v, want %v", last, want)
	}
	record.Last = nil
	want := moderation.AuthorRecord{Name: "Ann", Counted: 10,
		Statuses: map[moderation.Status]int{moderation.Pending: 8, moderation.Approved: 1, moderation.Rejected: 1},
		Labels:   map[classifier.Axis]map[string]int{classifier.Hostile: {classifier.Yes: 1}, classifier.Stance: {moderation.CantTell: 1}}}
	if diff := cmp.Diff(want, record); diff != "" {
		t.Errorf("the record differs (-want +got): %s", diff)
	}
	if few, err := store.Author(context.Background(), "Ann", 0, 4, 0); err != nil || few.Counted != 4 || len(few.Last) != 0 {
		t.Errorf("of four are counted %d, shown %d, error %v", few.Counted, len(few.Last), err)
	}
	for name, want := range map[string]bool{"ann": true, "Zoe": false} {
		if found, err := store.HasAuthor(context.Background(), name); err != nil || found != want {
			t.Errorf("there is a comment by %s: %v, error %v", name, found, err)
		}
	}
	if nobody, err := store.Author(context.Background(), "Zoe", 0, 4, 4); err != nil || nobody.Counted != 0 || len(nobody.Last) != 0 {
		t.Errorf("of nobody: %+v, error %v", nobody, err)
	}
}

// notesKept adds notes on comments and on authors, twice with one key, and takes one back.
func notesKept(t *testing.T, store Store) {
	ctx := context.Background()
	submit(t, store, Article(1), Page("Build it.", "Never."))
	stored := all(t, store)
	add := func(key string, commentID int64, author, by, text string) moderation.Note {
		t.Helper()
		note, err := store.AddNote(ctx, moderation.Note{Key: key, CommentID: commentID, Author: author, By: by, At: Start, Text: text})
		if err != nil {
			t.Fatalf("note %s: %v", key, err)
		}
		return note
	}
	one := add("k1", stored[0].ID, "", "anna", "Asked the author.")
	two := add("k2", stored[0].ID, "", "ben", "He answered.")
	three := add("k3", 0, "Reader", "anna", strings.Repeat("ß", moderation.MaxNote))
	add("k4", stored[1].ID, "", "anna", "Of another comment.")
	add("k5", 0, "reader", "anna", "Of another name.")
	if again := add("k1", stored[0].ID, "", "anna", "Asked the author."); again != one {
		t.Errorf("the same key again gave %+v, want %+v", again, one)
	}
	for _, other := range []moderation.Note{{CommentID: stored[0].ID, Text: "Another text."}, {CommentID: stored[1].ID, Text: one.Text}, {Author: "Reader", Text: one.Text}} {
		other.Key, other.By, other.At = "k1", "anna", Start
		_, err := store.AddNote(ctx, other) // taken for the first, it would be lost
		wantCode(t, err, moderation.CodeInvalid)
	}
	if _, err := store.AddNote(ctx, moderation.Note{Key: "k1", CommentID: stored[0].ID, By: "ben", At: Start, Text: "Another's key."}); err == nil {
		t.Error("another person took the key")
	} else {
		wantCode(t, err, moderation.CodeInvalid)
	}
	wantCode(t, store.WithdrawNote(ctx, one.ID, "ben", Start), moderation.CodeForbidden)
	wantCode(t, store.WithdrawNote(ctx, 999, "ben", Start), moderation.CodeNotFound)
	later := Start.Add(time.Minute)
	for _, at := range []time.Time{later, later.Add(time.Hour)} {
		if err := store.WithdrawNote(ctx, one.ID, "anna", at); err != nil {
			t.Fatal(err)
		}
	}
	one.WithdrawnAt = later
	notes, err := store.Notes(ctx, stored[0].ID, "Reader", 10)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]moderation.Note{two, one, three}, notes); diff != "" {
		t.Errorf("the notes differ (-want +got): %s", diff)
	}
	if few, err := store.Notes(ctx, stored[0].ID, "Reader", 1); err != nil || len(few) != 2 || few[0].ID != two.ID {
		t.Errorf("one of each: %+v, error %v", few, err)
	}
	if c := comment(t, store, stored[0].ID); c.State.Revision != 1 {
		t.Errorf("notes made revision %d", c.State.Revision)
	}
}

// decidedListed lists an article's decided comments of one status, the newest first.
func decidedListed(t *testing.T, store Store) {
	submit(t, store, Article(1), Page("one", "two", "three", "four"))
	submit(t, store, Article(2), Page("five"))
	stored := all(t, store)
	for i, decision := range []moderation.Decision{moderation.Approve, moderation.Reject, moderation.Approve, moderation.Escalate, moderation.Approve} {
		act(t, store, moderation.Action{ID: string(rune('a' + i)), CommentID: stored[i].ID, Revision: 1, Actor: "anna", Decision: decision})
	}
	for _, test := range []struct {
		status moderation.Status
		limit  int
		want   []moderation.DecidedText
	}{
		{moderation.Approved, 9, []moderation.DecidedText{{ID: stored[2].ID, Text: "three"}, {ID: stored[0].ID, Text: "one"}}},
		{moderation.Approved, 1, []moderation.DecidedText{{ID: stored[2].ID, Text: "three"}}},
		{moderation.Rejected, 9, []moderation.DecidedText{{ID: stored[1].ID, Text: "two"}}},
	} {
		got, err := store.Decided(context.Background(), stored[0].ArticleID, test.status, test.limit)
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %s, error %v", test.status, diff, err)
		}
	}
}

// oldTextsKept changes a text twice; what stood before comes back, the newest first.
func oldTextsKept(t *testing.T, store Store) {
	page := Numbered(2)
	for _, text := range []string{"first", "second", "third"} {
		page[0].Text = text
		submit(t, store, Article(1), page)
	}
	stored := all(t, store)
	got, err := store.OldTexts(context.Background(), stored[0].ID)
	if diff := cmp.Diff([]moderation.OldText{{Version: 2, Text: "second"}, {Version: 1, Text: "first"}}, got); diff != "" || err != nil {
		t.Errorf("earlier texts differ: %s, error %v", diff, err)
	}
	if none, err := store.OldTexts(context.Background(), stored[1].ID); err != nil || len(none) != 0 {
		t.Errorf("of one that never changed: %+v, error %v", none, err)
	}
}
