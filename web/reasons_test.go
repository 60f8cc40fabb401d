package web_test

import (
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
