package exchange

import (
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"commentdesk/classifier"
)

// Column is one column of a table, of a fixed width, so that a table can be written in pieces.
type Column struct {
	Name      string
	Width     int  // in terminal cells
	Right     bool // numbers
	ClipStart bool // what is too long loses its start: paths
}

var (
	sourceColumn   = Column{Name: "source", Width: 16, ClipStart: true}
	positionColumn = Column{Name: "no", Width: 4, Right: true}
	authorColumn   = Column{Name: "author", Width: 11}
)

func (Record) TableColumns() []Column {
	return []Column{sourceColumn, positionColumn, authorColumn, {Name: "text", Width: 61}}
}

func (r Record) TableCells() []string {
	return []string{r.Source, strconv.Itoa(r.Position), r.Author, r.Text}
}

func (Answered) TableColumns() []Column {
	return []Column{sourceColumn, positionColumn, authorColumn, {Name: "text", Width: 27}, {Name: "stance", Width: 12},
		{Name: "hostile", Width: 8}, {Name: "spam", Width: 8}}
}

func (a Answered) TableCells() []string {
	p := a.Probabilities
	return append(a.Record.TableCells(),
		withPercent(a.Labels.Stance, map[string]*float64{classifier.Favor: p.Stance.Favor, classifier.Against: p.Stance.Against,
			classifier.None: p.Stance.None}),
		withPercent(a.Labels.Hostile, map[string]*float64{classifier.Yes: p.Hostile.Yes, classifier.No: p.Hostile.No}),
		withPercent(a.Labels.Spam, map[string]*float64{classifier.Yes: p.Spam.Yes, classifier.No: p.Spam.No}))
}

// withPercent is the answer with its probability in whole percent; unsure stands alone.
func withPercent(answer string, probabilities map[string]*float64) string {
	p := probabilities[answer]
	switch {
	case p == nil:
		return answer
	case *p < .01:
		return answer + " <1%"
	case *p > .99:
		return answer + " >99%"
	}
	return answer + " " + strconv.Itoa(int(*p*100+.5)) + "%"
}

// rowsAtOnce is how many rows of a table are rendered together.
const rowsAtOnce = 32

// tableWriter renders rows in pieces under one header.
type tableWriter struct {
	to      io.StringWriter
	columns []Column
	rows    []table.Row
	headed  bool
}

func (w *tableWriter) begin(example Item) error {
	w.columns = example.TableColumns()
	return nil
}

func (w *tableWriter) write(item Item) error {
	cells := item.TableCells()
	row := make(table.Row, len(cells))
	for i, cell := range cells {
		row[i] = clip(cell, w.columns[i])
	}
	w.rows = append(w.rows, row)
	if len(w.rows) < rowsAtOnce {
		return nil
	}
	return w.flush()
}

func (w *tableWriter) flush() error {
	if w.headed && len(w.rows) == 0 {
		return nil
	}
	page := table.NewWriter()
	page.SetStyle(plainStyle)
	page.SuppressTrailingSpaces()
	configs := make([]table.ColumnConfig, len(w.columns))
	header := make(table.Row, len(w.columns))
	for i, column := range w.columns {
		align := text.AlignLeft
		if column.Right {
			align = text.AlignRight
		}
		configs[i] = table.ColumnConfig{Number: i + 1, WidthMin: column.Width, WidthMax: column.Width, Align: align, AlignHeader: align}
		header[i] = column.Name
	}
	page.SetColumnConfigs(configs)
	if !w.headed {
		page.AppendHeader(header)
	}
	page.AppendRows(w.rows)
	w.headed, w.rows = true, w.rows[:0]
	_, err := w.to.WriteString(page.Render() + "\n")
	return err
}

func (w *tableWriter) end() error { return w.flush() }

// plainStyle has no lines: two spaces between columns, a rule under the header.
var plainStyle = func() table.Style {
	style := table.StyleLight
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Format.Header = text.FormatDefault
	return style
}()

// clip puts a cell on one line of the column's width. Control characters go, also those that turn the direction of writing or move a
// terminal's cursor.
func clip(cell string, column Column) string {
	cell = strings.Join(strings.Fields(cell), " ")
	cell = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.C, r) && r != '\u200d' {
			return -1
		}
		return r
	}, cell)
	if text.StringWidthWithoutEscSequences(cell) <= column.Width {
		return cell
	}
	if !column.ClipStart {
		return text.Snip(cell, column.Width, "…")
	}
	start, width := len(cell), 1
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(cell[:start])
		if width += text.RuneWidth(r); width > column.Width {
			break
		}
		start -= size
	}
	return "…" + cell[start:]
}
