package classifier

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

// spelled is all of counts that can be seen, as text.
func spelled(t rapid.TB, c *Counts) string {
	t.Helper()
	var out bytes.Buffer
	if _, err := c.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	for _, axis := range Axes {
		fmt.Fprintln(&out, axis, c.Examples(axis))
	}
	for _, claim := range c.Claims() {
		if claim.Labels != [3]float64{} {
			fmt.Fprintln(&out, claim)
		}
	}
	return out.String()
}

func countsOf(examples []Example) *Counts {
	counts := NewCounts(feature.Current)
	for _, e := range examples {
		counts.Add(e)
	}
	return counts
}

// drawExamples are up to 12 labelled examples; weights are powers of two, so that sums are exact.
func drawExamples(t *rapid.T, name string) []Example {
	example := rapid.Custom(func(t *rapid.T) Example {
		e := Example{Text: drawText().Draw(t, "text"), Claim: drawClaim().Draw(t, "claim"), Labels: map[Axis]string{}}
		e.Weight = rapid.SampledFrom([]float64{0, 0.5, 1, 4}).Draw(t, "weight")
		for _, axis := range Axes {
			if rapid.Bool().Draw(t, "labelled") {
				e.Labels[axis] = rapid.SampledFrom(axis.Answers()).Draw(t, "answer")
			}
		}
		return e
	})
	return rapid.SliceOfN(example, 0, 12).Draw(t, name)
}

func TestCountsAdd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawExamples(t, "a"), drawExamples(t, "b")
		both := countsOf(append(append([]Example{}, a...), b...))
		merged := countsOf(a)
		merged.Merge(countsOf(b), 1)
		if diff := cmp.Diff(spelled(t, both), spelled(t, merged)); diff != "" {
			t.Fatalf("counted together (-) and merged (+) differ:\n%s", diff)
		}
	})
}

func TestMergeAndTakeAwayIsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, other := countsOf(drawExamples(t, "a")), countsOf(drawExamples(t, "b"))
		weight := rapid.SampledFrom([]float64{1, 0.5, 8}).Draw(t, "weight")
		before := spelled(t, counts)
		counts.Merge(other, weight)
		counts.Merge(other, -weight)
		if diff := cmp.Diff(before, spelled(t, counts)); diff != "" {
			t.Fatalf("before (-) and after (+):\n%s", diff)
		}
		counts.Prune(seenIn(1))
		fresh := NewCounts(feature.Current)
		fresh.Merge(other, 1)
		fresh.Merge(other, -1)
		fresh.Prune(seenIn(1))
		for _, axis := range Axes {
			if n := fresh.Vocabulary(axis); n != 0 {
				t.Fatalf("%s keeps %d features of examples that were taken away", axis, n)
			}
		}
		if claims := fresh.Claims(); len(claims) != 0 {
			t.Fatalf("claims %v are left of examples that were taken away", claims)
		}
	})
}

func TestCloneSharesNothing(t *testing.T) {
	counts := countsOf(synthetic(20, 1))
	before := spelled(t, counts)
	clone := counts.Clone()
	if diff := cmp.Diff(before, spelled(t, clone)); diff != "" {
		t.Fatalf("the clone differs:\n%s", diff)
	}
	clone.Merge(countsOf(synthetic(20, 2)), 1)
	for i := range clone.axes {
		clone.axes[i].runs["l:abc"] = 2
		clone.axes[i].attributes[0] = 2
	}
	clone.Prune(seenIn(3))
	if diff := cmp.Diff(before, spelled(t, counts)); diff != "" {
		t.Fatalf("a change of the clone changed the original:\n%s", diff)
	}
}

func TestKeep(t *testing.T) {
	counts := countsOf(synthetic(20, 1))
	kept := counts.Keep(Hostile)
	if kept.Vocabulary(Hostile) != counts.Vocabulary(Hostile) || kept.Examples(Hostile) != counts.Examples(Hostile) {
		t.Error("the axis that was kept changed")
	}
	if kept.Vocabulary(Stance)+kept.Vocabulary(Spam) != 0 || kept.Examples(Spam) != [3]float64{} || len(kept.Claims()) != 0 {
		t.Error("something of the other axes is left")
	}
	if len(counts.Claims()) != 2 {
		t.Error("Keep changed what it was called on")
	}
}

