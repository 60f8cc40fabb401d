package view

import (
	"math"
	"strconv"
	"strings"
)

// Chart is one picture with the table it is drawn from. Lengths are in units of its view box, which is 360 wide and 220 high.
type Chart struct {
	ID          string
	Title       string // states the finding
	Description string // what a reader who does not see the picture should know
	YName       string // what the height says
	XName       string
	XTicks      []ChartTick
	YTicks      []ChartTick
	Paths       []ChartPath
	Bars        []ChartBar
	Dots        []ChartDot
	Labels      []ChartLabel
	Head        []string
	Rows        [][]string

	local Local // of who looks at it
}

// ChartTick is a named place on an axis.
type ChartTick struct{ At, Label string }

// ChartPath is a line or an area; its class gives the look.
type ChartPath struct{ Class, D string }

// ChartBar is a bar that stands on zero.
type ChartBar struct{ X, Y, Width, Height string }

// ChartDot is a point with its interval.
type ChartDot struct{ X, Y, Low, High string }

// ChartLabel is text within the picture.
type ChartLabel struct{ X, Y, Anchor, Text string }

// The field of the view box that is drawn in.
const (
	chartLeft   = 40.0
	chartRight  = 336.0
	chartTop    = 26.0
	chartBottom = 190.0
)

// chartY is the height of a part of the scale, 0 to 1.
func chartY(part float64) float64 {
	return chartBottom - min(1, max(0, part))*(chartBottom-chartTop)
}

// chartX is the place of the middle of slot i of n.
func chartX(i, n int) float64 {
	return chartLeft + (float64(i)+.5)/float64(n)*(chartRight-chartLeft)
}

func length(units float64) string { return strconv.FormatFloat(units, 'f', 1, 64) }

// chartPoint is a place on the field.
type chartPoint struct{ x, y float64 }

// chartLine draws straight lines from point to point.
func chartLine(points []chartPoint) string {
	var d strings.Builder
	for i, p := range points {
		d.WriteString(map[bool]string{true: "M", false: "L"}[i == 0] + length(p.x) + " " + length(p.y))
	}
	return d.String()
}

// chartArea closes the line there along upper and back along lower.
func chartArea(upper, lower []chartPoint) string {
	all := append([]chartPoint(nil), upper...)
	for i := len(lower) - 1; i >= 0; i-- {
		all = append(all, lower[i])
	}
	return chartLine(all) + "Z"
}

// countTicks names round counts from zero up to at least top, and returns the last one: the scale's end.
func (c *Chart) countTicks(top float64) (end float64) {
	step := math.Pow(10, math.Floor(math.Log10(max(1, top))))
	for _, part := range []float64{.2, .5, 1, 2} {
		if step*part >= 1 && top/(step*part) <= 5 {
			step *= part
			break
		}
	}
	end = step * math.Ceil(max(1, top)/step)
	for value := 0.0; value <= end; value += step {
		c.YTicks = append(c.YTicks, ChartTick{length(chartY(value / end)), c.local.Number(int(value))})
	}
	return end
}

// percentTicks names every quarter of a share.
func (c *Chart) percentTicks() {
	for quarter := range 5 {
		c.YTicks = append(c.YTicks, ChartTick{length(chartY(float64(quarter) / 4)), c.quarter(quarter)})
	}
}

// quarter is so many quarters of the whole.
func (c *Chart) quarter(n int) string { return c.local.T("number.percent", "value", n*25) }

// bar adds the bar of slot i of n.
func (c *Chart) bar(i, n int, part float64) {
	wide := (chartRight - chartLeft) / float64(n) * .78
	c.Bars = append(c.Bars, ChartBar{length(chartX(i, n) - wide/2), length(chartY(part)), length(wide), length(chartBottom - chartY(part))})
}
