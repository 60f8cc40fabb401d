package extract

import "strings"

// copyTitle stands over the list of other posts that ends a blog's page.
const copyTitle = "Popular posts from this blog"

// longestCopy is how many lines that list has at most.
const longestCopy = 60

// copyFamily is a page copied from a blog without its comments.
func copyFamily() *family {
	return &family{name: "copy", silent: true, find: findCopy, read: readNothing}
}

// findCopy finds the title where titles and snippets follow it, and no article.
func findCopy(p *page) []footer {
	for i := max(p.tail, p.size()-longestCopy, 1); i < p.size(); i++ {
		if copyAt(p, i) {
			return []footer{{start: i, from: i + 1, second: p.size(), declared: undeclared}}
		}
	}
	return nil
}

func copyAt(p *page, i int) bool { return strings.EqualFold(p.short(i, 2*len(copyTitle)), copyTitle) }
