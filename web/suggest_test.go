package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func TestSuggestedArticles(t *testing.T) {
	d := newDesk(t, nil)
	eve, vic := d.signedIn("eve", account.Editor), d.signedIn("vic", account.Viewer)
	d.topic("library-fines", "Libraries should drop fines for late books")
	d.topic("sunday-shopping", "Shops should stay closed on Sundays")
	add := func(headline, body, topic string) string {
		t.Helper()
		article := moderation.Article{URL: "https://news.example/" + url.PathEscape(headline), Headline: headline, Body: body, Topic: topic, Origin: "page"}
		if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{Position: 1, Author: "Reader", Text: "A comment on " + headline}}); err != nil {
			t.Fatal(err)
		}
		return moderation.ArticleID(article.Key())
	}
	add("Readers owe the branch library four thousand in late fees", "The librarian would rather have the books back than the money.", "library-fines")
	back := add("A cookbook comes back after forty years", "The borrower was ashamed and afraid of the fine. The librarian did not charge a late fee; the library is glad of its books.", "")
	add("Harbour bridge to close for nine weeks", "Steel girders must be replaced.", "")

	const topic = "/topics/articles?topic=library-fines"
	if got := eve.get("/topics/articles"); got.text("#suggested + ul") != "library-fines: 1 article" {
		t.Errorf("without a topic: %q", got.text("#suggested + ul"))
	}
	shown := eve.get(topic)
	if got := shown.text("#suggested + form tbody"); !strings.Contains(got, "A cookbook comes back") || strings.Contains(got, "Harbour") || !strings.Contains(got, "librarian") {
		t.Errorf("suggested is %q", got)
	}
	if got := vic.get(topic).Find("#suggested").Length(); got != 0 {
		t.Error("a viewer sees suggestions")
	}
	if got := eve.get("/topics/articles?topic=sunday-shopping").text("#suggested + p"); !strings.HasPrefix(got, "No article without a topic shares") {
		t.Errorf("the other topic says %q", got)
	}
	if got := eve.post("/topics/refuse", url.Values{"topic": {"library-fines"}}); got.status != http.StatusBadRequest || got.text(".alarm") == "" {
		t.Errorf("nothing chosen: %d %q", got.status, got.text(".alarm"))
	}
	if got := eve.post("/topics/refuse", url.Values{"article": {back}}); got.status != http.StatusBadRequest {
		t.Errorf("no topic: %d", got.status)
	}
	refused := eve.post("/topics/refuse", url.Values{"topic": {"library-fines"}, "article": {back}})
	if refused.text(".notice") != "They are not suggested for this topic again." || strings.Contains(refused.text("main"), "cookbook") {
		t.Errorf("after it the page says %q", refused.text("main"))
	}
	if got := eve.get("/topics/articles").text("main"); strings.Contains(got, "library-fines: 1 article") {
		t.Error("it is still suggested")
	}

	late := add("No more late fees: what the library got back", "Since it dropped its fines, borrowers have brought nine hundred books.", "")
	form := eve.get(topic).form("#suggested + form", nil)
	if form.Get("topic") != "library-fines" || form.Get("from") != "library-fines" {
		t.Errorf("the form holds %v", form)
	}
	form["article"] = []string{late}
	if got := eve.post("/topics/assign", form); !strings.Contains(got.text("form:first-of-type tbody"), "No more late fees") {
		t.Errorf("assigned, the topic has %q", got.text("main"))
	}
	article, err := d.service.Article(t.Context(), late)
	if err != nil || article.Topic != "library-fines" {
		t.Errorf("the article is %+v, error %v", article, err)
	}
}
