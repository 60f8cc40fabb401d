//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
)

// TestLearningCurve looks at the dashboard of a desk whose model was retrained again and again. The reports are made up: what is asked is how they look.
func TestLearningCurve(t *testing.T) {
	d := newEmptyDesk(t, true)
	for n, labels := range []int{34, 90, 160, 260, 420, 700} {
		report := learn.Report{}
		for i, axis := range classifier.Axes {
			loss := 0.75 - 0.06*float64(n) + 0.05*float64(i)
			report.Axes = append(report.Axes, learn.AxisReport{Axis: axis, Labels: labels / (1 + i*i), NewLabels: 20, ChampionLogLoss: loss, CandidateLogLoss: loss - 0.04 + 0.06*float64(n%2), ChampionAccuracy: .7, CandidateAccuracy: .75, Low: -.1, High: .02})
		}
		encoded, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		record := learn.ModelRecord{ID: fmt.Sprintf("%032d", n), State: learn.StateHeld, CreatedAt: time.Now().Add(time.Duration(n-7) * 24 * time.Hour), CreatedBy: "anna", Report: encoded}
		if err := d.store.SaveModel(t.Context(), record, learn.ModelFiles{}); err != nil {
			t.Fatal(err)
		}
	}
	anna := d.person(t, newBrowser(t), "anna")
	anna.open("/dashboard#learning")
	anna.until(`document.querySelectorAll("figure.chart svg[aria-labelledby^=learning]").length === 3`)
	if got := anna.text("#learning-hostile-title"); !strings.HasPrefix(got, "hostile: log loss was ") {
		t.Errorf("the title is %q", got)
	}
	anna.picture("learning-curve")
	anna.scheme("dark")
	anna.size(320, 900)
	anna.until(`(document.querySelector("#learning").scrollIntoView(), true)`)
	anna.picture("learning-curve-narrow")
	if err := d.service.KeepLanguage(t.Context(), "anna", "de", "Europe/Berlin"); err != nil {
		t.Fatal(err)
	}
	for _, view := range views[:3] {
		anna.size(view.width, view.height)
		anna.scheme(view.scheme)
		anna.open("/dashboard")
		anna.until(`document.querySelector("#learning-hostile-title")?.textContent.startsWith("feindselig: Der Log-Verlust war ")`)
		anna.until(`(document.querySelector("#learning").scrollIntoView(), true)`)
		anna.look("de-learning-curve", view.name)
		if cut := js[[]string](anna, `[...document.querySelectorAll("figure.chart svg[aria-labelledby^=learning] text")].filter(text => {
			const box = text.getBBox(); return box.x < -1 || box.x + box.width > 361 }).map(text => text.textContent)`); len(cut) > 0 {
			t.Errorf("in %s these stand outside of their picture: %q", view.name, cut)
		}
	}
	t.Run("accessible", func(t *testing.T) { anna.accessible(axeOf(t), "dashboard with learning curves") })
}
