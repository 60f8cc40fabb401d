package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestQueueWithoutScripts goes through the queue with plain forms and links alone.
func TestQueueWithoutScripts(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)

	first := anna.get("/?order=oldest")
	if got := first.text(".text"); got != comments[0] {
		t.Fatalf("the first comment is %q", got)
	}
	if got := first.text(".tabs [aria-current]"); got != "needs review 4" {
		t.Errorf("the tab says %q", got)
	}
	second := anna.post("/act", first.form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}, "stance": {moderation.CantTell}, "reason": {"insult"}}))
	if got := second.text(".text"); got != comments[1] {
		t.Fatalf("after the action stands %q", got)
	}
	if got := second.text(".toast span"); got != "Rejected; stance: can’t tell, hostile: yes (insult)." {
		t.Errorf("the toast says %q", got)
	}
	stored, err := d.service.Comment(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	labels := stored.State.Labels
	if stored.State.Status != moderation.Rejected || labels[classifier.Hostile] != classifier.Yes || labels[classifier.Stance] != moderation.CantTell || len(labels) != 2 {
		t.Errorf("stored: %+v", stored.State)
	}

	// The next comment is approved: that labels nothing.
	third := anna.post("/act", second.form("#act", url.Values{"decision": {"approve"}}))
	stored, _ = d.service.Comment(t.Context(), ids[1])
	if stored.State.Status != moderation.Approved || len(stored.State.Labels) != 0 {
		t.Errorf("stored: %+v", stored.State)
	}

	// Undo brings it back, and what follows it is what followed before.
	again := anna.post("/undo", third.form("#undo", nil))
	if got := again.text(".text"); got != comments[1] {
		t.Fatalf("after undo stands %q", got)
	}
	stored, _ = d.service.Comment(t.Context(), ids[1])
	if stored.State.Status != moderation.Pending {
		t.Errorf("after undo: %+v", stored.State)
	}
	next, _ := again.Find("a[rel=next]").Attr("href")
	if got := anna.get(next).text(".text"); got != comments[2] {
		t.Errorf("next stands %q", got)
	}
	previous, _ := anna.get(next).Find("a[rel=prev]").Attr("href")
	if got := anna.get(previous).text(".text"); got != comments[1] {
		t.Errorf("previous stands %q", got)
	}

	// History names who, what and why.
	history := anna.get("/?tab=rejected").text(".history")
	if !strings.Contains(history, "anna rejected; stance: can’t tell, hostile: yes: insult") {
		t.Errorf("history: %q", history)
	}
}

func TestQueueEnds(t *testing.T) {
	d := newDesk(t, nil)
	anna := d.signedIn("anna", account.Moderator)
	if got := anna.get("/").text(".empty h1"); got != "Nothing needs review." {
		t.Errorf("an empty queue says %q", got)
	}
	d.fill(comments[:2]...)
	last := anna.get("/?order=oldest")
	for range 2 {
		next, ok := last.Find("a[rel=next]").Attr("href")
		if !ok {
			t.Fatal("no next link")
		}
		last = anna.get(next)
	}
	if got := last.text(".empty h1"); got != "This is the end of the queue." {
		t.Errorf("behind the last comment stands %q", got)
	}
	previous, _ := last.Find("a[rel=prev]").Attr("href")
	if got := anna.get(previous).text(".text"); got != comments[1] {
		t.Errorf("before the end stands %q", got)
	}
	top, _ := last.Find(".empty a").Attr("href")
	if got := anna.get(top).text(".text"); got != comments[0] {
		t.Errorf("at the top stands %q", got)
	}
	// Another order than the one the cursor was made for starts at the top.
	moved := strings.Replace(last.url.RawQuery, "order=oldest", "order=newest", 1)
	moved = strings.Replace(moved, "after=end", "after=MC4xLjAwMDAwMDAw", 1)
	if got := anna.get("/?" + moved).text(".text"); got != comments[1] {
		t.Errorf("with a foreign cursor stands %q", got)
	}
	for name, title := range map[string]string{"escalated": "Nothing is escalated.", "approved": "Nothing is approved yet.", "rejected": "Nothing is rejected yet."} {
		if got := anna.get("/?tab=" + name).text(".empty h1"); got != title {
			t.Errorf("tab %s says %q", name, got)
		}
	}
}

