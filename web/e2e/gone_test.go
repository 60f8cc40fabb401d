//go:build e2e

package e2e

import (
	"net/http"
	"testing"

	"commentdesk/moderation"
)

// TestDeskIsBack decides and goes on while the desk is gone: what was decided leads on by itself once it is back, and where nothing was decided the
// line that says so goes.
func TestDeskIsBack(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 3)
	anna := d.person(t, newBrowser(t), "anna")
	gone := func(*http.Request) bool { return true }
	d.gate.loseThose(ahead)
	anna.open("/?order=newest")
	anna.shows(year(2))
	d.gate.loseThose(gone)
	anna.press("a")
	anna.until(`document.querySelector("[data-news] strong")?.textContent.endsWith("The next comment cannot be fetched now.")`)
	d.gate.set("", nil)
	anna.shows(year(1))
	anna.saved()
	anna.wantLabels(ids[2], moderation.Approved, nil)

	d.gate.loseThose(ahead)
	anna.open("/?order=newest")
	anna.shows(year(1))
	d.gate.loseThose(gone)
	anna.press("j")
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "The next comment cannot be fetched now."`)
	d.gate.set("", nil)
	anna.until(`document.querySelector("[data-news]").hidden`)
	anna.shows(year(1))
}

// TestDeskIsGone decides twice while the desk is gone: the second comment stays, says what was done to it and takes no further marks; the way back
// stays on the page and says why, and undo says what it undid.
func TestDeskIsGone(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 3)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows(year(2))
	anna.press("j")
	anna.shows(year(1))
	anna.holdsNext()
	d.gate.loseThose(func(*http.Request) bool { return true })
	anna.press("a")
	anna.shows(year(0))
	anna.press("2e")
	anna.until(`document.querySelector("[data-news] strong")?.textContent.endsWith("The next comment cannot be fetched now.")`)
	if got := js[string](anna, `document.querySelector("[data-toast] span").textContent`); got != "Escalated; stance: none." {
		t.Errorf("the toast says %q", got)
	}
	anna.press("3w")
	if !js[bool](anna, `document.querySelector("[name=stance][value=none]").checked && document.querySelector("#later:popover-open") === null && document.querySelector("[data-marks]").textContent === ""`) {
		t.Error("a decided comment was marked anew, or can be put off")
	}
	anna.picture("gone")
	anna.press("k")
	anna.until(`document.querySelector("[data-news] strong")?.textContent === "The desk does not answer now. This page stays, so that nothing on it is lost."`)
	anna.shows(year(0))
	anna.picture("stays")
	anna.press("z")
	anna.until(`document.querySelector("[data-toast] span").textContent === "Undone, and counts no more: Escalated; stance: none."`)
	anna.press("3")
	anna.until(`document.querySelector("[name=stance][value=against]").checked`)
	d.gate.set("", nil)
	anna.saved()
	anna.wantLabels(ids[1], moderation.Approved, nil)
	anna.wantLabels(ids[0], moderation.Pending, nil)
}
