package page

import (
	"fmt"
	"math"

	"commentdesk/classifier/eval"
)

// reliabilityOf draws how often what was predicted came true; false without rows.
func reliabilityOf(a *Axis) (chart, bool) {
	bins := a.Measurement.Reliability()
	if len(bins) == 0 {
		return chart{}, false
	}
	c := chart{ID: a.Name + "-reliability", Title: "Probabilities against what happened", XTicks: percentTicks(shares.x), YTicks: percentTicks(shares.y)}
	if ece := a.Report.ECE; ece != nil {
		c.Title = fmt.Sprintf("Probabilities are off by %s points on average", hundred(*ece))
	}
	c.XName, c.YName = "probability of yes, mean of the bin", "labelled yes"
	if len(a.Report.Classes) > 2 {
		c.XName, c.YName = "probability of the answer, mean of the bin", "answered rightly"
	}
	c.Description = fmt.Sprintf("Reliability diagram of %s of about equally many comments each, with 95\u00a0%% intervals. On the dotted diagonal a "+
		"probability of 30\u00a0%% comes true 30 times in 100.", many(len(bins), "bin"))
	c.Paths = []path{{"even", line([]point{{shares.x(0), shares.y(0)}, {shares.x(1), shares.y(1)}})}}
	c.Table = table{Head: []string{"comments", "from", "to", "mean probability", "came true", "95\u00a0% interval"}}
	for _, bin := range bins {
		p := point{shares.x(bin.Predicted), shares.y(bin.Observed)}
		around := eval.ShareInterval(int(math.Round(bin.Observed*float64(bin.Rows))), bin.Rows)
		c.Dots = append(c.Dots, dotAt("measured", p))
		c.Bars = append(c.Bars, bar{units(p.X), units(shares.y(around.Low)), units(shares.y(around.High))})
		c.Table.Rows = append(c.Table.Rows, []string{count(float64(bin.Rows)), decimal(bin.Low), decimal(bin.High), decimal(bin.Predicted),
			decimal(bin.Observed), interval(&around)})
	}
	return c, true
}
