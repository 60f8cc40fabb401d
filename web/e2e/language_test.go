//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// inZone puts the person's browser into a time zone.
func (p *person) inZone(name string) {
	p.Helper()
	if _, err := chromedp.Call(p.ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: name}); err != nil {
		p.Fatal(err)
	}
}

// script is what the page's scripts say.
func (p *person) script(expression string) string {
	p.Helper()
	return awaited[string](p, `import(performance.getEntriesByType("resource").find(({ name }) => name.includes("/said.")).name).then(({ said }) => `+expression+`)`)
}

// TestLanguage: the browser's zone is told once, German and another zone are chosen, and every converted page holds in both.
func TestLanguage(t *testing.T) {
	d := newDesk(t)
	d.work(t)
	browser := newBrowser(t)
	ada := d.visitor(t, browser)
	ada.inZone("Asia/Tokyo")
	ada.open("/sign-in")
	ada.until(`document.cookie === "zone=Asia/Tokyo"`)
	ada.signIn("ada")
	ada.open("/settings")
	if got := ada.text("main"); !strings.Contains(got, " JST. ") {
		t.Errorf("the clock is not Tokyo's: %q", got)
	}
	if got := ada.text("[data-browser-zone]"); got != "as the browser says (Asia/Tokyo)" {
		t.Errorf("the browser's zone is shown as %q", got)
	}
	if got := ada.script(`said("browser_zone", { zone: 1234 }) + said("no_such_key")`); got != "as the browser says (1,234)no_such_key" {
		t.Errorf("a script says %q", got)
	}

	ada.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[name=language]").value = "de", document.querySelector("[name=zone]").value = "America/New_York"`))
	ada.click("form[action='/settings/language'] button")
	ada.until(`document.documentElement.lang === "de" && document.querySelector(".notice")?.textContent.includes("Die Einstellungen wurden gespeichert.")`)
	zone, _ := time.Now().In(mustZone(t, "America/New_York")).Zone()
	if got := ada.text("main"); !strings.Contains(got, " Uhr "+zone+".") {
		t.Errorf("the clock is not New York's: %q", got)
	}
	if got := ada.script(`said("browser_zone", { zone: 1234 })`); got != "wie der Browser meldet (1.234)" {
		t.Errorf("a script says %q", got)
	}
	ada.open("/audit")
	if got := js[string](ada, `document.querySelector("time").title + document.querySelector("time").dateTime`); !strings.Contains(got, zone) || !strings.HasSuffix(got, "Z") {
		t.Errorf("a time is %q", got)
	}

	pages := map[string]string{
		"dashboard": "/dashboard", "week": "/dashboard/week", "grid": "/grid", "fairness": "/fairness", "topics": "/topics", "articles": "/topics/articles", "merge": "/topics/merge?from=speed-limit&into=nuclear-power",
		"models": "/models", "reasons": "/reasons", "users": "/users", "settings": "/settings", "password": "/password", "audit": "/audit", "problem": "/nothing",
	}
	ada.open("/models")
	pages["model"] = js[string](ada, `document.querySelector(".model-card a").pathname`)
	for _, view := range views[:3] {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range pages {
			ada.open(path)
			ada.look("de-"+name, view.name)
		}
	}
	axe := axeOf(t)
	for _, width := range widths {
		ada.size(width.width, 900)
		for _, path := range pages {
			ada.open(path)
			ada.accessible(axe, path+" in German, "+width.name)
		}
	}
}

