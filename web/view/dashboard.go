package view

import (
	"encoding/json"
	"math"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/learn"
)

// Dashboard is the page of how the work goes.
type Dashboard struct {
	Frame
	Flow        []Chart // what arrives, what waits, how long it takes
	Agreement   []Chart
	Calibration []Chart
	Unsure      []string // axes on which the model had answered before no label
	Topics      []TopicLabels
	Model       *Model // the last retraining; nil where there was none
	Note        string // what the figures lack
	Learning    Learning
	Days, Weeks int // how far it looks back
	NoLabels    bool
	NoDecisions bool
}

func (Dashboard) template() string { return "dashboard" }

// TopicLabels is how many labels a topic got on stance, hostile and spam.
type TopicLabels struct {
	Name, URL string
	Labels    []string
}

// NewDashboard lays out the figures and the newest model that came from a retraining.
func NewDashboard(frame Frame, d figures.Dashboard, records []learn.ModelRecord) Dashboard {
	local := frame.Local
	page := Dashboard{Frame: frame, Days: figures.Days, Weeks: figures.Weeks, Flow: []Chart{arrivals(local, d.Days), waiting(local, d.Waiting)}, NoLabels: true,
		Model: lastRetrained(local, records), Learning: NewLearning(local, records)}
	if c, ok := pace(local, d.Weeks); ok {
		page.Flow = append(page.Flow, c)
	} else {
		page.NoDecisions = true
	}
	for at, axis := range classifier.Axes {
		figures := d.Axes[at]
		page.NoLabels = page.NoLabels && figures.Labels == 0
		switch {
		case figures.Same.All > 0:
			page.Agreement = append(page.Agreement, agreement(local, axis, at, d))
		case figures.Unsure > 0:
			page.Unsure = append(page.Unsure, local.T("dashboard.unsure", "axis", local.Axis(axis), "n", figures.Unsure))
		}
		if len(figures.Bins) > 0 {
			page.Calibration = append(page.Calibration, calibrated(local, axis, figures))
		}
	}
	for _, t := range d.Topics {
		row := TopicLabels{Name: t.Topic}
		if t.Topic != "" {
			row.URL = GridURL(t.Topic, 0)
		}
		for _, n := range t.Labels {
			row.Labels = append(row.Labels, local.Number(n))
		}
		page.Topics = append(page.Topics, row)
	}
	if d.More {
		page.Note = local.T("dashboard.more", "weeks", figures.Weeks, "entries", figures.NewestDeeds)
	}
	return page
}

// lastRetrained is the newest model that was compared with a champion.
func lastRetrained(local Local, records []learn.ModelRecord) *Model {
	for _, r := range records { // the newest first
		var report learn.Report
		if len(r.Report) > 0 && json.Unmarshal(r.Report, &report) == nil && len(report.Axes) > 0 {
			model := NewModel(local, r)
			if model.Champion {
				model.StateWords = local.T("dashboard.in_use")
			}
			return &model
		}
	}
	return nil
}

func arrivals(local Local, days []figures.Count) Chart {
	c := Chart{local: local, ID: "arrivals", YName: local.T("chart.arrivals_y"), Head: []string{local.T("chart.column_day"), local.T("chart.column_arrived")}}
	sum, most := 0, 0
	for i, d := range days {
		sum += d.Comments
		if d.Comments > days[most].Comments {
			most = i
		}
	}
	c.Title = local.T("chart.arrivals_none", "days", len(days))
	if sum > 0 {
		c.Title = local.T("chart.arrivals", "n", sum, "days", len(days), "day", local.DeskDay(days[most].Start), "most", days[most].Comments)
	}
	c.Description = local.T("chart.arrivals_what", "day", local.DeskDate(days[len(days)-1].Start))
	end := c.countTicks(float64(days[most].Comments))
	for i, d := range days {
		c.bar(i, len(days), float64(d.Comments)/end)
		if i%7 == 6 {
			c.XTicks = append(c.XTicks, ChartTick{length(chartX(i, len(days))), local.DeskDay(d.Start)})
		}
		c.Rows = append(c.Rows, []string{local.DeskDate(d.Start), local.Number(d.Comments)})
	}
	return c
}

