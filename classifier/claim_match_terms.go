package classifier

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier/feature"
	"commentdesk/classifier/text"
)

// Caps on what a model keeps to match articles by.
const (
	maxTerms   = 64   // a claim
	maxMatched = 1000 // claims that have terms: those with the most labels
	termLength = 6    // code points
)

// profileSmoothing is how many examples of ordinary words stand beside those of a claim.
const profileSmoothing = 5

// termOf is what a word is matched by: its first letters, so that forms of one word are mostly one term.
func termOf[word string | []byte](w word) word {
	end := 0
	for range termLength {
		_, size := utf8.DecodeRune([]byte(w[end:]))
		end += size
	}
	return w[:end]
}

// wordTerm is the term of a feature that is one word, "" for any other feature.
func wordTerm(name string) string {
	word, ok := strings.CutPrefix(name, "w:")
	if first, _ := utf8.DecodeRuneInString(word); !ok || !utf8.ValidString(word) || !unicode.IsLetter(first) && !unicode.IsDigit(first) {
		return ""
	}
	return termOf(word)
}

// weighTerms gives the claims that stance was learned for their terms: half is the claim's sentence, half what was said under it, each word
// weighing more the rarer it is elsewhere. Claims under which no word was learned get none: the model could say nothing there. The counts must
// be pruned, so that the same counts give the same terms whenever they are weighed.
func (c *Counts) weighTerms() {
	background, examples := c.wordsSeen()
	said := c.wordsSaid()
	for _, claim := range c.claims {
		claim.Terms = nil
	}
	for _, id := range mostLabelled(c.claims, said) {
		claim := c.claims[id]
		claim.Terms = claimTerms(claim, said[id], func(term string) float64 { return min((background[term]+1)/(examples+1), 1) })
	}
}

// wordsSeen is how many examples held each term, on all axes together, and how many examples those are.
func (c *Counts) wordsSeen() (seen map[string]float64, examples float64) {
	seen = map[string]float64{}
	for i := range c.axes {
		axis := &c.axes[i]
		for row, name := range axis.names {
			if term := wordTerm(name); term != "" {
				seen[term] += axis.seen[row]
			}
		}
		examples += axis.examples[0] + axis.examples[1] + axis.examples[2]
	}
	return seen, examples
}

// wordsSaid is how many examples under each claim held each term.
func (c *Counts) wordsSaid() map[string]map[string]float64 {
	said := map[string]map[string]float64{}
	stance := &c.axes[Stance.Index()]
	for row, name := range stance.names {
		id := feature.CrossClaim(name)
		if c.claims[id] == nil {
			continue
		}
		term := wordTerm(strings.TrimPrefix(name, "c:"+id+":"))
		if term == "" {
			continue
		}
		if said[id] == nil {
			said[id] = map[string]float64{}
		}
		said[id][term] += stance.rows[row][0] + stance.rows[row][1] + stance.rows[row][2]
	}
	return said
}

// writeTerms spells a claim's terms for the model's id.
func (c *Claim) writeTerms(w io.Writer) {
	for _, term := range slices.Sorted(maps.Keys(c.Terms)) {
		fmt.Fprintf(w, "%s\t%s\t%.9g\n", c.ID, term, c.Terms[term])
	}
}

// compareTerms says which claim of two models has other terms, nil where none has.
func compareTerms(a, b *Model) error {
	if len(a.claims) != len(b.claims) {
		return fmt.Errorf("%d claims against %d", len(a.claims), len(b.claims))
	}
	for id, claim := range a.claims {
		if !maps.Equal(claim.Terms, b.claims[id].Terms) {
			return fmt.Errorf("claim %s: its terms differ", id)
		}
	}
	return nil
}

// mostLabelled lists the claims under which words were learned, at most maxMatched.
func mostLabelled(claims map[string]*Claim, said map[string]map[string]float64) []string {
	ids := make([]string, 0, len(said))
	for id := range said {
		ids = append(ids, id)
	}
	total := func(id string) float64 { labels := claims[id].Labels; return labels[0] + labels[1] + labels[2] }
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(total(b), total(a)), cmp.Compare(a, b)) })
	return ids[:min(len(ids), maxMatched)]
}

// claimTerms weighs one claim's terms; together they have the length 1. frequency is the share of all examples that hold a term.
func claimTerms(claim *Claim, said map[string]float64, frequency func(term string) float64) map[string]float64 {
	sentence := map[string]float64{}
	var read text.Text
	read.Read(upToSpace(claim.Sentence, maxHeadlineRead))
	eachTerm(&read, func(term []byte) bool {
		sentence[string(term)] = -math.Log(frequency(string(term)))
		return true
	})
	labels := claim.Labels[0] + claim.Labels[1] + claim.Labels[2]
	comments := map[string]float64{}
	for term, n := range said {
		usual := frequency(term)
		here := (min(n, labels) + profileSmoothing*usual) / (labels + profileSmoothing)
		if gain := math.Log(here / usual); gain > 0 {
			comments[term] = here * gain * gain
		}
	}
	terms := map[string]float64{}
	for _, part := range [][]weighedTerm{strongest(sentence), strongest(comments)} {
		for _, t := range part {
			terms[t.term] += t.weight
		}
	}
	weighed := map[string]float64{}
	for _, t := range strongest(terms) {
		if weight := round9(t.weight); weight > 0 {
			weighed[t.term] = weight
		}
	}
	return weighed
}

type weighedTerm struct {
	term   string
	weight float64
}

// strongest lists the maxTerms heaviest terms, the heaviest first, scaled so that together they have the length 1.
func strongest(weights map[string]float64) []weighedTerm {
	terms := make([]weighedTerm, 0, len(weights))
	for term, weight := range weights {
		if weight > 0 {
			terms = append(terms, weighedTerm{term, weight})
		}
	}
	slices.SortFunc(terms, func(a, b weighedTerm) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.term, b.term))
	})
	terms = terms[:min(len(terms), maxTerms)]
	squares := 0.0
	for _, t := range terms {
		squares += t.weight * t.weight
	}
	for i := range terms {
		terms[i].weight /= math.Sqrt(squares)
	}
	return terms
}
