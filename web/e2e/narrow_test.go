//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestNarrowAndKeep narrows the queue with the controls, keeps the view, and comes back to it.
func TestNarrowAndKeep(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/")
	anna.click(".narrow summary")
	anna.do(chromedp.Evaluate[chromedp.Void](`{ const s = document.querySelector("select[name=hostile]"); s.value = "yes"; s.dispatchEvent(new Event("change", { bubbles: true })); }`))
	anna.until(`document.querySelector("[name=q]").value === "hostile:yes" && document.querySelector(".narrow").open && / fits?$/.test(document.querySelector(".narrow .count").textContent)`)
	anna.key("/", "Slash", "")
	anna.until(`document.activeElement.name === "q"`)
	anna.press(" p(hostile)>0.6" + kb.Enter)
	anna.until(`document.querySelector("[name=q]").value === "hostile:yes p(hostile)>0.6" && new URL(location).searchParams.get("q") === "hostile:yes p(hostile)>0.6"`)
	anna.do(chromedp.SendKeys(chromedp.CSS(".narrow input[name=name]"), "likely insults"+kb.Enter))
	anna.until(`document.querySelector(".saved [aria-current]")?.textContent === "likely insults"`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("narrow", view.name)
	}
	anna.press("v")
	anna.until(`document.querySelectorAll("[data-row]").length > 0 && document.querySelector(".saved [aria-current]") !== null`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("narrow-list", view.name)
	}
	anna.open("/")
	anna.click(".saved a")
	anna.until(`document.querySelector("[name=q]").value === "hostile:yes p(hostile)>0.6"`)
	anna.click(".saved button")
	anna.until(`!document.querySelector(".saved")`)
}
