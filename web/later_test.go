package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// putOff opens a comment and sends the menu's form.
func (b *browser) putOff(id int64, fields url.Values) *page {
	b.Helper()
	return b.post("/later", b.get(fmt.Sprintf("/?id=%d", id)).form("#later form", fields))
}

func (d *desk) state(id int64) moderation.State {
	d.Helper()
	stored, err := d.service.Comment(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	return stored.State
}

func TestSnooze(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	for do, want := range map[string]struct {
		zone, at, until string
	}{
		"hour":    {"", "", "2026-05-14T10:00:00Z"},
		"morning": {"Europe/Berlin", "", "2026-05-15T06:00:00Z"},
		"week":    {"America/New_York", "", "2026-05-21T09:00:00Z"},
		"at":      {"Asia/Tokyo", "2026-06-01T00:30", "2026-05-31T15:30:00Z"},
	} {
		got := anna.putOff(ids[1], url.Values{"do": {do}, "zone": {want.zone}, "at": {want.at}, "reason": {"wait for the council"}})
		state := d.state(ids[1])
		if got.status != http.StatusOK || state.Status != moderation.Snoozed || state.Waiting.Until.Format(time.RFC3339) != want.until {
			t.Errorf("%s: status %d, %+v, want until %s", do, got.status, state, want.until)
		}
		if toast := got.text(".toast"); !strings.HasPrefix(toast, "Snoozed until ") {
			t.Errorf("%s: the toast says %q", do, toast)
		}
		if got.Find(fmt.Sprintf(`#act input[name=comment][value="%d"]`, ids[1])).Length() != 0 {
			t.Errorf("%s: the same comment stands there", do)
		}
		if undone := anna.post("/undo", got.form("#undo", nil)); undone.status != http.StatusOK || d.state(ids[1]).Status != moderation.Pending {
			t.Errorf("%s: undone, it is %s", do, d.state(ids[1]).Status)
		}
	}
	for _, refused := range []url.Values{
		{"do": {"at"}, "at": {"soon"}}, {"do": {"at"}, "at": {"2026-05-14T08:00"}}, {"do": {"at"}, "at": {"2028-01-01T08:00"}}, {"do": {"hour"}, "zone": {"Mars/Olympus"}},
		{"do": {"hour"}, "zone": {"../../etc/passwd"}}, {"do": {"never"}}, {"do": {"hand"}, "for": {""}}, {"do": {"hand"}, "for": {"nobody"}}, {"do": {"hand"}, "for": {"anna"}}, {"do": {"recall"}},
	} {
		if got := anna.putOff(ids[1], refused); got.status != http.StatusBadRequest || got.Find("[role=alert]").Length() == 0 || d.state(ids[1]).Waiting != (moderation.Waiting{}) {
			t.Errorf("%v: status %d, %q, %+v", refused, got.status, got.text("[role=alert]"), d.state(ids[1]))
		}
	}
	kept := anna.putOff(ids[1], url.Values{"do": {"at"}, "at": {"2026-05-14T08:00"}, "reason": {"wait for the council"}, "hostile": {"yes"}})
	if got := []string{kept.Find("#later [name=reason]").AttrOr("value", ""), kept.Find("#later [name=at]").AttrOr("value", ""), kept.Find(".reason [form=act]").AttrOr("value", ""),
		kept.Find("[name=hostile][checked]").AttrOr("value", "")}; !slices.Equal(got, []string{"wait for the council", "2026-05-14T08:00", "", "yes"}) {
		t.Errorf("what was refused is kept as %q", got)
	}

	anna.putOff(ids[1], url.Values{"do": {"hour"}})
	page := anna.get("/")
	if got := page.text(".tabs [data-count=pending]") + page.text(".tabs [data-count=snoozed]"); got != "31" {
		t.Errorf("the tabs count %s", got)
	}
	if got := anna.get("/?tab=snoozed").text(".waits"); !strings.HasPrefix(got, "anna snoozed this until 14 May 2026, 10:00 UTC.") || !strings.Contains(got, "Bring back now") {
		t.Errorf("the snoozed comment says %q", got)
	}
	d.wait(time.Hour)
	page = anna.get("/?order=oldest")
	if got := page.text(".tabs [data-count=pending]"); got != "4" || page.Find(".tabs [data-count=snoozed]").Length() != 0 {
		t.Errorf("its time has come: %s need review", got)
	}
	if got := anna.get(fmt.Sprintf("/?id=%d", ids[1])).text(".history li"); !strings.HasPrefix(got, "clock brought back: its time has come") {
		t.Errorf("the history begins with %q", got)
	}
	anna.putOff(ids[2], url.Values{"do": {"week"}})
	anna.post("/later", anna.get("/?tab=snoozed").form(".waits form", url.Values{"do": {"recall"}}))
	if got := d.state(ids[2]); got.Status != moderation.Pending {
		t.Errorf("brought back, it is %s", got.Status)
	}
}

func TestHandOver(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna, ben, cleo := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator), d.signedIn("cleo", account.Editor)
	vera := d.signedIn("vera", account.Viewer)
	if options := anna.get("/").text("#later select option"); options != "anybody ben cleo" && options != "anybodybencleo" {
		t.Errorf("it can be handed to %q", options)
	}
	stale := cleo.get(fmt.Sprintf("/?id=%d", ids[0])).form("#later form", url.Values{"do": {"hand"}, "for": {"anna"}})
	got := anna.putOff(ids[0], url.Values{"do": {"hand"}, "for": {"ben"}, "reason": {"you know <this> author"}})
	if toast := got.text(".toast span"); toast != "Handed to ben." {
		t.Errorf("the toast says %q", toast)
	}
	if got := cleo.post("/later", stale); got.status != http.StatusConflict || !strings.HasPrefix(got.text("[role=alert]"), "Handed to ben by anna just now. Your choice was not saved: hand over to anna.") {
		t.Errorf("who came second: status %d, %q", got.status, got.text("[role=alert]"))
	}
	if page := ben.get("/"); page.text(".mine a:not([hidden])") != "for you 1" {
		t.Errorf("ben sees %q", page.text(".mine a:not([hidden])"))
	}
	mine := ben.get("/?tab=all&q=for:me")
	if got := mine.text(".waits"); got != "anna handed this to you. just now you know <this> author Hand back to anna Leave it to everybody" {
		t.Errorf("ben reads %q", got)
	}
	if got := cleo.get(fmt.Sprintf("/?id=%d", ids[0])).text(".waits"); got != "Handed to ben by anna. just now you know <this> author" {
		t.Errorf("cleo reads %q", got)
	}
	if got := vera.get(fmt.Sprintf("/?id=%d", ids[0])); got.Find(".waits button, #later, .mine").Length() != 0 || got.text(".waits") == "" {
		t.Errorf("a viewer sees %q", got.text(".waits"))
	}
	if got := cleo.get("/?view=list&order=oldest").text(".rows"); strings.Count(got, "handed to ben by anna") != 1 {
		t.Errorf("the list says %q", got)
	}
	for range 2 { // in her own queue it is passed over, wherever she starts
		if page := anna.get("/?order=oldest"); page.Find(fmt.Sprintf(`#act input[name=comment][value="%d"]`, ids[1])).Length() != 1 {
			t.Error("anna's queue does not pass over what she gave away")
		}
	}
	back := ben.post("/later", mine.form(".waits form", url.Values{"do": {"hand"}, "for": {"anna"}}))
	if back.status != http.StatusOK || anna.get("/").text(".mine a:not([hidden])") != "for you 1" || ben.get("/").text(".mine a:not([hidden])") != "" {
		t.Errorf("handed back: status %d, anna has %q", back.status, anna.get("/").text(".mine a:not([hidden])"))
	}
	anna.post("/act", anna.get("/?tab=all&q=for:me").form("#act", url.Values{"decision": {"approve"}}))
	if got := anna.get("/?tab=all&q=for:me"); d.state(ids[0]).Status != moderation.Approved || got.text(".empty h1") != "Nothing more waits here." || got.Find("#later").Length() != 0 {
		t.Errorf("decided: %+v, %q", d.state(ids[0]), got.text(".empty h1"))
	}
	if got := anna.get(fmt.Sprintf("/?id=%d", ids[0])); got.Find("#later").Length() != 0 {
		t.Error("a decided comment can be put off")
	}
	if err := d.accounts.Disable(d.Context(), "test", "ben", true); err != nil {
		t.Fatal(err)
	}
	if options := anna.get("/").text("#later select option"); strings.Contains(options, "ben") {
		t.Errorf("it can be handed to %q", options)
	}
}

