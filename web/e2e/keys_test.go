//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"commentdesk/moderation"
)

// key sends one key as a keyboard of another layout does: what it says and where it lies.
func (p *person) key(says, lies, modifiers string) {
	p.Helper()
	p.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: %s, code: %s, bubbles: true, %s}))`,
		quote(says), quote(lies), modifiers)))
}

// TestKeysOfOtherKeyboards presses keys of a Cyrillic and a French keyboard, with caps lock and with modifiers.
func TestKeysOfOtherKeyboards(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	checked := func(axis string) string {
		return js[string](anna, `document.querySelector("[name=`+axis+`]:checked").value`)
	}
	shown := anna.answer("hostile")
	if shown != "no" {
		t.Fatalf("hostile is %q", shown)
	}
	for _, press := range []struct{ says, lies, modifiers, axis, want string }{
		{"&", "Digit1", "", "stance", "favor"},                  // French
		{"\"", "Digit3", "", "stance", "against"},               // French
		{"\"", "Digit2", "shiftKey: true", "stance", "against"}, // British: a quotation mark, no key of the desk
		{"H", "KeyH", "", "hostile", "yes"},                     // caps lock
		{"h", "KeyH", "shiftKey: true", "hostile", "no"},        // caps lock and shift
		{"р", "KeyH", "", "hostile", "yes"},                     // Cyrillic
		{"1", "Digit1", "ctrlKey: true", "stance", "against"},
		{"1", "Digit1", "altKey: true", "stance", "against"},
		{"1", "Digit1", "metaKey: true", "stance", "against"},
		{"a", "KeyA", "ctrlKey: true", "stance", "against"},
		{"a", "KeyA", "isComposing: true", "stance", "against"},
		{"j", "KeyJ", "repeat: true", "stance", "against"},
	} {
		anna.key(press.says, press.lies, press.modifiers)
		if got := checked(press.axis); got != press.want {
			t.Errorf("after %q at %s %s %s is marked %q, want %q", press.says, press.lies, press.modifiers, press.axis, got, press.want)
		}
	}
	anna.wantLabels(id, moderation.Pending, nil)
	anna.key("ф", "KeyA", "")
	anna.until(`document.querySelector(".toast span")?.textContent === "Approved; stance: against, hostile: yes."`)
}

// TestReason types into the reason: letters are no keys there, Enter without marks sends nothing, Esc gives the keys back.
func TestReason(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	anna.do(chromedp.SendKeys(chromedp.CSS("input[name=reason]"), "rare 1?"+kb.Enter))
	anna.until(`document.querySelector("[data-marks]").textContent.startsWith("Nothing is marked.")`)
	anna.wantLabels(id, moderation.Pending, nil)
	if got := js[string](anna, `document.querySelector("input[name=reason]").value`); got != "rare 1?" {
		t.Errorf("the reason is %q", got)
	}
	anna.press(kb.Escape)
	anna.reject()
	anna.until(`document.querySelector(".toast span")?.textContent === "Rejected."`)
	anna.saved()
	history, err := d.service.Review(t.Context(), id, "anna")
	if err != nil || len(history.History) != 1 || history.History[0].Reason != "rare 1?" {
		t.Errorf("history %+v, error %v", history.History, err)
	}
}

// TestHelpOpensAndCloses presses ? twice; behind the list the keys do nothing.
func TestHelpOpensAndCloses(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/")
	anna.press("?")
	anna.until(`document.getElementById("help").matches(":popover-open")`)
	anna.press("1")
	if js[bool](anna, `document.querySelector("[name=stance][value=favor]").checked`) {
		t.Error("a key behind the list marks")
	}
	anna.press("?")
	anna.until(`!document.getElementById("help").matches(":popover-open")`)
}

// TestLeaseStays moves the page's clock and runs its timer by hand: while its reader works the lease is renewed, near its end a countdown says so.
func TestLeaseStays(t *testing.T) {
	d := newDesk(t)
	id := d.submit(t, "The old bridge will do for another year.")
	anna := d.person(t, newBrowser(t), "anna")
	clock := `const real = setInterval, now = Date.now; window.later = 0; Date.now = () => now() + window.later;
		window.setInterval = (work, each) => { window.ticks = { work, each }; return real(() => {}, each); };`
	if _, err := chromedp.Call(anna.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: clock}); err != nil {
		t.Fatal(err)
	}
	anna.open("/?order=newest")
	anna.shows("The old bridge will do for another year.")
	lease := func() time.Time {
		stored, err := d.service.Comment(t.Context(), id)
		if err != nil || stored.Lease == nil || stored.Lease.User != "anna" {
			t.Fatalf("lease %+v, error %v", stored.Lease, err)
		}
		return stored.Lease.Until
	}
	before := lease()
	tick := func(later int) string {
		t.Helper()
		anna.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`window.later = %d; window.ticks.work()`, later*1000)))
		return anna.text(".countdown")
	}
	if got := tick(90); got != "" {
		t.Errorf("half a minute before the end the page says %q", got)
	}
	if got := tick(110); !strings.HasPrefix(got, "Others may take this in ") {
		t.Errorf("ten seconds before the end the page says %q", got)
	}
	anna.picture("countdown")
	if got := tick(130); !strings.HasPrefix(got, "Others may take this now.") {
		t.Errorf("after the end the page says %q", got)
	}
	if renewed := js[int](anna, `performance.getEntriesByType("resource").filter(entry => entry.name.endsWith("/lease")).length`); renewed != 0 {
		t.Error("the lease is renewed though nobody works")
	}
	anna.press("1")
	if got := tick(131); got != "" {
		t.Errorf("at work again the page says %q", got)
	}
	anna.until(`performance.getEntriesByType("resource").some(entry => entry.name.endsWith("/lease") && entry.responseStatus === 200)`)
	if after := lease(); !after.After(before) {
		t.Errorf("the lease ran until %v and runs until %v", before, after)
	}
}
