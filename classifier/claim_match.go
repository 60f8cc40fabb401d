package classifier

import (
	"fmt"
	"math"
	"sort"
	"strings"
	"unicode/utf8"

	"commentdesk/classifier/text"
)

// ClaimMatch is the learned claim that an article stands nearest to.
type ClaimMatch struct {
	Claim     Claim
	Nearness  float64 // 0 to 1: cosine of the article's words with the claim's terms
	Threshold float64 // what nearness must reach; it rises with the number of claims that could be hit by chance
}

// What an article is matched by. The numbers were chosen by cross-validation over debates; TestClaimMatchOnDebates measures them.
const (
	bodyWeight    = 0.3 // of a word of the body; one of the headline weighs 1
	headlineFloor = 3   // words that every headline is taken to have besides its own, so that one word alone is near to nothing

	maxHeadlineRead = 1 << 10 // bytes
	maxBodyRead     = 4 << 10 // bytes
	maxBodyWords    = 600
)

// MatchClaim is the claim that the article speaks of, among those the model learned stance for, and whether it is near enough. Where it is not,
// the match still names the nearest claim, with an empty one where no word is shared. A headline that is a learned claim itself needs no match.
// It costs some microseconds, so it is asked once an article; the body may be empty.
func (m *Model) MatchClaim(headline, body string) (ClaimMatch, bool) {
	if m.matcher == nil || !m.Has(Stance) {
		return ClaimMatch{}, false
	}
	if _, learned := m.matcher.places[ClaimID(upToSpace(headline, maxHeadlineRead))]; learned {
		return ClaimMatch{}, false
	}
	r := m.borrow()
	defer m.scratch.Put(r)
	match := m.matcher.nearest(readArticle(&r.features.Text, headline, body))
	return match, match.Nearness > 0 && match.Nearness >= match.Threshold
}

// claimMatcher finds claims by their terms.
type claimMatcher struct {
	claims []Claim
	places map[string]int // of each claim, by id
	terms  map[string][]claimTerm
}

// claimTerm is a term's weight in one claim.
type claimTerm struct {
	claim  int
	weight float64
}

// newClaimMatcher is nil where no claim has terms. Terms that no training makes are refused.
func newClaimMatcher(claims []Claim) (*claimMatcher, error) {
	matcher := &claimMatcher{places: map[string]int{}, terms: map[string][]claimTerm{}}
	for _, claim := range claims {
		if len(claim.Terms) == 0 {
			continue
		}
		if err := checkTerms(claim.Terms); err != nil {
			return nil, fmt.Errorf("claim %.16s: %w", claim.ID, err)
		}
		matcher.claims = append(matcher.claims, claim)
	}
	if len(matcher.claims) > maxMatched {
		return nil, fmt.Errorf("%d claims with terms are more than a model may have (%d)", len(matcher.claims), maxMatched)
	}
	sort.Slice(matcher.claims, func(i, j int) bool { return matcher.claims[i].ID < matcher.claims[j].ID })
	for i, claim := range matcher.claims {
		matcher.places[claim.ID] = i
		for term, weight := range claim.Terms {
			matcher.terms[term] = append(matcher.terms[term], claimTerm{i, weight})
		}
	}
	if len(matcher.claims) == 0 {
		return nil, nil
	}
	return matcher, nil
}

func checkTerms(terms map[string]float64) error {
	if len(terms) > maxTerms {
		return fmt.Errorf("%d terms are more than a claim may have (%d)", len(terms), maxTerms)
	}
	for term, weight := range terms {
		if term == "" || term != termOf(term) {
			return fmt.Errorf("%.20q is no term", term)
		}
		if !(weight > 0 && weight <= 1) {
			return fmt.Errorf("the weight %v of a term is not between 0 and 1", weight)
		}
	}
	return nil
}

// nearest scores every claim; of equally near ones the first by id stands.
func (c *claimMatcher) nearest(article articleTerms) ClaimMatch {
	sums := make([]float64, len(c.claims))
	for i, term := range article.terms {
		weight := 1.0
		if i >= article.headline {
			weight = bodyWeight
		}
		for _, t := range c.terms[term] {
			sums[t.claim] += weight * t.weight
		}
	}
	best := 0
	for i, sum := range sums {
		if sum > sums[best] {
			best = i
		}
	}
	if sums[best] == 0 {
		return ClaimMatch{}
	}
	return ClaimMatch{Claim: c.claims[best], Nearness: sums[best] / article.length(), Threshold: c.threshold(article)}
}

// threshold is how near an article comes to one of n claims by chance in less than one case of a hundred. Measured on debates left out, that
// rises with ln n, and the faster the more the article is headline alone.
func (c *claimMatcher) threshold(article articleTerms) float64 {
	headline := float64(headlineFloor+article.headline) / (article.length() * article.length())
	return 0.14 + 0.04*headline + (0.01+0.04*headline)*math.Log(float64(len(c.claims)))
}

// articleTerms are an article's distinct terms: first those of the headline, then what the body adds.
type articleTerms struct {
	terms    []string
	headline int // how many are the headline's
}

func readArticle(read *text.Text, headline, body string) articleTerms {
	var article articleTerms
	seen := map[string]bool{}
	read.Read(upToSpace(headline, maxHeadlineRead))
	article.add(read, math.MaxInt, seen)
	article.headline = len(article.terms)
	read.Read(upToSpace(body, maxBodyRead))
	article.add(read, maxBodyWords, seen)
	return article
}

// add takes in the terms of a text's first words.
func (a *articleTerms) add(read *text.Text, words int, seen map[string]bool) {
	eachTerm(read, func(term []byte) bool {
		if !seen[string(term)] {
			a.terms = append(a.terms, string(term))
			seen[string(term)] = true
		}
		words--
		return words > 0
	})
}

// length is the article's as a vector.
func (a articleTerms) length() float64 {
	return math.Sqrt(float64(headlineFloor+a.headline) + bodyWeight*bodyWeight*float64(len(a.terms)-a.headline))
}

// upToSpace is the beginning of a text, at most limit bytes, ended at white space where there is any.
func upToSpace(raw string, limit int) string {
	if len(raw) <= limit {
		return raw
	}
	raw = raw[:limit]
	if end := strings.LastIndexAny(raw, " \t\r\n"); end > 0 {
		raw = raw[:end]
	}
	return raw
}

// eachTerm visits the terms of a text's words, in order, until visit says no. A term is valid until visit returns.
func eachTerm(read *text.Text, visit func(term []byte) bool) {
	for _, word := range read.Words {
		if form := read.Form(word); word.Class == text.Plain && utf8.Valid(form) && !visit(termOf(form)) {
			return
		}
	}
}
