package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

// TestNarrow sends the filter form: what a control changed is written into the search box, what was typed stays.
func TestNarrow(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	if err := d.service.AddTopic(t.Context(), "school start", "School should start at nine.", "eva"); err != nil {
		t.Fatal(err)
	}
	anna := d.signedIn("anna", account.Viewer)
	for _, test := range []struct{ form, want string }{
		{"was=&q=bridge", "q=bridge"},
		{"was=&q=", ""},
		{"was=&q=bridge&hostile=no", "q=hostile%3Ano+bridge"},
		{"was=hostile:no&q=hostile:no&hostile=", ""},
		{"was=hostile:no&q=hostile:yes&hostile=no", "q=hostile%3Ayes"}, // typed over an untouched control
		{"was=&q=&topic=school+start&tab=all&order=newest&view=list", "order=newest&q=topic%3A%22school+start%22&tab=all&view=list"},
		{"was=hostile:maybe&q=hostile:maybe&spam=no", "q=hostile%3Amaybe"}, // cannot be read: stays for the hint
		{"was=&q=&stance=maybe", "q=stance%3Amaybe"},
		{"was=&q=x&after=MC4x&id=7&back=1~", "q=x"},
	} {
		got := anna.get("/?" + test.form)
		if got.url.Path != "/" || got.url.RawQuery != test.want {
			t.Errorf("%s leads to %s", test.form, got.url)
		}
	}
	page := anna.get("/?q=" + url.QueryEscape(`hostile:yes topic:"school start"`))
	if got := page.Find("select[name=hostile] option[selected]").AttrOr("value", "") + page.Find("select[name=topic] option[selected]").AttrOr("value", ""); got != "yesschool start" {
		t.Errorf("the controls say %q", got)
	}
	if got := anna.get("/?q=" + url.QueryEscape("topic:gone")).text("select[name=topic] option[selected]"); got != "gone" {
		t.Errorf("a topic that is not there: %q", got)
	}
}

// TestUnknownNames says of which topic, article or author there is nothing.
func TestUnknownNames(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	if err := d.service.AddTopic(t.Context(), "bridge", "The bridge should be rebuilt.", "eva"); err != nil {
		t.Fatal(err)
	}
	anna := d.signedIn("anna", account.Viewer)
	for query, want := range map[string]string{"topic:nonexist": `No topic "nonexist".`, "topic:bridge": "", "author:Nobody": `No comment by an author "Nobody": the whole name, in quotes where it has spaces.`, "article:ffff": `No article "ffff".`, "watches": "",
		"id:999": "No comment 999.", "id:1": "", "for:nobody": `No user "nobody".`, "for:anna": "", "for:me": ""} {
		for _, list := range []string{"", "&view=list"} {
			if got := anna.get("/?q=" + url.QueryEscape(query) + list); got.status != http.StatusOK || got.text("main > .notice strong") != want {
				t.Errorf("%s%s: status %d, %q, want %q", query, list, got.status, got.text("main > .notice strong"), want)
			}
		}
	}
}

// TestNumberFindsACommentInAnyTab looks for a decided comment from the tab of those that need review.
func TestNumberFindsACommentInAnyTab(t *testing.T) {
	d := newDesk(t, nil)
	ids := d.fill(comments...)
	anna := d.signedIn("anna", account.Moderator)
	anna.post("/act", anna.get(fmt.Sprintf("/?id=%d", ids[1])).form("#act", url.Values{"decision": {"approve"}}))
	if got := anna.get(fmt.Sprintf("/?q=id:%d", ids[1])); got.text(".text") != comments[1] || got.text(".narrow summary .count") != "1 fits" {
		t.Errorf("%q, %q", got.text("main"), got.text(".narrow summary"))
	}
}

// TestMatchingIsCounted shows how many comments fit where a filter was just set.
func TestMatchingIsCounted(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(many(30)...)
	article := moderation.Article{URL: "https://news.example/many", Headline: "Many", Origin: "api"}
	var more []moderation.Comment
	for i := range 1000 {
		more = append(more, moderation.Comment{SourceID: fmt.Sprint(i), Position: i + 1, Text: fmt.Sprintf("Ferry %d is late.", i)})
	}
	if _, err := d.service.Submit(t.Context(), article, more); err != nil {
		t.Fatal(err)
	}
	anna := d.signedIn("anna", account.Viewer)
	for query, want := range map[string]string{"bridge": "30 fit", "ferry": "1,000 fit", `"number 7 "`: "1 fits", `is "OR"`: "0 fit", `"s"`: "1,000+ fit", "": ""} {
		page := anna.get("/?q=" + url.QueryEscape(query))
		if got := page.text(".narrow summary .count"); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	list := anna.get("/?view=list&q=ferry")
	of := anna.get(list.Find(".listed .about a").First().AttrOr("href", ""))
	if got := of.text(".narrow summary .count"); !strings.HasPrefix(of.Find("input[name=q]").AttrOr("value", ""), "article:") || got != "1,000 fit" {
		t.Errorf("the headline leads to %s, %q", of.url, got)
	}
}

// TestSavedViews keeps a filter under a name, opens it, deletes it; nobody else sees it.
func TestSavedViews(t *testing.T) {
	d := newDesk(t, nil)
	d.fill(comments...)
	anna, ben := d.signedIn("anna", account.Moderator), d.signedIn("ben", account.Moderator)
	page := anna.get("/?tab=all&order=newest&q=watches")
	kept := anna.post("/views", page.form("form[action='/views']", url.Values{"name": {`<b>adverts`}}))
	link := kept.Find(".saved a")
	if link.Length() != 1 || link.Text() != "<b>adverts" || strings.Contains(kept.html, "<b>adverts") {
		t.Fatalf("the links are %q", kept.text(".saved"))
	}
	if got := anna.get(anna.get("/").Find(".saved a").AttrOr("href", "")); got.text(".text") != comments[2] || got.text(".tabs [aria-current]") != "all 4" {
		t.Errorf("the link leads to %q in %q", got.text(".text"), got.text(".tabs [aria-current]"))
	}
	if ben.get("/").Find(".saved").Length() != 0 {
		t.Error("somebody else sees it")
	}
	drop := kept.form("form[action='/views/delete']", nil)
	if got := ben.post("/views/delete", drop); got.status != http.StatusNotFound {
		t.Errorf("somebody else deletes it: status %d", got.status)
	}
	if got := anna.post("/views/delete", drop); got.Find(".saved").Length() != 0 {
		t.Error("it was not deleted")
	}
	for name, form := range map[string]url.Values{"no name": {"place": {"q=x"}}, "long": {"name": {strings.Repeat("x", 41)}}, "bad filter": {"name": {"x"}, "place": {"q=hostile:maybe"}}} {
		if got := anna.post("/views", form); got.status != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
}
