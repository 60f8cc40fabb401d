package extract

import (
	"slices"
	"strings"

	"commentdesk/moderation"
)

// leaveTitles are the whole of the leave footer, or stand over its form.
var leaveTitles = []string{"leave a comment", "leave a reply", "leave a reply cancel reply", "leave a comment cancel reply"}

// leaveFamily is a form to write a comment in, and no comment.
func leaveFamily() *family {
	return &family{name: "leave", silent: true, find: findLeave, read: readNothing}
}

// findLeave finds the first title that ends the page, or has its form behind it and then only boilerplate and links.
func findLeave(p *page) []footer {
	for i := max(p.tail, 1); i < p.size(); i++ {
		if !leaveTitle(p, i) {
			continue
		}
		if i+1 == p.size() || i+1 >= p.tail && markerOf(p.short(i+1, longestMarker)) != "" {
			return []footer{{start: i, from: i + 1, second: p.size(), declared: undeclared}}
		}
	}
	return nil
}

func leaveTitle(p *page, i int) bool {
	line := p.short(i, 60)
	if len(line) < len("leave a reply") || line[0] != 'l' && line[0] != 'L' {
		return false
	}
	return slices.Contains(leaveTitles, strings.TrimRight(strings.ToLower(line), ":."))
}

// readNothing is for footers that never hold comments.
func readNothing(*page, footer) ([]moderation.Comment, []Cut) { return nil, nil }
