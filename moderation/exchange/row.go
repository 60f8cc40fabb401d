package exchange

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"commentdesk/moderation"
)

// MaxLine is the longest row that is read, in bytes of its format; longer ones are refused.
const MaxLine = 1 << 20

// Row is one row of an input: its values by key, as JSON types (string, json.Number, bool, nil, []any, map[string]any).
type Row struct {
	Line     int // where it starts, from 1
	Values   map[string]any
	Replaced bool // invalid UTF-8 was replaced by U+FFFD
}

// Rows are read one by one. A *RowError stands for one bad row, and reading goes on after it; any other error comes last, and its row says how
// far reading went.
type Rows = iter.Seq2[Row, error]

// RowError says why a row is refused, without its text. Equal reasons are worded equally, so that they can be counted.
type RowError struct {
	Line   int
	Reason string
}

func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason) }

func (r Row) refuse(format string, args ...any) error {
	return &RowError{Line: r.Line, Reason: fmt.Sprintf(format, args...)}
}

var tooLong = fmt.Sprintf("longer than %d MiB", MaxLine>>20)

// Columns names the keys of an input that goes by other names: our key → its column or key.
type Columns map[string]string

// ParseColumns reads text=Kommentar,label=Urteil.
func ParseColumns(mapping string) (Columns, error) {
	columns := Columns{}
	if strings.TrimSpace(mapping) == "" {
		return columns, nil
	}
	for _, pair := range strings.Split(mapping, ",") {
		key, column, ok := strings.Cut(pair, "=")
		key, column = strings.TrimSpace(key), strings.TrimSpace(column)
		switch {
		case !ok || key == "" || column == "":
			return nil, fmt.Errorf("columns %q: want key=column,key=column", pair)
		case !slices.Contains(mappable, key):
			return nil, fmt.Errorf("columns: no key %q; there are %s", key, strings.Join(mappable, ", "))
		case columns[key] != "":
			return nil, fmt.Errorf("columns: %s is named twice", key)
		}
		columns[key] = column
	}
	return columns, nil
}

// mappable are the keys that mean something to us in an input.
var mappable = slices.Concat(recordColumns, []string{sourceIDKey, groupKey, labelKey, "stance", "hostile", "spam"})

// rename gives the row's values our names for them.
func (c Columns) rename(values map[string]any) {
	for key, column := range c {
		if value, ok := values[column]; ok && column != key {
			delete(values, column)
			values[key] = value
		}
	}
}

// answerKeys are a model's answers of an earlier run. They are not carried on: they are made anew.
var answerKeys = []string{"claim_from", "labels", "probabilities", "coverage", "action", "model", "evidence"}

// Record reads the row as a comment. A row needs the key text. An article_id that is not 16 hex digits is another system's and is hashed to
// one; without any, url or article make it. What is no time in posted_at is kept under Extra.
func (r Row) Record() (Record, error) {
	if _, ok := r.Values["text"]; !ok {
		return Record{}, r.refuse("no text")
	}
	record := Record{Line: r.Line}
	for _, field := range []struct {
		key string
		to  *string
	}{{"source", &record.Source}, {"article_id", &record.ArticleID}, {"article", &record.Headline}, {"url", &record.URL},
		{"claim", &record.Claim}, {"topic", &record.Topic}, {"author", &record.Author}, {"posted_at", &record.PostedAt}, {"text", &record.Text}} {
		text, err := r.text(field.key)
		if err != nil {
			return Record{}, err
		}
		*field.to = text
	}
	var position, parent *int
	for _, field := range []struct {
		key string
		to  **int
	}{{"declared", &record.Declared}, {"position", &position}, {"parent", &parent}} {
		n, err := r.number(field.key)
		if err != nil {
			return Record{}, err
		}
		*field.to = n
	}
	record.Position, record.Parent = orZero(position), orZero(parent)
	record.ArticleID = articleID(record)
	record.Extra = r.extra()
	if at, ok := moment(record.PostedAt); ok {
		record.PostedAt = at
	} else {
		record.Extra["posted_at"], record.PostedAt = record.PostedAt, ""
	}
	if len(record.Extra) == 0 {
		record.Extra = nil
	}
	return record, nil
}

// text is the key's text, "" without one. A number or a yes-no value is read as it is written.
func (r Row) text(key string) (string, error) {
	switch value := r.Values[key].(type) {
	case nil:
		return "", nil
	case string:
		return moderation.Clean(strings.ReplaceAll(value, "\r\n", "\n")), nil
	case json.Number:
		return value.String(), nil
	case bool:
		return strconv.FormatBool(value), nil
	default:
		return "", r.refuse("%s is %s, not a text", key, kind(value))
	}
}

// number is the key's whole number, nil without one.
func (r Row) number(key string) (*int, error) {
	var digits string
	switch value := r.Values[key].(type) {
	case nil:
		return nil, nil
	case string:
		if digits = strings.TrimSpace(value); digits == "" {
			return nil, nil
		}
	case json.Number:
		digits = value.String()
	default:
		return nil, r.refuse("%s is %s, not a whole number from 0 to a billion", key, kind(value))
	}
	n, err := strconv.Atoi(strings.TrimSuffix(digits, ".0"))
	if err != nil || n < 0 || n > 1e9 {
		return nil, r.refuse("%s is not a whole number from 0 to a billion", key)
	}
	return &n, nil
}

// extra is what the row says beside the keys of a record. The content of an extra object comes back as it was.
func (r Row) extra() map[string]any {
	extra := map[string]any{}
	if carried, ok := r.Values[extraColumn].(map[string]any); ok {
		for key, value := range carried {
			extra[key] = value
		}
	} else if other, ok := r.Values[extraColumn]; ok && other != nil && other != "" {
		extra[extraColumn] = other
	}
	for key, value := range r.Values {
		if key != extraColumn && !slices.Contains(recordColumns, key) && !slices.Contains(answerKeys, key) {
			extra[key] = value
		}
	}
	return extra
}

func articleID(record Record) string {
	switch {
	case record.ArticleID == "":
		return moderation.ArticleID(record.Article().Key())
	case isArticleID(record.ArticleID):
		return record.ArticleID
	}
	return moderation.ArticleID("article_id:" + record.ArticleID)
}

func isArticleID(id string) bool {
	return len(id) == 16 && strings.Trim(id, "0123456789abcdef") == ""
}

// localLayouts are times without a zone.
var localLayouts = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

// moment is the time in the form of posted_at, to the second, as pages give it: the same comment gets the same key. ok is false for what is no
// time.
func moment(written string) (at string, ok bool) {
	written = strings.TrimSpace(written)
	if written == "" {
		return "", true
	}
	if at, err := time.Parse(time.RFC3339, written); err == nil {
		return at.UTC().Format(time.RFC3339), true
	}
	for _, layout := range localLayouts {
		at, err := time.Parse(layout, written)
		switch {
		case err != nil:
		case layout == time.DateOnly:
			return at.Format(time.DateOnly), true
		default:
			return at.Format("2006-01-02T15:04:05"), true
		}
	}
	return "", false
}

func orZero(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// kind names what sort of value it is, never the value.
func kind(value any) string {
	switch value.(type) {
	case nil:
		return "empty"
	case string:
		return "a text"
	case json.Number:
		return "a number"
	case bool:
		return "true or false"
	case []any:
		return "a list"
	}
	return "an object"
}
