package sqlstore

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/storetest"
)

// TestTakeLikeness makes a database as it was before there were likenesses, and brings it up to date in batches, with an edit in between.
func TestTakeLikeness(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	article, comments := storetest.Article(1), storetest.Numbered(25)
	send := func() {
		t.Helper()
		if _, err := store.Submit(t.Context(), article, storetest.Incoming(article, comments), true, storetest.Start); err != nil {
			t.Fatal(err)
		}
	}
	send()
	for _, statement := range []string{`delete from likeness`, `delete from pile`, `update comment set pile = 0`, `update likeness_due set done_to = 0, due_to = (select max(id) from comment)`} {
		if _, err := store.writer.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	comments[24].Text = "Another text now."
	comments = append(comments, moderation.Comment{SourceID: "new", Position: 26, Text: "Another text, now!"})
	send()
	for _, want := range []int64{15, 5, 0, 0} {
		if left, err := store.TakeLikeness(t.Context(), 10); err != nil || left != want {
			t.Fatalf("%d are left, want %d, error %v", left, want, err)
		}
		if differences, err := store.Doctor(t.Context()); err != nil || len(differences) > 0 {
			t.Fatalf("doctor: %v, error %v", differences, err)
		}
	}
	rows, _, err := store.Alike(t.Context(), moderation.LikenessOf("another text now"), 0, 10)
	if err != nil || len(rows) != 2 {
		t.Errorf("found %+v, error %v", rows, err)
	}
	if _, err := store.writer.Exec(`update likeness set band2 = band2 + 1 where comment_id = 3`); err != nil {
		t.Fatal(err)
	}
	if differences, err := store.Doctor(t.Context()); err != nil || fmt.Sprint(differences) != "[comment 3: its likeness is not its text's]" {
		t.Errorf("doctor: %v, error %v", differences, err)
	}
}

// TestLikenessIsLookedUp holds that near-duplicates and authors are found by index ranges.
func TestLikenessIsLookedUp(t *testing.T) {
	store := openAt(t, filepath.Join(t.TempDir(), "desk.db"))
	conditions, _ := likenessParts(moderation.LikenessOf("one two three four five six seven eight nine"))
	queries := map[string]string{countAuthor: "comment_of_author", decidedQuery: "comment_decided"}
	for i, condition := range conditions {
		index := "likeness_identity"
		if i > 0 {
			index = fmt.Sprintf("likeness_band%d", i-1)
		}
		queries[`select comment_id, words, identity, simhash from likeness where `+condition+` order by comment_id desc limit ?`] = index
	}
	for query, index := range queries {
		if got := plan(t, store, query, []any{1, 2, 3, 4}[:strings.Count(query, "?")]...); !strings.Contains(got, "INDEX "+index) || strings.Contains(got, "SCAN comment") {
			t.Errorf("%s: %s", query, got)
		}
	}
}
