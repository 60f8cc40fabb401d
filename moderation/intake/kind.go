package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"commentdesk/moderation/exchange"
	"commentdesk/moderation/extract"
)

// Kind is what an input is.
type Kind string

const (
	KindArticle  Kind = "article"  // a page saved as text
	KindHTML     Kind = "html"     // a page saved as HTML
	KindComments Kind = "comments" // rows of comments: JSON Lines, a JSON array
	KindCSV      Kind = "csv"      // rows of comments below a header row
	KindLabelled Kind = "labelled" // the first row has a label; a row whose label is no answer is refused, in other kinds it is unlabelled
	KindLines    Kind = "lines"    // one comment a line
)

// Kinds lists every kind.
var Kinds = [6]Kind{KindArticle, KindHTML, KindComments, KindLabelled, KindCSV, KindLines}

// ParseKind reads a kind; "" recognises from the content.
func ParseKind(name string) (Kind, error) {
	if kind := Kind(name); kind == "" || slices.Contains(Kinds[:], kind) {
		return kind, nil
	}
	return "", fmt.Errorf("no kind %q: article, html, comments, labelled, csv or lines", name)
}

// kindExport is an XML export of another system. Nobody can ask for it; it is known in order to be refused.
const kindExport Kind = "export"

func (k Kind) isPage() bool { return k == KindArticle || k == KindHTML }

// headSize is how much of an input is looked at, at most, to recognise it.
const headSize = 64 << 10

// recognise finds out what an input is, from no more of its beginning than it takes. Whether rows are labelled shows only as they are read.
func recognise(source string, from io.Reader, options Options) (input, error) {
	if options.Kind.isPage() || options.Kind == KindLines {
		return input{source: source, kind: options.Kind, from: from}, nil
	}
	buffered := bufio.NewReaderSize(from, headSize)
	in := input{source: source, kind: options.Kind, csv: options.Kind == KindCSV, from: buffered}
	if options.Kind == KindCSV {
		return in, nil
	}
	for need := 1; ; {
		_, err := buffered.Peek(need)
		if err != nil && err != io.EOF {
			return in, err
		}
		head, _ := buffered.Peek(buffered.Buffered())
		all := err == io.EOF || len(head) == headSize
		kind, sure := guess(text(head), all, source, options.Columns)
		if sure && kind == kindExport {
			return in, errors.New("an XML export, no page: not read in this version")
		}
		prose := kind == KindArticle && source == stdin
		if !sure || prose && !all {
			need = len(head) + 1
			continue
		}
		if prose && isLines(head) {
			kind = KindLines
		}
		in.csv = kind == KindCSV
		if in.kind == "" {
			in.kind = kind
		}
		return in, nil
	}
}

// text is the head of an input as UTF-8.
func text(head []byte) []byte {
	decoded, _ := io.ReadAll(exchange.Decode(bytes.NewReader(head)))
	return decoded
}

// guess names the kind of what begins so; it is not sure while the head is too short and there is more to come.
func guess(head []byte, all bool, source string, columns exchange.Columns) (kind Kind, sure bool) {
	head = bytes.TrimSpace(head)
	if len(head) == 0 {
		return KindArticle, all
	}
	rest := bytes.TrimSpace(head[1:])
	switch {
	case head[0] == '<':
		return markup(head, all)
	case head[0] == '{' || head[0] == '[':
		if len(rest) == 0 {
			return KindArticle, all
		}
		if head[0] == '{' && (rest[0] == '"' || rest[0] == '}') || head[0] == '[' && (rest[0] == '{' || rest[0] == ']') {
			return KindComments, true
		}
	}
	header, _, ended := bytes.Cut(head, []byte("\n"))
	if !ended && !all {
		return "", false
	}
	if isHeader(string(bytes.TrimSuffix(header, []byte("\r"))), columns) || isTable(source) {
		return KindCSV, true
	}
	return KindArticle, true
}

// rootElement is the first element of HTML or XML, behind declarations and remarks.
var rootElement = regexp.MustCompile(`^(?s:\s|<\?.*?\?>|<!--.*?-->|<![^-].*?>)*<([A-Za-z]+)`)

// exportRoots are the first elements of exports from WordPress and Disqus, and of feeds.
var exportRoots = []string{"rss", "feed", "disqus"}

// markup tells an export from a page.
func markup(head []byte, all bool) (kind Kind, sure bool) {
	root := rootElement.FindSubmatch(head)
	switch {
	case root == nil:
		return KindArticle, all
	case slices.Contains(exportRoots, strings.ToLower(string(root[1]))):
		return kindExport, true
	}
	return KindHTML, true
}

// isHeader says whether a line is a CSV header row: one of its cells is named as the text's column.
func isHeader(line string, columns exchange.Columns) bool {
	want := columns["text"]
	if want == "" {
		want = "text"
	}
	if strings.HasPrefix(strings.ToLower(line), "sep=") && len(line) <= len("sep=;") {
		return true
	}
	for _, cell := range strings.Split(line, string(exchange.Separator([]byte(line)))) {
		if strings.EqualFold(strings.Trim(cell, `"`), want) {
			return true
		}
	}
	return false
}

// isTable says whether a name ends as that of a table does. Prose and a table without a column text cannot be told apart by content.
func isTable(source string) bool {
	switch strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(source), ".gz"))) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

// isLines says whether text from standard input is one comment a line: it has no comment footer and no blank line between others.
func isLines(head []byte) bool {
	decoded := bytes.TrimSpace(bytes.ReplaceAll(text(head), []byte("\r\n"), []byte("\n")))
	if bytes.Contains(decoded, []byte("\n\n")) || bytes.IndexByte(decoded, 0) >= 0 {
		return false
	}
	_, _, warnings, err := extract.Article(bytes.NewReader(decoded), extract.Hint{})
	return len(decoded) == 0 || err == nil && warnings.Family == ""
}
