package page

import (
	"math"
	"strconv"
	"strings"
)

// chart is one picture with its table. Lengths are in units of its view box.
type chart struct {
	ID          string
	Title       string // states the finding
	Description string // what a reader who does not see the picture should know
	XName       string
	YName       string
	XTicks      []tick
	YTicks      []tick
	Paths       []path
	Bars        []bar
	Dots        []dot
	Labels      []label
	Table       table
}

// tick is a labelled place on an axis.
type tick struct{ At, Label string }

// path is a line or an area; its class gives the look.
type path struct{ Class, D string }

// bar is a vertical line that shows an interval.
type bar struct{ X, Low, High string }

// dot is one point.
type dot struct{ Class, X, Y string }

// label is text within the picture.
type label struct{ Class, X, Y, Anchor, Text string }

// table is what a picture is drawn from.
type table struct {
	Note string
	Head []string
	Rows [][]string
}

// The view box and the field within it that is drawn in. The template knows them too.
const (
	fieldLeft   = 44.0
	fieldRight  = 348.0
	fieldTop    = 26.0
	fieldBottom = 262.0
)

// scale puts values from Low to High onto the field.
type scale struct{ Low, High float64 }

var shares = scale{0, 1}

func (s scale) part(value float64) float64 { return min(1, max(0, (value-s.Low)/(s.High-s.Low))) }

func (s scale) x(value float64) float64 { return fieldLeft + s.part(value)*(fieldRight-fieldLeft) }

func (s scale) y(value float64) float64 { return fieldBottom - s.part(value)*(fieldBottom-fieldTop) }

// units spells a length; a tenth of a unit is less than a pixel.
func units(length float64) string { return strconv.FormatFloat(length, 'f', 1, 64) }

// point is a place on the field.
type point struct{ X, Y float64 }

// line draws straight lines from point to point.
func line(points []point) string {
	var d strings.Builder
	for i, p := range points {
		if i == 0 {
			d.WriteString("M")
		} else {
			d.WriteString("L")
		}
		d.WriteString(units(p.X) + " " + units(p.Y))
	}
	return d.String()
}

// area closes the line there along upper and back along lower.
func area(upper, lower []point) string {
	all := append([]point(nil), upper...)
	for i := len(lower) - 1; i >= 0; i-- {
		all = append(all, lower[i])
	}
	return line(all) + "Z"
}

func dotAt(class string, p point) dot { return dot{class, units(p.X), units(p.Y)} }

// percentTicks are every 20 % of a share.
func percentTicks(place func(float64) float64) []tick {
	var ticks []tick
	for fifth := range 6 {
		share := float64(fifth) / 5
		ticks = append(ticks, tick{units(place(share)), strconv.Itoa(fifth*20) + "\u00a0%"})
	}
	return ticks
}

// roundTicks are four to eight round numbers within the scale; none on a scale without length.
func (s scale) roundTicks(place func(float64) float64, show func(float64) string) []tick {
	if !(s.High > s.Low) {
		return nil
	}
	step := math.Pow(10, math.Floor(math.Log10(s.High-s.Low)))
	for _, part := range []float64{1, .5, .25, .2, .1} {
		if (s.High-s.Low)/(step*part) >= 3.999 {
			step *= part
			break
		}
	}
	var ticks []tick
	for i := int(math.Ceil(s.Low/step - 1e-9)); float64(i)*step <= s.High+1e-9; i++ {
		value := float64(i) * step
		ticks = append(ticks, tick{units(place(value)), show(value)})
	}
	return ticks
}
