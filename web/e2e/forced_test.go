//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestForcedColours looks at pages as a system with colours of its own shows them: what colour says must be said by form too.
func TestForcedColours(t *testing.T) {
	d := newDesk(t)
	d.submit(t, "You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here.")
	ada := d.person(t, newBrowser(t), "ada")
	ada.size(1440, 900)
	for _, scheme := range []string{"light", "dark"} {
		params := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}, {Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(ada.ctx, emulation.SetEmulatedMedia, params); err != nil {
			t.Fatal(err)
		}
		for name, path := range map[string]string{"queue": "/?axis=hostile#why", "list": "/?view=list", "dashboard": "/dashboard", "grid": "/grid", "models": "/models"} {
			ada.open(path)
			ada.look(name, "forced-"+scheme)
			if drawn := js[[]string](ada, `[...document.querySelectorAll(".sections a, .tabs a, .shades a")].filter((a) =>
				(getComputedStyle(a).borderBlockEndColor !== getComputedStyle(document.body).backgroundColor) !== a.hasAttribute("aria-current")).map((a) => a.textContent.trim())`); len(drawn) > 0 {
				t.Errorf("%s, %s: underlined, or not, as if it were not, or were, the current one: %q", name, scheme, drawn)
			}
		}
	}
}