func TestSecondOpinion(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	at := fmt.Sprintf("/?id=%d", ids[3])
	anna.post("/act", anna.get(at).form("#act", url.Values{"decision": {"reject"}, "reason": {"an insult, I think"}}))
	anna.post("/undo", anna.get(at).form("#undo", nil))
	anna.putOff(ids[3], url.Values{"do": {"ask"}, "hostile": {"yes"}, "reason": {"is this an insult?"}})
	if got := d.state(ids[3]); got.Waiting.AskedBy != "anna" || got.Labels["hostile"] != "yes" {
		t.Fatalf("the state is %+v", got)
	}
	own := anna.get(fmt.Sprintf("/?id=%d", ids[3]))
	if got := own.text(".waits"); !strings.HasPrefix(got, "You asked for a second opinion. Somebody else decides this.") || own.Find("#act button[disabled]").Length() != 3 {
		t.Errorf("anna reads %q", got)
	}
	if got := anna.post("/act", own.form("#act", url.Values{"decision": {"reject"}})); got.status != http.StatusForbidden || !strings.Contains(got.text("[role=alert]"), "somebody else decides this") ||
		d.state(ids[3]).Status != moderation.Pending {
		t.Errorf("the asker decides: status %d, %q", got.status, got.text("[role=alert]"))
	}
	bulk := anna.post("/bulk", url.Values{"decision": {"approve"}, "pick": {fmt.Sprintf("%d.4", ids[3])}, "confirm": {"b1"}})
	if d.state(ids[3]).Status != moderation.Pending || !strings.Contains(bulk.html, "somebody else decides this") {
		t.Errorf("the asker decides with others: status %d, %q", bulk.status, bulk.text("main"))
	}
	asked := ben.get(fmt.Sprintf("/bulk?decision=approve&pick=%d.4", ids[3]))
	if got := asked.text(".listed .about"); !strings.Contains(got, "anna asks for your opinion") && !strings.Contains(got, "anna asks for a second opinion") {
		t.Errorf("where ben decides several, it says %q", got)
	}
	if got := asked.Find(".listed .chip").Length(); got != 0 {
		t.Errorf("ben sees %d labels of the asker's", got)
	}
	bens := ben.get(fmt.Sprintf("/?id=%d", ids[3]))
	if got := bens.text(".waits"); got != "anna asks for a second opinion. The labels that anna gave stay hidden until somebody else has decided. just now is this an insult?" {
		t.Errorf("ben reads %q", got)
	}
	if got := bens.text(".history") + bens.text(".author"); strings.Contains(got, "hostile") || strings.Contains(got, "I think") || bens.Find(".chip.person").Length() != 0 {
		t.Errorf("ben sees anna's label, or what she undid: %q", got)
	}
	evidence := bens.Find(".history a").AttrOr("href", "")
	if got := ben.get(evidence).text(".then"); !strings.Contains(got, "anna") || strings.Contains(got, "hostile: yes") {
		t.Errorf("beside the evidence ben sees anna's label: %q", got)
	}
	if got := anna.get(evidence).text(".then"); !strings.Contains(got, "hostile: yes") {
		t.Errorf("beside the evidence anna does not see her own label: %q", got)
	}
	stale := bens.form("#act", url.Values{"decision": {"reject"}, "revision": {"1"}})
	if got := ben.post("/act", stale).text("[role=alert]"); !strings.Contains(got, "by anna") || strings.Contains(got, "hostile") {
		t.Errorf("who came second is told anna's label: %q", got)
	}
	if got := ben.get("/?view=list&q=opinion:wanted"); got.Find(".rows li").Length() != 1 || got.Find(".chip.person").Length() != 0 {
		t.Errorf("the list shows %q", got.text(".rows"))
	}
	ben.post("/act", bens.form("#act", url.Values{"decision": {"reject"}, "reason": {"insult"}}))
	if got := anna.get("/").text(".mine a:not([hidden])"); got != "answers 1" {
		t.Errorf("anna sees %q", got)
	}
	answers := anna.get("/answers")
	if got := answers.text(".answers"); !strings.HasPrefix(got, "ben rejected what you asked about: insult just now Nobody asked for this bridge.") {
		t.Errorf("the answers are %q", got)
	}
	if got := ben.get("/answers").Find(".answers li").Length(); got != 0 {
		t.Errorf("ben has %d answers", got)
	}
	if got := ben.get(fmt.Sprintf("/?id=%d", ids[3])).text(".history"); !strings.Contains(got, "hostile: yes") {
		t.Errorf("decided, ben sees %q", got)
	}
	seen := anna.post("/answers/seen", answers.form("form[action='/answers/seen']", nil))
	if seen.Find(".answers li").Length() != 0 || anna.get("/").text(".mine a:not([hidden])") != "" {
		t.Errorf("seen, anna has %q", seen.text(".answers"))
	}
}

