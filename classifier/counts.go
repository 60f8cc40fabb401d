package classifier

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"commentdesk/classifier/feature"
)

// Counts are all that training leaves of its examples: for each axis, class and feature, how many examples held it. They add up: the counts
// of two sets of examples are the sum of their counts.
type Counts struct {
	chain  feature.Chain
	axes   [3]axisCounts
	claims map[string]*Claim
	filled feature.Features
}

// Claim is a sentence that stance was learned for.
type Claim struct {
	ID       string     `json:"id"`
	Sentence string     `json:"sentence"`
	Labels   [3]float64 `json:"labels"` // examples a class: favor, against, none
	// Terms are what articles are matched by, of length 1 together; nil where no article is matched to the claim.
	Terms map[string]float64 `json:"terms,omitempty"`
}

// axisCounts holds one row a feature. index is by the feature's hash.
type axisCounts struct {
	examples   [3]float64 // a class
	index      map[uint64]int32
	names      []string
	rows       [][3]float64
	seen       []float64          // examples that held the feature, each counted once whatever its weight
	attributes []float64          // what the feature's log-odds are multiplied by: 1 unless learned, see attribute.go
	runs       map[string]float64 // the same for runs of letters, by name; only those learned
}

func newAxisCounts() axisCounts {
	return axisCounts{index: map[uint64]int32{}, runs: map[string]float64{}}
}

// NewCounts are empty counts for a chain.
func NewCounts(chain feature.Chain) *Counts {
	c := &Counts{chain: chain, claims: map[string]*Claim{}}
	for i := range c.axes {
		c.axes[i] = newAxisCounts()
	}
	return c
}

// Chain is the chain that the features come from.
func (c *Counts) Chain() feature.Chain { return c.chain }

// Examples is how many examples an axis was given, a class of Axis.Answers.
func (c *Counts) Examples(axis Axis) [3]float64 { return c.axes[axis.Index()].examples }

// Vocabulary is how many features an axis has.
func (c *Counts) Vocabulary(axis Axis) int { return len(c.axes[axis.Index()].names) }

// Claims lists the claims that stance was counted for, by id.
func (c *Counts) Claims() []Claim {
	claims := make(map[string]Claim, len(c.claims))
	for id, claim := range c.claims {
		claims[id] = *claim
	}
	return sortedClaims(claims)
}

func sortedClaims(claims map[string]Claim) []Claim {
	sorted := make([]Claim, 0, len(claims))
	for _, claim := range claims {
		sorted = append(sorted, claim)
	}
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].ID < sorted[j].ID })
	return sorted
}

// maxFeatureName is the longest name that is counted, in bytes: longer words are noise, and would not fit a line of the counts file.
const maxFeatureName = 1 << 10

// uses is what features call the axes.
var uses = [3]feature.Use{feature.ForStance, feature.ForHostile, feature.ForSpam}

// Add counts one example on each axis that it has a known answer for.
func (c *Counts) Add(e Example) {
	weight := e.Weight
	if weight == 0 {
		weight = 1
	}
	claimID := ""
	stance := Stance.AnswerIndex(e.Labels[Stance])
	if stance >= 0 {
		claimID = ClaimID(e.Claim)
	}
	c.chain.Features(&c.filled, e.Text, claimID)
	for i, axis := range Axes {
		class := axis.AnswerIndex(e.Labels[axis])
		if class < 0 {
			continue
		}
		items := c.filled.Items[:c.filled.Claimed]
		if axis == Stance {
			items = c.filled.Items
		}
		counts := &c.axes[i]
		counts.examples[class] += weight
		use := uses[i]
		for j, item := range items {
			if item.For&use == 0 {
				continue
			}
			row, ok := counts.index[item.Hash]
			if !ok {
				name := c.filled.Name(j)
				if len(name) > maxFeatureName {
					continue
				}
				row = counts.row(item.Hash, func() string { return name })
			}
			counts.rows[row][class] += weight
			counts.seen[row]++
		}
	}
	if claimID != "" {
		claim := c.claim(claimID, e.Claim)
		claim.Labels[stance] += weight
	}
}

// claim is the entry of a claim. Of several spellings the first in byte order stands, whatever order they come in.
func (c *Counts) claim(id, sentence string) *Claim {
	sentence = strings.Join(strings.Fields(sentence), " ")
	claim := c.claims[id]
	if claim == nil {
		claim = &Claim{ID: id, Sentence: sentence}
		c.claims[id] = claim
	}
	claim.Sentence = min(claim.Sentence, sentence)
	return claim
}

