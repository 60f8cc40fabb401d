package exchange

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"
)

// recordColumns are the CSV columns of a Record, in the order of its keys. A file whose header begins with them is one of ours.
var recordColumns = []string{"source", "article_id", "article", "url", "claim", "topic", "declared", "position", "parent", "author",
	"posted_at", "text"}

var answerColumns = []string{"claim_from", "stance", "hostile", "spam", "p_favor", "p_against", "p_none", "p_hostile", "p_spam",
	"coverage_stance", "coverage_hostile", "coverage_spam", "action", "model", "human_stance", "human_hostile", "human_spam"}

// extraColumn holds the other keys of the input as one JSON object.
const extraColumn = "extra"

// Columns, Cells, TableColumns and TableCells make Record an Item.
func (Record) Columns() []string { return append(slices.Clone(recordColumns), extraColumn) }

func (r Record) Cells() []string { return append(r.ownCells(), r.extraCell()) }

func (r Record) ownCells() []string {
	return []string{r.Source, r.ArticleID, r.Headline, r.URL, r.Claim, r.Topic, number(r.Declared), strconv.Itoa(r.Position),
		strconv.Itoa(r.Parent), r.Author, r.PostedAt, r.Text}
}

func (r Record) extraCell() string {
	if len(r.Extra) == 0 {
		return ""
	}
	extra, err := json.Marshal(r.Extra)
	if err != nil {
		return ""
	}
	return string(extra)
}

// Columns, Cells, TableColumns and TableCells make Answered an Item.
func (Answered) Columns() []string {
	return append(slices.Concat(recordColumns, answerColumns), extraColumn)
}

func (a Answered) Cells() []string {
	var human Labels
	if a.Human != nil {
		human = *a.Human
	}
	p := a.Probabilities
	answers := []string{a.ClaimFrom, a.Labels.Stance, a.Labels.Hostile, a.Labels.Spam, share(p.Stance.Favor), share(p.Stance.Against),
		share(p.Stance.None), share(p.Hostile.Yes), share(p.Spam.Yes), share(&a.Coverage.Stance), share(&a.Coverage.Hostile),
		share(&a.Coverage.Spam), a.Action, a.Model, human.Stance, human.Hostile, human.Spam}
	return append(slices.Concat(a.ownCells(), answers), a.extraCell())
}

func share(p *float64) string {
	if p == nil {
		return ""
	}
	return strconv.FormatFloat(*p, 'f', -1, 64)
}

// csvWriter writes a header and a row an item.
type csvWriter struct{ rows *csv.Writer }

func newCSVWriter(w io.Writer) *csvWriter { return &csvWriter{rows: csv.NewWriter(w)} }

func (w *csvWriter) begin(example Item) error { return w.rows.Write(example.Columns()) }

func (w *csvWriter) write(item Item) error {
	cells := item.Cells()
	for i, cell := range cells {
		cells[i] = guard(cell)
	}
	return w.rows.Write(cells)
}

func (w *csvWriter) flush() error {
	w.rows.Flush()
	return w.rows.Error()
}

func (w *csvWriter) end() error { return w.flush() }

// guard keeps a spreadsheet from reading a cell as a formula: a leading ' before what begins with = + - @, tab or carriage return. Cells that
// begin so after ' are guarded too, so that unguard is its exact inverse.
func guard(cell string) string {
	if startsFormula(strings.TrimLeft(cell, "'")) {
		return "'" + cell
	}
	return cell
}

func unguard(cell string) string {
	if strings.HasPrefix(cell, "'") && startsFormula(strings.TrimLeft(cell, "'")) {
		return cell[1:]
	}
	return cell
}

func startsFormula(cell string) bool {
	return cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0
}
