package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/learn"
)

// answers is what the shipped parameters come to.
func answers() learn.Answering {
	return learn.Answering{Model: "0123456789abcdef", Parameters: classifier.Shipped(), Has: [3]bool{true, true, true}}
}

func TestThresholdsPage(t *testing.T) {
	d := newDesk(t, nil)
	d.learner.answering = answers()
	ada := d.signedIn("ada", account.Admin)
	empty := ada.get("/models/thresholds")
	if got := empty.text("main"); strings.Count(got, "Nobody has labelled this axis yet.") != 3 || !strings.Contains(got, "Today: no up to 0.1, yes from 0.5, unsure between; unsure too where less than 30 % of the words are known.") {
		t.Errorf("without labels the page says %q", got)
	}
	if link := ada.get("/models").Find(`a[href="/models/thresholds"]`); link.Length() != 1 {
		t.Error("the page of the models does not lead there")
	}
	d.opine(moderation.Article{URL: "https://news.example/1", Headline: "Bridge", Origin: "page"}, opinion{"cant_tell", "no", "", "anna", 19}, opinion{"cant_tell", "yes", "", "anna", 1})
	d.fill("You are a worthless idiot and everyone like you should be thrown out.", "Thanks.")

	shown := ada.get("/models/thresholds")
	table := shown.Find(`article[aria-labelledby=axis-hostile] table`).First()
	if got := table.Find("tbody tr").Length(); got != 7 {
		t.Errorf("%d values are shown", got)
	}
	if got := shown.text(`article[aria-labelledby=axis-hostile] > p.muted`); got != "Over 20 labels. People label what they look at, not a sample of all." {
		t.Errorf("of the labels it says %q", got)
	}
	if got := shown.text(`article[aria-labelledby=axis-stance] > p.muted`); !strings.Contains(got, "Nobody has labelled this axis yet.") {
		t.Errorf("can't tell counts as a label: %q", got)
	}

	asked := ada.get("/models/thresholds?axis=hostile&low=0&high=0,0001&coverage=0")
	form := asked.form(`form[method=post][action="/models/thresholds"]`, nil)
	if form.Get("model") != "0123456789abcdef" || form.Get("high") != "0.0001" || form.Get("axis") != "hostile" {
		t.Errorf("the form holds %v", form)
	}
	if got := asked.text("#changes"); !strings.HasPrefix(got, "Of the 22 comments that need review ") || !strings.Contains(got, "to yes") {
		t.Errorf("what changes is %q", got)
	}
	if len(d.learner.changes) != 0 {
		t.Error("looking changed something")
	}
	form.Set("reason", "  too much slipped through ")
	if got := ada.post("/models/thresholds", form); got.status != http.StatusOK || !strings.Contains(got.text(".notice"), "The thresholds of hostile were changed.") {
		t.Errorf("after it: %d %q", got.status, got.text(".notice"))
	}
	want := []learn.ThresholdChange{{Over: "0123456789abcdef", Axis: classifier.Hostile, ByHand: classifier.Thresholds{High: 0.0001}, Actor: "ada", Reason: "too much slipped through"}}
	if diff := cmp.Diff(want, d.learner.changes); diff != "" {
		t.Error(diff)
	}
	if d.learner.cutShort {
		t.Error("the change would stop with its request")
	}
}

func TestThresholdsHandedBack(t *testing.T) {
	d := newDesk(t, nil)
	set := answers()
	if err := set.Parameters.Axes[2].SetByHand(classifier.Spam, classifier.Thresholds{Low: 0.05, High: 0.9, MinCoverage: 0.2}); err != nil {
		t.Fatal(err)
	}
	d.learner.answering = set
	ada := d.signedIn("ada", account.Admin)
	shown := ada.get("/models/thresholds")
	if got := shown.text("article[aria-labelledby=axis-spam]"); !strings.Contains(got, "set by hand") || !strings.Contains(got, "The model would choose: no up to 0.1, yes from 0.35") {
		t.Errorf("the axis says %q", got)
	}
	link, _ := shown.Find("article[aria-labelledby=axis-spam] a.button").Attr("href")
	asked := ada.get(link)
	if got := asked.text("#confirm"); !strings.Contains(got, "No up to 0.1, yes from 0.35") || !strings.Contains(got, "No comment needs review") {
		t.Errorf("it asks %q", got)
	}
	form := asked.form(`form[method=post][action="/models/thresholds"]`, nil)
	form.Set("reason", "enough")
	ada.post("/models/thresholds", form)
	if got := d.learner.changes; len(got) != 1 || !got[0].LetFit || got[0].ByHand != (classifier.Thresholds{}) {
		t.Errorf("sent was %+v", got)
	}
}

func TestThresholdsRefused(t *testing.T) {
	d := newDesk(t, nil)
	d.learner.answering = answers()
	ada := d.signedIn("ada", account.Admin)
	for query, want := range map[string]string{
		"axis=hostile&low=0.6&high=0.5&coverage=0.3": "No is answered up to 0.6, so yes must begin above that, not at 0.5.",
		"axis=hostile&low=0.1&high=1.5&coverage=0.3": "A threshold is a number from 0 to 1.",
		"axis=hostile&low=0.1&high=NaN&coverage=0.3": "A threshold is a number from 0 to 1.",
		"axis=hostile&low=&high=0.5&coverage=0.3":    "A threshold is a number from 0 to 1.",
		"axis=spam&fit=yes":                          "These are the thresholds of today: nothing would change.",
		"axis=mood&low=0.1&high=0.5&coverage=0.3":    "No axis \"mood\": stance, hostile or spam.",
	} {
		got := ada.get("/models/thresholds?" + query)
		if got.status != http.StatusBadRequest || got.text(".alarm") != want || got.Find("#confirm").Length() != 0 {
			t.Errorf("%s: %d %q", query, got.status, got.text(".alarm"))
		}
	}
	if got, _ := ada.get("/models/thresholds?axis=hostile&low=0.6&high=0.5&coverage=0.3").Find("[aria-labelledby=axis-hostile] [name=low]").Attr("value"); got != "0.6" {
		t.Errorf("what was typed is %q", got)
	}
	long := url.Values{"axis": {"hostile"}, "low": {"0.1"}, "high": {"0.4"}, "coverage": {"0.3"}, "reason": {strings.Repeat("x", 301)}}
	if got := ada.post("/models/thresholds", long); got.status != http.StatusBadRequest || len(d.learner.changes) != 0 {
		t.Errorf("a long reason: status %d, sent %+v", got.status, d.learner.changes)
	}
	mia := d.signedIn("mia", account.Moderator)
	if got := mia.get("/models/thresholds?axis=hostile&low=0.1&high=0.4&coverage=0.3"); got.status != http.StatusOK || !strings.Contains(got.text("main"), "Today: no up to 0.1") || got.Find("main form, #confirm").Length() != 0 {
		t.Errorf("a moderator reads, status %d: %s", got.status, got.text("main"))
	}
	if mia.get("/models").Find(`a[href="/models/thresholds"]`).Length() != 1 || mia.post("/models/thresholds", long).status != http.StatusForbidden {
		t.Error("a moderator is not led there, or sets thresholds")
	}
}
