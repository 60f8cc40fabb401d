package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

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
	lines := strings.Repeat("a\r\n", moderation.MaxNote/2-1) + "b" // as browsers send lines
	if got := anna.post("/notes", anna.get("/?id="+fmt.Sprint(ids[3])).form(".note-form", url.Values{"text": {lines}})); got.status != http.StatusOK {
		t.Errorf("lines of %d characters: status %d", moderation.MaxNote-1, got.status)
	}

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

// flood stores the text under n articles, with endings that leave it nearly the same, and returns the ids in order of arrival.
func (d *desk) flood(n int, text string) []int64 {
	d.Helper()
	for i := range n {
		article := moderation.Article{URL: fmt.Sprintf("https://news.example/flood/%d", i), Headline: fmt.Sprintf("Headline %d", i), Origin: "api"}
		if _, err := d.service.Submit(d.Context(), article, []moderation.Comment{{SourceID: fmt.Sprint("f", i), Position: 1, Author: "Seller", Text: text + strings.Repeat("!", i)}}); err != nil {
			d.Fatal(err)
		}
	}
	listed, err := d.service.Queue(d.Context(), moderation.QueueRequest{Order: moderation.OrderNewest, Limit: n})
	if err != nil {
		d.Fatal(err)
	}
	var ids []int64
	for _, c := range listed.Comments {
		ids = append([]int64{c.ID}, ids...)
	}
	return ids
}

