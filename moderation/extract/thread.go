package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// thread is a family whose comments each begin with a header that names the author, a line such as "Ann says:". All its words are lower case;
// an entry that ends in a space is the beginning of a line, every other one a whole line.
type thread struct {
	name     string
	suffixes []string // what follows the name, behind white space
	closers  []string // links that end a comment
	small    []string // other lines about a comment, next to such a link
	notices  []string // lines between the header and the text
	titles   []string // what stands over the form behind the comments
	behind   bool     // a date may end a comment
	// counted reads the line over the comments. full says that the line alone tells the family, so that no date has to follow the first name.
	counted func(line string) (declared int, full, ok bool)
	// needs are the ways to tell true headers from quoted ones, strictest first, given the first header.
	needs func(first header) []flag
}

// flag is a circumstance of a header.
type flag uint8

const (
	dateNext   flag = 1 << iota // a date line follows
	datePrev                    // a date line stands before, links aside
	closed                      // a link that ends a comment stands before
	blankPrev                   // a blank line stands before
	numbered                    // a list number stands in front
	pingback                    // another site's link, not a reader's comment
	dateInside                  // the header names the date itself; then dateNext holds too
)

// everyNeed is all that families ask of headers.
var everyNeed = []flag{dateNext | closed, dateNext, closed, datePrev, blankPrev}

// header is a line that could begin a comment.
type header struct {
	line           int
	start, content int // columns of the line and of the name
	flags          flag
	byline
}

// fits says whether a header is of the same kind as the first one and has what is needed.
func (h header) fits(first header, need flag) bool {
	if h.flags&pingback != 0 {
		return h.flags&closed != 0 || h.flags&first.flags&numbered != 0
	}
	return h.flags&need == need && h.flags&numbered == first.flags&numbered
}

// longestHeader is the longest header line, in bytes without its indentation.
const longestHeader = 200

// headerAt reads the header that line i could be, wherever it stands.
func (t *thread) headerAt(p *page, i int) (header, bool) {
	line := p.short(i, longestHeader)
	by, ok := t.byline(line)
	ping := isPingback(line)
	if !ok && !ping {
		return header{}, false
	}
	number, _ := listNumber(line)
	h := header{line: i, start: column(p.line(i)), byline: by}
	h.content = h.start + utf8.RuneCountInString(number)
	h.set(numbered, number != "")
	h.set(pingback, ping)
	h.set(blankPrev, p.gap(i) > 0)
	h.set(dateInside, by.dated)
	h.set(dateNext, !ping && (by.dated || isDate(p, i+1)))
	before := i - 1
	h.set(closed, t.closes(p, before) || isPingback(p.short(before, longestHeader)))
	for steps := 0; t.behind && steps < mostLinks && t.closes(p, before); steps++ {
		before--
	}
	h.set(datePrev, t.behind && isDate(p, before))
	return h, true
}

func (h *header) set(f flag, on bool) {
	if on {
		h.flags |= f
	}
}

func isPingback(line string) bool {
	_, line = listNumber(line)
	return strings.HasPrefix(line, "Pingback: ") || strings.HasPrefix(line, "Trackback: ")
}

// mostLinks is how many links may stand together between comments.
const mostLinks = 4

// closes says whether a line is a link that ends a comment.
func (t *thread) closes(p *page, i int) bool { return listed(t.closers, p.short(i, 120)) }

// listed compares a line with a thread's words.
func listed(words []string, line string) bool {
	if line == "" {
		return false
	}
	if line[0] == '[' {
		line = linkNumber.ReplaceAllString(line, "")
	}
	return slices.ContainsFunc(words, func(word string) bool {
		if strings.HasSuffix(word, " ") {
			return len(line) > len(word) && strings.EqualFold(line[:len(word)], word)
		}
		return len(line) == len(word) && strings.EqualFold(line, word)
	})
}

// find finds every count line that has a header, or an empty form, behind it.
func (t *thread) find(p *page) []footer {
	var found []footer
	for i := 1; i < p.size(); i++ {
		declared, full, ok := t.counted(p.short(i, longestMarker))
		if !ok {
			continue
		}
		f := footer{start: i, from: skipNavigation(p, i+1), second: p.size(), declared: declared}
		if h, ok := t.headerAt(p, f.from); ok && (full || h.flags&(dateNext|pingback) != 0) {
			f.found = 1
			found = append(found, f)
		} else if declared == 0 && i+1 >= p.tail && (i+1 == p.size() || markerOf(p.short(i+1, longestMarker)) != "") {
			found = append(found, f)
		}
	}
	last := lastSign(p, t, found)
	found = slices.DeleteFunc(found, func(f footer) bool { return f.found > 0 && f.from > last })
	t.tally(p, found)
	return found
}

// skipNavigation steps over the links that may stand between the count and the first comment.
func skipNavigation(p *page, i int) int {
	for steps := 0; steps < mostLinks && markerOf(p.short(i, longestMarker)) == whyLinks; steps++ {
		i++
	}
	return i
}

// lastSign is the last line that shows comments to be there: a date, a link that closes one, or another site's link. An article's "the minister
// says:" has none.
func lastSign(p *page, t *thread, found []footer) int {
	if len(found) == 0 {
		return -1
	}
	for i := p.size() - 1; i >= found[0].start; i-- {
		line := p.short(i, longestHeader)
		if by, _ := t.byline(line); by.dated || isPingback(line) || t.closes(p, i) || isDate(p, i) {
			return i
		}
	}
	return -1
}

// tally counts each footer's entries in every way that its first header allows and keeps the way nearest to what it declares. One pass from
// the end of the page serves all footers.
func (t *thread) tally(p *page, found []footer) {
	if len(found) == 0 {
		return
	}
	var counts tallies
	linked := t.linked(p, found[0].from)
	i := p.size() - 1
	for at := len(found) - 1; at >= 0; at-- {
		if found[at].found == 0 {
			continue
		}
		for ; i > found[at].from; i-- {
			if h, ok := t.headerAt(p, i); ok {
				counts.add(h)
			}
		}
		t.settle(p, &found[at], linked, &counts)
	}
}

// tallies are the headers behind a line that fit each need, for first headers without and with a list number, and the first of them.
type tallies [2][1 << 6]struct{ headers, first int }

func (c *tallies) add(h header) {
	for kind, numbering := range []flag{0, numbered} {
		for _, need := range everyNeed {
			if h.fits(header{flags: numbering}, need) {
				c[kind][need].headers++
				c[kind][need].first = h.line
			}
		}
	}
}

// settle chooses what a footer's headers need to have.
func (t *thread) settle(p *page, f *footer, linked bool, counts *tallies) {
	opening, _ := t.headerAt(p, f.from)
	kind := 0
	if opening.flags&numbered != 0 {
		kind = 1
	}
	settled := false
	for _, need := range t.needs(opening) {
		if need&closed != 0 && !linked || need == blankPrev && settled && f.found > 1 {
			continue
		}
		count := counts[kind][need]
		if entries := 1 + count.headers; !settled || distance(entries, f.declared) < distance(f.found, f.declared) {
			f.found, f.need, f.second, settled = entries, need, p.size(), true
			if count.headers > 0 {
				f.second = count.first
			}
		}
	}
}

func distance(a, b int) int { return max(a-b, b-a) }

// linked says whether links end the comments on this page: then one stands behind the last comment too.
func (t *thread) linked(p *page, from int) bool {
	for i := p.size() - 1; i >= from; i-- {
		if t.closes(p, i) {
			return true
		}
		if _, ok := t.headerAt(p, i); ok {
			return false
		}
	}
	return false
}