// ageName is how long something has waited.
func ageName(local Local, a figures.Age) string {
	short := func(d time.Duration) string {
		if d < 24*time.Hour {
			return local.T("span.short_hours", "n", int(d.Hours()))
		}
		return local.T("span.short_days", "n", int(d.Hours()/24))
	}
	switch {
	case a.From == 0:
		return "<\u00a0" + short(a.To)
	case a.To == 0:
		return "≥\u00a0" + short(a.From)
	}
	return "<\u00a0" + short(a.To)
}

func waiting(local Local, ages []figures.Age) Chart {
	c := Chart{local: local, ID: "waiting", YName: local.T("chart.waiting_y"), Head: []string{local.T("chart.column_waited"), local.T("chart.column_comments")},
		Description: local.T("chart.waiting_what")}
	sum, most := 0, 0
	for _, a := range ages {
		sum, most = sum+a.Comments, max(most, a.Comments)
	}
	oldest := ages[len(ages)-1]
	switch {
	case sum == 0:
		c.Title = local.T("chart.waiting_none")
	case oldest.Comments == 0:
		c.Title = local.T("chart.waiting_none_old", "n", sum, "age", span(local, oldest.From))
	default:
		c.Title = local.T("chart.waiting", "n", sum, "old", oldest.Comments, "age", span(local, oldest.From))
	}
	end := c.countTicks(float64(most))
	for i, a := range ages {
		c.bar(i, len(ages), float64(a.Comments)/end)
		x := length(chartX(i, len(ages)))
		c.XTicks = append(c.XTicks, ChartTick{x, ageName(local, a)})
		if a.Comments > 0 {
			c.Labels = append(c.Labels, ChartLabel{x, length(chartY(float64(a.Comments)/end) - 4), "middle", local.Number(a.Comments)})
		}
		c.Rows = append(c.Rows, []string{ageName(local, a), local.Number(a.Comments)})
	}
	return c
}

// pace draws how long comments waited for their first decision; false where nothing was decided.
func pace(local Local, weeks []figures.Week) (Chart, bool) {
	c := Chart{local: local, ID: "pace", Head: []string{local.T("chart.column_week"), local.T("chart.column_first"), local.T("chart.column_half"), local.T("chart.column_tenth")},
		Description: local.T("chart.pace_what")}
	longest, last := time.Duration(0), -1
	for i, w := range weeks {
		row := []string{local.DeskDate(w.Start), local.Number(w.Timed), "–", "–"}
		if w.Timed > 0 {
			longest, last = max(longest, w.NineTenth), i
			row[2], row[3] = span(local, w.Half), span(local, w.NineTenth)
		}
		c.Rows = append(c.Rows, row)
	}
	if last < 0 {
		return c, false
	}
	unit := time.Hour
	c.YName = local.T("chart.pace_hours")
	switch {
	case longest < 2*time.Hour:
		unit, c.YName = time.Minute, local.T("chart.pace_minutes")
	case longest > 72*time.Hour:
		unit, c.YName = 24*time.Hour, local.T("chart.pace_days")
	}
	c.Title = local.T("chart.pace", "day", local.DeskDay(weeks[last].Start), "half", span(local, weeks[last].Half), "tenth", span(local, weeks[last].NineTenth))
	end := c.countTicks(float64(longest) / float64(unit))
	place := func(i int, d time.Duration) chartPoint {
		return chartPoint{chartX(i, len(weeks)), chartY(float64(d) / float64(unit) / end)}
	}
	var half, tenth []chartPoint
	for i, w := range weeks {
		if w.Timed == 0 {
			continue
		}
		half, tenth = append(half, place(i, w.Half)), append(tenth, place(i, w.NineTenth))
		c.Dots = append(c.Dots, dot(half[len(half)-1]), dot(tenth[len(tenth)-1]))
	}
	c.Paths = []ChartPath{{"band", chartArea(tenth, half)}, {"measured", chartLine(half)}, {"measured dashed", chartLine(tenth)}}
	low, high := half[len(half)-1], tenth[len(tenth)-1]
	lowY, highY := min(chartBottom-4, low.y+14), max(chartTop-4, high.y-7)
	if lowY-highY < 14 {
		highY = lowY - 14
	}
	c.Labels = append(c.Labels, ChartLabel{length(low.x), length(lowY), "end", local.T("chart.pace_half")}, ChartLabel{length(high.x), length(highY), "end", local.T("chart.pace_tenth")})
	c.weekTicks(weeks)
	return c, true
}

func dot(p chartPoint) ChartDot { return ChartDot{X: length(p.x), Y: length(p.y)} }

