package classifier

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"commentdesk/classifier/feature"
	"commentdesk/classifier/text"
)

// debate is what readers said under one claim; its name, as words, stands for the headline of an article about it.
type debate struct {
	name, claim string
	texts       []Example
}

// headline is the debate's name as words.
func (d debate) headline() string { return strings.ReplaceAll(d.name, "-", " ") }

// debates are the debates of arc_train in order of their names.
func debates(t *testing.T) []debate {
	t.Helper()
	folder := os.Getenv("COMMENTDESK_SETS")
	if folder == "" {
		t.Skip("COMMENTDESK_SETS is not set: it names the folder of the public sets, of which this measures stance/arc_train")
	}
	file, err := os.Open(filepath.Join(folder, "stance", "arc_train.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]*debate{}
	lines := bufio.NewScanner(unzipped)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var row struct{ Text, Claim, Group, Label string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		if byName[row.Group] == nil {
			byName[row.Group] = &debate{name: row.Group, claim: row.Claim}
		}
		d := byName[row.Group]
		d.texts = append(d.texts, Example{Text: row.Text, Claim: row.Claim, Labels: map[Axis]string{Stance: row.Label}})
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	all := make([]debate, 0, len(byName))
	for _, d := range byName {
		all = append(all, *d)
	}
	slices.SortFunc(all, func(a, b debate) int { return strings.Compare(a.name, b.name) })
	return all
}

// words are the counts of single words alone: all that matching reads, and a fraction of the rest.
func words(counts *Counts) *Counts {
	kept := NewCounts(counts.chain)
	kept.claims = counts.claims
	for i := range counts.axes {
		from, into := &counts.axes[i], &kept.axes[i]
		into.examples = from.examples
		for hash, at := range from.index {
			name := from.names[at]
			if id := feature.CrossClaim(name); wordTerm(strings.TrimPrefix(name, "c:"+id+":")) == "" {
				continue
			}
			row := into.row(hash, func() string { return name })
			into.rows[row], into.seen[row] = from.rows[at], from.seen[at]
		}
	}
	return kept
}

// matcherOf is the matcher of a model of these counts; the counts are pruned.
func matcherOf(t testing.TB, counts *Counts) *claimMatcher {
	t.Helper()
	counts.Prune(Shipped())
	counts.weighTerms()
	matcher, err := newClaimMatcher(counts.Claims())
	if err != nil {
		t.Fatal(err)
	}
	return matcher
}

// matched is the sentence of the claim an article is matched to, "" for none.
func (c *claimMatcher) matched(headline, body string) string {
	var read text.Text
	if match := c.nearest(readArticle(&read, headline, body)); match.Nearness >= match.Threshold {
		return match.Claim.Sentence
	}
	return ""
}

// matchFigures are what a round of matching came to.
type matchFigures struct{ asked, found, wrong, chance int }

// TestClaimMatchOnDebates asserts that at most one article in a hundred is matched to a claim it does not speak of, and prints how many are
// matched to the one they do: by name alone, and with what half of the readers said as the body. Whether a model knows all debates or a few
// must not matter.
func TestClaimMatchOnDebates(t *testing.T) {
	all := debates(t)
	for _, test := range []struct {
		name   string
		models int // the debates are dealt out to so many models
		body   bool
	}{
		{"headline, every claim in one model", 1, false},
		{"headline, about 12 claims a model", 12, false},
		{"headline, about 6 claims a model", 24, false},
		{"headline and body, every claim in one model", 1, true},
		{"headline and body, about 12 claims a model", 12, true},
		{"headline and body, about 6 claims a model", 24, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			var f matchFigures
			for part := range test.models {
				var dealt []debate
				for _, d := range all {
					if Fold(Example{Group: d.name}, test.models) == part {
						dealt = append(dealt, d)
					}
				}
				measureMatches(t, dealt, test.body, &f)
			}
			low, high := wilson(f.found, f.asked)
			t.Logf("%d articles: %.1f %% matched to their own claim (%.1f to %.1f), %d to another; with their claim left out %d matched",
				f.asked, 100*float64(f.found)/float64(f.asked), 100*low, 100*high, f.wrong, f.chance)
			if most := f.asked / 100; f.wrong > most || f.chance > most {
				t.Errorf("%d wrong and %d by chance: more than one in a hundred of %d", f.wrong, f.chance, f.asked)
			}
		})
	}
}

// measureMatches asks a model of the debates for each of them, once with its claim and once without.
func measureMatches(t *testing.T, all []debate, body bool, f *matchFigures) {
	parts := make([]*Counts, len(all))
	total := NewCounts(feature.Current)
	for i, d := range all {
		examples := d.texts
		if body {
			examples = half(d.texts, 0)
		}
		parts[i] = words(countsOf(examples))
		total.Merge(parts[i], 1)
	}
	kept := matcherOf(t, total.Clone())
	for i, d := range all {
		said := ""
		if body {
			if said = joined(half(d.texts, 1)); len(strings.Fields(said)) < 200 {
				continue
			}
		}
		f.asked++
		switch kept.matched(d.headline(), said) {
		case "":
		case claimSentence(d):
			f.found++
		default:
			f.wrong++
		}
		rest := total.Clone()
		rest.Merge(parts[i], -1)
		if without := matcherOf(t, rest); without != nil {
			if without.matched(d.headline(), said) != "" {
				f.chance++
			}
		}
	}
}

func claimSentence(d debate) string { return strings.Join(strings.Fields(d.claim), " ") }

// half is one half of the examples, by their text.
func half(examples []Example, part int) (kept []Example) {
	for _, e := range examples {
		if Fold(e, 2) == part {
			kept = append(kept, e)
		}
	}
	return kept
}

// joined is the texts in alphabetical order, one after the other.
func joined(examples []Example) string {
	texts := make([]string, len(examples))
	for i, e := range examples {
		texts[i] = e.Text
	}
	slices.Sort(texts)
	return strings.Join(texts, "\n")
}

// wilson is the 95 % interval of a share (Wilson 1927).
func wilson(hits, n int) (low, high float64) {
	const z = 1.959964
	share, size := float64(hits)/float64(n), float64(n)
	centre := (share + z*z/(2*size)) / (1 + z*z/size)
	spread := z / (1 + z*z/size) * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	return centre - spread, centre + spread
}
