package web_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"commentdesk/moderation/account"
)

// TestMostSimilarTogether goes through the order with links and forms alone: a pile is decided to its end before the next begins.
func TestMostSimilarTogether(t *testing.T) {
	d := newDesk(t, nil)
	d.fill("Well said.", "Buy it now!", "First!", "Well said!", "buy it now", "BUY IT NOW", "Nobody asked for this.")
	anna := d.signedIn("anna", account.Moderator)
	list := anna.get("/?view=list&order=alike")
	if got := list.text("select[name=order] option[selected]"); got != "most similar together" {
		t.Errorf("the order is %q", got)
	}
	var rows []string
	list.Find(".listed").Each(func(_ int, row *goquery.Selection) {
		rows = append(rows, strings.TrimSpace(row.Find(".pile").Text())+"|"+strings.TrimSpace(row.Find(".excerpt").Text()))
	})
	if want := []string{"3 alike|Buy it now!", "|buy it now", "|BUY IT NOW", "2 alike|Well said.", "|Well said!"}; len(rows) != 7 || !slices.Equal(rows[:5], want) {
		t.Errorf("the list shows %q", rows)
	}
	if !strings.HasPrefix(rows[5], "One of a kind|") || !strings.HasPrefix(rows[6], "|") {
		t.Errorf("behind the piles stand %q", rows[5:])
	}
	if got := anna.get("/?view=list&order=alike&q=buy").text(".listed:first-child .pile"); got != "3 alike, the filter aside" {
		t.Errorf("with a filter the pile says %q", got)
	}

	page := anna.get("/?order=alike")
	for _, want := range []string{"Buy it now!", "buy it now", "BUY IT NOW", "Well said."} {
		if got := page.text(".text"); got != want {
			t.Fatalf("the comment shown is %q, want %q", got, want)
		}
		page = anna.post("/act", page.form("#act", url.Values{"decision": {"approve"}}))
	}
	if got := page.text(".text"); got != "Well said!" || !strings.Contains(page.url.RawQuery, "order=alike") {
		t.Errorf("behind them stands %q at %s", got, page.url)
	}
	other := anna.get(page.Find("a[data-key=v]").AttrOr("href", ""))
	if got := other.text(".listed:first-child .pile"); got != "1 alike, continued" && got != "" {
		t.Errorf("the list from there begins with %q", got)
	}
	if got := anna.get("/?view=list&order=alike&tab=approved").text(".listed:first-child .pile"); got != "3 alike" {
		t.Errorf("what is approved begins with %q", got)
	}
	if got := anna.get("/?view=list&order=alike&tab=all").text(".listed:first-child .pile"); got != "2 alike" {
		t.Errorf("all begins with %q", got)
	}
}
