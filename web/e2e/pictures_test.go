//go:build e2e

package e2e

import (
	"fmt"
	"testing"
)

// TestPictures looks at every page in light, in dark and on a phone: nothing may stick out sideways.
func TestPictures(t *testing.T) {
	d := newDesk(t)
	d.submit(t, "You are a w.o.r.t.h.l.e.s.s fuсking idiot!!! Go back to where you came from, nobody wants people like you here.")
	ada := d.person(t, newBrowser(t), "ada")
	pages := map[string]string{"queue": "/", "why": "/?axis=hostile#why", "doubt": "/?order=doubt", "topics": "/topics", "models": "/models", "users": "/users", "empty": "/?tab=escalated", "problem": "/nothing"}
	for _, view := range []struct {
		name          string
		width, height int64
		scheme        string
	}{{"light", 1440, 900, "light"}, {"dark", 1440, 900, "dark"}, {"phone", 390, 844, "light"}, {"phone-dark", 390, 844, "dark"}, {"tablet", 900, 1100, "light"}} {
		ada.size(view.width, view.height)
		ada.scheme(view.scheme)
		for name, path := range pages {
			ada.open(path)
			ada.until(`true`)
			if over := js[int](ada, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
				t.Errorf("%s in %s sticks out by %d px", name, view.name, over)
			}
			ada.picture(fmt.Sprintf("%s-%s", name, view.name))
		}
	}
}
