package view

import (
	"encoding/json"
	"math"
	"slices"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
)

// mostRetrainings is how many a learning curve shows, the newest.
const mostRetrainings = 40

// Learning is how well the models so far answer people's labels.
type Learning struct {
	Curves []Chart
	Note   string // what is left out
}

// retraining is what one retraining found on an axis.
type retraining struct {
	learn.AxisReport
	date, became string
}

// interval is that of the difference in log loss, in words where there are labels too few for one.
func (r retraining) interval(local Local) string {
	if !r.Compared() {
		return local.T("models.verdict_too_few")
	}
	return local.T("number.range", "from", signedLoss(local, r.Low), "to", signedLoss(local, r.High))
}

// NewLearning draws a curve for each axis that a retraining was measured on.
func NewLearning(local Local, records []learn.ModelRecord) (shown Learning) {
	var found [3][]retraining
	read := 0
	for _, r := range records { // the newest first
		var report learn.Report
		if len(r.Report) == 0 || json.Unmarshal(r.Report, &report) != nil || len(report.Axes) == 0 {
			continue
		}
		if read++; read > mostRetrainings {
			continue
		}
		became := local.T("learning.used")
		if r.State == learn.StateHeld {
			became = local.T("state.held")
		}
		for _, a := range report.Axes {
			if at := a.Axis.Index(); at >= 0 {
				found[at] = append(found[at], retraining{a, local.Date(r.CreatedAt), became})
			}
		}
	}
	if read > mostRetrainings {
		shown.Note = local.T("learning.newest", "shown", mostRetrainings, "n", read)
	}
	for at, axis := range classifier.Axes {
		if len(found[at]) > 0 {
			slices.Reverse(found[at])
			shown.Curves = append(shown.Curves, learningCurve(local, axis, found[at]))
		}
	}
	return shown
}

// learningCurve draws log loss over the number of labels. Each label was answered by a model rebuilt without it.
func learningCurve(local Local, axis classifier.Axis, of []retraining) Chart {
	c := Chart{local: local, ID: "learning-" + string(axis), YName: local.T("learning.loss"), XName: local.T("learning.labels"), Head: []string{
		local.T("learning.column_retrained"), local.T("models.column_labels"), local.T("models.column_new"), local.T("models.column_before"), local.T("models.column_after"),
		local.T("learning.column_right_before"), local.T("learning.column_right_after"), local.T("models.column_difference"), local.T("learning.column_model")}}
	most, top := 1, 0.1
	for _, r := range of {
		most, top = max(most, r.Labels), max(top, r.ChampionLogLoss, r.CandidateLogLoss)
	}
	c.Title = learningTitle(local, axis, of)
	what := "learning.what"
	if axis == classifier.Stance {
		what = "learning.what_stance"
	}
	c.Description = local.T(what, "n", len(of))
	end := c.lossTicks(top)
	step := niceStep(float64(most))
	wide := step * math.Ceil(float64(most)/step)
	for n := 0.0; n <= wide; n += step {
		c.XTicks = append(c.XTicks, ChartTick{length(chartLeft + n/wide*(chartRight-chartLeft)), local.Number(int(n))})
	}
	var before, after []chartPoint
	for _, r := range of {
		x := chartLeft + float64(r.Labels)/wide*(chartRight-chartLeft)
		before, after = append(before, chartPoint{x, chartY(r.ChampionLogLoss / end)}), append(after, chartPoint{x, chartY(r.CandidateLogLoss / end)})
		c.Dots = append(c.Dots, dot(after[len(after)-1]))
		c.Rows = append(c.Rows, []string{r.date, local.Number(r.Labels), local.Number(r.NewLabels), local.Decimal(r.ChampionLogLoss, 3), local.Decimal(r.CandidateLogLoss, 3),
			local.Part(r.ChampionAccuracy), local.Part(r.CandidateAccuracy), r.interval(local), r.became})
	}
	c.Paths = []ChartPath{{"measured dashed", chartLine(before)}, {"measured", chartLine(after)}}
	if len(of) == 1 {
		c.Paths = nil
		c.Dots = append(c.Dots, dot(before[0]))
	}
	b, a := before[len(before)-1], after[len(after)-1]
	aboveY, belowY := min(b.y, a.y)-7, max(b.y, a.y)+14
	names := [2]string{local.T("learning.before"), local.T("learning.after")}
	if b.y > a.y {
		names[0], names[1] = names[1], names[0]
	}
	if belowY > chartBottom-4 {
		belowY, aboveY = chartBottom-4, min(aboveY, chartBottom-20)
	}
	c.Labels = append(c.Labels, ChartLabel{length(b.x), length(max(chartTop+4, aboveY)), "end", names[0]}, ChartLabel{length(b.x), length(belowY), "end", names[1]})
	return c
}

// learningTitle compares the last retraining with the first one that was measured on labels enough.
func learningTitle(local Local, axis classifier.Axis, of []retraining) string {
	last := of[len(of)-1]
	enough := slices.IndexFunc(of, func(r retraining) bool { return r.Compared() })
	switch {
	case !last.Compared():
		return local.T("learning.too_few", "axis", local.Axis(axis), "n", last.Labels)
	case enough == len(of)-1:
		return local.T("learning.last", "axis", local.Axis(axis), "before", local.Decimal(last.ChampionLogLoss, 3), "after", local.Decimal(last.CandidateLogLoss, 3), "n", last.Labels)
	}
	return local.T("learning.since", "axis", local.Axis(axis), "before", local.Decimal(of[enough].CandidateLogLoss, 3), "n", of[enough].Labels, "after", local.Decimal(last.CandidateLogLoss, 3), "labels", last.Labels)
}

// lossTicks names round losses from zero up to at least top, and returns the last one.
func (c *Chart) lossTicks(top float64) (end float64) {
	step := .05
	for _, wider := range []float64{.1, .2, .5, 1, 2, 5} {
		if top/step > 5 {
			step = wider
		}
	}
	n := math.Ceil(top/step - 1e-9)
	for i := 0.0; i <= n; i++ {
		c.YTicks = append(c.YTicks, ChartTick{length(chartY(i / n)), c.local.Decimal(i*step, 2)})
	}
	return n * step
}

// niceStep is a round whole number that goes into top at most five times.
func niceStep(top float64) float64 {
	for power := 1.0; ; power *= 10 {
		for _, digit := range []float64{1, 2, 5} {
			if top/(digit*power) <= 5 {
				return digit * power
			}
		}
	}
}
