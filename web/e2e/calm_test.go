//go:build e2e

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/moderation"
)

const insult = "You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here."

// TestCover chooses to have hostile text covered: it is neither seen nor read out until u, a click or Enter asks for it.
func TestCover(t *testing.T) {
	d := newDesk(t)
	calm := d.submit(t, "The old bridge will do for another year.")
	d.submit(t, insult)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/settings")
	anna.click("[name=cover]")
	anna.click("form[action='/settings/calm'] button")
	anna.until(`document.querySelector("[name=cover]").checked && document.querySelector(".notice")?.textContent === "Your settings were kept."`)

	shut := `!document.querySelector(".comment .text").checkVisibility({ contentVisibilityAuto: true }) && !document.querySelector(".comment > .cover").open`
	seen := `document.querySelector(".comment .text").checkVisibility({ contentVisibilityAuto: true })`
	anna.open("/?order=newest")
	anna.until(shut)
	if said := js[string](anna, `document.body.innerText`); strings.Contains(said, "nobody wants people") || !strings.Contains(said, "Hostile text hidden.") {
		t.Errorf("the page shows %q", said)
	}
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.open("/?order=newest")
		anna.look("covered", view.name)
		anna.press("u")
		anna.until(seen)
		anna.look("uncovered", view.name)
		anna.open("/?order=newest&view=list")
		anna.look("covered-list", view.name)
	}
	anna.size(1440, 900)
	anna.open("/?order=newest")
	anna.until(shut)
	anna.press("u")
	anna.until(seen + ` && document.querySelector("[data-news-said]").textContent.includes("nobody wants people")`)
	anna.press("u")
	anna.until(shut)
	anna.do(chromedp.Focus(chromedp.CSS(".comment > .cover > summary")))
	anna.press(kb.Enter)
	anna.until(seen)
	anna.press("u")
	anna.until(shut)
	anna.onPaper("covered-on-paper", shut)

	// What nobody has read is not approved: the first a shows it.
	anna.press("a")
	anna.until(seen + ` && document.querySelector("[data-marks]").textContent === "Not approved: its text was covered. Here it is."`)
	if counts, err := d.service.Counts(t.Context()); err != nil || counts[moderation.Approved] != 0 {
		t.Errorf("%d are approved, error %v", counts[moderation.Approved], err)
	}
	anna.press("u")
	anna.until(shut)

	// What comes next and is hostile is announced without its words.
	anna.open("/?id=" + decimal(calm))
	anna.shows("The old bridge will do for another year.")
	anna.open("/?order=newest")
	anna.until(shut)
	anna.press("j")
	anna.shows("The old bridge will do for another year.")
	anna.press("k")
	anna.until(shut)

	// In the list the key is for the row with the focus.
	anna.press("v")
	anna.until(`document.querySelectorAll("[data-row]").length > 1`)
	anna.press("ju")
	anna.until(`document.activeElement.textContent === "Hostile text hidden." && document.querySelectorAll("[data-row] .cover[open]").length === 1`)
	anna.press("xA")
	anna.until(`document.querySelector(".bulk .cover:not([open])") !== null`)
	anna.picture("covered-bulk")
	anna.press("u")
	anna.until(`document.querySelector(".bulk .cover[open]") !== null`)
}

// onPaper checks that the condition holds where the page is printed.
func (p *person) onPaper(name, condition string) {
	p.Helper()
	media := func(media string) {
		if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media}); err != nil {
			p.Fatal(err)
		}
	}
	media("print")
	defer media("")
	if !js[bool](p, condition) {
		p.Errorf("on paper it is not so: %s", condition)
	}
	p.picture(name)
}

// TestCoverIsAccessible looks at covered and uncovered pages with axe-core, and at the settings with the keys unfolded and one refused.
func TestCoverIsAccessible(t *testing.T) {
	axe := axeOf(t)
	d := newDesk(t)
	d.submit(t, insult)
	anna := d.person(t, newBrowser(t), "anna")
	if err := d.service.KeepCalm(t.Context(), "anna", true, 30); err != nil {
		t.Fatal(err)
	}
	if err := d.service.KeepKeymap(t.Context(), "anna", `{"a":"f"}`); err != nil {
		t.Fatal(err)
	}
	for _, width := range widths {
		for _, scheme := range []string{"light", "dark"} {
			anna.size(width.width, 16000) // nothing lies under the bar at the bottom
			anna.scheme(scheme)
			where := width.name + " " + scheme
			for _, path := range []string{"/?order=newest", "/?order=newest&view=list", "/?mix=4~"} {
				anna.open(path)
				anna.accessible(axe, path+" "+where)
			}
			anna.open("/?order=newest")
			anna.press("u")
			anna.until(`document.querySelector(".comment > .cover").open`)
			anna.accessible(axe, "uncovered "+where)
			anna.open("/settings")
			anna.do(chromedp.SetValue(chromedp.CSS("[name=reject]"), "?"))
			anna.click("form[action='/settings/keys'] .primary")
			anna.until(`document.querySelector(".notice.alarm") !== null`)
			anna.accessible(axe, "keys refused "+where)
		}
	}
	for _, view := range views {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.open("/settings")
		anna.look("keymap", view.name)
		anna.tall("keymap-whole", view.name, view.width)
	}
}

// TestCalmMix has every fifth comment be a calm one, by keys and with the next page fetched ahead.
func TestCalmMix(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/settings")
	anna.do(chromedp.SetValue(chromedp.CSS("[name=share]"), "20"))
	anna.click("form[action='/settings/calm'] button")
	anna.until(`document.querySelector("[name=share]").value === "20" && document.querySelector(".notice") !== null`)
	anna.open("/")
	for turn := 1; turn <= 10; turn++ {
		anna.until(`new URLSearchParams(new URL(document.querySelector(".steps [rel=next]").href).search).get("mix").startsWith("` + decimal(int64(turn%10+1)) + `~")`)
		calm := js[bool](anna, `document.querySelector(".comment .calm") !== null`)
		if calm != (turn%5 == 0) {
			t.Errorf("at turn %d a calm one: %v", turn, calm)
		}
		if calm {
			anna.wantCalm()
			anna.picture("calm-" + decimal(int64(turn)))
		}
		anna.holdsNext()
		anna.press("j")
	}
	anna.press("k") // back to the tenth
	anna.until(`document.querySelector(".comment .calm") !== null`)
	comment := js[int64](anna, `Number(document.querySelector("#act [name=comment]").value)`)
	anna.press("a")
	anna.until(`document.querySelector(".toast span")?.textContent === "Approved."`)
	anna.wantLabels(comment, moderation.Approved, nil)
	anna.press("z")
	anna.until(`document.querySelector(".comment .calm") !== null && document.querySelector("#act [name=comment]").value === "` + decimal(comment) + `"`)
}

// wantCalm checks that the comment on screen is shown as neither hostile nor spam.
func (p *person) wantCalm() {
	p.Helper()
	if hostile, spam := p.shownAs("hostile"), p.shownAs("spam"); hostile != "no" || spam != "no" {
		p.Errorf("a calm one is shown as hostile %s, spam %s", hostile, spam)
	}
}

func (p *person) shownAs(axis string) string {
	p.Helper()
	return js[string](p, `document.querySelector("fieldset[data-axis=`+axis+`]").dataset.shown`)
}

func decimal(n int64) string { return strconv.FormatInt(n, 10) }
