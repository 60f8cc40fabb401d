package seeds

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// written is one comment with the place it stands in.
type written struct {
	where, text string
	demo        bool
}

// advert stands in the one text that the demonstration has under several articles, so that its queue shows what is like a comment.
const advert = "villa-finder.example.com"

// sameAdvert reports whether both are that text.
func sameAdvert(a, b written) bool {
	return a.demo && b.demo && strings.Contains(a.text, advert) && strings.Contains(b.text, advert)
}

func TestTheDemonstrationRepeatsAnAdvert(t *testing.T) {
	pages := map[string]bool{}
	for _, c := range everyComment(t) {
		if strings.Contains(c.text, advert) {
			page, _, _ := strings.Cut(c.where, ", position")
			pages[page] = true
		}
	}
	if len(pages) != 3 {
		t.Errorf("it stands in %v, want three pages", pages)
	}
}

func everyComment(t *testing.T) []written {
	t.Helper()
	var all []written
	for i, c := range training(t) {
		all = append(all, written{where: fmt.Sprintf("train, %s, comment %d", c.Topic, i+1), text: c.Text})
	}
	for _, page := range demoPages(t) {
		for _, c := range page.comments {
			all = append(all, written{where: fmt.Sprintf("demo, %s, position %d", page.File, c.Position), text: c.Text, demo: true})
		}
	}
	return all
}

// runOfWords is how many words in a row no two comments may share.
const runOfWords = 6

var word = regexp.MustCompile(`[\p{L}\p{N}']+`)

// wordsOf are lower-cased runs of letters, digits and apostrophes; a typographic apostrophe is one too.
func wordsOf(text string) []string {
	return word.FindAllString(strings.ToLower(strings.ReplaceAll(text, "’", "'")), -1)
}

// shingles are the runs of n words of a text; a shorter text is one run.
func shingles(text string, n int) map[string]bool {
	words := wordsOf(text)
	runs := map[string]bool{}
	for i := 0; i+n <= len(words); i++ {
		runs[strings.Join(words[i:i+n], " ")] = true
	}
	if len(words) < n {
		runs[strings.Join(words, " ")] = true
	}
	return runs
}

func TestNoTwoCommentsShareARunOfWords(t *testing.T) {
	first := map[string]written{}
	for _, c := range everyComment(t) {
		if len(wordsOf(c.text)) < runOfWords {
			continue
		}
		for run := range shingles(c.text, runOfWords) {
			if other, found := first[run]; found && other.where != c.where && !sameAdvert(other, c) {
				t.Errorf("%s and %s share %q", other.where, c.where, run)
			}
			first[run] = c
		}
	}
}

// nearDuplicate is the Jaccard similarity of two comments' three-word shingles (Broder 1997) from which they count as one text. Shingles of
// three words see a shared phrase that single words would not, and need no tuning as a hash of so small a collection would.
const nearDuplicate = 0.2

func TestNoCommentIsANearDuplicate(t *testing.T) {
	all := everyComment(t)
	sets := make([]map[string]bool, len(all))
	for i, c := range all {
		sets[i] = shingles(c.text, 3)
	}
	closest, pair := 0.0, ""
	for i := range all {
		for j := range i {
			if sameAdvert(all[i], all[j]) {
				continue
			}
			alike := jaccard(sets[i], sets[j])
			if alike > closest {
				closest, pair = alike, all[j].where+" and "+all[i].where
			}
			if alike >= nearDuplicate {
				t.Errorf("%s and %s are alike by %.2f: %q, %q", all[j].where, all[i].where, alike, all[j].text, all[i].text)
			}
		}
	}
	t.Logf("%d comments; the closest two, %s, are alike by %.3f", len(all), pair, closest)
}

func jaccard(a, b map[string]bool) float64 {
	shared := 0
	for run := range a {
		if b[run] {
			shared++
		}
	}
	return float64(shared) / float64(len(a)+len(b)-shared)
}