func TestPruneDropsRareFeatures(t *testing.T) {
	counts := countsOf([]Example{
		{Text: "common rare", Labels: map[Axis]string{Hostile: Yes}, Weight: 10},
		{Text: "common", Labels: map[Axis]string{Hostile: No}},
	})
	counts.Prune(seenIn(2))
	var out bytes.Buffer
	if _, err := counts.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if want := "hostile\tw:common\t1\t2\t10\t1\n"; out.String() != want {
		t.Errorf("after pruning %q, want %q: a weight of 10 is still one example", out.String(), want)
	}
}

func TestAnotherSpellingIsTheSameClaim(t *testing.T) {
	label := map[Axis]string{Stance: Favor}
	one := Example{Text: "yes", Claim: "Build  the Bridge", Labels: label}
	other := Example{Text: "yes", Claim: " build the BRIDGE\n", Labels: label}
	straight, turned := countsOf([]Example{one, other}), countsOf([]Example{other, one})
	want := []Claim{{ID: ClaimID("build the bridge"), Sentence: "Build the Bridge", Labels: [3]float64{2, 0, 0}}}
	for _, counts := range []*Counts{straight, turned} {
		if diff := cmp.Diff(want, counts.Claims()); diff != "" {
			t.Errorf("claims (-want +got):\n%s", diff)
		}
	}
}

func TestVeryLongWordsAreNotCounted(t *testing.T) {
	counts := countsOf([]Example{{Text: "short " + strings.Repeat("ab", 50<<10), Labels: map[Axis]string{Spam: Yes}}})
	var out bytes.Buffer
	if _, err := counts.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	if want := "spam\tb:short\t1\t1\t1\t0\nspam\tm:length 2\t1\t1\t1\t0\nspam\tw:short\t1\t1\t1\t0\n"; out.String() != want {
		t.Errorf("counts %.80q, want %q", out.String(), want)
	}
}

// withAttributes gives some features and some runs of letters attribute weights.
func withAttributes(t *rapid.T, counts *Counts) {
	weight := rapid.Custom(func(t *rapid.T) float64 { return roundAttribute(rapid.Float64Range(-2000, 2000).Draw(t, "weight")) })
	for i := range counts.axes {
		a := &counts.axes[i]
		for row := range a.attributes {
			if rapid.Bool().Draw(t, "learned") {
				a.attributes[row] = weight.Draw(t, "attribute")
			}
		}
		for _, run := range rapid.SliceOfN(rapid.SampledFrom([]string{"l:<id", "l:idi", "l:ot>", "l:été", "l:<a>", "c:0123456789abcdef:l:idi"}), 0, 4).Draw(t, "runs") {
			a.runs[run] = weight.Draw(t, "of a run")
		}
	}
}

func TestReadCountsReadsWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := countsOf(drawExamples(t, "examples"))
		withAttributes(t, counts)
		counts.Prune(seenIn(1))
		var out bytes.Buffer
		if _, err := counts.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		examples := [3][3]float64{counts.Examples(Stance), counts.Examples(Hostile), counts.Examples(Spam)}
		read, err := ReadCounts(&out, feature.Current, examples, counts.Claims())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(spelled(t, counts), spelled(t, read)); diff != "" {
			t.Fatalf("written (-) and read (+):\n%s", diff)
		}
		for i := range read.axes {
			for name, weight := range counts.axes[i].runs {
				if read.axes[i].runs[name] != weight {
					t.Fatalf("run %s has the weight %v, was written with %v", name, read.axes[i].runs[name], weight)
				}
			}
			for hash, row := range counts.axes[i].index {
				if got := read.axes[i].attributes[read.axes[i].index[hash]]; got != counts.axes[i].attributes[row] {
					t.Fatalf("feature %s has the weight %v, was written with %v", counts.axes[i].names[row], got, counts.axes[i].attributes[row])
				}
			}
		}
	})
}

// A trained model is the same when it is built from its counts as they were written.
func TestCountsReadMakeTheSameModel(t *testing.T) {
	model, counts := mustTrain(t, synthetic(500, 19), Shipped())
	var out bytes.Buffer
	if _, err := counts.WriteTo(&out); err != nil {
		t.Fatal(err)
	}
	read, err := ReadCounts(&out, feature.Current, model.examples, model.Describe().Claims)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Build(read, model.parameters)
	if err != nil {
		t.Fatal(err)
	}
	if again.ID() != model.ID() || !bytes.Equal(again.Weights(), model.Weights()) {
		t.Errorf("model %s became %s", model.ID(), again.ID())
	}
}

