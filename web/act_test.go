package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// script posts as the page's scripts do.
func (b *browser) script(path string, form url.Values) *page {
	b.Helper()
	request := b.request(http.MethodPost, path, form)
	request.Header.Set("Accept", "application/json")
	return b.do(request)
}

// TestActForScripts answers scripts in JSON, the same action twice with the same words, and leaves no toast for the next page.
func TestActForScripts(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	path := "/?id=" + strconv.FormatInt(ids[0], 10)
	his := ben.get(path)
	form := anna.get(path).form("#act", url.Values{"decision": {"approve"}, "stance": {"favor"}, "action": {"made-in-the-page"}, "user": {"anna"}})
	want := `{"comment":` + strconv.FormatInt(ids[0], 10) + `,"revision":2,"said":"Approved; stance: favor."}`
	for range 2 {
		if got := anna.script("/act", form); got.status != http.StatusOK || strings.TrimSpace(got.html) != want {
			t.Errorf("status %d, %s; want %s", got.status, got.html, want)
		}
	}
	if history, err := d.store.History(t.Context(), ids[0]); err != nil || len(history) != 1 || history[0].ActionID != "made-in-the-page" {
		t.Errorf("history %+v, error %v", history, err)
	}
	next := anna.get("/")
	if next.Find(".toast").Length() != 0 || next.form("#undo", nil).Get("action") != "made-in-the-page" {
		t.Errorf("the next page says %q and undoes %q", next.text(".toast"), next.form("#undo", nil).Get("action"))
	}

	late := ben.script("/act", his.form("#act", url.Values{"decision": {"reject"}}))
	if want := `"what":"Approved by anna","also":", labelled stance: favor","at":"2026-05-14T09:00:00Z"`; late.status != http.StatusConflict || !strings.Contains(late.html, want) {
		t.Errorf("who came second is told: status %d, %s", late.status, late.html)
	}
	ben.post("/act", ben.get(path).form("#act", url.Values{"decision": {"escalate"}}))
	if got := anna.script("/undo", url.Values{"action": {"made-in-the-page"}}); got.status != http.StatusConflict || !strings.Contains(got.html, `"what":"Escalated by ben"`) {
		t.Errorf("an undo that comes too late: status %d, %s", got.status, got.html)
	}
	if got := anna.script("/undo", url.Values{"action": {"never sent"}}); got.status != http.StatusNotFound {
		t.Errorf("an undo of what never came: status %d", got.status)
	}
}

// TestActOfSomebodyElse sends what another user's page kept: nothing of it is done.
func TestActOfSomebodyElse(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	form := anna.get("/").form("#act", url.Values{"decision": {"approve"}, "user": {"anna"}})
	if got := ben.script("/act", form); got.status != http.StatusUnauthorized {
		t.Errorf("an action of anna's: status %d", got.status)
	}
	anna.script("/act", form)
	if got := ben.script("/undo", url.Values{"action": {form.Get("action")}, "user": {"anna"}}); got.status != http.StatusUnauthorized {
		t.Errorf("an undo of anna's: status %d", got.status)
	}
	if history, err := d.store.History(t.Context(), ids[0]); err != nil || len(history) != 1 || history[0].Actor != "anna" {
		t.Errorf("history %+v, error %v", history, err)
	}
}

// TestAhead fetches the next comment ahead: its lease is short, and the toast stays for the page that is seen.
func TestAhead(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	open := anna.get("/?order=oldest")
	second := anna.post("/act", open.form("#act", url.Values{"decision": {"approve"}}))
	anna.post("/notes", second.form(".note-form", url.Values{"text": {"a note"}})) // leads to a page that takes this toast
	anna.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	anna.post("/notes", second.form(".note-form", url.Values{"text": {"another"}, "key": {"another"}}))
	next, _ := second.Find(".steps [rel=next]").Attr("href")
	request := anna.request(http.MethodGet, next, nil)
	request.Header.Set("Purpose", "prefetch")
	ahead := anna.do(request)
	if ahead.text(".text") != comments[2] || ahead.Find(".toast").Length() != 0 {
		t.Errorf("ahead stands %q with the toast %q", ahead.text(".text"), ahead.text(".toast"))
	}
	if stored, err := d.service.Comment(t.Context(), ids[2]); err != nil || stored.Lease == nil || !stored.Lease.Until.Equal(start.Add(moderation.AheadTime)) {
		t.Errorf("ahead the lease is %+v, error %v", stored.Lease, err)
	}
	if got := anna.get(next); got.text(".toast span") != "The note was kept." {
		t.Errorf("seen, the page says %q", got.text(".toast span"))
	}
	if stored, err := d.service.Comment(t.Context(), ids[2]); err != nil || stored.Lease == nil || !stored.Lease.Until.Equal(start.Add(moderation.LeaseTime)) {
		t.Errorf("seen, the lease is %+v, error %v", stored.Lease, err)
	}
	d.wait(time.Minute)
	anna.do(request)
	if stored, err := d.service.Comment(t.Context(), ids[2]); err != nil || !stored.Lease.Until.Equal(start.Add(moderation.LeaseTime)) {
		t.Errorf("fetched ahead again, the lease is %+v, error %v", stored.Lease, err)
	}
}
