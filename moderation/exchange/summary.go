package exchange

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"commentdesk/moderation"
)

// Summary accounts for one page: what its footer claims, what was found, how much was cut away.
type Summary struct {
	Source    string `json:"source"`
	ArticleID string `json:"article_id"`
	Family    string `json:"family"`   // "" where no comment footer was found
	Declared  *int   `json:"declared"` // nil where the footer names no number
	Found     int    `json:"found"`
	Cut       int    `json:"cut"` // blocks that were cut away as boilerplate
}

// Columns, Cells, TableColumns and TableCells make Summary an Item.
func (Summary) Columns() []string {
	return []string{"source", "article_id", "family", "declared", "found", "cut"}
}

func (s Summary) Cells() []string {
	return []string{s.Source, s.ArticleID, s.Family, number(s.Declared), strconv.Itoa(s.Found), strconv.Itoa(s.Cut)}
}

func (Summary) TableColumns() []Column {
	return []Column{{Name: "source", Width: 40, ClipStart: true}, {Name: "family", Width: 20}, {Name: "declared", Width: 8, Right: true},
		{Name: "found", Width: 6, Right: true}, {Name: "cut", Width: 6, Right: true}}
}

func (s Summary) TableCells() []string {
	return []string{s.Source, s.Family, number(s.Declared), strconv.Itoa(s.Found), strconv.Itoa(s.Cut)}
}

// WriteReceipt writes one receipt: as a JSON object for FormatJSON and FormatJSONL, else in words.
func WriteReceipt(w io.Writer, format Format, receipt moderation.Receipt) error {
	if format == FormatJSON || format == FormatJSONL {
		if receipt.Refused == nil {
			receipt.Refused = map[string]int{}
		}
		return json.NewEncoder(w).Encode(receipt)
	}
	refused := 0
	for _, n := range receipt.Refused {
		refused += n
	}
	if _, err := fmt.Fprintf(w, "%d articles, %d comments: %d new, %d changed, %d already there, %d refused; %d labels\n",
		receipt.Articles, receipt.Seen, receipt.New, receipt.Changed, receipt.Already, refused, receipt.Labels); err != nil {
		return err
	}
	for _, reason := range slices.Sorted(maps.Keys(receipt.Refused)) {
		if _, err := fmt.Fprintf(w, "  refused %d: %s\n", receipt.Refused[reason], reason); err != nil {
			return err
		}
	}
	return nil
}

// number is the number in digits, "" for nil.
func number(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
