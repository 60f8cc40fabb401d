package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestRejectWithReason rejects with plain forms: the label that a reason implies is given where its box is left ticked.
func TestRejectWithReason(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	first := anna.get("/?order=oldest")
	insult := first.Find("input[name=reason_id]").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Parent().Text(), "insult") }).AttrOr("value", "")
	box := insult + " hostile:yes"
	if first.Find(`input[name=implied][value="`+box+`"]`).Length() != 1 {
		t.Fatalf("no box for what reason %q implies: %s", insult, first.text("#reject"))
	}
	for i, test := range []struct {
		name    string
		changes url.Values
		labels  map[classifier.Axis]string
		reason  string
	}{
		{"ticked", url.Values{"reason_id": {insult}, "reason": {"twice today"}}, map[classifier.Axis]string{classifier.Hostile: classifier.Yes}, "insult: twice today"},
		{"not ticked", url.Values{"reason_id": {insult}, "implied": {}}, nil, "insult"},
		{"a mark stands over it", url.Values{"reason_id": {insult}, "hostile": {"no"}}, map[classifier.Axis]string{classifier.Hostile: classifier.No}, "insult"},
		{"no reason", url.Values{"reason_id": {""}}, nil, ""},
	} {
		page := anna.get("/?order=oldest")
		form := page.form("#act", test.changes)
		form.Set("decision", "reject")
		if got := anna.post("/act", form); got.status != http.StatusOK {
			t.Fatalf("%s: status %d", test.name, got.status)
		}
		stored, err := d.service.Review(t.Context(), int64(i+1), "")
		if err != nil {
			t.Fatal(err)
		}
		if got := stored.State.Labels; len(got) != len(test.labels) || got[classifier.Hostile] != test.labels[classifier.Hostile] || stored.State.Status != moderation.Rejected {
			t.Errorf("%s: %s, labels %v", test.name, stored.State.Status, got)
		}
		if got := stored.History[0].Reason; got != test.reason {
			t.Errorf("%s: the reason is %q", test.name, got)
		}
	}
}

// TestNoReasonByItself: the page names the reason that was given last and chooses none, so that without scripts Reject takes none along; the last one
// is known after a new sign-in too.
func TestNoReasonByItself(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	anna.post("/act", anna.get("/?order=oldest").form("#act", url.Values{"decision": {"reject"}, "reason_id": {"1"}, "reason": {"twice"}}))
	named := func(page *page) string {
		t.Helper()
		if got := page.Find("#reject [type=radio][checked]"); got.Length() != 1 || got.AttrOr("value", "") != "" {
			t.Errorf("%d reasons are chosen, the first is %q", got.Length(), got.AttrOr("value", ""))
		}
		return page.Find("#reject label:has([data-last]) input").AttrOr("value", "")
	}
	next := anna.get("/?order=oldest")
	if got := named(next); got != "1" {
		t.Errorf("the last reason is %q", got)
	}
	anna.post("/act", next.form("#act", url.Values{"decision": {"reject"}}))
	second, err := d.service.Review(t.Context(), 2, "")
	if err != nil || second.State.Status != moderation.Rejected || second.History[0].Reason != "" || len(second.State.Labels) != 0 {
		t.Errorf("rejected as the page was served: %+v, error %v", second.History, err)
	}
	anna.post("/undo", anna.get("/").form("#undo", nil))
	anna.post("/act", anna.get("/?order=oldest").form("#act", url.Values{"decision": {"reject"}, "reason_id": {"2"}, "implied": {}}))
	anna.post("/sign-out", nil)
	anna.post("/sign-in", url.Values{"name": {"anna"}, "password": {password}})
	if got := named(anna.get("/?order=oldest")); got != "2" {
		t.Errorf("after a new sign-in the last reason is %q", got)
	}
}

// TestRefusedWithReason: a rejection that is refused comes back as it was sent, the box of a label that was not ticked as well.
func TestRefusedWithReason(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	boxes := func(implied ...string) string {
		t.Helper()
		page := anna.post("/act", anna.get("/?order=oldest").form("#act", url.Values{"decision": {"reject"}, "reason_id": {"1"}, "implied": implied,
			"reason": {strings.Repeat("x", 2*moderation.MaxReason)}}))
		if page.status != http.StatusBadRequest || page.Find("[name=reason_id][checked]").AttrOr("value", "") != "1" {
			t.Fatalf("status %d, %q", page.status, page.text("main .notice"))
		}
		ticked := page.Find("[name=implied][checked]").Map(func(_ int, box *goquery.Selection) string { return box.AttrOr("value", "") })
		return strings.Join(ticked, ", ")
	}
	if got := boxes(); strings.Contains(got, "1 hostile:yes") || got == "" {
		t.Errorf("not ticked, the boxes of %q come back ticked", got)
	}
	if got := boxes("1 hostile:yes"); !strings.Contains(got, "1 hostile:yes") {
		t.Errorf("ticked, the boxes of %q come back ticked", got)
	}
}