func (a *axisCounts) row(hash uint64, name func() string) int32 {
	row, ok := a.index[hash]
	if !ok {
		row = int32(len(a.rows))
		a.index[hash] = row
		a.names = append(a.names, name())
		a.rows = append(a.rows, [3]float64{})
		a.seen = append(a.seen, 0)
		a.attributes = append(a.attributes, 1)
	}
	return row
}

// Merge adds other's counts times weight; −1 takes them away again. How often a feature was seen is added once whatever the weight's size.
// What was learned of attributes stays.
func (c *Counts) Merge(other *Counts, weight float64) {
	once := math.Copysign(1, weight)
	for i := range c.axes {
		into, from := &c.axes[i], &other.axes[i]
		for class := range into.examples {
			into.examples[class] += weight * from.examples[class]
		}
		for hash, at := range from.index {
			row := into.row(hash, func() string { return from.names[at] })
			for class := range into.rows[row] {
				into.rows[row][class] += weight * from.rows[at][class]
			}
			into.seen[row] += once * from.seen[at]
		}
	}
	for id, from := range other.claims {
		into := c.claim(id, from.Sentence)
		for class := range into.Labels {
			into.Labels[class] += weight * from.Labels[class]
		}
	}
}

// MergeSite adds a site's counts times the site's weight. The background stays the starter's: how often a site says a word is no reason to smooth it away,
// or ten labels would teach no more than two. A feature that only the site has gets the least background that keeps it, MinExamples.
func (c *Counts) MergeSite(site *Counts, parameters Parameters) {
	weight := parameters.SiteWeight
	var before [3][]float64
	for i := range c.axes {
		before[i] = append([]float64(nil), c.axes[i].seen...)
		c.axes[i].forget(&site.axes[i], weight)
	}
	c.Merge(site, weight)
	for i := range c.axes {
		seen := c.axes[i].seen
		copy(seen, before[i])
		for row := len(before[i]); row < len(seen); row++ {
			seen[row] = min(seen[row], float64(parameters.Axes[i].MinExamples))
		}
	}
}

// Clone is a copy that shares nothing that changes.
func (c *Counts) Clone() *Counts {
	clone := NewCounts(c.chain)
	for i, a := range c.axes {
		clone.axes[i] = axisCounts{
			examples: a.examples, index: maps.Clone(a.index), names: slices.Clone(a.names), rows: slices.Clone(a.rows),
			seen: slices.Clone(a.seen), attributes: slices.Clone(a.attributes), runs: maps.Clone(a.runs),
		}
	}
	for id, claim := range c.claims {
		copied := *claim
		clone.claims[id] = &copied
	}
	return clone
}

// Keep are the counts of the named axes alone.
func (c *Counts) Keep(axes ...Axis) *Counts {
	kept := c.Clone()
	for i, axis := range Axes {
		wanted := false
		for _, a := range axes {
			wanted = wanted || a == axis
		}
		if !wanted {
			kept.axes[i] = newAxisCounts()
			if axis == Stance {
				kept.claims = map[string]*Claim{}
			}
		}
	}
	return kept
}

// pruned lists the rows of features that at least minExamples examples held and that some class still counts, sorted by name.
func (a *axisCounts) pruned(minExamples int) []int32 {
	var kept []int32
	for row, seen := range a.seen {
		if seen >= float64(minExamples) && a.rows[row] != [3]float64{} {
			kept = append(kept, int32(row))
		}
	}
	sort.Slice(kept, func(i, j int) bool { return a.names[kept[i]] < a.names[kept[j]] })
	return kept
}

// Prune drops features that fewer than an axis's MinExamples examples held and rounds every count to 9 significant digits.
func (c *Counts) Prune(parameters Parameters) {
	for i := range c.axes {
		old := c.axes[i]
		kept := old.pruned(parameters.Axes[i].MinExamples)
		next := axisCounts{examples: old.examples, index: make(map[uint64]int32, len(kept)), runs: old.runs}
		for class := range next.examples {
			next.examples[class] = round9(next.examples[class])
		}
		for _, row := range kept {
			at := next.row(feature.Hash(old.names[row]), func() string { return old.names[row] })
			for class, n := range old.rows[row] {
				next.rows[at][class] = round9(n)
			}
			next.seen[at], next.attributes[at] = old.seen[row], round9(old.attributes[row])
		}
		c.axes[i] = next
	}
	for id, claim := range c.claims {
		for class := range claim.Labels {
			claim.Labels[class] = round9(claim.Labels[class])
		}
		if claim.Labels == [3]float64{} {
			delete(c.claims, id)
		}
	}
}

