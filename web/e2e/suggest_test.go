//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"commentdesk/moderation"
)

// unsorted puts articles without a topic on the desk: two speak of nuclear power, one of nothing.
func (d *desk) unsorted(t *testing.T) {
	t.Helper()
	for headline, body := range map[string]string{
		"Reactor project runs four years late":    "The builders of the nuclear power plant name welding as the cause. The ministry still wants two more reactors.",
		"Uranium price rises as plants are built": "Traders expect demand from new nuclear plants. Power companies buy fuel for their reactors years ahead.",
		"Choir festival brings three hundred":     "They will sing in the cathedral and in the market square.",
	} {
		article := moderation.Article{URL: "https://news.example/" + headline[:5], Headline: headline, Body: body, Origin: "api"}
		if _, err := d.service.Submit(t.Context(), article, []moderation.Comment{{SourceID: headline, Position: 1, Author: "Reader", Text: "Well, " + headline}}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSuggestions finds articles of a topic among those without one, puts one under it and takes the other off the list.
func TestSuggestions(t *testing.T) {
	d := newDesk(t)
	d.unsorted(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/topics/articles")
	if got := anna.text("#suggested + ul"); !strings.Contains(got, "nuclear-power: 2 articles") {
		t.Fatalf("suggested is %q", got)
	}
	anna.picture("unsorted")
	anna.click(`#suggested + ul a[href*="nuclear-power"]`)
	anna.until(`document.querySelectorAll("#suggested + form tbody tr").length === 2`)
	anna.until(`(document.querySelector("#suggested").scrollIntoView(), true)`)
	anna.picture("suggested")
	anna.size(320, 900)
	anna.scheme("dark")
	anna.until(`(document.querySelector("#suggested").scrollIntoView(), true)`)
	anna.picture("suggested-narrow")
	anna.size(1280, 900)
	choose := func(headline string) {
		t.Helper()
		anna.until(`(() => { for (const row of document.querySelectorAll("#suggested + form tbody tr")) if (row.textContent.includes("` + headline + `")) { row.querySelector("input").click(); return true } })()`)
	}
	choose("Uranium")
	anna.click(`[formaction="/topics/refuse"]`)
	anna.until(`document.querySelector(".notice")?.textContent.includes("not suggested for this topic again")`)
	if got := anna.text("#suggested + form tbody"); strings.Contains(got, "Uranium") || !strings.Contains(got, "Reactor") {
		t.Errorf("then suggested is %q", got)
	}
	choose("Reactor")
	anna.click("#suggested + form button.primary")
	anna.until(`document.querySelector(".notice")?.textContent.includes("One article has its topic")`)
	if got := anna.text("form[action='/topics/assign'] tbody"); !strings.Contains(got, "Reactor project") {
		t.Errorf("the topic has %q", got)
	}
}
