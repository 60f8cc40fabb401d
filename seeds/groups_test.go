package seeds

import (
	"math"
	"os"
	"strings"
	"testing"

	"commentdesk/classifier"
)

// groupWords are the names of groups of people that the classifier takes for one class.
func groupWords(t *testing.T) map[string]bool {
	t.Helper()
	list, err := os.ReadFile("../classifier/feature/groups.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]bool{}
	for _, line := range strings.Fields(string(list)) {
		words[line] = true
	}
	return words
}

// tally counts comments by whether they are hostile.
type tally struct{ hostile, not int }

func (c *tally) add(label string) {
	if label == classifier.Yes {
		c.hostile++
	} else {
		c.not++
	}
}

func (c tally) all() int { return c.hostile + c.not }

func (c tally) hostileShare() float64 { return float64(c.hostile) / float64(c.all()) }

// often is how many comments a group's name must stand in before its share of hostile ones is looked at; a smaller share is chance.
const often = 8

func TestTheNameOfAGroupIsNoEvidence(t *testing.T) {
	groups := groupWords(t)
	var naming, without tally
	words := map[string]*tally{}
	for _, c := range training(t) {
		if c.Topic != "people" {
			continue
		}
		named := map[string]bool{}
		for _, w := range wordsOf(c.Text) {
			if w = strings.TrimSuffix(w, "'s"); groups[w] {
				named[w] = true
			}
		}
		if len(named) == 0 {
			without.add(c.Hostile)
			continue
		}
		naming.add(c.Hostile)
		for w := range named {
			if words[w] == nil {
				words[w] = &tally{}
			}
			words[w].add(c.Hostile)
		}
	}
	t.Logf("%d comments name a group, %.2f of them hostile; %d do not, %.2f; %d names", naming.all(), naming.hostileShare(), without.all(),
		without.hostileShare(), len(words))
	if gap := math.Abs(naming.hostileShare() - without.hostileShare()); gap > .06 {
		t.Errorf("the shares of hostile comments with and without a group's name are %.2f apart", gap)
	}
	if len(words) < 200 {
		t.Errorf("only %d names of groups", len(words))
	}
	for word, c := range words {
		if share := c.hostileShare(); c.all() >= often && (share < .2 || share > .5) {
			t.Errorf("%.2f of the %d comments that name %q are hostile", share, c.all(), word)
		}
	}
}
