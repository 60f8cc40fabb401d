package extract

import (
	"slices"
	"strings"

	"commentdesk/moderation"
)

// wordpressNumbers are the counts that WordPress writes out.
var wordpressNumbers = map[string]int{"no": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// wordpressNouns follow the count.
var wordpressNouns = []string{"thought", "thoughts", "response", "responses", "comment", "comments", "reply", "replies"}

// wordpress is WordPress rendered as text: a count, then name, date, text and a link to reply, answers indented.
var wordpress = &thread{
	name:     "wordpress",
	suffixes: []string{"says:", "said:"},
	closers:  []string{"reply", "reply ↓", "reply ↵", "log in to reply", "reply to "},
	small:    []string{"like", "liked by ", "loading...", "loading…", "edit", "(edit)", "permalink", "report comment"},
	notices:  []string{"your comment is awaiting moderation.", "edit", "(edit)"},
	titles:   []string{"leave a reply", "leave a comment", "leave a reply cancel reply", "leave a comment cancel reply", "leave a reply to "},
	counted:  wordpressCount,
	needs: func(first header) []flag {
		switch {
		case first.flags&dateNext != 0:
			return []flag{dateNext | closed, dateNext}
		case first.flags&pingback != 0:
			return []flag{dateNext | closed, dateNext, blankPrev}
		}
		return []flag{closed, blankPrev}
	},
}

func wordpressFamily() *family {
	return &family{name: wordpress.name, find: wordpress.find, read: readWordpress}
}

// wordpressCount reads "3 thoughts on …", "One response to …" and, less sure, "3 comments".
func wordpressCount(line string) (declared int, full, ok bool) {
	first, rest, ok := strings.Cut(line, " ")
	if !ok || len(first) > 11 {
		return 0, false, false
	}
	noun, title, full := strings.Cut(rest, " ")
	if len(noun) > 10 || !slices.Contains(wordpressNouns, strings.ToLower(noun)) {
		return 0, false, false
	}
	if full && !strings.HasPrefix(title, "on ") && !strings.HasPrefix(title, "to ") {
		return 0, false, false
	}
	if declared, ok = number(first); !ok {
		declared, ok = wordpressNumbers[strings.ToLower(first)]
	}
	return declared, full, ok
}

func readWordpress(p *page, f footer) ([]moderation.Comment, []Cut) {
	return wordpress.collect(p, f, dateAhead)
}

// dateAhead cuts out a comment whose date, if it has one, stands between its name and its text.
func dateAhead(r reading, h header, next int, last bool) piece {
	own := piece{from: h.line + 1, to: next}
	switch {
	case h.dated:
		own.posted = h.posted
	case h.flags&dateNext != 0:
		own.posted, _ = readDate(r.p.words(own.from))
		own.from++
	}
	if closer := r.closer(own.from); last && closer >= 0 {
		own.to = closer + 1
		own.rest, own.stop = own.to, r.siteStart(own.to)
		for own.rest < own.stop && listed(r.small, r.p.short(own.rest, 120)) {
			own.rest++
		}
	} else if last {
		own = r.withoutBoilerplate(own, r.siteStart(own.from))
	}
	for own.from < own.to && listed(r.notices, r.p.short(own.from, 120)) {
		own.from++
	}
	own.to = r.withoutLinks(own.from, own.to)
	return own
}
