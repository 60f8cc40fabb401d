package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

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
	if got := eva.get("/topics/articles").text("tbody td"); strings.Count(got, "against") != 2 || strings.Count(got, "open") != 1 {
		t.Errorf("their sides are lost: %q", got)
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
