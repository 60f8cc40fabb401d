//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// TestRejectForAReason chooses a reason with its digit, leaves its label out once, and repeats the last reason with Enter.
func TestRejectForAReason(t *testing.T) {
	d := newDesk(t)
	third := d.submit(t, "The old bridge will do for a third year.")
	second := d.submit(t, "The old bridge will do for a second year.")
	first := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")

	// Esc closes; nothing was done, and the keys work again.
	anna.press("r")
	anna.until(`document.getElementById("reject").open && document.activeElement.value === ""`)
	anna.press("1")
	anna.until(`document.activeElement.checked && document.activeElement.closest(".pick").querySelector(".implied").checkVisibility()`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("reject", view.name)
	}
	anna.size(1440, 900)
	anna.press(kb.Escape)
	anna.until(`!document.getElementById("reject").open`)
	anna.wantLabels(first, moderation.Pending, nil)

	// A digit that no reason has chooses none, and Enter does not go on with another one.
	anna.press("r9" + kb.Enter)
	anna.until(`document.getElementById("reject").open && document.querySelector("#reject [type=radio]:checked") === null && document.querySelector("#reject [type=radio]").validity.customError`)
	anna.press("1" + kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected; hostile: yes."`)
	anna.wantLabels(first, moderation.Rejected, map[classifier.Axis]string{classifier.Hostile: classifier.Yes})
	anna.shows("The old bridge will do for a second year.")

	// A digit that no reason has is forgotten with the dialog.
	anna.press("r9")
	anna.until(`document.getElementById("reject").open && document.querySelector("#reject [type=radio]:checked") === null`)
	anna.press(kb.Escape)

	// Enter repeats the last one; its label is left out, and something is written beside it.
	anna.press("r")
	anna.until(`document.getElementById("reject").open && document.activeElement.closest(".pick").textContent.includes("insult")`)
	anna.click(".pick:has([type=radio]:checked) .implied input")
	anna.do(chromedp.SendKeys(chromedp.CSS("#reject input[name=reason]"), "1 of 2"+kb.Enter))
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected."`)
	anna.wantLabels(second, moderation.Rejected, nil)
	review, err := d.service.Review(t.Context(), second, "")
	if err != nil || review.History[0].Reason != "insult: 1 of 2" {
		t.Errorf("history %+v, error %v", review.History, err)
	}

	// A mark on the axis stands over the reason's label.
	anna.shows("The old bridge will do for a third year.")
	anna.press("H")
	anna.until(`document.querySelector("[name=hostile][value=no]").checked`)
	anna.press("r")
	anna.until(`document.getElementById("reject").open && document.querySelector(".pick:has([type=radio]:checked) .implied input").disabled`)
	struck := `getComputedStyle(document.querySelector(".pick:has([type=radio]:checked) .implied")).textDecorationLine === "line-through"`
	if !js[bool](anna, struck) {
		t.Error("a label that the mark contradicts is not struck out")
	}
	anna.press(kb.Escape)
	anna.press("h") // yes: what the reason says too
	anna.until(`document.querySelector("[name=hostile][value=yes]").checked`)
	anna.press("r")
	anna.until(`document.getElementById("reject").open && !(` + struck + `)`)
	anna.press(kb.Escape)
	anna.press("H")
	anna.press("r")
	anna.until(`document.getElementById("reject").open && ` + struck)
	anna.press(kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected; hostile: no."`)
	anna.wantLabels(third, moderation.Rejected, map[classifier.Axis]string{classifier.Hostile: classifier.No})
}

// TestRejectAllAlike rejects near-duplicates for a reason of the list: r asks, a digit chooses, its label is ticked by hand.
func TestRejectAllAlike(t *testing.T) {
	d := newDesk(t)
	var ids []int64
	for _, end := range []string{"", "!", "!!"} {
		ids = append(ids, d.submit(t, "Buy cheap bridges today"+end))
	}
	anna := d.person(t, newBrowser(t), "anna")
	anna.open(fmt.Sprintf("/alike/%d", ids[0]))
	anna.press("r")
	anna.until(`document.getElementById("reject").open && document.activeElement.value === ""`)
	anna.press(kb.Enter) // without an answer it goes nowhere
	anna.until(`document.getElementById("reject").open && document.activeElement.validity.valueMissing`)
	anna.press("1")
	anna.until(`document.activeElement.checked && !document.activeElement.closest(".pick").querySelector(".implied input").checked`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("reject-alike", view.name)
	}
	anna.size(1440, 900)
	anna.press(kb.Escape)
	anna.until(`!document.getElementById("reject").open`)
	anna.wantLabels(ids[0], moderation.Pending, nil)
	anna.press("r1")
	anna.click(".pick:has([type=radio]:checked) .implied input")
	anna.do(chromedp.SendKeys(chromedp.CSS("#reject input[name=reason]"), "1 flood"+kb.Enter))
	anna.until(`document.querySelector(".toast span")?.textContent === "3 comments rejected."`)
	for _, id := range ids {
		anna.wantLabels(id, moderation.Rejected, map[classifier.Axis]string{classifier.Hostile: classifier.Yes})
	}
	if review, err := d.service.Review(t.Context(), ids[2], ""); err != nil || review.History[0].Reason != "insult: 1 flood" {
		t.Errorf("history %+v, error %v", review.History, err)
	}
}
