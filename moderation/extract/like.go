package extract

import (
	"slices"
	"strconv"
	"strings"

	"commentdesk/moderation"
)

// The like footer: a question, a count, the comment policy, then comments parted by two or more blank lines.
const (
	likeName     = "like"
	likeQuestion = "Do you like this article?"
	likePolicy   = "comment policy"
)

// likeVotes may stand between the question and the count, as may numbers.
var likeVotes = []string{"yes", "no"}

// likeNouns follow the count.
var likeNouns = []string{"comment", "comments", "comment(s)"}

func likeFamily() *family { return &family{name: likeName, find: findLike, read: readLike} }

// findLike finds every full sequence of markers, with the number of blocks behind it.
func findLike(p *page) []footer {
	var found []footer
	blocks, counted, open := 0, 0, 0
	before := []int(nil) // blocks begun up to the first line of each footer
	for i := range p.size() {
		if startsBlock(p, i) {
			blocks++
			for ; open < counted && found[open].from < i; open++ {
				found[open].second = i
			}
		}
		for ; counted < len(found) && found[counted].from <= i; counted++ {
			before = append(before, blocks)
		}
		if f, ok := likeAt(p, i); ok {
			found = append(found, f)
		}
	}
	for i := range found {
		if found[i].from < p.size() {
			found[i].found = blocks - before[i] + 1
		}
	}
	discount(p, found)
	return found
}

// likeAt reads the markers that begin at line i.
func likeAt(p *page, i int) (footer, bool) {
	if !strings.EqualFold(p.short(i, 2*len(likeQuestion)), likeQuestion) {
		return footer{}, false
	}
	const mostVotes = 4
	for at := i + 1; at <= i+1+mostVotes; at++ {
		line := strings.ToLower(p.short(at, 40))
		if declared, ok := likeCount(line); ok {
			policy := strings.ToLower(p.short(at+1, 4000))
			return footer{start: i, from: at + 2, second: p.size(), declared: declared}, strings.HasPrefix(policy, likePolicy)
		}
		if _, err := strconv.Atoi(line); err != nil && !slices.Contains(likeVotes, line) {
			break
		}
	}
	return footer{}, false
}

// likeCount reads a line such as "2 comment(s)", in lower case.
func likeCount(line string) (int, bool) {
	digits, noun, _ := strings.Cut(line, " ")
	n, ok := number(digits)
	return n, ok && slices.Contains(likeNouns, strings.TrimSpace(noun))
}

// number reads up to nine digits, with commas between groups or without.
func number(digits string) (int, bool) {
	digits = strings.ReplaceAll(digits, ",", "")
	if digits == "" || len(digits) > 9 || strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}

func startsBlock(p *page, i int) bool { return p.gap(i) >= 2 }

// discount takes the boilerplate off the counts of the footers that have more blocks than they declare.
func discount(p *page, found []footer) {
	first := slices.IndexFunc(found, func(f footer) bool { return f.found > f.declared })
	if first < 0 {
		return
	}
	pieces, at := 0, len(found)-1
	for end := p.size(); at >= first; {
		begin := blockStart(p, end, found[first].from)
		// A footer may begin inside this block: the part behind its markers is what counts for it.
		for ; at >= first && found[at].from >= begin; at-- {
			f := &found[at]
			own := 0
			if f.from < end && boilerplate(p, f.from, end) != "" {
				own = 1
			}
			if f.found > f.declared {
				f.found -= min(pieces+own, f.found-f.declared)
			}
		}
		if boilerplate(p, begin, end) != "" {
			pieces++
		}
		end = begin
	}
}

// blockStart is where the block that ends before end begins, never before from.
func blockStart(p *page, end, from int) int {
	begin := end
	for begin > from {
		begin--
		if begin > from && startsBlock(p, begin) {
			break
		}
	}
	return begin
}

func readLike(p *page, f footer) ([]moderation.Comment, []Cut) {
	starts := likeBlocks(p, f)
	reasons := excess(p, starts, len(starts)-1-f.declared)
	comments := make([]moderation.Comment, 0, f.found)
	var cuts []Cut
	numbers := lineNumbers{p: p}
	for i, why := range reasons {
		text := p.paragraphs(starts[i], starts[i+1])
		if why != "" {
			cuts = append(cuts, Cut{Text: text, Why: why, Line: numbers.of(starts[i])})
			continue
		}
		comments = append(comments, moderation.Comment{Text: text})
	}
	return comments, cuts
}

// likeBlocks are the first lines of the blocks behind the markers, and the end of the page.
func likeBlocks(p *page, f footer) []int {
	starts := make([]int, 0, f.found+2)
	for i := f.from; i < p.size(); i++ {
		if i == f.from || startsBlock(p, i) {
			starts = append(starts, i)
		}
	}
	return append(starts, p.size())
}

// excess gives the reason to cut each block, "" for most: boilerplate is cut, from the end, and never more than there are too many.
func excess(p *page, starts []int, tooMany int) []string {
	why := make([]string, len(starts)-1)
	for i := len(why) - 1; i >= 0 && tooMany > 0; i-- {
		if why[i] = boilerplate(p, starts[i], starts[i+1]); why[i] != "" {
			tooMany--
		}
	}
	return why
}