func (d *desk) status(id int64) moderation.Status {
	d.Helper()
	stored, err := d.service.Comment(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	return stored.State.Status
}

// TestNearDuplicates decides a flood in one go, without one that was taken out and one that somebody else decided meanwhile, and undoes it.
func TestNearDuplicates(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	ids := d.flood(5, "Buy cheap watches <b>today</b>")
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	open := anna.get(fmt.Sprintf("/?order=oldest&id=%d", ids[1]))
	if got := open.text("#alike-title"); got != "4 like this, under 4 articles" {
		t.Fatalf("the page says %q", got)
	}
	if got := open.Find(".beside .alike li").Length(); got != 4 {
		t.Errorf("%d are listed", got)
	}
	group := anna.get(open.Find(".beside a[data-key=l]").AttrOr("href", ""))
	members := group.Find("input[name=member]")
	if members.Length() != 5 || group.Find(".alike p").First().Text() != "Buy cheap watches <b>today</b>!" {
		t.Fatalf("%d members, the first reads %q", members.Length(), group.Find(".alike p").First().Text())
	}
	form := group.form("#group", url.Values{"decision": {"reject"}, "reason": {"advert"}})
	form["member"] = nil
	for i := range members.Nodes[:4] { // the last, the oldest, is taken out
		form.Add("member", members.Eq(i).AttrOr("value", ""))
	}
	ben.post("/act", ben.get(fmt.Sprintf("/?id=%d", ids[4])).form("#act", url.Values{"decision": {"approve"}}))

	done := anna.post("/alike/"+fmt.Sprint(ids[1]), form)
	if got := done.text(".notice.alarm"); done.status != http.StatusConflict || got != "3 comments rejected. 1 comment left: somebody acted on it meanwhile." {
		t.Errorf("status %d, the page says %q", done.status, got)
	}
	if got := done.text(".alike li"); !strings.Contains(got, "Approved by ben just now.") || !strings.Contains(got, "Headline 4") {
		t.Errorf("left: %q", got)
	}
	for i, want := range []moderation.Status{moderation.Pending, moderation.Rejected, moderation.Rejected, moderation.Rejected, moderation.Approved} {
		if got := d.status(ids[i]); got != want {
			t.Errorf("comment %d of the flood is %s, want %s", i, got, want)
		}
	}
	history, err := d.store.History(t.Context(), ids[2])
	if err != nil || len(history) != 1 || history[0].Reason != "advert" || len(history[0].Labels) != 0 {
		t.Errorf("the history is %+v, error %v", history, err)
	}
	anna.post("/alike/"+fmt.Sprint(ids[1]), form) // sent twice
	if again, err := d.store.History(t.Context(), ids[2]); err != nil || len(again) != 1 {
		t.Errorf("sent twice: %d entries, error %v", len(again), err)
	}

	undo := done.form("form[action='/undo']", nil)
	if got := ben.post("/undo", undo); got.Find(".left li").Length() != 3 || d.status(ids[2]) != moderation.Rejected {
		t.Errorf("another undoes the group: status %d, %q", got.status, got.text(".toast"))
	}
	back := anna.post("/undo", undo)
	if got := back.text(".toast span"); got != "Undone for 3 comments. Nothing of it counts any more." || back.text(".text") != "Buy cheap watches <b>today</b>!" {
		t.Errorf("the toast says %q over %q", got, back.text(".text"))
	}
	for i, want := range []moderation.Status{moderation.Pending, moderation.Pending, moderation.Pending, moderation.Pending, moderation.Approved} {
		if got := d.status(ids[i]); got != want {
			t.Errorf("undone, comment %d of the flood is %s, want %s", i, got, want)
		}
	}

	// All that is left goes in one go, on to the next comment, and z on that page takes it back.
	group = anna.get(fmt.Sprintf("/alike/%d?order=oldest", ids[1]))
	form = group.form("#group", url.Values{"decision": {"approve"}})
	form["member"] = nil
	group.Find("input[name=member]").Each(func(_ int, m *goquery.Selection) { form.Add("member", m.AttrOr("value", "")) })
	next := anna.post("/alike/"+fmt.Sprint(ids[1]), form)
	if got := next.text(".toast span"); got != "4 comments approved." {
		t.Errorf("the toast says %q", got)
	}
	anna.post("/undo", next.form("#undo", nil))
	if got := d.status(ids[0]); got != moderation.Pending {
		t.Errorf("after z a comment is %s", got)
	}
}

// TestGroupRefused sends groups that make no sense: nothing is decided.
func TestGroupRefused(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.flood(2, "Buy cheap watches")
	anna := d.signedIn("anna", account.Moderator)
	one := fmt.Sprintf("%d.1", ids[0])
	for name, form := range map[string]url.Values{
		"nothing chosen": {"group": {"a"}, "decision": {"reject"}},
		"no decision":    {"group": {"a"}, "member": {one}},
		"no group":       {"member": {one}, "decision": {"reject"}},
		"odd decision":   {"group": {"a"}, "member": {one}, "decision": {"burn"}},
		"odd member":     {"group": {"a"}, "member": {one, "x"}, "decision": {"reject"}},
		"twice":          {"group": {"a"}, "member": {one, one}, "decision": {"reject"}},
		"long reason":    {"group": {"a"}, "member": {one}, "decision": {"reject"}, "reason": {strings.Repeat("ß", moderation.MaxReason+1)}},
	} {
		if got := anna.post("/alike/"+fmt.Sprint(ids[0]), form); got.status != http.StatusBadRequest || d.status(ids[0]) != moderation.Pending {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	for _, path := range []string{"/alike/0", "/alike/x", "/alike/999999"} {
		if got := anna.get(path); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
	if got := anna.post("/undo", url.Values{"bulk": {"never"}}); got.status != http.StatusNotFound {
		t.Errorf("an unknown group is undone: status %d", got.status)
	}
	if history, err := d.store.History(t.Context(), ids[0]); err != nil || len(history) != 0 {
		t.Errorf("the history is %+v, error %v", history, err)
	}
}

// TestOtherWay shows a comment beside one that was decided the other way: a near-duplicate first, else one of the article that shares its words.
func TestOtherWay(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(
		"The council wasted thousands of pounds on this bridge again.",
		"The council wasted thousands of pounds on this school again.",
		"I agree with the article, the bridge has to be rebuilt soon.",
		"I agree with the article. The bridge has to be rebuilt soon!",
	)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	at := func(id int64) string { return fmt.Sprintf("/?tab=all&order=oldest&id=%d", id) }
	if anna.get(at(ids[0])).Find("#other-title").Length() != 0 {
		t.Error("nothing is decided, and something was decided the other way")
	}
	ben.post("/act", ben.get(at(ids[1])).form("#act", url.Values{"decision": {"reject"}, "reason": {"not <b>true</b>"}}))
	ben.post("/act", ben.get(at(ids[2])).form("#act", url.Values{"decision": {"approve"}}))
	anna.post("/act", anna.get(at(ids[0])).form("#act", url.Values{"decision": {"approve"}}))

	shared := anna.get(at(ids[0]))
	if got := shared.text("#other-title"); got != "One like this was rejected" {
		t.Fatalf("the title is %q", got)
	}
	section := shared.Find("#other-title").Parent()
	if got := strings.Join(strings.Fields(section.Find("p").First().Text()), " "); got != "by ben, just now: not <b>true</b>; this comment was approved." {
		t.Errorf("who and why: %q", got)
	}
	if got := strings.Join(strings.Fields(section.Find("p").Last().Text()), " "); got != "Reader, of the same article, with 6 of this comment’s 7 longer words" {
		t.Errorf("how alike: %q", got)
	}
	if got := section.Find("blockquote").Text(); got != "The council wasted thousands of pounds on this school again." {
		t.Errorf("the other one is %q", got)
	}
	// Undone, nobody decided it any more.
	history := ben.get(at(ids[1]))
	ben.post("/undo", history.form(".history form", nil))
	if anna.get(at(ids[0])).Find("#other-title").Length() != 0 {
		t.Error("an undone decision stands as one")
	}
	// A near-duplicate comes before shared words.
	anna.post("/act", anna.get(at(ids[3])).form("#act", url.Values{"decision": {"reject"}}))
	near := anna.get(at(ids[3]))
	if got := near.text("section:has(#other-title)"); !strings.Contains(got, "One like this was approved by ben, just now; this comment was rejected.") || !strings.Contains(got, "Reader, a near-duplicate") {
		t.Errorf("the near-duplicate: %q", got)
	}
}

// TestEarlierTexts changes a labelled comment at its source: what it said before stands below it, and what the model had said in the history.
func TestEarlierTexts(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill("You are a worthless idiot.")
	anna := d.signedIn("anna", account.Moderator)
	anna.post("/act", anna.get("/").form("#act", url.Values{"decision": {"reject"}, "hostile": {"no"}, "stance": {"favor"}}))
	d.wait(26 * time.Hour)
	d.fill("You are <i>wrong</i>.")
	shown := anna.get(fmt.Sprintf("/?id=%d", ids[0]))
	old := shown.Find(".old-texts li")
	if old.Length() != 1 || old.Find("blockquote").Text() != "You are a worthless idiot." {
		t.Errorf("earlier texts: %q", old.Text())
	}
	if got := shown.text(".old-texts p"); got != "version 1, arrived 14 May 2026, 09:00 UTC, replaced 15 May 2026, 11:00 UTC" {
		t.Errorf("dated %q", got)
	}
	stored, err := d.store.History(t.Context(), ids[0])
	if err != nil || len(stored) != 2 {
		t.Fatalf("%d entries, error %v", len(stored), err)
	}
	if got, model := shown.text(".history"), stored[0].Labels[1].Model[:8]; !strings.Contains(got, "corrected: the model said hostile: yes (") || !strings.Contains(got, "%) "+model) {
		t.Errorf("the history says %q", got)
	}
}

// TestLongHistoryIsFolded decides and undoes again and again: the newest acts are seen at once, the others are one click away.
func TestLongHistoryIsFolded(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna := d.signedIn("anna", account.Moderator)
	at := fmt.Sprintf("/?id=%d", ids[0])
	for range 4 {
		anna.post("/act", anna.get(at).form("#act", url.Values{"decision": {"escalate"}}))
		anna.post("/undo", anna.get(at).form("#undo", nil))
	}
	page := anna.get(at)
	if recent, earlier := page.Find("section > .history > li").Length(), page.Find(".earlier .history > li").Length(); recent != 6 || earlier != 2 || page.text(".earlier summary") != "2 earlier" {
		t.Errorf("%d acts are seen, %d are folded: %q", recent, earlier, page.text(".context"))
	}
}
