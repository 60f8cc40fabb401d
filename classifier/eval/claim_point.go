package eval

import (
	"io"

	"github.com/jedib0t/go-pretty/v6/table"
)

// ClaimPoint is what stance came to where each claim had at most so many labels to learn from.
type ClaimPoint struct {
	Labels   int       `json:"labels_per_claim"`
	Examples int       `json:"examples"` // trained on; where several models were, their mean
	MacroF1  *float64  `json:"macro_f1"`
	Interval *Interval `json:"interval"` // 95 %, of MacroF1
	Accuracy *float64  `json:"accuracy"`
	Unsure   *float64  `json:"unsure"`
}

// WriteClaimPoints prints the points for people.
func WriteClaimPoints(w io.Writer, points []ClaimPoint) error {
	t := newTable()
	t.AppendHeader(table.Row{"labels a claim", "trained on", "macro-F1", "accuracy", "unsure"})
	for _, p := range points {
		t.AppendRow(table.Row{p.Labels, p.Examples, valueCell(p.MacroF1, p.Interval), valueCell(p.Accuracy, nil), valueCell(p.Unsure, nil)})
	}
	return write(w, t)
}
