//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// TestThresholds sets a threshold by hand, finds what waits answered anew, and lets the model choose again.
func TestThresholds(t *testing.T) {
	d := newEmptyDesk(t, true)
	d.work(t)
	ada := d.person(t, newBrowser(t), "ada")
	starter := ada.champion()
	ada.click(`a[href="/models/thresholds"]`)
	ada.until(`document.querySelector("h1")?.textContent === "Thresholds"`)
	ada.picture("thresholds")
	hostile := "[aria-labelledby=axis-hostile]"
	if got := ada.text(hostile + " tbody"); !strings.Contains(got, "(today)") {
		t.Errorf("the table says %q", got)
	}
	fill := func(name, value string) {
		t.Helper()
		ada.until(`(() => { const i = document.querySelector("` + hostile + ` [name=` + name + `]"); i.value = "` + value + `"; return true })()`)
	}
	fill("low", "0.3")
	fill("high", "0.2")
	ada.click(hostile + " form button")
	ada.until(`document.querySelector(".alarm")?.textContent.startsWith("No is answered up to 0.3")`)
	ada.picture("thresholds-refused")
	fill("low", "0.001")
	fill("high", "0.02")
	ada.click(hostile + " form button")
	ada.until(`document.querySelector("#changes")?.textContent.includes("would change their answer on hostile")`)
	ada.picture("thresholds-confirm")
	ada.size(320, 800)
	ada.picture("thresholds-narrow")
	ada.size(1280, 900)
	ada.scheme("dark")
	ada.picture("thresholds-dark")
	ada.scheme("light")
	t.Run("accessible", func(t *testing.T) { ada.accessible(axeOf(t), "thresholds to confirm") })
	changes := ada.text("#changes")
	ada.until(`(() => { document.querySelector("[name=reason]").value = "too much slipped through"; return true })()`)
	ada.click("#confirm button.primary")
	ada.until(`document.querySelector(".notice")?.textContent.includes("were changed")`)
	if got := ada.text(hostile); !strings.Contains(got, "set by hand") || !strings.Contains(got, "The model would choose") {
		t.Errorf("set by hand it says %q", got)
	}
	ada.picture("thresholds-by-hand")
	if now := ada.champion(); now == starter || !strings.Contains(ada.text(".model-card.champion"), "too much slipped through") {
		t.Errorf("the champion is %s: %q; it was to change %s", now, ada.text(".model-card.champion"), changes)
	}
	ada.open("/audit")
	if got := ada.text("main"); !strings.Contains(got, "too much slipped through") {
		t.Error("the audit log does not tell")
	}
	ada.open("/models/thresholds")
	ada.click(hostile + " a.button")
	ada.until(`document.querySelector("#confirm")?.textContent.includes("The model chose these")`)
	ada.until(`(() => { document.querySelector("[name=reason]").value = "too many alarms"; return true })()`)
	ada.click("#confirm button.primary")
	ada.until(`document.querySelector(".notice")?.textContent.includes("were changed")`)
	if now := ada.champion(); now != starter {
		t.Errorf("handed back the champion is %s, not %s", now, starter)
	}
}
