package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestAuthorBesideComment decides one comment and finds it counted beside another by the same author.
func TestAuthorBesideComment(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(append(comments, hostileTexts...)...)
	anna := d.signedIn("anna", account.Moderator)
	first := anna.get("/?order=oldest")
	second := anna.post("/act", first.form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}}))
	author := second.text(".author")
	for _, want := range []string{"Reader: 8 comments under this name", "1 rejected · 7 pending", "● hostile yes × 1"} {
		if !strings.Contains(author, want) {
			t.Errorf("the author’s record lacks %q: %q", want, author)
		}
	}
	shown := second.Find(".author .thread li")
	if shown.Length() != 5 {
		t.Fatalf("%d of the author's other comments are shown", shown.Length())
	}
	link := shown.First().Find("a").AttrOr("href", "")
	if got := anna.get(link); !strings.Contains(link, fmt.Sprintf("id=%d", ids[len(ids)-1])) || got.status != http.StatusOK {
		t.Errorf("the newest leads to %s, status %d", link, got.status)
	}
	everything := second.Find(".author > p a").AttrOr("href", "")
	if got := anna.get(everything); got.status != http.StatusOK || got.Find(".text").Length() != 1 {
		t.Errorf("everything under the name: %s, status %d", everything, got.status)
	}
}

// TestNotes writes on a comment and on its author, takes one back, and tries what is not allowed.
func TestNotes(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna, ben, vic := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator), d.signedIn("vic", account.Viewer)
	path := fmt.Sprintf("/?order=oldest&id=%d", ids[1])
	open := anna.get(path)
	form := open.form(".note-form", url.Values{"text": {"  Asked <b>the</b> author.\n"}})
	kept := anna.post("/notes", form)
	if got := kept.text(".text"); got != comments[1] {
		t.Fatalf("after the note stands %q", got)
	}
	if got := kept.text(".notes .note-list"); got != "Asked <b>the</b> author.anna, just now Take back" {
		t.Errorf("the note says %q", got)
	}
	anna.post("/notes", form) // sent twice
	about := anna.get(path).form(".note-form", url.Values{"text": {"Writes every day."}, "about": {"author"}})
	anna.post("/notes", about)

	theirs := ben.get(fmt.Sprintf("/?id=%d", ids[2])) // by the same author
	if got := theirs.text(".author .note-list"); got != "Writes every day.anna, just now" {
		t.Errorf("another sees of the author %q", got)
	}
	if got := theirs.Find(".notes .note-list").Length(); got != 0 {
		t.Errorf("a note stands under another comment")
	}
	mine := anna.get(path)
	if got := mine.Find(".notes .note-list li").Length(); got != 1 {
		t.Errorf("%d notes", got)
	}
	withdrawal := mine.form(".notes .note-list form", nil)
	if got := ben.post("/notes/withdraw", withdrawal); got.status != http.StatusForbidden {
		t.Errorf("another takes it back: status %d", got.status)
	}
	back := anna.post("/notes/withdraw", withdrawal)
	if got := back.text(".notes .note-list"); got != "Asked <b>the</b> author.anna, just now; taken back just now" {
		t.Errorf("taken back, the note says %q", got)
	}
	for name, text := range map[string]string{"nothing": " \n", "too long": strings.Repeat("ß", moderation.MaxNote+1)} {
		if got := anna.post("/notes", mine.form(".note-form", url.Values{"text": {text}})); got.status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	if got := vic.get(path); got.Find(".note-form, .note-list form").Length() != 0 || got.Find(".note-list li").Length() != 2 {
		t.Error("a viewer is offered to write, or does not see the notes")
	}
	if strings.Contains(d.log.String(), "Asked") {
		t.Error("the log holds a note")
	}
}
