//go:build e2e

package e2e

import (
	"strconv"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// TestRejectWithoutScripts rejects for a reason in a browser that runs no scripts: the reasons stand in the page.
func TestRejectWithoutScripts(t *testing.T) {
	d := newDesk(t)
	next := d.submit(t, "The old bridge will do for a second year.")
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	if _, err := chromedp.Call(anna.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	anna.open("/?order=newest")
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.picture("no-script-" + view.name)
	}
	anna.size(1440, 900)
	anna.do(chromedp.Click(chromedp.CSS(`#reject [data-pick="1"]`)), chromedp.WaitVisible(chromedp.CSS(`#reject .pick:has([type=radio]:checked) .implied`)),
		chromedp.Click(chromedp.CSS("[data-asks=reject]")), chromedp.WaitVisible(chromedp.CSS(".toast")))
	if !js[bool](anna, `(({ top, bottom }) => top > 0 && bottom < innerHeight)(document.querySelector(".toast").getBoundingClientRect())`) {
		t.Error("what was done is said outside the window")
	}
	anna.picture("no-script-toast")
	anna.wantLabels(id, moderation.Rejected, map[classifier.Axis]string{classifier.Hostile: classifier.Yes})

	// The next one is rejected for nothing that was not chosen on its page.
	anna.do(chromedp.WaitVisible(chromedp.CSS(`#reject [data-last]`)), chromedp.Click(chromedp.CSS("[data-asks=reject]")), chromedp.WaitNotPresent(chromedp.CSS(`input[name=comment][value="`+strconv.FormatInt(next, 10)+`"]`)))
	anna.wantLabels(next, moderation.Rejected, nil)
	if review, err := d.service.Review(t.Context(), next, ""); err != nil || review.History[0].Reason != "" {
		t.Errorf("history %+v, error %v", review.History, err)
	}
}
