package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// page is a clean text with its non-blank lines, counted from 0. Blank lines are the gaps between them.
type page struct {
	text  string
	lines []span
	tail  int // from this line to the end there is nothing but forms, links and the like: see tailStart
}

// span is where a line lies in the text, in bytes.
type span struct{ start, end uint32 }

func newPage(text string) *page {
	p := &page{text: text, lines: make([]span, 0, filled(text))}
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text) - at
		}
		if end > 0 {
			p.lines = append(p.lines, span{uint32(at), uint32(at + end)})
		}
		at += end + 1
	}
	p.tail = tailStart(p)
	return p
}

// filled counts the lines that are not empty.
func filled(text string) int {
	n, previous := 0, byte('\n')
	for i := range len(text) {
		if text[i] != '\n' && previous == '\n' {
			n++
		}
		previous = text[i]
	}
	return n
}

func (p *page) size() int { return len(p.lines) }

// line is a line with its indentation, "" beyond the end.
func (p *page) line(i int) string {
	if i < 0 || i >= len(p.lines) {
		return ""
	}
	return p.text[p.lines[i].start:p.lines[i].end]
}

// words is a line without its indentation.
func (p *page) words(i int) string { return strings.TrimLeftFunc(p.line(i), unicode.IsSpace) }

// deepest is the most bytes of indentation that a marker, a header, a date or a link may have.
const deepest = 4 << 10

// short is a line without its indentation, "" where that is longer than limit bytes: markers are short, and hostile lines are long.
func (p *page) short(i, limit int) string {
	if i < 0 || i >= len(p.lines) || int(p.lines[i].end-p.lines[i].start) > limit+deepest {
		return ""
	}
	if words := p.words(i); len(words) <= limit {
		return words
	}
	return ""
}

// gap is how many blank lines stand before a line.
func (p *page) gap(i int) int {
	if i == 0 {
		return int(p.lines[0].start)
	}
	return int(p.lines[i].start-p.lines[i-1].end) - 1
}

// number is a line's number in the file, from 1.
func (p *page) number(i int) int {
	return 1 + strings.Count(p.text[:p.lines[i].start], "\n")
}

// paragraphs is the text of the lines from up to, not including, to: every run of blank lines is one empty line.
func (p *page) paragraphs(from, to int) string { return p.dedented(from, to, 0) }

// dedented is paragraphs with the first cut bytes of every line taken off.
func (p *page) dedented(from, to, cut int) string {
	if from >= to {
		return ""
	}
	plain := cut == 0
	for i := from + 1; plain && i < to; i++ {
		plain = p.gap(i) < 2
	}
	if plain {
		return p.text[p.lines[from].start:p.lines[to-1].end]
	}
	var text strings.Builder
	text.Grow(int(p.lines[to-1].end - p.lines[from].start))
	for i := from; i < to; i++ {
		if i > from {
			text.WriteByte('\n')
			if p.gap(i) > 0 {
				text.WriteByte('\n')
			}
		}
		text.WriteString(p.line(i)[cut:])
	}
	return text.String()
}

// margin is the indentation that all lines share, in bytes.
func (p *page) margin(from, to int) int {
	shared := ""
	for i := from; i < to; i++ {
		line := p.line(i)
		indent := line[:len(line)-len(p.words(i))]
		if i == from {
			shared = indent
		}
		n := 0
		for n < min(len(shared), len(indent)) && shared[n] == indent[n] {
			n++
		}
		for n > 0 && !utf8.RuneStart(line[n]) {
			n--
		}
		if shared = shared[:n]; n == 0 {
			break
		}
	}
	return len(shared)
}

// column is the width of the indentation: a tab goes to the next multiple of eight.
func column(line string) int {
	width := 0
	for _, r := range line {
		switch {
		case r == '\t':
			width += 8 - width%8
		case unicode.IsSpace(r):
			width++
		default:
			return width
		}
	}
	return width
}

// lineNumbers gives page line numbers for lines asked for in rising order, in one pass over the text.
type lineNumbers struct {
	p    *page
	at   uint32
	seen int
}

func (n *lineNumbers) of(i int) int {
	start := n.p.lines[i].start
	n.seen += strings.Count(n.p.text[n.at:start], "\n")
	n.at = start
	return n.seen + 1
}
