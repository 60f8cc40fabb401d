//go:build e2e

package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"commentdesk/moderation/learn"
)

// views are what people hold in front of them.
var views = []struct {
	name          string
	width, height int64
	scheme        string
}{{"light", 1440, 900, "light"}, {"dark", 1440, 900, "dark"}, {"phone", 390, 844, "light"}, {"phone-dark", 390, 844, "dark"}, {"tablet", 900, 1100, "light"}}

// look saves a picture of what the window shows and checks that nothing sticks out sideways.
func (p *person) look(name, view string) {
	p.Helper()
	p.until(`true`)
	if over := js[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		p.Errorf("%s in %s sticks out by %d px", name, view, over)
	}
	if cut := js[[]string](p, `[...document.querySelectorAll("button, .button")].filter(b => b.checkVisibility() && b.scrollWidth > b.clientWidth + 1 && getComputedStyle(b).position !== "absolute").map(b => b.textContent.trim())`); len(cut) > 0 {
		p.Errorf("%s in %s cuts off the buttons %q", name, view, cut)
	}
	p.picture(fmt.Sprintf("%s-%s", name, view))
}

// TestPictures looks at every page in light, in dark and on a phone: nothing may stick out sideways.
func TestPictures(t *testing.T) {
	d := newDesk(t)
	d.submit(t, "You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here.")
	ada := d.person(t, newBrowser(t), "ada")
	then := ada.decideFirst()
	job, err := d.store.StartJob(t.Context(), "anna", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	job.Step, job.Percent = "comparing", 40
	if err := d.store.UpdateJob(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{
		"queue": "/", "why": "/?axis=hostile#why", "doubt": "/?order=doubt", "topics": "/topics", "reasons": "/reasons", "running": "/models", "settings": "/settings", "users": "/users", "password": "/password",
		"list": "/?view=list", "no-list": "/?view=list&tab=escalated", "empty": "/?tab=escalated", "end": "/?after=end", "hint": "/?q=hostile:maybe", "nothing-fits": "/?q=zeppelin", "problem": "/nothing", "gone": "/?id=999999",
	}
	pages["then"] = then
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range pages {
			ada.open(path)
			ada.look(name, view.name)
		}
		ada.open("/")
		ada.press("?")
		ada.until(`document.getElementById("help").matches(":popover-open")`)
		ada.look("help", view.name)
	}
	if err := d.store.InterruptJobs(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if jobs, err := d.store.Jobs(t.Context(), 1); err != nil || len(jobs) != 1 || jobs[0].State != learn.JobInterrupted {
		t.Fatalf("jobs %+v, error %v", jobs, err)
	}
	for _, view := range views {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		ada.open("/models")
		ada.look("interrupted", view.name)
	}
}

// TestPicturesOfWork looks at what stands on the page between two decisions: marks, the toast, history, a conflict, the drawer.
func TestPicturesOfWork(t *testing.T) {
	d := newDesk(t)
	browser := newBrowser(t)
	ada, ben, stranger := d.person(t, browser, "ada"), d.person(t, browser, "ben"), d.visitor(t, browser)
	for i, view := range views {
		text := fmt.Sprintf("The old bridge will do for another %d years.", i+2)
		id := d.submit(t, text)
		for _, p := range []*person{ada, ben, stranger} {
			p.size(view.width, view.height)
			p.scheme(view.scheme)
		}
		ada.open("/?order=newest")
		ada.shows(text)
		ben.open("/?order=newest&id=" + number(id))
		ben.shows(text)
		ben.look("lease", view.name)
		ada.press("1h")
		ada.look("marked", view.name)
		ada.press("j")
		ada.until(`document.getElementById("leave").open`)
		ada.look("leave", view.name)
		ada.click("#leave button[value=stay]")
		ada.reject()
		ada.until(`document.querySelector(".toast span")?.textContent.startsWith("Rejected;")`)
		ada.look("toast", view.name)
		ben.press("3a")
		ben.until(`document.querySelector(".notice.alarm")?.textContent.includes("Rejected by ada just now, labelled")`)
		ben.look("conflict", view.name)
		ben.click("[data-refused] button")
		if view.width < 1100 {
			ben.click(".strip button")
			ben.until(`document.getElementById("context").matches(":popover-open")`)
			ben.look("drawer", view.name)
		}
		stranger.open("/sign-in?lost=yes")
		stranger.look("sign-in", view.name)
		stranger.do(chromedp.SendKeys(chromedp.CSS("input[name=name]"), "ada"), chromedp.SendKeys(chromedp.CSS("input[name=password]"), "wrong\r"))
		stranger.until(`document.querySelector(".alarm")?.textContent === "Wrong name or password."`)
		stranger.look("refused", view.name)
	}
}