// TestQueueInGerman: the queue, its list, menus and dialogs hold in German, wide and on a phone, and its scripts speak it.
func TestQueueInGerman(t *testing.T) {
	d := newDesk(t)
	ada := d.person(t, newBrowser(t), "ada")
	ada.open("/settings")
	ada.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("[name=language]").value = "de"`))
	ada.click("form[action='/settings/language'] button")
	ada.until(`document.documentElement.lang === "de"`)
	pages := map[string]string{
		"queue": "/", "list": "/?view=list", "alike-list": "/?view=list&order=alike", "filter": "/?q=hostile:maybe", "end": "/?after=end", "answers": "/answers", "near-duplicates": "/alike/1",
	}
	for _, view := range [...]struct {
		name          string
		width, height int64
	}{{"wide", 1440, 900}, {"phone", 390, 844}} {
		ada.size(view.width, view.height)
		for name, path := range pages {
			ada.open(path)
			ada.look("de-"+name, view.name)
		}
		for name, opened := range map[string]string{"later": "#later", "help": "#help"} {
			ada.open("/")
			ada.press(map[string]string{"later": "w", "help": "?"}[name])
			ada.until(`document.querySelector("` + opened + `:popover-open") !== null`)
			ada.look("de-"+name, view.name)
			ada.within(opened)
		}
		ada.open("/")
		ada.click("[data-asks=reject]")
		ada.until(`document.getElementById("reject").open`)
		ada.look("de-reject", view.name)
		ada.within("#reject")
		ada.open("/?view=list&tab=all&order=oldest")
		ada.click("[data-box]")
		ada.until(`document.querySelector("[data-marks]").textContent === "1 ausgewählt"`)
		ada.click("#bulk button[value=reject]")
		ada.until(`document.querySelector("[data-confirm]")?.textContent === "1 ablehnen"`)
		ada.look("de-bulk", view.name)
	}
	ada.size(320, 700)
	for _, path := range []string{"/", "/?view=list"} {
		ada.open(path)
		ada.look("de-narrowest", map[bool]string{true: "queue", false: "list"}[path == "/"])
	}
	ada.open("/")
	ada.press("h")
	ada.until(`document.querySelector("[data-marks]").textContent.startsWith("Markiert, noch nicht gespeichert: feindselig: ")`)
}

// within reports what sticks out of an open dialog, or is cut by it.
func (p *person) within(selector string) {
	p.Helper()
	if out := js[string](p, `(() => {
		const dialog = document.querySelector("`+selector+`"), box = dialog.getBoundingClientRect();
		if (dialog.scrollWidth > dialog.clientWidth) return "it scrolls sideways";
		if (box.top < 0 || box.bottom > innerHeight) return "it is higher than the window";
		for (const element of dialog.querySelectorAll("button, td, label, p, h2")) {
			const { left, right, width } = element.getBoundingClientRect();
			if (width && (left < box.left || right > box.right || left < 0 || right > innerWidth)) return element.textContent;
		}
		return "";
	})()`); out != "" {
		p.Errorf("%s: cut is %q", selector, out)
	}
}

func mustZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestLanguageOfAComment: a comment that was put off, labelled, noted and decided, what labels change, the evidence of then and the thresholds, in German.
func TestLanguageOfAComment(t *testing.T) {
	d := newDesk(t)
	d.submit(t, "You fool, that is nonsense and you know it.")
	id := d.submit(t, "You fооl, this is n.o.n.s.e.n.s.e and you know it.")
	browser := newBrowser(t)
	anna := d.person(t, browser, "anna")
	at := fmt.Sprintf("/?id=%d", id)
	comment, err := d.service.Comment(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	revision := comment.State.Revision
	act := func(by string, action moderation.Action) {
		t.Helper()
		action.ID, action.CommentID, action.Revision, action.Actor, action.By = fmt.Sprint("german-", revision), id, revision, by, moderation.ByPerson
		entry, err := d.service.Act(t.Context(), action)
		if err != nil {
			t.Fatal(err)
		}
		revision = entry.Revision
	}
	act("anna", moderation.Action{Wait: moderation.Wait{Kind: moderation.Snooze, Until: time.Now().Add(20 * time.Hour)}, Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}, Reason: "Bis morgen"})
	act("anna", moderation.Action{Wait: moderation.Wait{Kind: moderation.Recall}})
	act("anna", moderation.Action{Wait: moderation.Wait{Kind: moderation.HandOver, For: "ben"}})
	act("ben", moderation.Action{Wait: moderation.Wait{Kind: moderation.Ask}})
	act("anna", moderation.Action{Decision: moderation.Reject, Reason: "Beleidigung", Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes, classifier.Spam: moderation.CantTell}})
	if _, err := d.service.AddNote(t.Context(), id, false, moderation.Note{Key: "german", By: "ben", Text: "Schon zum zweiten Mal."}); err != nil {
		t.Fatal(err)
	}
	if err := d.service.KeepLanguage(t.Context(), "anna", "de", "Europe/Berlin"); err != nil {
		t.Fatal(err)
	}
	if err := d.service.KeepLanguage(t.Context(), "ada", "de", "Europe/Berlin"); err != nil {
		t.Fatal(err)
	}
	anna.open(at)
	if got := anna.text(".history"); !strings.Contains(got, "an ben übergeben") || !strings.Contains(got, "zurückgestellt bis ") || !strings.Contains(got, "Beleidigung") {
		t.Errorf("the history says %q", got)
	}
	then := js[string](anna, `document.querySelector(".history a.said").getAttribute("href")`)
	ada := d.person(t, browser, "ada")
	anna.press("h") // the panel asks until everything is counted
	anna.until(`(document.querySelector("[data-change-said]")?.textContent ?? "").includes("sich ändern")`)
	anna.press("h")
	for _, view := range views[:3] {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.open(at)
		anna.look("de-comment", view.name)
		anna.open(then)
		anna.tall("de-comment-then-whole", view.name, view.width)
		anna.open(at)
		anna.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("#why")?.setAttribute("open", ""), document.querySelector(".alike-list")?.setAttribute("open", "")`))
		anna.tall("de-comment-whole", view.name, view.width)
		if view.width < 500 {
			anna.size(view.width, view.height)
			anna.open(at)
			anna.click(`.strip [popovertarget=context]`)
			anna.until(`document.getElementById("context").matches(":popover-open")`)
			anna.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".history").scrollIntoView()`))
			anna.look("de-comment-history", view.name)
		}
		anna.open(fmt.Sprintf("/change?comment=%d&hostile=no&spam=cant_tell&stance=favor&revision=%d", id, revision))
		anna.until(`document.querySelector("[data-lead]").textContent.includes("sich ändern")`)
		anna.tall("de-change", view.name, view.width)
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		ada.open("/models/thresholds?axis=hostile&low=0,001&high=0,02&coverage=0,1")
		ada.until(`document.querySelector("#changes") !== null`)
		ada.tall("de-thresholds", view.name, view.width)
	}
	axe := axeOf(t)
	for _, width := range widths {
		anna.size(width.width, 900)
		for _, path := range []string{at, then} {
			anna.open(path)
			anna.accessible(axe, path+" in German, "+width.name)
		}
	}
}
