package view

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
	"commentdesk/web/view/language"
)

func TestVerdictNeedsEnoughLabels(t *testing.T) {
	for _, c := range []struct {
		report learn.AxisReport
		want   string
	}{
		{learn.AxisReport{Labels: learn.LeastToCompare - 1, Low: -0.2, High: -0.1}, "too few labels to say"},
		{learn.AxisReport{Labels: learn.LeastToCompare, Low: -0.2, High: -0.1}, "better"},
		{learn.AxisReport{Labels: learn.LeastToCompare, Low: -0.2, High: 0.1}, "no clear difference"},
		{learn.AxisReport{Labels: learn.LeastToCompare, Low: 0.1, High: 0.2, Worse: true}, "worse"},
	} {
		if got := newFigure(Local{}, c.report, 1).Verdict; got != c.want {
			t.Errorf("%+v: %q, want %q", c.report, got, c.want)
		}
	}
}

func TestModelShowsItsPriors(t *testing.T) {
	report, err := json.Marshal(learn.Report{Priors: []learn.PriorReport{{Axis: classifier.Hostile, Shipped: .03, Prior: .045, Arrivals: 4321}}})
	if err != nil {
		t.Fatal(err)
	}
	shown := NewModel(Local{}, learn.ModelRecord{ID: "0123456789abcdef", Report: report})
	if diff := cmp.Diff([]string{"Expects 4.5 % hostile, as over 4,321 arrivals."}, shown.Priors); diff != "" {
		t.Error(diff)
	}
}

// TestRetrainingIsSaidInBothLanguages: in English as the report says it, in German with the same numbers.
func TestRetrainingIsSaidInBothLanguages(t *testing.T) {
	axes := []learn.AxisReport{{Axis: classifier.Stance, Labels: 5, NewLabels: 1, Low: .4, High: 1.2}, {Axis: classifier.Hostile, Labels: 40, NewLabels: 12}}
	english := "1 new label on stance; 12 new labels on hostile; worse with 95 % confidence on no axis that has 30 labels, which stance has not; " +
		"on the few labels of stance (5) it does worse, which they cannot prove: look, and roll back where that is so"
	german := "1 neue Einstufung: Haltung; 12 neue Einstufungen: feindselig; mit 95 % Sicherheit auf keiner Achse schlechter, die 30 Einstufungen hat; zu wenige hat: Haltung; " +
		"an den wenigen Einstufungen von Haltung (5) schneidet es schlechter ab, was sie nicht beweisen: bitte ansehen und, wo es stimmt, zurückkehren"
	report := learn.Report{Axes: axes, Reason: fmt.Sprintf(learn.Waits, english)}
	if got := retrainingWords(Local{}, report); got != report.Reason {
		t.Errorf("English: %q", got)
	}
	if got := retrainingWords(Local{Language: language.Find("de")}, report); got != "es besteht und wartet auf die Redaktion: "+german {
		t.Errorf("German: %q", got)
	}
}
