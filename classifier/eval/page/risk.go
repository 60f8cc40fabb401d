package page

import (
	"fmt"

	"commentdesk/classifier/eval"
)

// riskOf draws how the error falls when only the most certain comments are answered; false without rows.
func riskOf(a *Axis) (chart, bool) {
	curve := a.Measurement.RiskCurve()
	if len(curve) < 2 {
		return chart{}, false
	}
	highest := worst(curve)
	var base []eval.RiskPoint
	if a.Base != nil {
		base = a.Base.Measurement.RiskCurve()
		highest = max(highest, worst(base))
	}
	errors := scale{0, max(.02, highest)}
	c := chart{ID: a.Name + "-risk", XName: "of all comments answered, the surest first", YName: "of the answers, wrong"}
	c.XTicks, c.YTicks = percentTicks(shares.x), errors.roundTicks(errors.y, func(share float64) string { return fmt.Sprintf("%.3g\u00a0%%", share*100) })
	if len(base) > 0 {
		c.Paths = append(c.Paths, path{"base", riskLine(base, errors)})
		c.Labels = append(c.Labels, label{"base", units(nameRight), units(nameBottom - nameStep), "end", "╌ " + clipped(a.Base.Name)})
	}
	c.Paths = append(c.Paths, path{"measured", riskLine(curve, errors)})
	c.Labels = append(c.Labels, label{"measured", units(nameRight), units(nameBottom), "end", "━ " + clipped(a.Measured)})
	all, most := curve[len(curve)-1].Error, errorAt(curve, .8)
	c.Title = fmt.Sprintf("Wrong: %s of all answers, %s of the surest 80\u00a0%%", percent(all), percent(most))
	c.Description = "Risk-coverage curve: the share of wrong answers when only the surest comments are answered and the others are left to people. " +
		"It falls to the left where the model knows what it does not know."
	c.Table = table{Head: []string{"answered", "wrong"}}
	for _, p := range curve {
		c.Table.Rows = append(c.Table.Rows, []string{percent(p.Coverage), decimal(p.Error)})
	}
	return c, true
}

func worst(curve []eval.RiskPoint) float64 {
	highest := 0.0
	for _, p := range curve {
		highest = max(highest, p.Error)
	}
	return highest
}

func riskLine(curve []eval.RiskPoint, errors scale) string {
	points := make([]point, len(curve))
	for i, p := range curve {
		points[i] = point{shares.x(p.Coverage), errors.y(p.Error)}
	}
	return line(points)
}

// errorAt is the error at the least coverage of that share or more.
func errorAt(curve []eval.RiskPoint, share float64) float64 {
	for _, p := range curve {
		if p.Coverage >= share-1e-9 {
			return p.Error
		}
	}
	return curve[len(curve)-1].Error
}
