//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"commentdesk/moderation"
)

// TestKeymap gives approve, reject and the stance other keys: the new ones work, the old ones do nothing, digits of dialogs stay, and all comes back.
func TestKeymap(t *testing.T) {
	d := newDesk(t)
	first := d.submit(t, "The old bridge will do for another year.")
	second := d.submit(t, "Build the bridge at Drumlow, and build it soon.")
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/settings")
	anna.click("summary")
	for name, key := range map[string]string{"approve": "ф", "reject": "a", "favor": "5", "go_models": "M", "uncover": "1"} {
		anna.do(chromedp.SetValue(chromedp.CSS("[name="+name+"]"), key))
	}
	anna.click("form[action='/settings/keys'] .primary")
	anna.until(`document.body.dataset.keymap === '{"1":"5","a":"ф","m":"M","r":"a","u":"1"}'`)
	anna.open("/?order=newest")
	anna.shows("Build the bridge at Drumlow, and build it soon.")
	if approve, reject, favor := anna.text("[data-key=a] kbd"), anna.text("[data-key=r] kbd"), anna.text(".choice.favor kbd"); approve != "ф" || reject != "a" || favor != "5" {
		t.Errorf("the page shows %q, %q, %q", approve, reject, favor)
	}
	anna.picture("keymap-queue")
	anna.press("?")
	anna.until(`document.getElementById("help").matches(":popover-open")`)
	anna.picture("keymap-help")
	anna.press("?")
	anna.until(`!document.getElementById("help").matches(":popover-open")`)
	anna.press("r1") // lie elsewhere now
	if js[bool](anna, `document.getElementById("reject").open || document.querySelector("[name=stance][value=favor]").checked`) {
		t.Error("an old key does what it did")
	}
	anna.press("g")
	anna.until(`document.querySelector("[data-marks]").textContent === "Go to: q review, e escalated, ф approved, a rejected, ⇧m models, t topics, d dashboard."`)
	anna.press("x5")
	anna.until(`document.querySelector("[name=stance][value=favor]").checked`)
	anna.press("5")
	anna.until(`document.querySelector("[name=stance][value='']").checked`)
	anna.key("ф", "KeyA", "")
	anna.shows("The old bridge will do for another year.")
	anna.wantLabels(second, moderation.Approved, nil)
	anna.key("A", "KeyA", "") // caps lock
	anna.until(`document.getElementById("reject").open`)
	anna.press("5") // the dialog's own digit
	anna.until(`document.querySelector("#reject .pick:has([type=radio]:checked)").textContent.includes("off topic")`)
	anna.click("[data-commit]")
	anna.wantLabels(first, moderation.Rejected, nil)
	anna.press("gM")
	anna.until(`location.pathname === "/models"`)

	anna.open("/settings")
	anna.click("button[name=do][value=reset]")
	anna.until(`document.body.dataset.keymap === undefined && document.querySelector("[name=approve]").value === "a"`)
}
