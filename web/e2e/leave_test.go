//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// TestWrittenIsAskedFor goes on with words that are not kept: j asks for the note and the reason, a asks for the note.
func TestWrittenIsAskedFor(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 2)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows(year(1))
	anna.do(chromedp.SendKeys(chromedp.CSS("input[name=reason]"), "my own words"))
	anna.press(kb.Escape)
	anna.press("j")
	anna.until(`document.getElementById("leave").open && document.querySelector("[data-leave-marks]").textContent === "The reason that you wrote is not saved."`)
	anna.click("#leave button[value=stay]")
	anna.do(chromedp.SendKeys(chromedp.CSS("#note"), "Ask the council"))
	anna.press(kb.Escape)
	anna.press("a")
	anna.until(`document.getElementById("leave").open && document.querySelector("[data-leave-marks]").textContent.startsWith("The note that you wrote is not kept.")`)
	anna.picture("note")
	anna.click("#leave button[value=stay]")
	anna.wantLabels(ids[1], moderation.Pending, nil)
	anna.press("a")
	anna.until(`document.getElementById("leave").open`)
	anna.click("#leave button[value=leave]")
	anna.shows(year(0))
	anna.wantLabels(ids[1], moderation.Approved, nil)
	if history := d.history(t, ids[1]); len(history) != 1 || history[0].Reason != "my own words" {
		t.Errorf("history %+v", history)
	}
}

// TestNoteIsKeptOnTheWay decides with a note written beside it and keeps it; brought back by an undo, the page keeps another note as well.
func TestNoteIsKeptOnTheWay(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 2)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows(year(1))
	anna.holdsNext()
	release := d.gate.hold(t, "/act")
	for _, note := range []string{"Ask the council", "They called back"} {
		anna.do(chromedp.SendKeys(chromedp.CSS("#note"), note))
		anna.press(kb.Escape)
		anna.press("a")
		anna.until(`document.getElementById("leave").open`)
		anna.click("#leave button[value=keep]")
		anna.shows(year(0))
		anna.press("z")
		anna.shows(year(1))
		anna.until(`document.getElementById("note").value === ""`)
	}
	release()
	anna.saved()
	anna.open("/?order=newest&id=" + number(ids[1]))
	if got := js[string](anna, `[...document.querySelectorAll(".notes li p")].map((p) => p.textContent).sort().join("; ")`); got != "Ask the council; They called back" {
		t.Errorf("the notes are %q", got)
	}
}

// TestMarksAreKeptOnTheWay goes on with marks alone: the question offers to keep them as labels.
func TestMarksAreKeptOnTheWay(t *testing.T) {
	d := newDesk(t)
	ids := d.years(t, 2)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows(year(1))
	anna.press("2")
	anna.press("j")
	anna.until(`document.getElementById("leave").open && !document.querySelector("#leave [value=keep]").checkVisibility() && document.querySelector("#leave [value=labels]").checkVisibility()`)
	anna.picture("marks")
	anna.press("1")
	anna.shows(year(0))
	anna.saved()
	anna.wantLabels(ids[1], moderation.Pending, map[classifier.Axis]string{classifier.Stance: classifier.None})
	anna.press("z")
	anna.shows(year(1))
	anna.wantLabels(ids[1], moderation.Pending, nil)
	anna.press("3gm")
	anna.until(`document.getElementById("leave").open`)
	anna.click("#leave button[value=labels]")
	anna.until(`location.pathname === "/models"`)
	anna.saved()
	anna.wantLabels(ids[1], moderation.Pending, map[classifier.Axis]string{classifier.Stance: classifier.Against})
}
