package view

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
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
func NewDashboard(frame Frame, d figures.Dashboard, records []learn.ModelRecord, now time.Time) Dashboard {
	page := Dashboard{Frame: frame, Flow: []Chart{arrivals(d.Days), waiting(d.Waiting)}, NoLabels: true, Model: lastRetrained(records, now), Learning: NewLearning(records)}
	if c, ok := pace(d.Weeks); ok {
		page.Flow = append(page.Flow, c)
	} else {
		page.NoDecisions = true
	}
	for at, axis := range classifier.Axes {
		figures := d.Axes[at]
		page.NoLabels = page.NoLabels && figures.Labels == 0
		switch {
		case figures.Same.All > 0:
			page.Agreement = append(page.Agreement, agreement(axis, at, d))
		case figures.Unsure > 0:
			page.Unsure = append(page.Unsure, fmt.Sprintf("%s: the model was unsure before all %s.", axis, counted(figures.Unsure, "label")))
		}
		if len(figures.Bins) > 0 {
			page.Calibration = append(page.Calibration, calibrated(axis, figures))
		}
	}
	for _, t := range d.Topics {
		row := TopicLabels{Name: t.Topic}
		if t.Topic != "" {
			row.URL = GridURL(t.Topic, 0)
		}
		for _, n := range t.Labels {
			row.Labels = append(row.Labels, Thousands(n))
		}
		page.Topics = append(page.Topics, row)
	}
	if d.More {
		page.Note = fmt.Sprintf("The first of the %d weeks are not whole: only the newest %s entries of the ledger were read.", figures.Weeks, Thousands(figures.NewestDeeds))
	}
	return page
}

// lastRetrained is the newest model that was compared with a champion.
func lastRetrained(records []learn.ModelRecord, now time.Time) *Model {
	for _, r := range records { // the newest first
		var report learn.Report
		if len(r.Report) > 0 && json.Unmarshal(r.Report, &report) == nil && len(report.Axes) > 0 {
			model := NewModel(r, now)
			return &model
		}
	}
	return nil
}

// shortDate is a day without its year.
func shortDate(at time.Time) string { return at.UTC().Format("2 Jan") }

func arrivals(days []figures.Count) Chart {
	c := Chart{ID: "arrivals", YName: "comments a day", Head: []string{"day", "arrived"}}
	sum, most := 0, 0
	for i, d := range days {
		sum += d.Comments
		if d.Comments > days[most].Comments {
			most = i
		}
	}
	c.Title = fmt.Sprintf("No comment arrived in the last %d days", len(days))
	if sum > 0 {
		c.Title = fmt.Sprintf("%s arrived in %d days, most on %s: %s", counted(sum, "comment"), len(days), shortDate(days[most].Start), Thousands(days[most].Comments))
	}
	c.Description = fmt.Sprintf("Bars from zero, one a day in UTC; the last one is today, %s.", Date(days[len(days)-1].Start))
	end := c.countTicks(float64(days[most].Comments))
	for i, d := range days {
		c.bar(i, len(days), float64(d.Comments)/end)
		if i%7 == 6 {
			c.XTicks = append(c.XTicks, ChartTick{length(chartX(i, len(days))), shortDate(d.Start)})
		}
		c.Rows = append(c.Rows, []string{Date(d.Start), Thousands(d.Comments)})
	}
	return c
}

// span is a length of time as people say it.
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a minute"
	case d < 90*time.Minute:
		return fmt.Sprintf("%d minutes", int(math.Round(d.Minutes())))
	case d < 36*time.Hour:
		return fmt.Sprintf("%d hours", int(math.Round(d.Hours())))
	}
	return fmt.Sprintf("%d days", int(math.Round(d.Hours()/24)))
}

// ageName is how long something has waited.
func ageName(a figures.Age) string {
	short := func(d time.Duration) string {
		if d < 24*time.Hour {
			return strconv.Itoa(int(d.Hours())) + "\u00a0h"
		}
		return strconv.Itoa(int(d.Hours()/24)) + "\u00a0d"
	}
	switch {
	case a.From == 0:
		return "<\u00a0" + short(a.To)
	case a.To == 0:
		return "≥\u00a0" + short(a.From)
	}
	return "<\u00a0" + short(a.To)
}

func waiting(ages []figures.Age) Chart {
	c := Chart{ID: "waiting", YName: "comments that wait", Head: []string{"waited", "comments"},
		Description: "Bars from zero: comments that need review or are escalated, by how long ago they arrived. Each bar leaves out the ones before it."}
	sum, most := 0, 0
	for _, a := range ages {
		sum, most = sum+a.Comments, max(most, a.Comments)
	}
	oldest := ages[len(ages)-1]
	switch {
	case sum == 0:
		c.Title = "Nothing waits"
	case oldest.Comments == 0:
		c.Title = fmt.Sprintf("%s wait, none for %s", counted(sum, "comment"), span(oldest.From))
	default:
		c.Title = fmt.Sprintf("%s wait, %s of them for %s or longer", counted(sum, "comment"), Thousands(oldest.Comments), span(oldest.From))
	}
	end := c.countTicks(float64(most))
	for i, a := range ages {
		c.bar(i, len(ages), float64(a.Comments)/end)
		x := length(chartX(i, len(ages)))
		c.XTicks = append(c.XTicks, ChartTick{x, ageName(a)})
		if a.Comments > 0 {
			c.Labels = append(c.Labels, ChartLabel{x, length(chartY(float64(a.Comments)/end) - 4), "middle", Thousands(a.Comments)})
		}
		c.Rows = append(c.Rows, []string{ageName(a), Thousands(a.Comments)})
	}
	return c
}

