package learn_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commentdesk/classifier"
)

// TestRetrainWithEnoughLabels goes the whole way with labels enough for the site's own parameters.
func TestRetrainWithEnoughLabels(t *testing.T) {
	d := newDesk(t)
	d.labelAll(siteLabels(classifier.Hostile, 240))
	report := d.retrain()
	if !report.Promoted || len(report.Axes) != 1 || report.Axes[0].Labels != 240 {
		t.Fatalf("the report is %+v", report)
	}
	if own := d.champion.Model().Parameters(); own.SiteWeight != report.Axes[0].SiteWeight || own.SiteWeight == 20 {
		t.Errorf("site weight %v, the report says %v", own.SiteWeight, report.Axes[0].SiteWeight)
	}
	if err := d.learner.Verify(t.Context(), report.Candidate); err != nil {
		t.Error(err)
	}
	if again := newDesk(t); again.labelAll(siteLabels(classifier.Hostile, 240)) {
		if second := again.retrain(); second.Candidate != report.Candidate {
			t.Errorf("the same labels in another store made %s, not %s", second.Candidate, report.Candidate)
		}
	}
}

// labelAll submits the examples under one page and labels them.
func (d *desk) labelAll(examples []classifier.Example) bool {
	d.t.Helper()
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = e.Text
	}
	for i, id := range d.submit(examples[0].Claim, texts...) {
		for axis, answer := range examples[i].Labels {
			d.label(id, axis, answer)
		}
	}
	return true
}

// BenchmarkRetrain retrains the shipped starter on 1,000 labels with 1,000 comments waiting, and logs what each phase takes.
func BenchmarkRetrain(b *testing.B) {
	d := openDesk(b, filepath.Join(b.TempDir(), "desk.db"), shippedStarter)
	d.labelAll(siteLabels(classifier.Hostile, 1000))
	waiting := make([]string, 1000)
	for i := range waiting {
		waiting[i] = phrase(5000+i, "harbour")
	}
	d.submit("", waiting...)
	phases, order := map[string]time.Duration{}, []string{}
	for b.Loop() {
		phase, began := "", time.Now()
		end := func(next string) {
			if _, ok := phases[phase]; !ok {
				order = append(order, phase)
			}
			phases[phase] += time.Since(began)
			phase, began = next, time.Now()
		}
		report, err := d.learner.Retrain(b.Context(), "anna", func(step string, _ int) {
			if next, _, _ := strings.Cut(step, ","); next != phase {
				end(next)
			}
		})
		if err != nil {
			b.Fatal(err)
		}
		end("")
		if report.Promoted {
			b.StopTimer()
			if err := d.learner.Rollback(b.Context(), "anna"); err != nil { // so that the next round promotes again
				b.Fatal(err)
			}
			b.StartTimer()
		}
	}
	var told []string
	for _, phase := range order {
		if phase != "" {
			told = append(told, fmt.Sprintf("%s %v", phase, (phases[phase]/time.Duration(b.N)).Round(time.Millisecond)))
		}
	}
	b.Log(strings.Join(told, ", "))
}
