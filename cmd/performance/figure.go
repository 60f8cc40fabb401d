package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// figure is one row of the table.
type figure struct {
	Name    string
	Value   string
	Wanted  string // the limit and whether it was met; "" without one
	How     string
	Missing error // why there is no value
}

// absent is why a figure is missing on a machine that lacks something to measure it with. The section says so, and nothing has failed.
type absent string

func (a absent) Error() string { return string(a) }

// value is what stands in the table.
func (f figure) value() string {
	if f.Missing != nil {
		return "not measured: " + f.Missing.Error()
	}
	return f.Value
}

var english = message.NewPrinter(language.English)

// rounded writes a number with three significant digits.
func rounded(x float64) string {
	if x != 0 {
		unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-2)
		x = math.Round(x/unit) * unit
	}
	return english.Sprint(number.Decimal(x, number.MaxFractionDigits(6)))
}

// spread writes the median with the lowest and the highest of several measurements.
func spread(values []float64, unit string) string {
	if len(values) == 1 {
		return rounded(values[0]) + " " + unit
	}
	return fmt.Sprintf("%s %s (%s to %s)", rounded(quantile(values, .5)), unit, rounded(slices.Min(values)), rounded(slices.Max(values)))
}

// quantile is the smallest value that at least the share p of all values does not exceed (nearest rank).
func quantile(values []float64, p float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	rank := int(math.Ceil(p * float64(len(sorted))))
	return sorted[max(rank, 1)-1]
}

// cell is text as a cell of a Markdown table holds it: on one line, with no bar of its own.
func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", `\|`)
}