// TestSameReasonsForMany: what is selected in the list and what is alike are rejected for the same reasons as one comment is. No label goes along
// that was not ticked there, and one that was labels all of them.
func TestSameReasonsForMany(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(many(3)...)
	d.flood(3, "Buy cheap watches")
	anna := d.signedIn("anna", account.Moderator)
	one := anna.get("/?order=oldest")
	bulk := anna.get("/bulk?decision=reject&pick=1.1&pick=2.1")
	group := anna.get("/alike/4")
	names := func(page *page) string {
		return page.text("[data-picks] kbd, [data-picks] bdi, [data-picks] .implied strong")
	}
	if all := names(one); all == "" || names(bulk) != all || names(group) != all {
		t.Errorf("one is asked %q, many %q, near-duplicates %q", all, names(bulk), names(group))
	}
	for name, page := range map[string]*page{"many": bulk, "near-duplicates": group} {
		if chosen, must := page.Find("[data-picks] [checked]").Length(), page.Find("[data-picks] [required]").Length(); chosen != 0 || must != 1 {
			t.Errorf("%s: %d are ticked as served, %d have to be", name, chosen, must)
		}
	}
	for i, test := range []struct {
		path, form string
		from       *page
		ids        []int64
		members    url.Values
	}{{"/bulk", "#bulk", bulk, []int64{1, 2}, nil}, {"/alike/4", "#group", group, []int64{4, 5, 6}, url.Values{"member": {"4.1", "5.1", "6.1"}}}} {
		changes := url.Values{"decision": {"reject"}, "reason_id": {"1"}, "reason": {"flood"}, "implied": {"1 hostile:yes", "2 spam:yes"}}
		maps.Copy(changes, test.members)
		if got := anna.post(test.path, test.from.form(test.form, changes)); got.status != http.StatusOK {
			t.Fatalf("%s: status %d: %s", test.path, got.status, got.text(".notice"))
		}
		for _, id := range test.ids {
			review, err := d.service.Review(t.Context(), id, "")
			if err != nil || review.State.Status != moderation.Rejected || review.History[0].Reason != "insult: flood" || len(review.State.Labels) != 1 || review.State.Labels[classifier.Hostile] != classifier.Yes {
				t.Errorf("%d: comment %d: %+v, labels %v, error %v", i, id, review.History, review.State.Labels, err)
			}
		}
	}
	if got := anna.post("/bulk", url.Values{"decision": {"reject"}, "pick": {"3.1"}, "confirm": {"x"}, "reason_id": {"1"}, "implied": {"1 hostile:no"}}); got.status != http.StatusBadRequest || d.status(3) != moderation.Pending {
		t.Errorf("a label that the reason does not imply: status %d", got.status)
	}
}

// TestReasonOfTheTime refuses a label that the reason no longer implies, a reason that is retired, and one that never was.
func TestReasonOfTheTime(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	reasons, err := d.service.Reasons(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	page := anna.get("/?order=oldest")
	for name, form := range map[string]url.Values{
		"another label": {"reason_id": {"1"}, "implied": {"1 hostile:no"}}, "unknown": {"reason_id": {"999"}}, "no number": {"reason_id": {"x"}},
	} {
		form = page.form("#act", form)
		form.Set("decision", "reject")
		if got := anna.post("/act", form); got.status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	retired := reasons[0]
	retired.Retired = true
	if err := d.service.ChangeReason(t.Context(), retired, "eva"); err != nil {
		t.Fatal(err)
	}
	form := page.form("#act", url.Values{"decision": {"reject"}, "reason_id": {"1"}})
	if got := anna.post("/act", form); got.status != http.StatusBadRequest || !strings.Contains(got.text(".notice.alarm"), "no longer offered") {
		t.Errorf("a retired reason: status %d, %q", got.status, got.text(".notice.alarm"))
	}
	form.Set("decision", "approve") // a reason of the list goes with a rejection alone
	if got := anna.post("/act", form); got.status != http.StatusOK {
		t.Errorf("approve: status %d", got.status)
	}
}

// TestReasonsPage adds, renames, moves and retires reasons with plain forms.
func TestReasonsPage(t *testing.T) {
	d := newDesk(t, nil)
	eva := d.signedIn("eva", account.Editor)
	names := func() (names []string) {
		reasons, err := d.service.Reasons(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reasons {
			names = append(names, r.Name)
		}
		return names
	}
	hostile := `<b>"rude" & worse`
	if got := eva.post("/reasons", url.Values{"name": {"  " + hostile + " "}, "implies": {"hostile:yes"}}); !strings.Contains(got.text(".notice"), "added") || strings.Contains(got.html, "<b>") {
		t.Errorf("added: %q", got.text(".notice"))
	}
	all := names()
	if all[len(all)-1] != hostile {
		t.Fatalf("reasons: %q", all)
	}
	if got := eva.post("/reasons", url.Values{"name": {"INSULT"}}); got.status != http.StatusConflict || got.Find("form.stack input[name=name]").AttrOr("value", "") != "INSULT" {
		t.Errorf("a name that is taken: status %d", got.status)
	}
	for _, bad := range []url.Values{{"name": {""}}, {"name": {strings.Repeat("x", 61)}}, {"name": {"x"}, "implies": {"hostile:maybe"}}, {"name": {"x"}, "implies": {"nothing"}}} {
		if got := eva.post("/reasons", bad); got.status != http.StatusBadRequest {
			t.Errorf("%v: status %d", bad, got.status)
		}
	}
	eva.post("/reasons/move", url.Values{"id": {"1"}, "to": {"down"}})
	eva.post("/reasons/change", url.Values{"id": {"1"}, "name": {"personal insult"}, "implies": {""}, "retired": {"no"}})
	if all := names(); all[1] != "personal insult" {
		t.Errorf("moved down and renamed: %q", all)
	}
	got := eva.post("/reasons/change", url.Values{"id": {"1"}, "name": {"personal insult"}, "retired": {"yes"}})
	if all := names(); all[len(all)-1] != "personal insult" || got.Find("tr.disabled").Length() != 1 {
		t.Errorf("retired: %q", all)
	}
	if got := eva.post("/reasons/change", url.Values{"id": {"x"}, "name": {"y"}}); got.status != http.StatusBadRequest {
		t.Errorf("no id: status %d", got.status)
	}
	if vic := d.signedIn("vic", account.Viewer); vic.get("/").Find("#reject").Length() != 0 {
		t.Error("a viewer is asked for a reason")
	}
}
