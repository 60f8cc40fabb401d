package view

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
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
