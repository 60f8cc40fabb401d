package page

import (
	"fmt"
	"math"
	"strconv"

	"commentdesk/classifier/eval"
)

const (
	drawnPoints = 200 // of a curve in a picture
	tabledRows  = 40  // of a curve in its table
)

// The corner in which a picture names its lines.
const (
	nameRight  = fieldRight - 8
	nameLeft   = fieldLeft + 10
	nameBottom = fieldBottom - 12
	nameStep   = 17
)

// rocOf draws the ROC curve; false where there is none.
func rocOf(a *Axis) (chart, bool) {
	place := func(p eval.CurvePoint) point { return point{shares.x(p.FalseAlarms), shares.y(p.Recall)} }
	c, curve, ok := curveChart(a, 0, place, nameRight, "end")
	if !ok {
		return chart{}, false
	}
	c.ID = a.Name + "-roc"
	c.XName, c.YName = "of the others, flagged wrongly", "of all "+a.Name+", found"
	c.Title = "Ranking"
	if auc := a.Report.AUC; auc != nil {
		c.Title = fmt.Sprintf("Ranks %s of 100 pairs the right way round (AUC %s)", hundred(*auc), decimal(*auc))
	}
	c.Description = "ROC curve: for every threshold, the share of comments labelled yes that reach it over the share of those labelled no that do. " +
		"A coin would follow the dotted diagonal." + chosenWords(a) + baseWords(a, eval.AUC, "AUC")
	c.Paths = append([]path{{"even", line([]point{{shares.x(0), shares.y(0)}, {shares.x(1), shares.y(1)}})}}, c.Paths...)
	c.Table = curveTable(curve, []string{"yes from", "found", "flagged wrongly"}, func(p eval.CurvePoint) []string {
		return []string{threshold(p.Threshold), percent(p.Recall), percent(p.FalseAlarms)}
	})
	return c, true
}

// precisionRecallOf draws the precision-recall curve; false where there is none.
func precisionRecallOf(a *Axis) (chart, bool) {
	place := func(p eval.CurvePoint) point { return point{shares.x(p.Recall), shares.y(p.Precision)} }
	c, curve, ok := curveChart(a, 1, place, nameLeft, "start") // where nothing is flagged, nothing is right or wrong
	if !ok {
		return chart{}, false
	}
	c.ID = a.Name + "-precision-recall"
	c.XName, c.YName = "of all "+a.Name+", found", "of what is flagged, right"
	c.Title = "What is found, and what is right of it"
	if chosen, ok := a.Measurement.Chosen(); ok {
		c.Title = fmt.Sprintf("Finds %s of %s; of what it flags %s is right", percent(chosen.Recall), a.Name, percent(chosen.Precision))
		if chosen.Hits+chosen.Misfires == 0 {
			c.Title = "Flags nothing"
		}
	}
	c.Description = "Precision-recall curve: for every threshold, which share of the comments that reach it is labelled yes, over the share of all " +
		"those labelled yes that reach it." + chosenWords(a) + baseWords(a, eval.AveragePrecision, "Average precision")
	last := curve[len(curve)-1]
	c.Paths = append([]path{{"even", line([]point{{shares.x(0), shares.y(last.Precision)}, {shares.x(1), shares.y(last.Precision)}})}}, c.Paths...)
	c.Table = curveTable(curve, []string{"yes from", "found", "right", "flagged"}, func(p eval.CurvePoint) []string {
		return []string{threshold(p.Threshold), percent(p.Recall), percent(p.Precision), count(float64(p.Hits + p.Misfires))}
	})
	return c, true
}

// curveChart draws what both curves share: the lines from their first point on, their names at x, and the point chosen.
func curveChart(a *Axis, first int, place func(eval.CurvePoint) point, x float64, anchor string) (chart, []eval.CurvePoint, bool) {
	curve := a.Measurement.Curve()
	if curve == nil {
		return chart{}, nil, false
	}
	c := chart{XTicks: percentTicks(shares.x), YTicks: percentTicks(shares.y)}
	name := func(class, text string) {
		c.Labels = append(c.Labels, label{class, units(x), units(nameBottom - nameStep*float64(len(c.Labels))), anchor, text})
	}
	if a.Base != nil {
		if base := a.Base.Measurement.Curve(); base != nil {
			c.Paths = append(c.Paths, path{"base", drawn(base[first:], place)})
			name("base", "╌ "+clipped(a.Base.Name))
		}
	}
	c.Paths = append(c.Paths, path{"measured", drawn(curve[first:], place)})
	name("measured", "━ "+clipped(a.Measured))
	if chosen, ok := a.Measurement.Chosen(); ok {
		c.Dots = append(c.Dots, dotAt("chosen", place(chosen)))
		name("chosen", "◎ "+chosenName(&a.Report))
	}
	return c, curve[first:], true
}

func drawn(curve []eval.CurvePoint, place func(eval.CurvePoint) point) string {
	var points []point
	for _, p := range eval.Thinned(curve, drawnPoints) {
		points = append(points, place(p))
	}
	return line(points)
}

// clipped is a name as far as a picture has room for it.
func clipped(name string) string {
	const room = 26
	if letters := []rune(name); len(letters) > room {
		return string(letters[:room-1]) + "…"
	}
	return name
}

func curveTable(curve []eval.CurvePoint, head []string, row func(eval.CurvePoint) []string) table {
	thin := eval.Thinned(curve, tabledRows)
	t := table{Head: head}
	if len(thin) < len(curve) {
		t.Note = fmt.Sprintf("%d of the curve’s %s points.", len(thin), count(float64(len(curve))))
	}
	for _, p := range thin {
		t.Rows = append(t.Rows, row(p))
	}
	return t
}

// threshold spells a probability from which the answer is yes.
func threshold(value float64) string {
	if math.IsInf(value, 1) {
		return "never"
	}
	return strconv.FormatFloat(value, 'g', 3, 64)
}

// chosenName says by which rule the answers are given.
func chosenName(r *eval.Report) string {
	if r.Threshold == nil {
		return "as answered"
	}
	return "yes from " + threshold(*r.Threshold)
}

func chosenWords(a *Axis) string {
	chosen, ok := a.Measurement.Chosen()
	if !ok {
		return ""
	}
	if chosen.Hits+chosen.Misfires == 0 {
		return " As answered nothing is flagged."
	}
	return fmt.Sprintf(" As answered: %s of %s found, %s of the others flagged wrongly, %s of what is flagged right.", percent(chosen.Recall), a.Name,
		percent(chosen.FalseAlarms), percent(chosen.Precision))
}

// baseWords give the base's figure beside the measured one.
func baseWords(a *Axis, f eval.Figure, name string) string {
	if a.Base == nil {
		return ""
	}
	measured, ok := a.Measurement.Value(f)
	base, baseOK := a.Base.Measurement.Value(f)
	if !ok || !baseOK {
		return ""
	}
	return fmt.Sprintf(" %s: %s, of %s %s.", name, decimal(measured), a.Base.Name, decimal(base))
}