func TestFilter(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Viewer)
	if got := anna.get("/?q=watches").text(".text"); got != comments[2] {
		t.Errorf("a word finds %q", got)
	}
	bad := anna.get("/?q=" + url.QueryEscape("hostile:maybe"))
	if bad.status != http.StatusBadRequest || !strings.Contains(bad.text("#hint"), `No answer "maybe" on hostile`) {
		t.Errorf("a bad filter: status %d, hint %q", bad.status, bad.text("#hint"))
	}
	for _, example := range bad.Find("main code").Map(func(_ int, code *goquery.Selection) string { return code.Text() }) {
		if _, err := moderation.ParseFilter(example); err != nil {
			t.Errorf("the page suggests %q: %v", example, err)
		}
	}
	if got, _ := bad.Find("input[name=q]").Attr("value"); got != "hostile:maybe" {
		t.Errorf("the filter box holds %q", got)
	}
	for query, want := range map[string]string{
		"hostile zeppelin":  "Try another tab, or fewer words. “hostile” is looked for in the texts; the answer is found by hostile:yes.",
		"before:1999-01-01": "Try another tab, or fewer words. after: and before: go by when a comment arrived here, not by when it was written.",
		"zeppelin spam:no":  "Try another tab, or fewer words.",
	} {
		if got := anna.get("/?q=" + url.QueryEscape(query)).text(".empty p"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := anna.get("/?q=zeppelin").text(".empty h1"); got != "Nothing here fits the filter." {
		t.Errorf("nothing found says %q", got)
	}
}

// TestConflict has two moderators on one comment: the second is told who did what, and nothing of the second's is saved.
func TestConflict(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	hers, his := anna.get("/"), ben.get("/")
	if got := his.text(".comment > .notice"); !strings.Contains(got, "anna is on this.") {
		t.Errorf("the lease says %q", got)
	}
	anna.post("/act", hers.form("#act", url.Values{"decision": {"reject"}, "hostile": {"yes"}, "stance": {"favor"}}))
	late := ben.post("/act", his.form("#act", url.Values{"decision": {"approve"}, "hostile": {"no"}, "reason": {"not at all"}}))
	if late.status != http.StatusConflict {
		t.Errorf("status %d", late.status)
	}
	if got := late.text(".notice.alarm"); got != "Rejected by anna just now, labelled stance: favor, hostile: yes. Your choice was not saved: approve; hostile: no." {
		t.Errorf("the conflict says %q", got)
	}
	if got := late.text(".comment .status"); got != "rejected" {
		t.Errorf("the page shows the comment as %q", got)
	}
	if got := late.form("#act", nil); got.Get("hostile") != "no" || got.Get("stance") != "" || got.Get("reason") != "not at all" {
		t.Errorf("what he had marked and written is lost: %v", got)
	}
	stored, _ := d.service.Comment(t.Context(), ids[0])
	if stored.State.Status != moderation.Rejected || stored.State.Labels[classifier.Hostile] != classifier.Yes {
		t.Errorf("stored: %+v", stored.State)
	}
	undo := anna.get("/").form("#undo", nil)
	// The page that told him holds the new revision: he can still decide.
	ben.post("/act", late.form("#act", url.Values{"decision": {"approve"}}))
	if stored, _ = d.service.Comment(t.Context(), ids[0]); stored.State.Status != moderation.Approved {
		t.Errorf("stored: %+v", stored.State)
	}
	// Her undo is refused now, and not offered any more: he acted after her.
	if anna.get("/").Find("#undo").Length() > 0 {
		t.Error("undo is offered although somebody acted after it")
	}
	refused := anna.post("/undo", undo)
	if refused.status != http.StatusConflict || !strings.Contains(refused.text(".notice.alarm"), "Approved by ben") {
		t.Errorf("undo: status %d, %q", refused.status, refused.text(".notice.alarm"))
	}
}

// TestUndoStepByStep takes back one act after the other, the newest first; a decided comment that is looked up offers the act on it.
func TestUndoStepByStep(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	decisions := []string{"approve", "reject", "escalate"}
	for i, decision := range decisions {
		anna.post("/act", anna.get(fmt.Sprintf("/?id=%d", ids[i])).form("#act", url.Values{"decision": {decision}}))
	}
	if form := anna.get("/").form("#undo", nil); form.Get("action") == "" { // says what was done last
		t.Errorf("undo offers %v", form)
	}
	for _, address := range []string{"/?tab=all&q=id:%d", "/?q=id:%d", "/?tab=rejected&id=%d", "/?tab=rejected&q=id:%d"} {
		page := anna.get(fmt.Sprintf(address, ids[1]))
		if got := page.Find("#undo button").AttrOr("title", ""); got != "rejected" || page.Find("#undo[data-here]").Length() != 1 {
			t.Errorf("%s: undo offers %q", address, got)
		}
	}
	undo := anna.get(fmt.Sprintf("/?id=%d", ids[1])).form("#undo", nil)
	if got := anna.post("/undo", undo).text(".toast span"); got != "Undone, and counts no more: Rejected." {
		t.Errorf("looked up and undone, the toast says %q", got)
	}
	page := anna.get("/")
	for _, want := range []string{"Escalated.", "Approved."} {
		if page = anna.post("/undo", page.form("#undo", nil)); page.text(".toast span") != "Undone, and counts no more: "+want {
			t.Errorf("the toast says %q, want %s", page.text(".toast span"), want)
		}
	}
	if page.Find("#undo").Length() > 0 {
		t.Error("undo is offered although nothing stands")
	}
	if counts, err := d.service.Counts(t.Context()); err != nil || counts[moderation.Pending] != len(ids) {
		t.Errorf("%d of %d wait, error %v", counts[moderation.Pending], len(ids), err)
	}
	bulk := url.Values{"decision": {"approve"}, "confirm": {"many"}, "pick": {fmt.Sprintf("%d.3", ids[0]), fmt.Sprintf("%d.3", ids[1])}}
	anna.post("/bulk", bulk)
	anna.post("/act", anna.get(fmt.Sprintf("/?id=%d", ids[2])).form("#act", url.Values{"decision": {"approve"}}))
	anna.post("/undo", anna.get("/").form("#undo", nil))
	if form := anna.get("/").form("#undo", nil); form.Get("bulk") != "many" {
		t.Errorf("before it came a bulk; undo offers %v", form)
	}
	if form := anna.get(fmt.Sprintf("/?id=%d", ids[0])).form("#undo", nil); form.Get("action") != fmt.Sprintf("many.%d", ids[0]) {
		t.Errorf("looked up, one of a bulk is undone by itself; undo offers %v", form)
	}
}

func TestSameActionTwice(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	form := anna.get("/?order=oldest").form("#act", url.Values{"decision": {"approve"}})
	anna.post("/act", form)
	if again := anna.post("/act", form); again.status != http.StatusOK {
		t.Errorf("the same form again: status %d", again.status)
	}
	history, err := d.store.History(t.Context(), ids[0])
	if err != nil || len(history) != 1 {
		t.Errorf("%d entries, error %v", len(history), err)
	}
}

func TestNothingChosen(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments[0])
	anna := d.signedIn("anna", account.Moderator)
	answer := anna.post("/act", anna.get("/").form("#act", url.Values{"decision": {"label"}}))
	if answer.status != http.StatusBadRequest || !strings.Contains(answer.text(".notice.alarm"), "Nothing to do") {
		t.Errorf("status %d, notice %q", answer.status, answer.text(".notice.alarm"))
	}
}