func (c *Chart) weekTicks(weeks []figures.Week) {
	for i, w := range weeks {
		if i%4 == 3 {
			c.XTicks = append(c.XTicks, ChartTick{length(chartX(i, len(weeks))), c.local.DeskDay(w.Start)})
		}
	}
}

// agreement draws the share of labels that are what the model had answered, week by week.
func agreement(local Local, axis classifier.Axis, at int, d figures.Dashboard) Chart {
	all := d.Axes[at]
	low, high := all.Same.Interval()
	c := Chart{local: local, ID: "agreement-" + string(axis), YName: local.T("chart.agreement_y"),
		Head:  []string{local.T("chart.column_week"), local.T("chart.column_same"), local.T("chart.column_interval"), local.T("chart.column_unsure")},
		Title: local.T("chart.agreement", "axis", local.Axis(axis), "share", share(local, all.Same), "low", local.Part(low), "high", local.Part(high))}
	c.Description = local.T("chart.agreement_what", "n", all.Unsure)
	c.percentTicks()
	var middle, lower, upper []chartPoint
	for i, w := range d.Weeks {
		same := w.Answers[at].Same
		row := []string{local.DeskDate(w.Start), share(local, same), "–", local.Number(w.Answers[at].Unsure)}
		if same.All > 0 {
			low, high := same.Interval()
			x := chartX(i, len(d.Weeks))
			middle = append(middle, chartPoint{x, chartY(same.Part())})
			lower, upper = append(lower, chartPoint{x, chartY(low)}), append(upper, chartPoint{x, chartY(high)})
			c.Dots = append(c.Dots, ChartDot{X: length(x), Y: length(chartY(same.Part())), Low: length(chartY(low)), High: length(chartY(high))})
			row[2] = spanned(local, low, high)
		}
		c.Rows = append(c.Rows, row)
	}
	if len(middle) > 1 { // one point alone has no band and keeps its whisker
		for i := range c.Dots {
			c.Dots[i].Low, c.Dots[i].High = "", ""
		}
		c.Paths = []ChartPath{{"band", chartArea(upper, lower)}, {"measured", chartLine(middle)}}
	}
	c.weekTicks(d.Weeks)
	return c
}

// fewLabels is under how many nothing is said about calibration.
const fewLabels = 20

// calibrated draws how often what the model held probable was labelled so.
func calibrated(local Local, axis classifier.Axis, of figures.AxisFigures) Chart {
	c := Chart{local: local, ID: "calibrated-" + string(axis), YName: local.T("chart.calibrated_y"), XName: local.T("chart.calibrated_x"),
		Head: []string{local.T("chart.column_probability"), local.T("chart.column_mean"), local.T("chart.column_so"), local.T("chart.column_interval")}}
	what := "chart.calibrated_what"
	if axis == classifier.Stance {
		what, c.YName, c.XName = "chart.calibrated_what_stance", local.T("chart.calibrated_right"), local.T("chart.calibrated_x_stance")
	}
	labels, off := 0, 0.0
	c.percentTicks()
	for quarter := range 5 {
		part := float64(quarter) / 4
		c.XTicks = append(c.XTicks, ChartTick{length(chartLeft + part*(chartRight-chartLeft)), c.quarter(quarter)})
	}
	c.Paths = []ChartPath{{"even", chartLine([]chartPoint{{chartLeft, chartBottom}, {chartRight, chartTop}})}}
	for _, b := range of.Bins {
		low, high := b.True.Interval()
		labels += b.True.All
		off += math.Abs(b.Mean-b.True.Part()) * float64(b.True.All)
		c.Dots = append(c.Dots, ChartDot{length(chartLeft + b.Mean*(chartRight-chartLeft)), length(chartY(b.True.Part())), length(chartY(low)), length(chartY(high))})
		c.Rows = append(c.Rows, []string{local.T("number.range", "from", local.Decimal(100*b.Low, 0), "to", local.T("number.percent", "value", local.Decimal(100*b.High, 0))), local.Percent(b.Mean), share(local, b.True), spanned(local, low, high)})
	}
	c.Title = local.T("chart.calibrated", "axis", local.Axis(axis), "n", int(math.Round(100*off/float64(labels))))
	if labels < fewLabels {
		c.Title = local.T("chart.calibrated_few", "axis", local.Axis(axis), "n", labels)
	}
	c.Description = local.T(what, "n", labels)
	return c
}
