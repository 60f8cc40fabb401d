package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// many is n comments, each with its number.
func many(n int) (texts []string) {
	for i := range n {
		texts = append(texts, fmt.Sprintf("Comment number %d says the old bridge will do.", i+1))
	}
	return texts
}

// TestList pages through the list with links alone, opens a comment of it and comes back to it.
func TestList(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(many(120)...)
	anna := d.signedIn("anna", account.Moderator)
	zen := anna.get("/?order=oldest")
	list := anna.get(zen.Find("a[data-key=v]").AttrOr("href", ""))
	if got := list.Find(".listed").Length(); got != 50 {
		t.Fatalf("%d rows, want 50", got)
	}
	if got := list.text(".listed:first-child .excerpt"); got != "Comment number 1 says the old bridge will do." {
		t.Errorf("the first row says %q", got)
	}
	if got := list.Find(".listed:first-child .chip").Length(); got != 3 {
		t.Errorf("%d chips", got)
	}
	seen := 50
	page := list
	for _, want := range []int{50, 20} {
		page = anna.get(page.Find("a[rel=next]").AttrOr("href", ""))
		if got := page.Find(".listed").Length(); got != want {
			t.Errorf("%d rows, want %d", got, want)
		}
		if got, want := page.text(".listed:first-child .excerpt"), fmt.Sprintf("Comment number %d says the old bridge will do.", seen+1); got != want {
			t.Errorf("the page begins with %q, want %q", got, want)
		}
		seen += want
	}
	if page.Find("a[rel=next]").Length() != 0 {
		t.Error("the last page has a next one")
	}
	middle := anna.get(page.Find("a[rel=prev]").AttrOr("href", ""))
	if got := middle.text(".listed:first-child .excerpt"); !strings.Contains(got, "number 51 ") {
		t.Errorf("before the last page stands %q", got)
	}

	// The third row opens; next, previous and the list go on from there.
	opened := anna.get(middle.Find(".listed a.excerpt").Eq(2).AttrOr("href", ""))
	if got := opened.text(".text"); !strings.Contains(got, "number 53 ") {
		t.Errorf("opened stands %q", got)
	}
	if got := anna.get(opened.Find("a[rel=next]").AttrOr("href", "")).text(".text"); !strings.Contains(got, "number 54 ") {
		t.Errorf("next stands %q", got)
	}
	if got := anna.get(opened.Find("a[rel=prev]").AttrOr("href", "")).text(".text"); !strings.Contains(got, "number 52 ") {
		t.Errorf("previous stands %q", got)
	}
	back := anna.get(opened.Find("a[data-key=v]").AttrOr("href", ""))
	if got := back.text(".listed:first-child .excerpt"); !strings.Contains(got, "number 53 ") {
		t.Errorf("back in the list, the first row says %q", got)
	}
	if got := back.Find("input[name=view]").AttrOr("value", ""); got != "list" {
		t.Errorf("a filter leaves the list: view %q", got)
	}
	if vic := d.signedIn("vic", account.Viewer); vic.get("/?view=list").Find("[type=checkbox], #bulk").Length() != 0 {
		t.Error("a viewer can select")
	}
}