// pace draws how long comments waited for their first decision; false where nothing was decided.
func pace(weeks []figures.Week) (Chart, bool) {
	c := Chart{ID: "pace", Head: []string{"week of", "first decided", "half within", "nine of ten within"},
		Description: "Time from a comment's arrival to its first approval or rejection, by the week of that decision. The upper line is within which nine of ten were decided, the lower one half of them."}
	longest, last := time.Duration(0), -1
	for i, w := range weeks {
		row := []string{Date(w.Start), Thousands(w.Timed), "–", "–"}
		if w.Timed > 0 {
			longest, last = max(longest, w.NineTenth), i
			row[2], row[3] = span(w.Half), span(w.NineTenth)
		}
		c.Rows = append(c.Rows, row)
	}
	if last < 0 {
		return c, false
	}
	unit, name := time.Hour, "hours"
	switch {
	case longest < 2*time.Hour:
		unit, name = time.Minute, "minutes"
	case longest > 72*time.Hour:
		unit, name = 24*time.Hour, "days"
	}
	c.YName = name + " to a decision"
	c.Title = fmt.Sprintf("In the week of %s half were decided within %s, nine of ten within %s", shortDate(weeks[last].Start), span(weeks[last].Half), span(weeks[last].NineTenth))
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
	c.Labels = append(c.Labels, ChartLabel{length(low.x), length(lowY), "end", "half"}, ChartLabel{length(high.x), length(highY), "end", "nine of ten"})
	c.weekTicks(weeks)
	return c, true
}

func dot(p chartPoint) ChartDot { return ChartDot{X: length(p.x), Y: length(p.y)} }

func (c *Chart) weekTicks(weeks []figures.Week) {
	for i, w := range weeks {
		if i%4 == 3 {
			c.XTicks = append(c.XTicks, ChartTick{length(chartX(i, len(weeks))), shortDate(w.Start)})
		}
	}
}

// agreement draws the share of labels that are what the model had answered, week by week.
func agreement(axis classifier.Axis, at int, d figures.Dashboard) Chart {
	all := d.Axes[at]
	low, high := all.Same.Interval()
	c := Chart{ID: "agreement-" + string(axis), YName: "labels that are the model’s answer", Head: []string{"week of", "same", "95\u00a0% interval", "model was unsure"},
		Title: fmt.Sprintf("%s: people gave the model’s answer %s times (%s to %s)", axis, share(all.Same), Percent(low), Percent(high))}
	c.Description = fmt.Sprintf("Each label beside the prediction that was stored before it, by week, with 95\u00a0%% intervals as a band. On %s the model had been unsure; they are not counted.",
		counted(all.Unsure, "label"))
	c.percentTicks()
	var middle, lower, upper []chartPoint
	for i, w := range d.Weeks {
		same := w.Answers[at].Same
		row := []string{Date(w.Start), share(same), "–", Thousands(w.Answers[at].Unsure)}
		if same.All > 0 {
			low, high := same.Interval()
			x := chartX(i, len(d.Weeks))
			middle = append(middle, chartPoint{x, chartY(same.Part())})
			lower, upper = append(lower, chartPoint{x, chartY(low)}), append(upper, chartPoint{x, chartY(high)})
			c.Dots = append(c.Dots, ChartDot{X: length(x), Y: length(chartY(same.Part())), Low: length(chartY(low)), High: length(chartY(high))})
			row[2] = Percent(low) + " to " + Percent(high)
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
func calibrated(axis classifier.Axis, of figures.AxisFigures) Chart {
	c := Chart{ID: "calibrated-" + string(axis), YName: "labelled yes", XName: "probability of yes",
		Head: []string{"probability", "mean", "labelled so", "95\u00a0% interval"}}
	what := "yes"
	if axis == classifier.Stance {
		what, c.YName, c.XName = "the most probable answer", "right", "probability of the most probable answer"
	}
	labels, off := 0, 0.0
	c.percentTicks()
	for quarter := range 5 {
		part := float64(quarter) / 4
		c.XTicks = append(c.XTicks, ChartTick{length(chartLeft + part*(chartRight-chartLeft)), strconv.Itoa(quarter*25) + "\u00a0%"})
	}
	c.Paths = []ChartPath{{"even", chartLine([]chartPoint{{chartLeft, chartBottom}, {chartRight, chartTop}})}}
	for _, b := range of.Bins {
		low, high := b.True.Interval()
		labels += b.True.All
		off += math.Abs(b.Mean-b.True.Part()) * float64(b.True.All)
		c.Dots = append(c.Dots, ChartDot{length(chartLeft + b.Mean*(chartRight-chartLeft)), length(chartY(b.True.Part())), length(chartY(low)), length(chartY(high))})
		c.Rows = append(c.Rows, []string{fmt.Sprintf("%.0f to %.0f\u00a0%%", 100*b.Low, 100*b.High), Percent(b.Mean), share(b.True), Percent(low) + " to " + Percent(high)})
	}
	c.Title = fmt.Sprintf("%s: probabilities were off by %.0f points of 100 on average", axis, 100*off/float64(labels))
	if labels < fewLabels {
		c.Title = fmt.Sprintf("%s: %s %s too few to say", axis, counted(labels, "label"), map[bool]string{true: "is", false: "are"}[labels == 1])
	}
	c.Description = fmt.Sprintf("What the model had held probable against how often people labelled it so, over %s, with 95\u00a0%% intervals. "+
		"On the dotted diagonal, 30\u00a0%% for %s comes true 30 times in 100. People label what they look at, not a sample of all.", counted(labels, "label"), what)
	return c
}
