package extract

import (
	"cmp"
	"slices"

	"commentdesk/moderation"
)

// entries are the true headers of a footer.
func (t *thread) entries(p *page, f footer) []header {
	if f.found == 0 {
		return nil
	}
	entries := make([]header, 0, f.found)
	for i := f.from; i < p.size(); i++ {
		if h, ok := t.headerAt(p, i); ok && (i == f.from || h.fits(entries[0], f.need)) {
			entries = append(entries, h)
		}
	}
	return entries
}

// piece is where an entry's own text lies, when it was posted, and, behind the last entry, the lines that are no comment.
type piece struct {
	from, to   int
	posted     string
	rest, stop int
}

// reading is a footer being read.
type reading struct {
	*thread
	p       *page
	entries []header
	links   bool // links end the comments
	dated   bool // the date stands between name and text
}

// cutOut finds an entry's text between its header and the line where the next one begins.
type cutOut func(r reading, h header, next int, last bool) piece

// collect makes comments of a footer's entries.
func (t *thread) collect(p *page, f footer, cut cutOut) ([]moderation.Comment, []Cut) {
	entries := t.entries(p, f)
	if len(entries) == 0 {
		return nil, nil
	}
	r := reading{thread: t, p: p, entries: entries, dated: f.need&dateNext != 0}
	r.links = t.linked(p, f.from) || slices.ContainsFunc(entries[1:], func(h header) bool { return h.flags&closed != 0 })
	comments := make([]moderation.Comment, 0, len(entries))
	var cuts []Cut
	var above levels
	numbers := lineNumbers{p: p}
	for i, h := range entries {
		next, last := p.size(), i == len(entries)-1
		if !last {
			next = entries[i+1].line
		}
		if h.flags&pingback != 0 {
			if last {
				next = r.siteStart(h.line + 1)
			}
			cuts = append(cuts, Cut{Text: p.paragraphs(h.line, next), Why: "pingback", Line: numbers.of(h.line)})
			continue
		}
		own := cut(r, h, next, last)
		parent := above.parent(h)
		if text := p.dedented(own.from, own.to, p.margin(own.from, own.to)); text != "" {
			comments = append(comments, moderation.Comment{Parent: parent, Author: h.name, PostedAt: own.posted, Text: text})
			above = append(above, level{h, len(comments)})
		} else {
			cuts = append(cuts, Cut{Text: p.words(h.line), Why: "no text", Line: numbers.of(h.line)})
			above = append(above, level{h, parent})
		}
		if own.rest < own.stop {
			why := cmp.Or(boilerplate(p, own.rest, own.stop), "behind the last comment")
			cuts = append(cuts, Cut{Text: p.paragraphs(own.rest, own.stop), Why: why, Line: numbers.of(own.rest)})
		}
	}
	return comments, cuts
}

// levels are the comments that a deeper one may answer, the deepest last.
type levels []level

type level struct {
	header
	position int
}

// parent drops the levels that h does not answer and gives the position of the one that it does, 0 for none. Lists align their numbers to the
// left or to the right, so an answer is deeper in both columns.
func (l *levels) parent(h header) int {
	for n := len(*l); n > 0; n-- {
		if top := (*l)[n-1]; h.start > top.start && h.content > top.content {
			*l = (*l)[:n]
			return top.position
		}
	}
	*l = (*l)[:0]
	return 0
}

// closer is the last link that ends a comment, not before from; -1 for none, or where comments have no such links.
func (r reading) closer(from int) int {
	for i := r.p.size() - 1; r.links && i >= from; i-- {
		if r.closes(r.p, i) {
			return i
		}
	}
	return -1
}

// withoutLinks takes one closing link and the small lines next to it off the end of a comment.
func (r reading) withoutLinks(from, to int) int {
	end := to
	for end > from && listed(r.small, r.p.short(end-1, 120)) {
		end--
	}
	if !r.links || end == from || !r.closes(r.p, end-1) {
		return to
	}
	end--
	for end > from+1 && listed(r.small, r.p.short(end-1, 120)) {
		end--
	}
	return end
}

// siteStart is the line, not before from, where the page goes on without comments: the last title of the form in the page's tail with the
// links directly before it, else the first such link.
func (r reading) siteStart(from int) int {
	p := r.p
	tail := min(max(p.tail, from), p.size())
	for i := p.size() - 1; i >= tail; i-- {
		if listed(r.titles, p.short(i, 60)) {
			for i > from && listed(siteLinks, p.short(i-1, 120)) {
				i--
			}
			return i
		}
	}
	for i := tail; i < p.size(); i++ {
		if listed(siteLinks, p.short(i, 120)) || copyAt(p, i) {
			return i
		}
	}
	return p.size()
}

// siteLinks stand between the comments and what follows.
var siteLinks = []string{"comments are closed", "comments are closed.", "post navigation", "comment navigation", "← older comments",
	"newer comments →", "older comments", "newer comments", "newer post", "older post", "links to this post", "links to this post:",
	"create a link", "subscribe to: post comments (atom)"}

// withoutBoilerplate ends the last comment before the blocks of boilerplate, parted by two blank lines, that stand behind it.
func (r reading) withoutBoilerplate(own piece, end int) piece {
	own.to, own.stop = end, end
	for own.to > own.from {
		begin := blockStart(r.p, own.to, own.from)
		if begin == own.from || boilerplate(r.p, begin, own.to) == "" {
			break
		}
		own.to = begin
	}
	own.rest = own.to
	return own
}