// TestBulk selects, confirms and undoes with plain forms; what somebody else decided meanwhile is left and named.
func TestBulk(t *testing.T) {
	d := newDesk(t, nil)
	hostile := `<script>alert("1")</script> & the old bridge`
	ids := d.fill(append(many(5), hostile)...)
	anna := d.signedIn("anna", account.Moderator)
	list := anna.get("/?view=list&order=oldest")
	picks := []string{"1.1", "2.1", "3.1", "6.1"}
	form := list.form("#bulk", url.Values{"pick": picks, "decision": {"reject"}})
	asked := anna.post("/bulk", form)
	if got := asked.text("h1"); got != "Reject 4 comments?" || asked.Find(".listed").Length() != 4 {
		t.Fatalf("the page asks %q about %d", got, asked.Find(".listed").Length())
	}
	if got := asked.Find(".listed .excerpt").Eq(3).Text(); got != hostile || strings.Contains(asked.html, "<script>alert") {
		t.Errorf("the text stands as %q", got)
	}
	if counts, _ := d.service.Counts(t.Context()); counts[moderation.Pending] != 6 {
		t.Error("asking did something")
	}
	if _, err := d.service.Act(t.Context(), moderation.Action{ID: "x", CommentID: ids[1], Revision: 1, Actor: "ben", Decision: moderation.Approve}); err != nil {
		t.Fatal(err)
	}
	confirmed := asked.form("#bulk", url.Values{"reason_id": {"1"}, "reason": {"all alike"}})
	done := anna.post("/bulk", confirmed)
	if done.status != http.StatusOK || done.Find(".left li").Length() != 1 || !strings.Contains(done.text(".left li"), "Comment number 2 says") ||
		!strings.Contains(done.text(".left li"), "Approved by ben just now.") {
		t.Errorf("status %d, left: %q", done.status, done.text(".left"))
	}
	if got := done.text(".toast span"); got != "3 comments rejected." {
		t.Errorf("the toast says %q", got)
	}
	review, err := d.service.Review(t.Context(), ids[0], "")
	if err != nil || review.State.Status != moderation.Rejected || len(review.State.Labels) != 0 || review.History[0].Reason != "insult: all alike" {
		t.Errorf("comment 1: %+v, error %v", review.History, err)
	}
	if again := anna.post("/bulk", confirmed); again.Find(".left li").Length() == 0 { // sent twice is done once
		t.Errorf("sent twice: status %d", again.status)
	}
	undone := anna.post("/undo", done.form("#undo", nil))
	if got := undone.text(".toast span"); !strings.HasPrefix(got, "Undone for 3 comments.") || undone.Find(".listed").Length() != 5 {
		t.Errorf("the undo says %q, %d rows", got, undone.Find(".listed").Length())
	}

	// A refusal keeps what was chosen, as it was written.
	refused := anna.post("/bulk", list.form("#bulk", url.Values{"pick": {"4.1", "5.1"}, "decision": {"reject"}, "confirm": {"b2"}, "reason_id": {"1"}, "implied": {"1 hostile:yes"},
		"reason": {strings.Repeat("x", moderation.MaxReason)}, "spam": {"no"}}))
	if refused.status != http.StatusBadRequest || refused.Find("[name=reason]").AttrOr("value", "") != strings.Repeat("x", moderation.MaxReason) {
		t.Errorf("refused: status %d, reason %q", refused.status, refused.Find("[name=reason]").AttrOr("value", ""))
	}
	if got := refused.Find("[name=reason_id][checked]").AttrOr("value", "") + " " + refused.Find("[name=implied][checked]").AttrOr("value", "") + " " + refused.Find("[name=spam] [selected]").AttrOr("value", ""); got != "1 1 hostile:yes no" || refused.Find("details[open]").Length() != 1 {
		t.Errorf("refused, the form has %q chosen", got)
	}

	// An axis set in the form labels every one of them.
	asked = anna.post("/bulk", list.form("#bulk", url.Values{"pick": {"4.1", "5.1"}, "decision": {"approve"}}))
	anna.post("/bulk", asked.form("#bulk", url.Values{"spam": {"no"}}))
	for _, id := range []int64{4, 5} {
		stored, err := d.service.Comment(t.Context(), id)
		if err != nil || stored.State.Status != moderation.Approved || len(stored.State.Labels) != 1 || stored.State.Labels[classifier.Spam] != classifier.No {
			t.Errorf("comment %d: %+v, error %v", id, stored.State, err)
		}
	}
}

