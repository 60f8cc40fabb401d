package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func TestArticlesOfTopic(t *testing.T) {
	d := newDesk(t, nil)
	eva, vic := d.signedIn("eva", account.Editor), d.signedIn("vic", account.Viewer)
	for n := range 3 {
		article := moderation.Article{URL: fmt.Sprintf("https://news.example/b%d", n), Headline: fmt.Sprintf("Bridge %d", n), Side: moderation.SideOpen, Origin: "page"}
		if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{Position: 1, Text: "Build it."}}); err != nil {
			t.Fatal(err)
		}
	}
	eva.post("/topics", url.Values{"name": {"bridge & co"}, "claim": {"The bridge should be rebuilt"}})
	without := eva.get("/topics/articles")
	chosen := url.Values{"topic": {"bridge & co"}, "side": {"against"}, "from": {""}}
	without.Find("input[name=article]").EachWithBreak(func(n int, input *goquery.Selection) bool {
		chosen.Add("article", input.AttrOr("value", ""))
		return n < 1
	})
	after := eva.post("/topics/assign", chosen)
	if after.text(".notice") != "2 articles have their topic. Comments whose claim changed were answered anew." || after.Find("tbody tr").Length() != 1 {
		t.Errorf("status %d, %q, %d left", after.status, after.text(".notice"), after.Find("tbody tr").Length())
	}
	listed := vic.get(eva.get("/topics").Find("td.number a").AttrOr("href", ""))
	if listed.text("h1") != "Articles of bridge & co" || listed.text(".voice") == "" || listed.Find("tbody tr").Length() != 2 || listed.Find("input[type=checkbox]").Length() != 0 {
		t.Errorf("a viewer sees %q", listed.text("main"))
	}
	if sides := listed.text("tbody td"); sides != "againstagainst" {
		t.Errorf("the sides are %q", sides)
	}
	chosen.Set("side", "")
	chosen.Set("topic", "")
	chosen.Set("from", "bridge & co")
	if got := eva.post("/topics/assign", chosen); got.text("h1") != "Articles of bridge & co" || got.Find("tbody tr").Length() != 0 {
		t.Errorf("taken out: %q", got.text("main"))
	}
	if got := eva.get("/topics/articles").text("tbody td"); strings.Count(got, "for") != 2 || strings.Count(got, "open") != 1 {
		t.Errorf("their headlines are their claims again, but their sides are %q", got)
	}
	chosen.Set("topic", "bridge & co")
	eva.post("/topics/assign", chosen)
	listed = vic.get("/topics/articles?topic=bridge+%26+co")
	if sides := listed.text("tbody td"); sides != "openopen" {
		t.Errorf("towards a claim that nobody named a side for, the sides are %q", sides)
	}
	if comments := eva.get(listed.Find("tbody a.aside").AttrOr("href", "")); comments.Find("[data-row]").Length() != 1 {
		t.Errorf("the article's comments: status %d, %q", comments.status, comments.text("main"))
	}
	for name, test := range map[string]struct {
		form   url.Values
		status int
	}{
		"none": {url.Values{"topic": {"bridge & co"}}, http.StatusBadRequest}, "no such article": {url.Values{"article": {"x"}}, http.StatusNotFound},
		"no such side": {url.Values{"article": chosen["article"], "side": {"left"}}, http.StatusBadRequest}, "no such topic": {url.Values{"article": chosen["article"], "topic": {"x"}}, http.StatusNotFound},
	} {
		if got := eva.post("/topics/assign", test.form); got.status != test.status {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	if got := eva.get("/topics/articles?topic=nothing").status; got != http.StatusNotFound {
		t.Errorf("articles of no topic: status %d", got)
	}
}

// TestStanceOfAnotherClaim assigns an article to a topic while somebody looks at its comment.
func TestStanceOfAnotherClaim(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments[1])
	anna, eva := d.signedIn("anna", account.Moderator), d.signedIn("eva", account.Editor)
	stored, err := d.service.Comment(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	open := anna.get("/")
	eva.post("/topics", url.Values{"name": {"keep"}, "claim": {"The old bridge should be kept"}})
	eva.post("/articles/topic", url.Values{"article": {stored.ArticleID}, "topic": {"keep"}, "side": {"for"}})
	refused := anna.post("/act", open.form("#act", url.Values{"decision": {"approve"}, "stance": {"favor"}}))
	if got := refused.text(".alarm"); refused.status != http.StatusBadRequest || got != "The claim was changed meanwhile: look again at the stance." {
		t.Errorf("status %d, %q", refused.status, got)
	}
	anna.post("/act", refused.form("#act", url.Values{"decision": {"approve"}, "stance": {"against"}}))
	if stored, err := d.service.Comment(t.Context(), ids[0]); err != nil || stored.State.Labels[classifier.Stance] != classifier.Against {
		t.Errorf("stored %+v, error %v", stored.State, err)
	}
}

func TestTopicsAreMerged(t *testing.T) {
	d := newDesk(t, nil)
	eva := d.signedIn("eva", account.Editor)
	for name, claim := range map[string]string{"keep": "The old bridge should be kept", "build": "A new <b>bridge</b> should be built"} {
		eva.post("/topics", url.Values{"name": {name}, "claim": {claim}})
	}
	article := moderation.Article{URL: "https://news.example/k", Headline: "Bridge", Topic: "keep", Origin: "page"}
	if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{Position: 1, Text: "Keep <i>it</i>."}}); err != nil {
		t.Fatal(err)
	}
	eva.post("/act", eva.get("/").form("#act", url.Values{"decision": {"approve"}, "stance": {"favor"}}))
	if got := eva.get("/topics/merge?from=keep&into=keep"); got.status != http.StatusBadRequest || got.text(".alarm") != "Choose two different topics." {
		t.Errorf("with itself: status %d, %q", got.status, got.text(".alarm"))
	}
	ask := eva.get("/topics/merge?from=keep&into=build")
	checkPage(t, "merge", ask)
	if got := ask.text("tbody tr"); got != "Keep <i>it</i>.the same: ▲ favorthe opposite: ▼ against" {
		t.Errorf("the page shows %q", got)
	}
	unsaid := url.Values{"from": {"keep"}, "into": {"build"}}
	if got := eva.post("/topics/merge", unsaid); got.status != http.StatusBadRequest || got.text(".alarm") != "Say first whether the claims say the same or the opposite." {
		t.Errorf("unsaid: status %d, %q", got.status, got.text(".alarm"))
	}
	merged := eva.post("/topics/merge", ask.form("form[action='/topics/merge']", url.Values{"says": {"opposite"}}))
	checkPage(t, "merged", merged)
	if got := merged.text(".notice"); got != "keep was merged into build. Its comments were answered anew." {
		t.Errorf("status %d, %q", merged.status, got)
	}
	page := eva.get("/?tab=approved")
	if got := page.text(".axis[data-axis=stance] .chip"); got != "▼ against" || !strings.Contains(page.text(".facts"), "should be built") || !strings.Contains(page.text(".history"), "turned the stance round") {
		t.Errorf("the comment says %q, the article %q, the history %q", got, page.text(".facts"), page.text(".history"))
	}
	eva.post("/topics/unmerge", merged.form("form[action='/topics/unmerge']", nil))
	if got := eva.get("/?tab=approved").text(".axis[data-axis=stance] .chip"); got != "▲ favor" {
		t.Errorf("parted again the comment says %q", got)
	}
	if got := eva.get("/audit?kind=topic").text(".audit"); !strings.Contains(got, `undid the merge of topic "keep" into "build"; articles moved back: 1`) {
		t.Errorf("the audit log says %q", got)
	}
	for form, want := range map[string]int{"merge=x": http.StatusBadRequest, "merge=1": http.StatusNotFound} {
		values, _ := url.ParseQuery(form)
		if got := eva.post("/topics/unmerge", values).status; got != want {
			t.Errorf("%s: status %d", form, got)
		}
	}
}
