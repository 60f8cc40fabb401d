package view

import (
	"testing"

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
		if got := newFigure(c.report, 1).Verdict; got != c.want {
			t.Errorf("%+v: %q, want %q", c.report, got, c.want)
		}
	}
}
