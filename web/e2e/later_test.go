//go:build e2e

package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// TestLater has two moderators with windows of their own: one snoozes, hands over and asks; the other answers.
func TestLater(t *testing.T) {
	d := newDesk(t)
	third := d.submit(t, "Whoever wants that bridge has never paid a toll in his life.")
	second := d.submit(t, "Build the bridge at Drumlow, and build it soon.")
	first := d.submit(t, "The old bridge will do for another year.")
	browser := newBrowser(t)
	anna, ben := d.person(t, browser, "anna"), d.person(t, browser, "ben")
	ben.open("/")
	if got := js[bool](ben, `document.querySelector("[data-mine]").checkVisibility()`); got {
		t.Error("ben has a link to nothing")
	}

	// What is refused comes back in the menu, with what was written.
	anna.open("/?order=newest")
	anna.press("w")
	anna.until(`document.getElementById("later").matches(":popover-open")`)
	anna.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#later [name=at]").value = "2020-01-01T10:00"; document.querySelector("#later [name=reason]").value = "later"; document.querySelector("#later [value=at]").click()`))
	anna.until(`location.pathname === "/later" && document.querySelector("#later:popover-open [role=alert]")?.textContent === "A snooze ends in the future, within a year."`)
	anna.until(`document.querySelector("#later [name=at]").value === "2020-01-01T10:00" && document.querySelector("#later [name=reason]").value === "later"`)
	anna.picture("refused")

	// w opens the menu, a digit snoozes, z brings it back.
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	anna.press("w")
	anna.until(`document.getElementById("later").matches(":popover-open") && document.activeElement.id === "later-title"`)
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("later", view.name)
	}
	anna.size(1440, 900)
	anna.press("1")
	anna.shows("Build the bridge at Drumlow, and build it soon.")
	anna.until(`document.querySelector(".toast span").textContent.startsWith("Snoozed until ")`)
	if got := anna.state(first); got.Status != moderation.Snoozed || time.Until(got.Waiting.Until) > time.Hour || time.Until(got.Waiting.Until) < 50*time.Minute {
		t.Errorf("the first is %+v", got)
	}
	anna.press("z")
	anna.shows("The old bridge will do for another year.")
	anna.wantLabels(first, moderation.Pending, nil)
	anna.press("j")
	anna.shows("Build the bridge at Drumlow, and build it soon.")

	// 5 leads to the colleague first; ben's open page has the link at once.
	anna.press("w5")
	anna.until(`document.activeElement.name === "for" && document.querySelector("#later [data-enter]").checkVisibility()`)
	anna.press(kb.Enter) // nobody is chosen yet: the field keeps the focus
	anna.do(chromedp.SetValue(chromedp.CSS("#later select"), "ben"), chromedp.SendKeys(chromedp.CSS("[data-why]"), "you know the bridge"))
	anna.press(kb.Enter)
	anna.until(`document.querySelector(".toast span")?.textContent === "Handed to ben."`)
	ben.until(`document.querySelector("[data-count=for-you]").textContent === "1" && document.querySelector("[data-mine]").checkVisibility()`)
	ben.click("[data-mine]")
	ben.shows("Build the bridge at Drumlow, and build it soon.")
	if got := ben.text(".waits"); !strings.HasPrefix(got, "anna handed this to you.") || !strings.Contains(got, "you know the bridge") {
		t.Errorf("ben reads %q", got)
	}
	for _, view := range views {
		ben.size(view.width, view.height)
		ben.scheme(view.scheme)
		ben.look("handed", view.name)
	}
	ben.size(1440, 900)
	ben.press("a")
	ben.until(`document.querySelector(".empty h1")?.textContent === "Nothing more waits here."`)
	ben.wantLabels(second, moderation.Approved, nil)

	// Marks go along with a question; the asker's decisions are off, the answer comes to the open page.
	anna.open("/?order=newest&id=" + number(third))
	anna.shows("Whoever wants that bridge has never paid a toll in his life.")
	anna.press("h")
	anna.until(`document.querySelector("[name=hostile][value=yes], [name=hostile][value=no]") && document.querySelector("[data-marks]").textContent !== ""`)
	anna.press("w6")
	anna.until(`document.activeElement.name === "for" && document.querySelector("#later .primary").value === "ask"`)
	if got := anna.state(third); got.Waiting.AskedBy != "" {
		t.Error("6 asks before it was said whom")
	}
	anna.press(kb.Enter) // anybody
	anna.until(`document.querySelector(".toast span")?.textContent.startsWith("Asked for a second opinion; hostile: ")`)
	if got := anna.state(third); got.Waiting.AskedBy != "anna" || got.Labels[classifier.Hostile] == "" {
		t.Errorf("the third is %+v", got)
	}
	ben.until(`document.querySelector("[data-count=opinions]").textContent === "1" && document.querySelector("[data-mine]:has([data-count=opinions])").checkVisibility()`)
	ben.click("[data-mine]:has([data-count=opinions])")
	ben.shows("Whoever wants that bridge has never paid a toll in his life.")
	if js[int](ben, `document.querySelectorAll(".axes .chip.person").length`) != 0 {
		t.Error("ben sees what anna marked")
	}
	anna.open("/?order=newest&id=" + number(third))
	if js[int](anna, `document.querySelectorAll("#act button:disabled").length`) != 3 {
		t.Error("anna can decide what she asked about")
	}
	anna.press("a") // does nothing
	for _, view := range views {
		for name, p := range map[string]*person{"asked": ben, "asking": anna} {
			p.size(view.width, view.height)
			p.scheme(view.scheme)
			p.look(name, view.name)
		}
	}
	anna.size(1440, 900)
	ben.size(1440, 900)
	ben.reject()
	anna.until(`document.querySelector("[data-count=answers]").textContent === "1" && document.querySelector("[data-news] strong")?.textContent === "ben rejected this"`)
	anna.open("/answers")
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.look("answers", view.name)
	}
	if got := anna.text(".answers"); !strings.HasPrefix(got, "ben rejected what you asked about") {
		t.Errorf("anna reads %q", got)
	}
	anna.click("form[action='/answers/seen'] button")
	anna.until(`!document.querySelector(".answers")`)
}

