package extract

import (
	"slices"

	"commentdesk/moderation"
)

// family is a kind of footer. find gives every place where a page shows the family's markers in full; read takes the comments out of one.
type family struct {
	name   string
	silent bool // it never holds comments
	find   func(p *page) []footer
	read   func(p *page, f footer) ([]moderation.Comment, []Cut)
}

// families in no particular order: choose decides by what the page shows.
func families() []*family {
	return []*family{likeFamily(), leaveFamily(), copyFamily(), wordpressFamily(), bloggerFamily()}
}

// undeclared is a footer that does not say how many comments it holds.
const undeclared = -1

// footer is a place where a page could begin to show comments. Lines count from 0 (see page).
type footer struct {
	family   *family
	start    int // its first marker
	from     int // its first line behind the markers
	second   int // where its second comment begins; the page's size where there is none
	declared int
	found    int  // how many entries it would have
	need     flag // thread families: what its headers have in common
}

// confirmed says that the footer holds as many comments as it declares.
func (f footer) confirmed() bool { return f.declared == f.found }

// choose finds the page's true footer. The markers may also stand in the article (before the true footer) or be quoted by a reader (behind
// it), so the earlier place holds unless a later one explains the page better. rivals are a few of the other places that show comments.
func choose(p *page) (best footer, rivals []footer, ok bool) {
	const manyRivals = 5
	var all []footer
	for _, fam := range families() {
		for _, f := range fam.find(p) {
			f.family = fam
			all = append(all, f)
		}
	}
	if len(all) == 0 {
		return footer{}, nil, false
	}
	slices.SortStableFunc(all, func(a, b footer) int { return a.start - b.start })
	chosen := 0
	for i := range all {
		if i > 0 && better(p, all[chosen], all[i]) {
			chosen = i
		}
	}
	for i, f := range all {
		if i != chosen && !f.family.silent && len(rivals) < manyRivals {
			rivals = append(rivals, f)
		}
	}
	return all[chosen], rivals, true
}

// better says whether the later of two footers is the true one. A reader may write any marker into a comment, and may so make comments out of
// one, but cannot take any away: a later footer that would make comments of other readers vanish must be confirmed by its count while the
// earlier one has too few, or must stand over the very same comments.
func better(p *page, earlier, later footer) bool {
	like := earlier.family.name == likeName
	switch {
	case earlier.family.silent:
		return !later.family.silent
	case later.family.silent:
		return false
	case earlier.confirmed() != later.confirmed():
		return later.confirmed() && (later.start < earlier.second || earlier.found < earlier.declared || repeated(p, earlier, later))
	case later.start >= earlier.second:
		return false
	}
	// An example in an article takes the true footer for a part of its first comment, and has as many comments as that.
	return like && later.family.name == likeName && later.found >= earlier.found
}

// repeated says whether all that stands between the markers of two footers stands behind the later one again: a page that prints its footer twice.
func repeated(p *page, earlier, later footer) bool {
	lines := later.start - earlier.from
	if later.from+lines != p.size() {
		return false
	}
	for i := range lines {
		if p.line(earlier.from+i) != p.line(later.from+i) {
			return false
		}
	}
	return true
}
