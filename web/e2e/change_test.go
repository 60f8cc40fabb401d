//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// TestChange marks by key and reads what it will change, takes the mark back, keeps the label and reads the toast; then asks without scripts.
func TestChange(t *testing.T) {
	d := newDesk(t)
	const text = "You fool, this is nonsense and you know it."
	d.submit(t, "You fool, that is nonsense and you know it.")
	id := d.submit(t, text)
	browser := newBrowser(t)
	anna := d.person(t, browser, "anna")
	anna.open(fmt.Sprintf("/?id=%d", id))
	anna.shows(text)
	const said = `(document.querySelector("[data-change-said]")?.textContent ?? "")`
	anna.press("h") // the model says yes: no is marked
	anna.until(said + `.includes("that wait would change")`)
	anna.until(`document.querySelector("[data-change-more] details")?.open === false`)
	anna.picture("change")
	anna.click("[data-change-more] summary")
	anna.until(`document.querySelector("[data-change-more] .named a") !== null`)
	anna.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-change]").scrollIntoView()`))
	anna.picture("change-open")
	anna.press("h") // taken back
	anna.until(said + ` === ""`)
	anna.press("h")
	anna.until(said + `.includes("that wait would change")`)
	anna.press("0s") // a second mark
	anna.until(said + `.includes("that wait would change") && document.querySelectorAll("[data-change-more] section h2").length >= 2`)
	anna.press("0s")
	anna.click(`fieldset[data-axis=spam] input[value=""]`)
	anna.until(`document.querySelector("[data-change-more]").textContent.includes("Spam") === false`)
	anna.press("\r")
	anna.until(`(document.querySelector(".toast span")?.textContent ?? "").startsWith("Labelled hostile: no. By itself it changes 1 answer that waits")`)
	anna.wantLabels(id, moderation.Pending, map[classifier.Axis]string{classifier.Hostile: classifier.No})

	// The widths and schemes that the page is read in.
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.open(fmt.Sprintf("/change?comment=%d&hostile=no&revision=2", id))
		anna.until(`document.querySelector("[data-lead]").textContent.includes("would change")`)
		anna.look("change-page", view.name)
	}

	plain := d.person(t, browser, "ben")
	if _, err := chromedp.Call(plain.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	plain.open(fmt.Sprintf("/?id=%d", id))
	plain.click(`fieldset[data-axis=hostile] input[value=yes]`)
	plain.picture("change-without-script")
	plain.click(`button[formaction="/change"]`)
	plain.do(chromedp.WaitVisible(chromedp.CSS("[data-lead]")))
	plain.picture("change-page-without-script")
}

// TestAccessibleChange looks with axe-core at the panel below the marks and at the page, both with everything they can name.
func TestAccessibleChange(t *testing.T) {
	axe := axeOf(t)
	d := newDesk(t)
	d.submit(t, "You fool, that is nonsense and you know it.")
	id := d.submit(t, "You fool, this is nonsense and you know it.")
	ben := d.person(t, newBrowser(t), "ben")
	ben.open(fmt.Sprintf("/?id=%d", id))
	ben.press("h")
	ben.until(`document.querySelector("[data-change-more] .named a") !== null`)
	ben.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-change-more] details").open = true`))
	everywhere := func(what string) {
		t.Helper()
		for _, width := range widths {
			for _, scheme := range []string{"light", "dark"} {
				ben.size(width.width, 900)
				ben.scheme(scheme)
				ben.do(chromedp.Evaluate[chromedp.Void](`for (const a of document.getAnimations()) a.finish()`)) // colours on their way are no colours of the page
				ben.accessible(axe, what+" "+width.name+" "+scheme)
				if over := js[int](ben, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
					t.Errorf("%s, %s: sticks out by %d px: %q", what, width.name, over, js[[]string](ben, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1).map((e) => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 30)).slice(0, 8)`))
				}
			}
		}
		ben.picture("accessible-" + what)
	}
	everywhere("panel")
	ben.size(1440, 900)
	ben.press("h")
	ben.until(`document.querySelector("[data-change-said]").textContent === ""`)
	ben.open(fmt.Sprintf("/change?comment=%d&hostile=no&stance=favor&spam=cant_tell&revision=1", id))
	ben.until(`document.querySelector(".named a") !== null`)
	everywhere("page")
}

// TestChangeGoesWithItsComment decides while what a mark changes is still reckoned and the next comment is on its way: the answer is not waited for any
// more, and the next comment says nothing of it.
func TestChangeGoesWithItsComment(t *testing.T) {
	d := newDesk(t)
	d.years(t, 2)
	anna := d.person(t, newBrowser(t), "anna")
	asked, givenUp := make(chan struct{}), make(chan struct{})
	release := d.gate.holdThose(t, func(r *http.Request) bool {
		if r.URL.Path == "/change" {
			close(asked)
			select {
			case <-r.Context().Done():
				close(givenUp)
			case <-t.Context().Done():
			}
		}
		return ahead(r)
	})
	anna.open("/?order=newest")
	anna.shows(year(1))
	anna.press("1")
	<-asked
	anna.press("e")
	release()
	anna.shows(year(0))
	select {
	case <-givenUp:
	case <-time.After(10 * time.Second):
		t.Error("the page still waits for what the mark on another comment changes")
	}
	if got := anna.text("[data-change]"); got != "" {
		t.Errorf("beside the next comment stands %q", got)
	}
}
