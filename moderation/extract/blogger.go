package extract

import (
	"strings"

	"commentdesk/moderation"
)

// blogger is Blogger rendered as text: a count, then name, text and date, or name, date and text.
var blogger = &thread{
	name:     "blogger",
	suffixes: []string{"said...", "said…"},
	closers:  []string{"reply", "delete", "reply delete", "replydelete", "delete comment"},
	small:    []string{"delete", "replies", "add comment", "load more...", "load more…"},
	titles:   []string{"post a comment", "post a comment:"},
	behind:   true,
	counted:  bloggerCount,
	needs: func(first header) []flag {
		if first.flags&dateNext != 0 {
			return []flag{dateNext | closed, dateNext}
		}
		return []flag{datePrev, blankPrev}
	},
}

func bloggerFamily() *family {
	return &family{name: blogger.name, find: blogger.find, read: readBlogger}
}

// bloggerCount reads "2 comments:" and "No comments:".
func bloggerCount(line string) (declared int, full, ok bool) {
	first, noun, _ := strings.Cut(line, " ")
	if !strings.EqualFold(noun, "comments:") && !strings.EqualFold(noun, "comment:") {
		return 0, false, false
	}
	if strings.EqualFold(first, "no") {
		return 0, true, true
	}
	declared, ok = number(first)
	return declared, true, ok
}

func readBlogger(p *page, f footer) ([]moderation.Comment, []Cut) {
	return blogger.collect(p, f, func(r reading, h header, next int, last bool) piece {
		if r.dated {
			return dateAhead(r, h, next, last)
		}
		return dateBehind(r, h, next, last)
	})
}

// dateBehind cuts out a comment whose date line, if it has one, ends it.
func dateBehind(r reading, h header, next int, last bool) piece {
	own := piece{from: h.line + 1, to: next}
	at := r.lastDate(own.from, next)
	if last {
		end := r.siteStart(own.from)
		at = r.lastDate(own.from, end)
		for i := own.from; i < r.p.size(); i++ {
			if isDate(r.p, i) && r.siteBegins(r.afterLinks(i+1)) {
				at, end = i, r.afterLinks(i+1)
				break
			}
		}
		own = r.withoutBoilerplate(own, end)
		if behind := r.afterLinks(at + 1); at >= 0 {
			own.rest, own.stop = behind, end
		}
	} else if at >= 0 && r.afterLinks(at+1) < next {
		at = -1 // a date within the text
	}
	if at < 0 {
		own.to = r.withoutLinks(own.from, own.to)
		return own
	}
	own.posted, _ = readDate(r.p.words(at))
	own.to = at
	return own
}

// lastDate is the last date line of the lines from up to to, -1 for none.
func (r reading) lastDate(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if isDate(r.p, i) {
			return i
		}
	}
	return -1
}

// siteBegins says whether a line that follows a date is where the comments end.
func (r reading) siteBegins(i int) bool {
	line := r.p.short(i, 120)
	return i >= r.p.size() || i >= r.p.tail && (listed(r.titles, line) || listed(siteLinks, line) || markerOf(line) != "")
}

// afterLinks steps over the links that close a comment.
func (r reading) afterLinks(i int) int {
	for steps := 0; steps < mostLinks && r.closes(r.p, i); steps++ {
		i++
	}
	return i
}