// round9 rounds to 9 significant digits, so that every machine writes the same number.
func round9(x float64) float64 {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 9, 64), 64)
	return rounded
}

// WriteTo writes the counts as sorted tab-separated lines: axis, feature, attribute weight, examples that held it, and a count a class. Lines of
// an axis's runs of letters, which follow its features, end after the attribute weight.
func (c *Counts) WriteTo(w io.Writer) (int64, error) {
	out := &countingWriter{w: bufio.NewWriterSize(w, 1<<16)}
	for i, axis := range Axes {
		counts := &c.axes[i]
		order := counts.pruned(0)
		for _, row := range order {
			line := make([]byte, 0, 80)
			line = append(line, axis...)
			line = append(line, '\t')
			line = append(line, counts.names[row]...)
			line = append(line, '\t')
			line = strconv.AppendFloat(line, counts.attributes[row], 'g', 9, 64)
			line = append(line, '\t')
			line = strconv.AppendFloat(line, counts.seen[row], 'g', 9, 64)
			for class := range axis.Answers() {
				line = append(line, '\t')
				line = strconv.AppendFloat(line, counts.rows[row][class], 'g', 9, 64)
			}
			line = append(line, '\n')
			if _, err := out.Write(line); err != nil {
				return out.n, err
			}
		}
		for _, name := range slices.Sorted(maps.Keys(counts.runs)) {
			if _, err := fmt.Fprintf(out, "%s\t%s\t%.9g\n", axis, name, counts.runs[name]); err != nil {
				return out.n, err
			}
		}
	}
	return out.n, out.w.Flush()
}

type countingWriter struct {
	w *bufio.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// maxCountLine and maxCountLines cap what ReadCounts takes.
const (
	maxCountLine  = 64 << 10
	maxCountLines = 8 << 20
)

// ReadCounts reads what WriteTo wrote. Examples an axis and claims are not in the lines: they come with the manifest.
func ReadCounts(r io.Reader, chain feature.Chain, examples [3][3]float64, claims []Claim) (*Counts, error) {
	c := NewCounts(chain)
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 1<<16), maxCountLine)
	line := 0
	for scanner.Scan() {
		if line++; line > maxCountLines {
			return nil, fmt.Errorf("counts: more than %d lines", maxCountLines)
		}
		if err := c.readLine(scanner.Text()); err != nil {
			return nil, fmt.Errorf("counts: line %d: %w", line, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return nil, fmt.Errorf("counts: after line %d: %w", line, err)
	}
	for i := range c.axes {
		c.axes[i].examples = examples[i]
	}
	for _, claim := range claims {
		copied := claim
		c.claims[claim.ID] = &copied
	}
	return c, nil
}

func (c *Counts) readLine(line string) error {
	fields := strings.Split(line, "\t")
	axis, err := ParseAxis(fields[0])
	if err != nil {
		return err
	}
	counts := &c.axes[axis.Index()]
	if len(fields) == 3 && feature.IsRun(fields[1]) {
		if _, ok := counts.runs[fields[1]]; ok {
			return fmt.Errorf("letters %.40q stand twice", fields[1])
		}
		counts.runs[fields[1]], err = readAttribute(fields[2])
		return err
	}
	classes := len(axis.Answers())
	if len(fields) != 4+classes {
		return fmt.Errorf("%d columns instead of %d", len(fields), 4+classes)
	}
	attribute, err := readAttribute(fields[2])
	if err != nil {
		return err
	}
	numbers := make([]float64, 1+classes)
	for i, field := range fields[3:] {
		if numbers[i], err = strconv.ParseFloat(field, 64); err != nil || !(numbers[i] >= 0) || numbers[i] > 1e12 {
			return fmt.Errorf("%.20q is no count", field)
		}
	}
	before := len(counts.rows)
	row := counts.row(feature.Hash(fields[1]), func() string { return fields[1] })
	if len(counts.rows) == before {
		return fmt.Errorf("feature %.40q stands twice", fields[1])
	}
	counts.seen[row], counts.attributes[row] = numbers[0], attribute
	copy(counts.rows[row][:], numbers[1:])
	return nil
}
