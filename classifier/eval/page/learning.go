package page

import (
	"fmt"
	"math"

	"commentdesk/classifier/eval"
)

// learningFigure is the figure a learning curve shows, with its interval and its name.
func learningFigure(r *eval.Report) (*float64, *eval.Interval, string) {
	if len(r.Classes) == 2 {
		return r.AUC, r.Interval.AUC, "AUC"
	}
	return r.MacroF1, r.Interval.MacroF1, "macro-F1"
}

// learningOf draws what more examples brought; false where fewer than two parts could be trained on.
func learningOf(a *Axis) (chart, bool) {
	_, _, name := learningFigure(&a.Report)
	c := chart{ID: a.Name + "-learning", XName: "training examples", YName: name}
	c.Table = table{Head: []string{"of the examples", "examples", name, "95\u00a0% interval", "accuracy", "log loss"}}
	var known []LearningPoint
	low, high := 1.0, 0.0
	for _, p := range a.Learning {
		value, around, _ := learningFigure(&p.Report)
		cells := []string{percent(p.Share), count(float64(p.Examples)), absent, absent, absent, absent}
		if p.Reason == "" && value != nil {
			known = append(known, p)
			cells = []string{cells[0], cells[1], decimal(*value), interval(around), optional(p.Report.Accuracy), optional(p.Report.LogLoss)}
			low, high = min(low, *value), max(high, *value)
			if around != nil {
				low, high = min(low, around.Low), max(high, around.High)
			}
		} else {
			c.Table.Note = "Where figures are missing the part was too small to train on."
		}
		c.Table.Rows = append(c.Table.Rows, cells)
	}
	if len(known) < 2 {
		return chart{}, false
	}
	c.drawLearning(known, twentieths(low, high))
	first, last := known[0], known[len(known)-1]
	from, _, _ := learningFigure(&first.Report)
	to, _, _ := learningFigure(&last.Report)
	c.Title = fmt.Sprintf("%s %s with %s, %s with %s", name, decimal(*from), many(first.Examples, "example"), decimal(*to), count(float64(last.Examples)))
	c.Description = "Learning curve: the recipe trained on growing parts of the same examples, measured on the same comments, with 95\u00a0% intervals. " +
		"A line that still climbs at its end says that more labels would help. The vertical axis does not start at 0."
	return c, true
}

// twentieths is the least scale of whole twentieths that holds both figures, one twentieth at least.
func twentieths(low, high float64) scale {
	top := min(1, max(math.Ceil(high*20), 1)/20)
	return scale{max(0, min(math.Floor(low*20)/20, top-0.05)), top}
}

// drawLearning draws the line and its band over the number of examples.
func (c *chart) drawLearning(points []LearningPoint, figures scale) {
	examples := scale{0, float64(max(1, points[len(points)-1].Examples))}
	var middle, upper, lower []point
	for _, p := range points {
		value, around, _ := learningFigure(&p.Report)
		x := examples.x(float64(p.Examples))
		at := point{x, figures.y(*value)}
		middle = append(middle, at)
		c.Dots = append(c.Dots, dotAt("measured", at))
		if around != nil {
			upper = append(upper, point{x, figures.y(around.High)})
			lower = append(lower, point{x, figures.y(around.Low)})
		}
	}
	c.Paths = []path{{"band", area(upper, lower)}, {"measured", line(middle)}}
	if len(upper) == 0 {
		c.Paths = c.Paths[1:]
	}
	c.XTicks = examples.roundTicks(examples.x, count)
	c.YTicks = figures.roundTicks(figures.y, func(value float64) string { return fmt.Sprintf("%.3g", value) })
}

func optional(value *float64) string {
	if value == nil {
		return absent
	}
	return decimal(*value)
}