// TestBulkAddress: the page that asks has an address, which chooses nothing that its reader did not, and the way back keeps what was selected.
func TestBulkAddress(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(many(5)...)
	anna := d.signedIn("anna", account.Moderator)
	list := anna.get("/?view=list&order=oldest")
	if got := list.Find("#bulk").AttrOr("method", ""); got != "get" {
		t.Errorf("the list asks by %s", got)
	}
	form := list.form("#bulk", url.Values{"pick": {"2.1", "4.1"}, "decision": {"reject"}})
	asked := anna.get("/bulk?" + form.Encode() + "&spam=no&reason=x&reason_id=1&implied=1+hostile:yes&confirm=b")
	if asked.status != http.StatusOK || asked.Find(".listed").Length() != 2 || asked.Find("details[open]").Length() != 0 ||
		asked.Find("[name=reason]").AttrOr("value", "") != "" || asked.Find("[name=reason_id][checked]").Length() != 0 || asked.Find("[name=reason_id][required]").Length() != 1 || asked.Find("[name=implied][checked]").Length() != 0 {
		t.Errorf("status %d, chosen by the address: %s", asked.status, asked.text("#bulk"))
	}
	if got := anna.post("/bulk", form); got.url.RawQuery == "" || got.url.Path != "/bulk" || got.text("h1") != "Reject 2 comments?" {
		t.Errorf("sent as a form, the question stands at %s", got.url)
	}
	if _, err := d.service.Act(t.Context(), moderation.Action{ID: "x", CommentID: 4, Revision: 1, Actor: "ben", Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}}); err != nil {
		t.Fatal(err)
	}
	back := anna.get(asked.Find("a[data-key=Escape]").AttrOr("href", ""))
	if got := back.Find("[data-box][checked]"); got.Length() != 1 || got.AttrOr("value", "") != "2.1" || back.url.Query().Get("order") != "oldest" {
		t.Errorf("back at %s, %d are ticked", back.url, got.Length())
	}
	if d.status(2) != moderation.Pending {
		t.Error("asking did something")
	}
	if got := anna.get("/bulk?decision=reject&place=view%3Dlist"); got.status != http.StatusBadRequest || !strings.Contains(got.text(".notice"), "Nothing is selected.") {
		t.Errorf("nothing selected: status %d", got.status)
	}
	many := url.Values{"decision": {"reject"}}
	for i := range 200 {
		many.Add("pick", fmt.Sprintf("%d.1", 10_000_000+i))
	}
	if got := len(many.Encode()); got > 4000 {
		t.Errorf("an address of %d bytes", got)
	}
}

// TestBulkOfLongTexts: what two hundred long texts could be is bounded, and what is cut says so.
func TestBulkOfLongTexts(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(strings.Repeat("Build the bridge.\n", 10_000), "Short.")
	anna := d.signedIn("anna", account.Moderator)
	asked := anna.post("/bulk", url.Values{"pick": {"1.1", "2.1"}, "decision": {"reject"}})
	if got := asked.Find(".listed .excerpt").First().Text(); len(asked.html) > 30_000 || !strings.HasPrefix(got, "Build the bridge.\nBuild") || !strings.HasSuffix(got, "…") {
		t.Errorf("%d bytes", len(asked.html))
	}
}

func TestBulkRefuses(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	if got := anna.post("/bulk", url.Values{"decision": {"approve"}}); got.status != http.StatusBadRequest || !strings.Contains(got.text(".notice"), "Nothing is selected.") {
		t.Errorf("nothing selected: status %d, %q", got.status, got.text(".notice"))
	}
	tooMany := make([]string, 201)
	for i := range tooMany {
		tooMany[i] = fmt.Sprintf("%d.1", i+1)
	}
	for name, form := range map[string]url.Values{
		"too many":        {"pick": tooMany, "decision": {"approve"}},
		"no decision":     {"pick": {"1.1"}},
		"labels alone":    {"pick": {"1.1"}, "decision": {"label"}, "spam": {"no"}},
		"no revision":     {"pick": {"1"}, "decision": {"approve"}},
		"no number":       {"pick": {"x.1"}, "decision": {"approve"}},
		"no such answer":  {"pick": {"1.1"}, "decision": {"approve"}, "confirm": {"b"}, "spam": {"maybe"}},
		"a broken id":     {"pick": {"1.1"}, "decision": {"approve"}, "confirm": {"a.b"}},
		"one twice":       {"pick": {"1.1", "1.1"}, "decision": {"approve"}, "confirm": {"b"}},
		"a reason of old": {"pick": {"1.1"}, "decision": {"reject"}, "confirm": {"b"}, "reason_id": {"99"}},
	} {
		if got := anna.post("/bulk", form); got.status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	if got := anna.post("/undo", url.Values{"bulk": {"never"}}); got.status != http.StatusNotFound {
		t.Errorf("undo of nothing: status %d", got.status)
	}
	if counts, _ := d.service.Counts(t.Context()); counts[moderation.Pending] != 4 {
		t.Errorf("counts %v", counts)
	}
}