func TestReadCountsRefuses(t *testing.T) {
	good, run := "hostile\tw:a\t1\t2\t1\t1\n", "hostile\tl:abc\t0.5\n"
	tests := []struct{ name, lines, want string }{
		{"no axis", "mood\tw:a\t1\t2\t1\t1\n", `line 1: no axis "mood"`},
		{"empty line", good + "\n", "line 2"},
		{"a column short", good + "spam\tw:a\t1\t2\t1\n", "line 2: 5 columns instead of 6"},
		{"a column too many", "spam\tw:a\t1\t2\t1\t1\t0\n", "7 columns instead of 6"},
		{"two classes of stance", "stance\tw:a\t1\t2\t1\t1\n", "6 columns instead of 7"},
		{"no number", "spam\tw:a\t1\t2\tx\t1\n", `"x" is no count`},
		{"below zero", "spam\tw:a\t1\t2\t-1\t1\n", `"-1" is no count`},
		{"not a number", "spam\tw:a\t1\t2\tNaN\t1\n", `"NaN" is no count`},
		{"infinite", "spam\tw:a\t1\tInf\t1\t1\n", `"Inf" is no count`},
		{"too large", "spam\tw:a\t1\t2\t1e300\t1\n", `"1e300" is no count`},
		{"twice", good + good, `line 2: feature "w:a" stands twice`},
		{"no attribute weight", "spam\tw:a\tx\t2\t1\t1\n", `"x" is no attribute weight`},
		{"an attribute weight that is no number", "spam\tw:a\tNaN\t2\t1\t1\n", `"NaN" is no attribute weight`},
		{"an attribute weight too large", "spam\tw:a\t1001\t2\t1\t1\n", `"1001" is no attribute weight`},
		{"an attribute weight too small", "spam\tw:a\t-1e9\t2\t1\t1\n", `"-1e9" is no attribute weight`},
		{"an empty attribute weight", "spam\tw:a\t\t2\t1\t1\n", `"" is no attribute weight`},
		{"a run's infinite weight", "spam\tl:abc\t-Inf\n", `"-Inf" is no attribute weight`},
		{"a run without a weight", "spam\tl:abc\n", "2 columns instead of 6"},
		{"a run twice", good + run + run, `line 3: letters "l:abc" stand twice`},
		{"a run under a claim twice", strings.Repeat("stance\tc:0123456789abcdef:l:abc\t1\n", 2), "line 2: letters"},
		{"a word without counts", "spam\tw:abc\t1\n", "3 columns instead of 6"},
		{"a run without letters", "spam\tl:\t1\n", "3 columns instead of 6"},
		{"a line too long", "spam\tw:" + strings.Repeat("a", maxCountLine) + "\t1\t1\t1\t1\n", "after line 0"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := ReadCounts(strings.NewReader(test.lines), feature.Current, [3][3]float64{}, nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
	if _, err := ReadCounts(strings.NewReader(good+run), feature.Current, [3][3]float64{}, nil); err != nil {
		t.Errorf("good lines: %v", err)
	}
}

// Whatever ReadCounts takes, it writes again, and reads that the same; and Build makes a model of it or says why not.
func FuzzReadCounts(f *testing.F) {
	f.Add([]byte("hostile\tw:abcd\t1\t9\t8\t1\nhostile\tw:abce\t-0.125\t8\t2\t6\nhostile\tl:abc\t0.5\nstance\tc:0123456789abcdef:w:abcd\t1\t3\t1\t1\t1\n"))
	f.Add([]byte("spam\t\t1\t0\t0\t0.5\n"))
	f.Add([]byte("spam\tw:\xff\xfeabcdefg\t-0\t4e2\t1e12\t0x1p-4\r\nspam\tc:0123456789abcdef:c:0123456789abcdef:l:\t1\t4\t4\t4\n"))
	examples := [3][3]float64{{1, 2, 3}, {4, 5}, {6, 7}}
	f.Fuzz(func(t *testing.T, data []byte) {
		counts, err := ReadCounts(bytes.NewReader(data), feature.Current, examples, nil)
		if err != nil {
			return
		}
		model, err := Build(counts, Shipped()) // prunes and rounds
		if err != nil {
			t.Log(err)
		} else if p := model.Classify(Example{Text: "abcd abcef not abcde"}); p.Spam.Probabilities[0] != p.Spam.Probabilities[0] {
			t.Fatalf("%+v is no opinion", p.Spam)
		}
		once := spelled(t, counts)
		var out bytes.Buffer
		if _, err := counts.WriteTo(&out); err != nil {
			t.Fatal(err)
		}
		again, err := ReadCounts(&out, feature.Current, examples, nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(once, spelled(t, again)); diff != "" {
			t.Fatalf("read (-) and read again (+):\n%s", diff)
		}
	})
}

func TestMergeSiteKeepsTheBackground(t *testing.T) {
	starter, site := NewCounts(feature.Current), NewCounts(feature.Current)
	for range 3 {
		starter.Add(Example{Text: "common words", Labels: map[Axis]string{Hostile: No}})
	}
	for range 7 {
		site.Add(Example{Text: "common zorbler", Labels: map[Axis]string{Hostile: Yes}})
	}
	starter.MergeSite(site, siteWeighing(20))
	counts := &starter.axes[Hostile.Index()]
	for name, want := range map[string]struct{ yes, seen float64 }{"w:common": {140, 3}, "w:zorbler": {140, 2}, "w:words": {0, 3}} {
		row := counts.index[feature.Hash(name)]
		if counts.rows[row][0] != want.yes || counts.seen[row] != want.seen {
			t.Errorf("%s: counted %v times for yes, seen %v times; want %v, %v", name, counts.rows[row][0], counts.seen[row], want.yes, want.seen)
		}
	}
}

// What was learned from the starter's examples gives way to a site's labels, by their share.
func TestMergeSiteForgets(t *testing.T) {
	starter, site := NewCounts(feature.Current), NewCounts(feature.Current)
	for range 30 {
		starter.Add(Example{Text: "common starterword", Labels: map[Axis]string{Hostile: No, Spam: No}})
	}
	for range 2 {
		site.Add(Example{Text: "common siteword", Labels: map[Axis]string{Hostile: Yes}})
	}
	row := func(c *Counts, axis Axis, name string) (*axisCounts, int32) {
		a := &c.axes[axis.Index()]
		return a, a.index[feature.Hash(name)]
	}
	for _, axis := range []Axis{Hostile, Spam} {
		for _, name := range []string{"w:common", "w:starterword"} {
			a, at := row(starter, axis, name)
			a.attributes[at] = 3
		}
	}
	starter.axes[Hostile.Index()].runs["l:<co"] = -2
	starter.MergeSite(site, siteWeighing(5))
	for _, test := range []struct {
		axis Axis
		name string
		want float64
	}{
		{Hostile, "w:common", (3*30 + 2*5) / 40.}, {Hostile, "w:starterword", 3}, {Hostile, "w:siteword", 1}, {Spam, "w:common", 3},
	} {
		if a, at := row(starter, test.axis, test.name); math.Abs(a.attributes[at]-test.want) > 1e-12 {
			t.Errorf("%s %s has the attribute weight %v, want %v", test.axis, test.name, a.attributes[at], test.want)
		}
	}
	if weight := starter.axes[Hostile.Index()].runs["l:<co"]; weight != -2 {
		t.Errorf("a run of letters has the weight %v, want the starter's", weight)
	}
	a, at := row(site, Hostile, "w:common")
	if a.attributes[at] != 1 || a.rows[at] != [3]float64{2, 0, 0} {
		t.Error("the site's own counts changed")
	}
	before := spelled(t, starter)
	starter.MergeSite(NewCounts(feature.Current), siteWeighing(5))
	if after := spelled(t, starter); after != before {
		t.Error("a site without labels changed something")
	}
}

// seenIn keeps features that so many examples held.
func seenIn(examples int) Parameters {
	p := Shipped()
	for i := range p.Axes {
		p.Axes[i].MinExamples = examples
	}
	return p
}

// siteWeighing counts a site's label as so many examples.
func siteWeighing(weight float64) Parameters {
	p := seenIn(2)
	p.SiteWeight = weight
	return p
}
