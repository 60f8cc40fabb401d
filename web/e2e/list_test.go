//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"commentdesk/moderation"
)

// TestListByKeys selects comments in the list, decides them together, and takes it back, all with keys.
func TestListByKeys(t *testing.T) {
	d := newDesk(t)
	var ids []int64
	for i := range 4 {
		ids = append(ids, d.submit(t, fmt.Sprintf("The old bridge will do for another %d years.", i+2)))
	}
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another 5 years.")
	anna.press("v")
	anna.until(`document.querySelectorAll("[data-row]").length === 50`)
	anna.press("j")
	anna.until(`document.activeElement.textContent.includes("another 5 years")`)
	anna.press("xjx")
	anna.until(`document.querySelector("[data-marks]").textContent === "2 selected"`)
	anna.press("jx")
	anna.until(`document.querySelector("[data-marks]").textContent === "3 selected"`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("list", view.name)
	}
	ben.open(fmt.Sprintf("/?id=%d", ids[2]))
	ben.press("a")
	ben.until(`document.querySelector(".toast span")?.textContent === "Approved."`)

	anna.press("R")
	anna.until(`document.querySelector("h1").textContent === "Reject 3 comments?" && document.activeElement.matches("[data-confirm]")`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("bulk", view.name)
	}
	// Enter alone rejects nothing: whether for a reason is asked first.
	anna.press(kb.Enter)
	anna.until(`document.querySelector("[name=reason_id]").validity.valueMissing && document.querySelector("[name=reason_id]:checked") === null`)
	// A digit chooses a reason, whose label is left alone; Enter confirms with what is chosen.
	anna.press("1")
	anna.until(`document.activeElement.matches("[name=reason_id]:checked") && !document.querySelector(".pick:has(:focus) .implied input").checked`)
	anna.press(kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "2 comments rejected." && document.querySelector(".left")?.textContent.includes("Approved by ben just now.")`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("left", view.name)
	}
	anna.wantLabels(ids[3], moderation.Rejected, nil)
	if review, err := d.service.Review(t.Context(), ids[3], ""); err != nil || review.History[0].Reason != "insult" {
		t.Errorf("history %+v, error %v", review.History, err)
	}
	anna.wantLabels(ids[2], moderation.Approved, nil)
	anna.press("z")
	anna.until(`document.querySelector(".toast span")?.textContent.startsWith("Undone for 2 comments.")`)
	anna.wantLabels(ids[3], moderation.Pending, nil)
	anna.wantLabels(ids[1], moderation.Pending, nil)

	// All on the page; Esc and the browser's way back leave the question and keep what was selected. None; Enter opens a row, v comes back to it.
	anna.press("X")
	anna.until(`document.querySelector("[data-marks]").textContent === "50 selected"`)
	anna.press("A")
	anna.until(`document.querySelector("h1").textContent === "Approve 50 comments?"`)
	anna.press(kb.Escape)
	anna.until(`document.querySelectorAll("[data-row] [data-box]:checked").length === 50 && document.querySelector("[data-marks]").textContent === "50 selected"`)
	anna.press("A")
	anna.until(`document.querySelector("h1").textContent === "Approve 50 comments?"`)
	js[bool](anna, `(history.back(), true)`)
	anna.until(`document.querySelectorAll("[data-row] [data-box]:checked").length === 50`)
	js[bool](anna, `(history.forward(), true)`)
	anna.until(`document.querySelector("h1").textContent === "Approve 50 comments?"`)
	anna.press(kb.Escape)
	anna.until(`document.querySelectorAll("[data-row] [data-box]:checked").length === 50`)
	anna.press("X")
	anna.until(`document.querySelector("[data-marks]").textContent === "Nothing is selected" || document.querySelectorAll("[data-box]:checked").length === 0`)
	anna.press("A")
	anna.until(`document.querySelector("[data-marks]").textContent.startsWith("Nothing is selected")`)
	anna.press("jj" + kb.Enter)
	anna.shows("The old bridge will do for another 3 years.")
	anna.press("v")
	anna.until(`document.querySelector("[data-row] [data-open]").textContent.includes("another 3 years")`)
}
