//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"commentdesk/moderation"
)

// TestGo goes to other parts with g and a letter, asks first where marks are not saved, and opens the article.
func TestGo(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	for keys, path := range map[string]string{"ge": "/?tab=escalated", "ga": "/?tab=approved", "gr": "/?tab=rejected", "gm": "/models", "gt": "/topics", "gq": "/"} {
		anna.open("/?order=newest")
		anna.shows("The old bridge will do for another year.")
		anna.press(keys)
		anna.until(`location.pathname + location.search === ` + quote(path))
	}
	anna.open("/models")
	anna.press("ge")
	anna.until(`location.search === "?tab=escalated"`)
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	anna.press("g")
	anna.until(`document.querySelector("[data-marks]").textContent.startsWith("Go to:")`)
	anna.press("x") // leads nowhere
	anna.press("1gm")
	anna.until(`document.getElementById("leave").open`)
	anna.click("#leave button[value=stay]")
	anna.do(chromedp.Evaluate[chromedp.Void](`window.opened = ""; document.addEventListener("click", e => { const a = e.target.closest(".headline a"); if (a) { e.preventDefault(); window.opened = a.href; } }, true); 0`))
	anna.press("o")
	anna.until(`window.opened === "https://news.example/extra"`)
	anna.wantLabels(id, moderation.Pending, nil)
}

// TestKeysOff switches the keys off: letters do nothing, the buttons and the digits of the dialog still do.
func TestKeysOff(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/settings")
	anna.click("[name=keys][value=off]")
	anna.click("main form button")
	anna.until(`document.body.dataset.keys === "off"`)
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	anna.press("1hag?")
	if js[bool](anna, `document.querySelector(".axis .choice :checked") !== null || document.getElementById("help").matches(":popover-open")`) {
		t.Error("a key did something")
	}
	anna.wantLabels(id, moderation.Pending, nil)
	anna.click("[data-asks=reject]")
	anna.until(`document.getElementById("reject").open`)
	anna.press("5")
	anna.until(`document.querySelector("#reject .pick:has([type=radio]:checked)").textContent.includes("off topic")`)
	anna.click("[data-commit]")
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected."`)
	anna.wantLabels(id, moderation.Rejected, nil)
}
