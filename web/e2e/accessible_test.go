//go:build e2e

package e2e

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// widths are how wide the window is for a person: a wide screen, the same at 200 % zoom, and the narrowest that WCAG 2.2 asks for (reflow, 1.4.10).
var widths = []struct {
	name  string
	width int64
}{{"wide", 1440}, {"zoomed", 720}, {"narrow", 320}}

// axeOf is the text of axe-core, which looks for what keeps people out.
func axeOf(t *testing.T) string {
	t.Helper()
	path := os.Getenv("COMMENTDESK_AXE")
	if path == "" {
		t.Skip("COMMENTDESK_AXE is not set: it names axe.min.js of the npm package axe-core")
	}
	source, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(source)
}

// accessible reports what axe-core finds on the page as it is now.
func (p *person) accessible(axe, where string) {
	p.Helper()
	for _, violation := range p.violations(axe) {
		p.Errorf("%s: %s", where, violation)
	}
}

// violations is what axe-core finds. The bars that stay in sight lie over whatever has been scrolled under them, which axe-core takes for a small target. They are let go for it; that
// what has the focus is never under them is scroll-padding's work.
func (p *person) violations(axe string) []string {
	p.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](`window.bars = [...document.querySelectorAll("body *")].filter((bar) => getComputedStyle(bar).position === "sticky")`),
		chromedp.Evaluate[chromedp.Void](`for (const bar of bars) bar.style.position = "static"`))
	defer p.do(chromedp.Evaluate[chromedp.Void](`for (const bar of bars) bar.style.position = ""`))
	p.do(chromedp.Evaluate[chromedp.Void](axe))
	return awaited[[]string](p, `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then((result) =>
		result.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + ": " + n.failureSummary.replaceAll("\n", " "))))`)
}

// awaited is what a promise comes to.
func awaited[T any](p *person, expression string) T {
	p.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.Fatal(err)
	}
	return value
}

// TestAccessible looks at every page with axe-core, in light and dark, wide, zoomed and narrow.
func TestAccessible(t *testing.T) {
	axe := axeOf(t)
	d := newDesk(t)
	d.submit(t, "You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here.")
	d.unsorted(t)
	ada, stranger := d.person(t, newBrowser(t), "ada"), d.visitor(t, newBrowser(t))
	ada.open("/topics")
	ada.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("main").append(document.createElement("button"))`))
	if found := ada.violations(axe); len(found) != 1 || !strings.HasPrefix(found[0], "button-name: ") {
		t.Fatalf("a button without a name gives %q", found)
	}
	everyPage := append(slices.Clone(everyPage), ada.decideFirst(), ada.championPage())
	for _, width := range widths {
		for _, scheme := range []string{"light", "dark"} {
			for _, p := range []*person{ada, stranger} {
				p.size(width.width, 900)
				p.scheme(scheme)
			}
			for _, path := range everyPage {
				ada.open(path)
				ada.accessible(axe, strings.Join([]string{path, width.name, scheme}, " "))
			}
			stranger.open("/sign-in?lost=yes")
			stranger.accessible(axe, "/sign-in "+width.name+" "+scheme)
		}
	}
}

// everyPage is an address of each page, and of each state a page has.
var everyPage = []string{
	"/", "/?axis=hostile#why", "/?tab=escalated", "/?after=end", "/?q=hostile:maybe", "/?q=zeppelin", "/?id=999999", "/?tab=approved", "/?tab=snoozed", "/?tab=all&q=for:me",
	"/?view=list", "/?view=list&order=alike", "/?view=list&q=zeppelin",
	"/bulk?decision=reject&pick=1.1&pick=2.1&place=view%3Dlist",
	"/change?comment=1&hostile=no&stance=favor&spam=yes",
	"/topics", "/topics/articles", "/topics/articles?topic=nuclear-power", "/topics/merge",
	"/models", "/models/thresholds", "/models/thresholds?axis=hostile&low=0.05&high=0.3&coverage=0.3", "/models/thresholds?axis=spam&low=2&high=1&coverage=0",
	"/dashboard", "/dashboard/week", "/grid", "/fairness",
	"/reasons", "/settings", "/answers", "/audit", "/users", "/password", "/nothing",
}