// TestLaterAsksForWords puts a comment off that has a reason written beside it: the menu asks, and who stays loses neither words nor marks.
func TestLaterAsksForWords(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	anna.press("1")
	anna.do(chromedp.SendKeys(chromedp.CSS("input[name=reason][form=act]"), "my own words"))
	anna.press(kb.Escape)
	anna.press("w1")
	anna.until(`document.getElementById("leave").open && document.querySelector("[data-leave-marks]").textContent === "The reason that you wrote is not saved."`)
	anna.click("#leave button[value=stay]")
	if !js[bool](anna, `document.querySelector("[name=stance][value=favor]").checked && document.querySelector("input[name=reason][form=act]").value === "my own words"`) {
		t.Error("marks or words are gone")
	}
	anna.press("3w1") // the mark of now counts
	anna.until(`document.getElementById("leave").open`)
	anna.click("#leave button[value=leave]")
	anna.until(`document.querySelector(".toast span")?.textContent.startsWith("Snoozed until ")`)
	if got := anna.state(id); got.Status != moderation.Snoozed || got.Labels[classifier.Stance] != classifier.Against {
		t.Errorf("it is %+v", got)
	}
}

// TestLaterAccessible looks at the menu and at what a comment waits for with axe-core.
func TestLaterAccessible(t *testing.T) {
	axe := axeOf(t)
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna, ben := d.person(t, newBrowser(t), "anna"), d.person(t, newBrowser(t), "ben")
	wait := func(action string, revision int64, w moderation.Wait) {
		if _, err := d.service.Act(t.Context(), moderation.Action{ID: action, CommentID: id, Revision: revision, Actor: "anna", Wait: w, Reason: "look at this"}); err != nil {
			t.Fatal(err)
		}
	}
	wait("a1", 1, moderation.Wait{Kind: moderation.Ask, For: "ben"})
	for _, width := range widths {
		for _, scheme := range []string{"light", "dark"} {
			for name, p := range map[string]*person{"anna": anna, "ben": ben} {
				p.size(width.width, 900)
				p.scheme(scheme)
				for _, path := range []string{"/?id=" + number(id), "/?view=list&q=opinion:wanted", "/?tab=all&q=for:me"} {
					p.open(path)
					p.accessible(axe, strings.Join([]string{name, path, width.name, scheme}, " "))
				}
				p.open("/")
				p.press("w")
				p.until(`document.getElementById("later").matches(":popover-open")`)
				p.do(chromedp.Evaluate[chromedp.Void](axe)) // the menu alone: what it covers was looked at without it
				for _, found := range awaited[[]string](p, `axe.run("#later").then((result) => result.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.target.join(" ")).join(", ")))`) {
					t.Errorf("%s menu %s %s: %s", name, width.name, scheme, found)
				}
			}
		}
	}
}

func number(id int64) string { return strconv.FormatInt(id, 10) }
