package eval

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
)

// absent stands in a table where a figure does not apply.
const absent = "–"

// WriteTable prints reports for people: one table with a column an axis and a row a figure with its 95 % interval, then each axis's confusion
// matrix.
func WriteTable(w io.Writer, reports []Report) error {
	if err := write(w, figureTable(reports)); err != nil {
		return err
	}
	for i := range reports {
		if err := write(w, confusionTable(&reports[i])); err != nil {
			return err
		}
	}
	return nil
}

// WriteDifferences prints a comparison for people. Base and other name what was compared.
func WriteDifferences(w io.Writer, axis, base, other string, differences []Difference) error {
	t := newTable()
	t.AppendHeader(table.Row{axis, base, other, "difference (95 %)", ""})
	for _, d := range differences {
		verdict := ""
		switch {
		case d.Better():
			verdict = "better"
		case d.Worse():
			verdict = "worse"
		}
		t.AppendRow(table.Row{d.Figure.label(), decimal(d.Base), decimal(d.Other),
			fmt.Sprintf("%s (%s to %s)", signed(d.Difference), signed(d.Low), signed(d.High)), verdict})
	}
	return write(w, t)
}

func figureTable(reports []Report) table.Writer {
	t := newTable()
	row := func(name string, cell func(*Report) string) table.Row {
		cells := table.Row{name}
		for i := range reports {
			cells = append(cells, cell(&reports[i]))
		}
		return cells
	}
	t.AppendHeader(row("", func(r *Report) string { return r.Axis }))
	t.AppendRow(row("comments", func(r *Report) string { return strconv.Itoa(r.N) }))
	t.AppendRow(row("left out", func(r *Report) string { return strconv.Itoa(r.LeftOut) }))
	for _, figure := range shownFigures(reports) {
		t.AppendRow(row(figure.label(), func(r *Report) string { return valueCell(r.get(figure)) }))
	}
	t.AppendRow(row("… if calibrated, redrawn", func(r *Report) string { return r.ECERedrawn.cell() }))
	for _, given := range []struct {
		name string
		of   func(*Report) *float64
	}{
		{"at prior", func(r *Report) *float64 { return r.Prior }},
		{"at threshold", func(r *Report) *float64 { return r.Threshold }},
	} {
		if slices.ContainsFunc(reports, func(r Report) bool { return given.of(&r) != nil }) {
			t.AppendRow(row(given.name, func(r *Report) string { return valueCell(given.of(r), nil) }))
		}
	}
	t.AppendRow(row("comments per second", func(r *Report) string {
		if r.CommentsPerSecond == nil {
			return absent
		}
		return strconv.FormatFloat(*r.CommentsPerSecond, 'f', 0, 64)
	}))
	t.AppendRow(row("model", func(r *Report) string {
		if r.Model == nil {
			return absent
		}
		return shortID(*r.Model)
	}))
	return t
}

// shownFigures lists the figures of all reports: those of every axis in their order, each class's F1 once.
func shownFigures(reports []Report) []Figure {
	figures := []Figure{Unsure, Accuracy, MacroF1}
	seen := map[string]bool{}
	for _, report := range reports {
		for _, class := range report.Classes {
			if !seen[class] {
				seen[class] = true
				figures = append(figures, F1Of(class))
			}
		}
	}
	return append(figures, FalsePositiveRate, Recall, AUC, AveragePrecision, Brier, LogLoss, Error, ErrorCertain, ErrorRatio, ErrorAnswered, ECE)
}

func confusionTable(report *Report) table.Writer {
	t := newTable()
	header := table.Row{report.Axis + ": labelled ↓ predicted →"}
	columns := make([]table.ColumnConfig, len(report.Classes))
	for i, class := range report.Classes {
		header = append(header, class)
		columns[i] = table.ColumnConfig{Number: i + 2, Align: text.AlignRight, AlignHeader: text.AlignRight}
	}
	t.AppendHeader(header)
	t.SetColumnConfigs(columns)
	for gold, counts := range report.Confusion {
		cells := table.Row{report.Classes[gold]}
		for _, count := range counts {
			cells = append(cells, strconv.Itoa(count))
		}
		t.AppendRow(cells)
	}
	return t
}

func newTable() table.Writer {
	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.Style().Format.HeaderAlign = text.AlignLeft
	return t
}

func write(w io.Writer, t table.Writer) error {
	_, err := io.WriteString(w, t.Render()+"\n")
	return err
}

// label is the figure's name in a table.
func (f Figure) label() string {
	if class, ok := f.f1Class(); ok {
		return "F1 " + class
	}
	switch f {
	case MacroF1:
		return "macro-F1"
	case AUC:
		return "AUC"
	case AveragePrecision:
		return "average precision"
	case Brier:
		return "Brier"
	case ECE:
		return "calibration error"
	case LogLoss:
		return "log loss"
	case FalsePositiveRate:
		return "false-positive rate"
	case FalsePositiveGap:
		return "false-positive gap"
	case RecallGap:
		return "recall gap"
	case ErrorCertain:
		return "error, 80 % most certain"
	case ErrorRatio:
		return "error ratio of the two"
	case ErrorAnswered:
		return "error where answered"
	default:
		return string(f)
	}
}

func valueCell(value *float64, interval *Interval) string {
	switch {
	case value == nil:
		return absent
	case interval == nil:
		return decimal(*value)
	default:
		return fmt.Sprintf("%s (%s to %s)", decimal(*value), decimal(interval.Low), decimal(interval.High))
	}
}

// shortID is as much of a model's id as a column has room for.
func shortID(id string) string { return text.Trim(id, 12) }

func decimal(value float64) string { return strconv.FormatFloat(value, 'f', 3, 64) }

// signed shows a difference; one that rounds to nothing has no sign.
func signed(value float64) string {
	if math.Abs(value) < .00005 {
		return "0.0000"
	}
	return fmt.Sprintf("%+.4f", value)
}
