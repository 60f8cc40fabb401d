package view

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

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

// NewLearning draws a curve for each axis that a retraining was measured on.
func NewLearning(records []learn.ModelRecord) (shown Learning) {
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
		became := "used"
		if r.State == learn.StateHeld {
			became = "held"
		}
		for _, a := range report.Axes {
			if at := a.Axis.Index(); at >= 0 {
				found[at] = append(found[at], retraining{a, Date(r.CreatedAt), became})
			}
		}
	}
	if read > mostRetrainings {
		shown.Note = fmt.Sprintf("The newest %d of %s.", mostRetrainings, counted(read, "retraining"))
	}
	for at, axis := range classifier.Axes {
		if len(found[at]) > 0 {
			slices.Reverse(found[at])
			shown.Curves = append(shown.Curves, learningCurve(axis, found[at]))
		}
	}
	return shown
}

// learningCurve draws log loss over the number of labels. Each label was answered by a model rebuilt without it.
func learningCurve(axis classifier.Axis, of []retraining) Chart {
	c := Chart{ID: "learning-" + string(axis), YName: "log loss, nats a label", XName: "labels so far",
		Head: []string{"retrained", "labels", "new", "loss before", "loss after", "right before", "right after", "difference", "model"}}
	most, top := 1, 0.1
	for _, r := range of {
		most, top = max(most, r.Labels), max(top, r.ChampionLogLoss, r.CandidateLogLoss)
	}
	c.Title = learningTitle(axis, of)
	guess := "0.69, which always saying one half would get"
	if axis == classifier.Stance {
		guess = "1.10, which always saying a third of each would get"
	}
	c.Description = fmt.Sprintf("Log loss of people’s labels at each of %s, by how many labels there were then; lower is better. The solid line is the retrained model, the dashed one the model before it, on the same labels, each label answered by a model rebuilt without it. "+
		"Compare with %s. Later points are measured on more labels than earlier ones, so that labels of another kind move the curve too.", counted(len(of), "retraining"), guess)
	end := c.lossTicks(top)
	step := niceStep(float64(most))
	wide := step * math.Ceil(float64(most)/step)
	for n := 0.0; n <= wide; n += step {
		c.XTicks = append(c.XTicks, ChartTick{length(chartLeft + n/wide*(chartRight-chartLeft)), Thousands(int(n))})
	}
	var before, after []chartPoint
	for _, r := range of {
		x := chartLeft + float64(r.Labels)/wide*(chartRight-chartLeft)
		before, after = append(before, chartPoint{x, chartY(r.ChampionLogLoss / end)}), append(after, chartPoint{x, chartY(r.CandidateLogLoss / end)})
		c.Dots = append(c.Dots, dot(after[len(after)-1]))
		c.Rows = append(c.Rows, []string{r.date, Thousands(r.Labels), Thousands(r.NewLabels), nats(r.ChampionLogLoss), nats(r.CandidateLogLoss), Percent(r.ChampionAccuracy), Percent(r.CandidateAccuracy),
			signedNats(r.Low) + " to " + signedNats(r.High), r.became})
	}
	c.Paths = []ChartPath{{"measured dashed", chartLine(before)}, {"measured", chartLine(after)}}
	if len(of) == 1 {
		c.Paths = nil
		c.Dots = append(c.Dots, dot(before[0]))
	}
	b, a := before[len(before)-1], after[len(after)-1]
	aboveY, belowY := min(b.y, a.y)-7, max(b.y, a.y)+14
	names := [2]string{"model before", "retrained"}
	if b.y > a.y {
		names = [2]string{"retrained", "model before"}
	}
	if belowY > chartBottom-4 {
		belowY, aboveY = chartBottom-4, min(aboveY, chartBottom-20)
	}
	c.Labels = append(c.Labels, ChartLabel{length(b.x), length(max(chartTop+4, aboveY)), "end", names[0]}, ChartLabel{length(b.x), length(belowY), "end", names[1]})
	return c
}

// learningTitle compares the last retraining with the first one that was measured on labels enough.
func learningTitle(axis classifier.Axis, of []retraining) string {
	last := of[len(of)-1]
	enough := slices.IndexFunc(of, func(r retraining) bool { return r.Labels >= learn.LeastToCompare })
	switch {
	case last.Labels < learn.LeastToCompare:
		return fmt.Sprintf("%s: %s %s too few to say how the model learns", axis, counted(last.Labels, "label"), map[bool]string{true: "is", false: "are"}[last.Labels == 1])
	case enough == len(of)-1:
		return fmt.Sprintf("%s: the last retraining took log loss from %s to %s, on %s", axis, nats(last.ChampionLogLoss), nats(last.CandidateLogLoss), counted(last.Labels, "label"))
	}
	return fmt.Sprintf("%s: log loss was %s with %s, is %s with %s", axis, nats(of[enough].CandidateLogLoss), counted(of[enough].Labels, "label"), nats(last.CandidateLogLoss), Thousands(last.Labels))
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
		c.YTicks = append(c.YTicks, ChartTick{length(chartY(i / n)), strconv.FormatFloat(i*step, 'f', 2, 64)})
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
