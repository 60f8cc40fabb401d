//go:build e2e

package e2e

import (
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"commentdesk/moderation"
)

// TestUndoStepByStep decides three comments and takes them back one by one with z, also after a reload; a key that strikes twice decides once.
func TestUndoStepByStep(t *testing.T) {
	d := newDesk(t)
	d.years(t, 6)
	anna := d.person(t, newBrowser(t), "anna")
	status := func(want moderation.Status, n int) {
		t.Helper()
		anna.saved()
		counts, err := d.service.Counts(t.Context())
		if err != nil || counts[want] != n {
			t.Errorf("%d are %s, want %d, error %v", counts[want], want, n, err)
		}
	}
	anna.open("/?order=oldest")
	anna.holdsNext()
	first := anna.text(".text")
	anna.do(chromedp.KeyEvent("aa"))
	anna.until(`document.querySelector("[data-marks]").textContent === "Not taken: this comment has only just appeared."`)
	status(moderation.Approved, 1)
	anna.press("e")
	anna.until(`document.querySelector(".toast span")?.textContent === "Escalated."`)
	anna.press("a")
	anna.until(`document.querySelector(".toast span")?.textContent === "Approved."`)
	status(moderation.Approved, 2)
	for _, want := range []string{"Approved.", "Escalated."} {
		anna.press("z")
		anna.until(`["Undone, and counts no more: ` + want + `", "Undone. Nothing of it counts any more."].includes(document.querySelector(".toast span")?.textContent)`)
		anna.saved()
		anna.do(chromedp.Reload())
		anna.until(`document.querySelector("#undo") !== null`)
	}
	status(moderation.Escalated, 0)
	status(moderation.Approved, 1)
	anna.press("z")
	anna.shows(first)
	status(moderation.Approved, 0)
	anna.press("z")
	anna.until(`document.querySelector("[data-marks]").textContent === "There is nothing more to undo."`)
}

// TestDoubleClickDecidesOnce clicks twice where Approve is: the second click meets a comment that nobody has read.
func TestDoubleClickDecidesOnce(t *testing.T) {
	d := newDesk(t)
	d.years(t, 3)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=oldest")
	anna.holdsNext()
	middle := func(side string) float64 {
		return js[float64](anna, `(() => { const at = document.querySelector("#act [value=approve]").getBoundingClientRect(); return at.`+side+` + 10 })()`)
	}
	x, y := middle("left"), middle("top")
	anna.do(chromedp.MouseClickXY(x, y, chromedp.ClickCount(1)), chromedp.MouseClickXY(x, y, chromedp.ClickCount(2)))
	anna.until(`document.querySelector("[data-marks]").textContent === "Not taken: this comment has only just appeared."`)
	anna.saved()
	if counts, err := d.service.Counts(t.Context()); err != nil || counts[moderation.Approved] != 1 {
		t.Errorf("%d are approved, error %v", counts[moderation.Approved], err)
	}
}

// TestUndoAfterARefusal is refused what somebody else did before: z undoes what was done before that.
func TestUndoAfterARefusal(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 3)
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	anna.open("/?order=newest")
	anna.shows(year(2))
	anna.press("a")
	anna.shows(year(1))
	anna.saved()
	ben.openByNumber(ids[1])
	ben.press("e")
	ben.saved()
	ben.until(`document.querySelector(".text")?.textContent !== ` + quote(year(1)))
	anna.press("a")
	anna.until(`document.querySelector("[data-refused]").textContent.startsWith("Escalated by ben")`)
	anna.press("z")
	anna.until(`document.querySelector(".toast span")?.textContent === "Undone, and counts no more: Approved."`)
	anna.wantLabels(ids[2], moderation.Pending, nil)
}

// TestUndoBackPastARefusal undoes what came after a refusal and then once more: the page put back knows nothing of what was refused any more.
func TestUndoBackPastARefusal(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 4)
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	anna.open("/?order=newest")
	anna.shows(year(3))
	anna.press("a")
	anna.shows(year(2))
	anna.saved()
	ben.openByNumber(ids[2])
	ben.press("e")
	ben.saved()
	anna.holdsNext()
	var came atomic.Int32
	first, second := make(chan struct{}), make(chan struct{})
	d.gate.set("/act", func(desk http.Handler, w http.ResponseWriter, r *http.Request) {
		if came.Add(1) == 1 {
			<-first
		} else {
			<-second
		}
		desk.ServeHTTP(w, r)
	})
	anna.press("a")
	anna.shows(year(1))
	anna.press("a")
	anna.until(`document.querySelector(".text")?.textContent !== ` + quote(year(1)))
	close(first)
	anna.until(`document.querySelector("[data-refused]").textContent.startsWith("Escalated by ben")`)
	anna.press("z")
	anna.shows(year(1))
	anna.press("z")
	anna.shows(year(3))
	close(second)
	anna.saved()
	anna.wantLabels(ids[3], moderation.Pending, nil)
	anna.wantLabels(ids[1], moderation.Pending, nil)
}