// TestOpinionsWanted: a question to anybody reaches the others as a link with its count, and not the one who asked.
func TestOpinionsWanted(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	anna.putOff(ids[1], url.Values{"do": {"ask"}})
	if got := anna.get("/").text(".mine a:not([hidden])"); got != "" {
		t.Errorf("anna, who asked, is shown %q", got)
	}
	link := ben.get("/").Find(".mine a:not([hidden])")
	if got := strings.TrimSpace(link.Text()); got != "opinions wanted 1" {
		t.Errorf("ben is shown %q", got)
	}
	if got := ben.get(link.AttrOr("href", "")).text(".waits"); !strings.HasPrefix(got, "anna asks for a second opinion.") {
		t.Errorf("the link leads to %q", got)
	}
}

// TestLiveMine: what waits for somebody is told to that person's open pages alone.
func TestLiveMine(t *testing.T) {
	d, _ := newLiveDesk(t, time.Minute)
	ids := d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	query := fmt.Sprintf("comment=%d&revision=1", ids[0])
	bens, annas := ben.listen(query), anna.listen(query)
	for _, s := range []*stream{bens, annas} {
		if got := s.next("counts"); got["for-you"] != "0" || got["answers"] != "0" {
			t.Fatalf("counts %v", got)
		}
	}
	anna.putOff(ids[0], url.Values{"do": {"ask"}, "for": {"ben"}})
	if got := bens.next("counts"); got["for-you"] != "1" || got["opinions"] != "1" {
		t.Errorf("ben is told %v", got)
	}
	if got := bens.next("later"); got["what"] != "anna asks for a second opinion on this" {
		t.Errorf("ben is told %v", got)
	}
	ben.post("/act", ben.get(fmt.Sprintf("/?id=%d", ids[0])).form("#act", url.Values{"decision": {"approve"}}))
	if got := annas.next("counts"); got["for-you"] != "0" || got["answers"] != "1" || got["opinions"] != "0" {
		t.Errorf("anna is told %v", got)
	}
}