func TestUndoOfOthers(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna, ben, eva := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator), d.signedIn("eva", account.Editor)
	form := anna.get("/").form("#act", url.Values{"decision": {"approve"}})
	anna.post("/act", form)
	path := "/?id=" + strconv.FormatInt(ids[0], 10)
	if ben.get(path).Find(".history form").Length() != 0 {
		t.Error("a moderator is offered to undo what another did")
	}
	if answer := ben.post("/undo", url.Values{"action": {form.Get("action")}}); answer.status != http.StatusForbidden {
		t.Errorf("a moderator undoes what another did: status %d", answer.status)
	}
	if answer := eva.post("/undo", eva.get(path).form(".history form", nil)); answer.status != http.StatusOK {
		t.Errorf("an editor's undo: status %d", answer.status)
	}
	if stored, _ := d.service.Comment(t.Context(), ids[0]); stored.State.Status != moderation.Pending {
		t.Errorf("stored: %+v", stored.State)
	}
}

// TestEvidence checks that the words of the text stand unbroken, that some are marked, and that the marks follow the axis asked for.
func TestEvidence(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments[0])
	anna := d.signedIn("anna", account.Viewer)
	for _, shade := range []string{"hostile", "spam", "favor", "against", "none"} {
		shown := anna.get("/?axis=" + shade)
		if got := shown.Find(".text").Text(); got != comments[0] {
			t.Errorf("%s: the text reads %q", shade, got)
		}
		if got := shown.text(".why summary strong"); got != shade {
			t.Errorf("the arithmetic is for %q, want %s", got, shade)
		}
	}
	hostile := anna.get("/?axis=hostile")
	if hostile.Find(".text .counts.hostile[title]").Length() == 0 {
		t.Error("no word is marked")
	}
	if hostile.Find(".evidence tfoot tr").Length() != 1 || hostile.Find(".evidence tbody tr").Length() < 2 {
		t.Error("the table lacks rows or their sum")
	}
	if got := hostile.Find(".axis").Length(); got != 3 {
		t.Errorf("%d axes", got)
	}
}

