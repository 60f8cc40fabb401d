//go:build e2e

package e2e

import (
	"strconv"
	"testing"

	"commentdesk/moderation"
)

// TestMostSimilarTogether chooses the order in the list, looks at the piles, and decides the largest one key by key: its comments come one after the
// other.
func TestMostSimilarTogether(t *testing.T) {
	d := newDesk(t)
	flood := d.flood(t, 5, "Buy the watches that everyone in town is talking about, half price today only")
	for _, text := range []string{"Well said.", "I have lived here for thirty years.", "Well said!", "well said", "WELL SAID"} {
		d.submit(t, text)
	}
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?view=list")
	anna.until(`document.querySelectorAll("[data-row]").length === 50`)
	js[bool](anna, `(() => { const order = document.querySelector("select[name=order]"); order.value = "alike"; order.dispatchEvent(new Event("change", {bubbles: true})); return true })()`)
	anna.until(`document.querySelector(".pile")?.textContent === "5 alike"`)
	if got := anna.text("[data-row]:nth-child(6) .pile"); got != "4 alike" {
		t.Errorf("the second pile says %q", got)
	}
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("piles", view.name)
	}
	anna.press("v")
	for i := range flood {
		anna.until(`document.querySelector(".text")?.textContent.startsWith("Buy the watches") && document.querySelector("#act [name=comment]").value === "` + strconv.FormatInt(flood[i], 10) + `"`)
		anna.press("a")
	}
	anna.shows("Well said.")
	for _, id := range flood {
		anna.wantLabels(id, moderation.Approved, nil)
	}
}
