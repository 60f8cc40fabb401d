//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// state is how the store has the comment.
func (p *person) state(id int64) moderation.State {
	p.Helper()
	stored, err := p.desk.service.Comment(p.Context(), id)
	if err != nil {
		p.Fatal(err)
	}
	return stored.State
}

// saved waits until the desk has answered everything that was done on the page.
func (p *person) saved() {
	p.Helper()
	p.until(`!Object.keys(localStorage).some(key => key.startsWith("commentdesk unsent"))`)
}

func (p *person) wantLabels(id int64, status moderation.Status, labels map[classifier.Axis]string) {
	p.Helper()
	p.saved()
	got := p.state(id)
	if got.Status != status || len(got.Labels) != len(labels) {
		p.Errorf("comment %d is %s, labelled %v; want %s, %v", id, got.Status, got.Labels, status, labels)
	}
	for axis, answer := range labels {
		if got.Labels[axis] != answer {
			p.Errorf("comment %d is labelled %v, want %v", id, got.Labels, labels)
		}
	}
}

// reject presses r, and Enter in the dialog that asks why.
func (p *person) reject() {
	p.Helper()
	p.press("r")
	p.until(`document.getElementById("reject").open`)
	p.press(kb.Enter)
}

// TestStory signs in, corrects, approves, undoes, all with keys.
func TestStory(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, "The old bridge will do for another year.")
	second := d.submit(t, "Build the bridge at Drumlow, and build it soon.")
	anna := d.visitor(t, newBrowser(t))
	anna.signIn("anna")

	anna.open("/?order=newest")
	anna.shows("Build the bridge at Drumlow, and build it soon.")

	// Marks: shown and announced, not saved.
	anna.press("1")
	anna.until(`document.querySelector("[data-marks]").textContent === "Marked, not saved yet: stance: favor"`)
	anna.press("H")
	anna.until(`document.querySelector("[name=hostile][value=no]").checked`)
	anna.press("0s")
	anna.until(`document.querySelector("[name=spam][value=cant_tell]").checked`)
	anna.picture("marked")
	anna.wantLabels(second, moderation.Pending, nil)

	// Leaving with marks asks; staying keeps them.
	anna.press("j")
	anna.until(`document.getElementById("leave").open`)
	anna.picture("leave")
	anna.click("#leave button[value=stay]")
	anna.until(`!document.getElementById("leave").open && document.querySelector("[name=stance][value=favor]").checked`)

	// Approve commits marks and decision as one action, and the next comment stands there.
	anna.press("a")
	anna.shows("The old bridge will do for another year.")
	anna.wantLabels(second, moderation.Approved, map[classifier.Axis]string{classifier.Stance: classifier.Favor, classifier.Hostile: classifier.No, classifier.Spam: moderation.CantTell})
	anna.until(`document.querySelector(".toast span").textContent.startsWith("Approved; stance: favor, hostile: no, spam: can’t tell.")`)
	anna.picture("toast")

	// One undo takes all of it back.
	anna.press("z")
	anna.shows("Build the bridge at Drumlow, and build it soon.")
	anna.wantLabels(second, moderation.Pending, nil)

	// h switches the answer and the second h takes the mark back; enter without marks does nothing.
	anna.press("h")
	anna.until(`document.querySelector("[name=hostile][value=yes]").checked`)
	anna.press("h")
	anna.until(`document.querySelector("[name=hostile][value='']").checked`)
	anna.press(kb.Enter)
	anna.until(`document.querySelector("[data-marks]").textContent === "Nothing is marked."`)

	// j and k move without deciding.
	anna.press("j")
	anna.shows("The old bridge will do for another year.")
	anna.press("k")
	anna.shows("Build the bridge at Drumlow, and build it soon.")
	anna.press("j")
	anna.shows("The old bridge will do for another year.")

	// Enter keeps labels alone. Letters typed into a field are no keys.
	anna.press("3")
	anna.do(chromedp.SendKeys(chromedp.CSS("input[name=reason]"), "are"))
	anna.wantLabels(first, moderation.Pending, nil)
	anna.do(chromedp.Evaluate[chromedp.Void](`document.activeElement.blur()`))
	anna.press(kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "Labelled stance: against."`)
	anna.wantLabels(first, moderation.Pending, map[classifier.Axis]string{classifier.Stance: classifier.Against})

	// The list of keys opens and closes.
	anna.press("?")
	anna.until(`document.getElementById("help").matches(":popover-open")`)
	anna.picture("keys")
	anna.press(kb.Escape)
	anna.until(`!document.getElementById("help").matches(":popover-open")`)
}

// TestTwoModerators have one comment open; the second is told, and can still decide.
func TestTwoModerators(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	for _, p := range []*person{anna, ben} {
		p.openByNumber(id)
		p.shows("The old bridge will do for another year.")
	}
	if got := ben.text(".comment > .notice strong"); got != "anna is on this." {
		t.Errorf("the lease says %q", got)
	}
	anna.reject()
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected."`)
	ben.press("1a")
	ben.until(`document.querySelector("[data-refused]")?.textContent.includes("Rejected by anna just now. Your choice was not saved: approve; stance: favor.")`)
	ben.picture("conflict")
	ben.wantLabels(id, moderation.Rejected, nil)
	ben.press("b")
	ben.shows("The old bridge will do for another year.")
	ben.until(`document.querySelector("[name=stance][value=favor]").checked`)
	ben.press("1e")
	ben.until(`document.querySelector(".toast span")?.textContent === "Escalated."`)
	ben.wantLabels(id, moderation.Escalated, nil)

	// Anna's undo comes too late.
	anna.press("z")
	anna.until(`document.querySelector(".notice.alarm")?.textContent.includes("Escalated by ben")`)
	anna.wantLabels(id, moderation.Escalated, nil)
}

// decideFirst approves the first comment of all and returns the address of the evidence beside that.
func (p *person) decideFirst() string {
	p.Helper()
	p.open("/?tab=all&order=oldest")
	p.press("a")
	p.until(`document.querySelector("[data-toast]") !== null`)
	p.saved()
	p.open("/?tab=all&order=oldest")
	return js[string](p, `document.querySelector(".history a[href^='/evidence/']").getAttribute("href")`)
}
