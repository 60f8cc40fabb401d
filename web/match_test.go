package web_test

import (
	"net/url"
	"strings"
	"testing"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

const matchedClaim = "The old bridge should be rebuilt"

// fillMatched stores a comment under an article that was matched to matchedClaim.
func (d *desk) fillMatched() {
	d.Helper()
	article := moderation.Article{URL: "https://news.example/7", Headline: "What became of the bridge", Matched: matchedClaim, Side: moderation.SideFor}
	article.ID = moderation.ArticleID(article.Key())
	comments := []moderation.Comment{{ArticleID: article.ID, Position: 1, Text: "Rebuild it."}}
	incoming := moderation.Incoming{Comment: comments[0], Key: moderation.CommentKeys(article.ID, comments)[0], ClaimFrom: article.ClaimFrom()}
	if _, err := d.store.Submit(d.Context(), article, []moderation.Incoming{incoming}, false, start); err != nil {
		d.Fatal(err)
	}
}

// The page says that the claim was matched, and lets editors give the article a topic or part it from the claim.
func TestMatchedClaimIsShown(t *testing.T) {
	for _, test := range []struct {
		name, form string
		change     url.Values
		claim      string
	}{
		{"a topic instead", "form[action='/articles/topic']", url.Values{"topic": {"ferries"}}, "The ferry should stay"},
		{"no claim", "form[action='/articles/topic'] + form", nil, "What became of the bridge"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk(t, nil)
			d.fillMatched()
			eva, anna := d.signedIn("eva", account.Editor), d.signedIn("anna", account.Moderator)
			eva.post("/topics", url.Values{"name": {"ferries"}, "claim": {"The ferry should stay"}})
			if shown := anna.get("/"); shown.text(".strip .claim") != "matched claim "+matchedClaim || !strings.Contains(shown.text(".facts"), "The article has no topic") ||
				shown.Find("form[action='/articles/topic']").Length() != 0 {
				t.Errorf("a moderator sees %q, %q", shown.text(".strip .claim"), shown.text(".facts"))
			}
			open := eva.get("/")
			if n := open.Find("select[name='topic'][required] option[value=''][selected]").Length(); n != 1 {
				t.Errorf("%d places to choose a topic", n)
			}
			after := eva.post("/articles/topic", open.form(test.form, test.change))
			if got := after.text(".strip .claim"); !strings.HasSuffix(got, test.claim) || strings.Contains(got, "matched") || strings.Contains(after.text(".facts"), "matched") {
				t.Errorf("afterwards the page says %q, %q", got, after.text(".facts"))
			}
		})
	}
}
