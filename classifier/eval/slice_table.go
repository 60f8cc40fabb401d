package eval

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
)

// sliceColumns are the columns of a slice table. One that no slice has a number for is left out.
var sliceColumns = []struct {
	name string
	cell func(*Slice) string
}{
	{"n", func(s *Slice) string { return strconv.Itoa(s.N) }},
	{"yes", func(s *Slice) string { return valueCell(s.Yes, nil) }},
	{"mean probability", func(s *Slice) string { return valueCell(s.MeanProbability, nil) }},
	{"false-positive rate", func(s *Slice) string { return valueCell(s.FalsePositiveRate, s.Interval.FalsePositiveRate) }},
	{"recall", func(s *Slice) string { return valueCell(s.Recall, s.Interval.Recall) }},
	{"accuracy", func(s *Slice) string { return valueCell(s.Accuracy, nil) }},
	{"macro-F1", func(s *Slice) string {
		if s.Yes != nil {
			return absent
		}
		return valueCell(s.MacroF1, s.Interval.MacroF1)
	}},
	{"AUC", func(s *Slice) string { return valueCell(s.AUC, s.Interval.AUC) }},
	{"calibration error", func(s *Slice) string { return valueCell(s.ECE, nil) }},
	{"… redrawn", func(s *Slice) string {
		if s.ECERedrawn == nil {
			return absent
		}
		return decimal(s.ECERedrawn.Mean)
	}},
}

// WriteSlices prints slices for people, and the gaps between them where they are given.
func WriteSlices(w io.Writer, title string, slices []Slice, gaps *Gaps) error {
	t := newTable()
	header := table.Row{title}
	rows := make([]table.Row, len(slices))
	for i := range slices {
		rows[i] = table.Row{sliceName(slices[i].Slice)}
	}
	for _, column := range sliceColumns {
		cells, filled := make([]string, len(slices)), false
		for i := range slices {
			cells[i] = column.cell(&slices[i])
			filled = filled || cells[i] != absent
		}
		if !filled {
			continue
		}
		header = append(header, column.name)
		for i := range rows {
			rows[i] = append(rows[i], cells[i])
		}
	}
	t.AppendHeader(header)
	t.AppendRows(rows)
	if err := write(w, t); err != nil || gaps == nil {
		return err
	}
	for _, gap := range []struct {
		name string
		of   *Gap
	}{{"false-positive gap", gaps.FalsePositiveRate}, {"recall gap", gaps.Recall}} {
		if _, err := fmt.Fprintf(w, "%s: %s %s\n", title, gap.name, gap.of.cell()); err != nil {
			return err
		}
	}
	return nil
}

// sliceName is a slice's name in a table; rows that lack the key have none.
func sliceName(name string) string {
	if name == "" {
		return "(none)"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, name)
}

func (g *Gap) cell() string {
	if g == nil {
		return absent
	}
	return fmt.Sprintf("%s: %s in %s, %s in %s", valueCell(&g.Gap, g.Interval), decimal(g.Smallest), sliceName(g.SmallestSlice), decimal(g.Largest),
		sliceName(g.LargestSlice))
}

// WriteThresholds prints for people what the first class's answers would be worth at each threshold.
func WriteThresholds(w io.Writer, axis string, thresholds []ThresholdRow) error {
	t := newTable()
	t.AppendHeader(table.Row{axis + ": yes from", "flagged", "share", "precision", "recall"})
	for _, row := range thresholds {
		t.AppendRow(table.Row{strconv.FormatFloat(row.Threshold, 'f', 2, 64), row.Flagged, valueCell(row.Share, nil), valueCell(row.Precision, nil),
			valueCell(row.Recall, nil)})
	}
	return write(w, t)
}