func TestTopicIsAssigned(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments[1])
	eva := d.signedIn("eva", account.Editor)
	eva.post("/topics", url.Values{"name": {"bridge"}, "claim": {"The bridge should be rebuilt"}})
	if got := eva.get("/topics").text("tbody"); got != "bridgeThe bridge should be rebuilt0" {
		t.Errorf("topics: %q", got)
	}
	if again := eva.post("/topics", url.Values{"name": {"bridge"}, "claim": {"Another claim"}}); again.status != http.StatusConflict || again.Find(".notice.alarm").Length() != 1 {
		t.Errorf("the same name again: status %d", again.status)
	}
	open := eva.get("/")
	eva.post("/articles/topic", open.form("form[action='/articles/topic']", url.Values{"topic": {"bridge"}, "side": {"against"}}))
	if got := eva.get("/").text(".facts"); !strings.Contains(got, "The bridge should be rebuilt") || !strings.Contains(got, "against") {
		t.Errorf("the article says %q", got)
	}
}

// TestLeaseIsRenewed keeps a comment on one screen past the time of a lease.
func TestLeaseIsRenewed(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna, ben, vic := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator), d.signedIn("vic", account.Viewer)
	vic.get("/")
	ben.do(ben.request(http.MethodHead, "/", nil))
	renewed := url.Values{"comment": {anna.get("/").form("#act", nil).Get("comment")}}
	if stored, err := d.service.Comment(t.Context(), ids[0]); err != nil || stored.Lease == nil || stored.Lease.User != "anna" {
		t.Fatalf("after a viewer and a head the lease is %+v, error %v", stored.Lease, err)
	}
	d.wait(90 * time.Second)
	if got := anna.post("/lease", renewed); got.status != http.StatusNoContent {
		t.Fatalf("status %d", got.status)
	}
	d.wait(90 * time.Second)
	if got := ben.get("/").text(".comment > .notice"); !strings.Contains(got, "anna is on this.") {
		t.Errorf("three minutes on the lease says %q", got)
	}
	asked := ben.request(http.MethodPost, "/lease", renewed)
	asked.Header.Set("Accept", "application/json")
	if got := ben.do(asked); got.status != http.StatusOK || strings.TrimSpace(got.html) != `{"user":"anna","mine":false,"seconds":30}` {
		t.Errorf("a script is told: status %d, %s", got.status, got.html)
	}
	d.wait(moderation.LeaseTime)
	if ben.get("/").Find(".comment > .notice").Length() != 0 {
		t.Error("the lease does not lapse")
	}
	if got := vic.post("/lease", renewed).status; got != http.StatusForbidden {
		t.Errorf("a viewer: status %d", got)
	}
	for _, id := range []string{"", "x", "999999"} {
		if got := anna.post("/lease", url.Values{"comment": {id}}).status; got != http.StatusBadRequest && got != http.StatusNotFound {
			t.Errorf("comment %q: status %d", id, got)
		}
	}
	if stored, _ := d.service.Comment(t.Context(), ids[0]); stored.State.Revision != 1 {
		t.Errorf("a lease made revision %d", stored.State.Revision)
	}
}

// TestSignedOutMeanwhile sends a decision after the session has ended.
func TestSignedOutMeanwhile(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[0])
	anna := d.signedIn("anna", account.Moderator)
	form := anna.get("/").form("#act", url.Values{"decision": {"approve"}})
	anna.post("/sign-out", nil)
	late := anna.post("/act", form)
	if late.url.Path != "/sign-in" || late.text(".alarm") != "You were signed out. What you just sent was not saved." {
		t.Errorf("on %s: %q", late.url, late.text(".alarm"))
	}
	if stored, _ := d.service.Comment(t.Context(), ids[0]); stored.State.Status != moderation.Pending {
		t.Errorf("stored: %+v", stored.State)
	}
}

// TestFiltersOfAllKinds types what a search could trip over: each is answered or refused in words, and none gets into the log.
func TestFiltersOfAllKinds(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	for _, query := range []string{
		`"`, `'`, `""`, `"unclosed`, `a" OR "b`, `*`, `waste*`, `NEAR(a b)`, `AND OR NOT`, `text:bridge`, `^a`, `a - b`, `-`, `(`, `%`, `\`, "\x00", "\xff",
		`hostile:`, `:yes`, `p(hostile)>`, `p(hostile)>NaN`, `p(hostile)>1e999`, `p(x)>0.5`, `status:pending status:approved`, `topic:"`, `id:99999999999999999999`,
		strings.Repeat("word ", 190), strings.Repeat("ß", 490), `<script>`, `😀`,
	} {
		if got := anna.get("/?q=" + url.QueryEscape(query)); got.status != http.StatusOK && got.status != http.StatusBadRequest {
			t.Errorf("%.40q: status %d", query, got.status)
		}
	}
	if log := d.log.String(); strings.Contains(log, `"level":"ERROR"`) || strings.Contains(log, "NEAR") || strings.Contains(log, "waste") {
		t.Errorf("the log holds:\n%s", log)
	}
}
