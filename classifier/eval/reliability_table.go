package eval

import (
	"io"

	"github.com/jedib0t/go-pretty/v6/table"
)

// WriteReliability prints a reliability curve for people.
func WriteReliability(w io.Writer, axis string, points []ReliabilityPoint) error {
	t := newTable()
	t.AppendHeader(table.Row{axis + ": calibration", "from", "to", "mean probability", "came true"})
	for _, point := range points {
		t.AppendRow(table.Row{point.Rows, decimal(point.Low), decimal(point.High), decimal(point.Predicted), decimal(point.Observed)})
	}
	return write(w, t)
}
