package figures

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// TestStratifiedDifferenceTable holds the examples of Newcombe (1998, table II, method 10), which one stratum must give.
func TestStratifiedDifferenceTable(t *testing.T) {
	for _, test := range []struct {
		group, other Share
		low, high    float64
	}{
		{Share{56, 70}, Share{48, 80}, .0524, .3339},
		{Share{9, 10}, Share{3, 10}, .1705, .8090},
		{Share{6, 7}, Share{2, 7}, .0582, .8062},
		{Share{5, 56}, Share{0, 29}, -.0381, .1926},
		{Share{0, 10}, Share{0, 20}, -.1611, .2775},
		{Share{0, 10}, Share{0, 10}, -.2775, .2775},
		{Share{10, 10}, Share{0, 20}, .6791, 1},
		{Share{10, 10}, Share{0, 10}, .6075, 1},
	} {
		got, ok := StratifiedDifference([]Stratum{{test.group, test.other}})
		if !ok || math.Abs(got.Low-test.low) > .0001 || math.Abs(got.High-test.high) > .0001 {
			t.Errorf("%v against %v: %.4f to %.4f, want %.4f to %.4f", test.group, test.other, got.Low, got.High, test.low, test.high)
		}
	}
}

var aShare = rapid.Custom(func(t *rapid.T) Share {
	all := rapid.IntRange(0, 40).Draw(t, "all")
	return Share{rapid.IntRange(0, all).Draw(t, "of"), all}
})

var aStratum = rapid.Custom(func(t *rapid.T) Stratum { return Stratum{aShare.Draw(t, "group"), aShare.Draw(t, "other")} })

func TestStratifiedDifferenceProperties(t *testing.T) {
	const slack = 1e-9
	near := func(a, b float64) bool { return math.Abs(a-b) < slack }
	rapid.Check(t, func(t *rapid.T) {
		strata := rapid.SliceOfN(aStratum, 0, 8).Draw(t, "strata")
		d, ok := StratifiedDifference(strata)
		both := false
		swapped := make([]Stratum, len(strata))
		turned := make([]Stratum, len(strata))
		for i, s := range strata {
			both = both || s.Group.All > 0 && s.Other.All > 0
			swapped[i] = Stratum{s.Other, s.Group}
			turned[i] = Stratum{Share{s.Group.All - s.Group.Of, s.Group.All}, Share{s.Other.All - s.Other.Of, s.Other.All}}
		}
		if ok != both {
			t.Fatalf("a difference: %v, strata with both groups: %v", ok, both)
		}
		if !ok {
			return
		}
		if d.Low < -1 || d.High > 1 || d.Low > d.Value+slack || d.High < d.Value-slack || d.High-d.Low < .01 {
			t.Fatalf("%+v is no interval around its value", d)
		}
		if s, _ := StratifiedDifference(swapped); !near(s.Value, -d.Value) || !near(s.Low, -d.High) || !near(s.High, -d.Low) {
			t.Fatalf("%+v with the groups swapped is %+v", d, s)
		}
		if a, _ := StratifiedDifference(turned); !near(a.Value, -d.Value) || !near(a.Low, -d.High) || !near(a.High, -d.Low) {
			t.Fatalf("%+v asked of approvals is %+v", d, a)
		}
		alone := append([]Stratum{{Share{3, 7}, Share{}}}, strata...)
		if a, _ := StratifiedDifference(alone); !near(a.Value, d.Value) || !near(a.Low, d.Low) || !near(a.High, d.High) {
			t.Fatalf("a stratum with one group alone changed %+v to %+v", d, a)
		}
	})
}

// TestStratifiedDifferenceCovers draws many desks without and with a difference: the interval holds the truth about 95 times in 100, in many
// small strata too.
func TestStratifiedDifferenceCovers(t *testing.T) {
	const draws = 2000
	random := rand.New(rand.NewPCG(1, 2))
	binomial := func(n int, p float64) (hits int) {
		for range n {
			if random.Float64() < p {
				hits++
			}
		}
		return hits
	}
	for _, test := range []struct {
		name            string
		strata          int
		group, other    int
		base, step, gap float64 // shares of the other group rise by step from stratum to stratum
	}{
		{"one, no difference", 1, 40, 60, .2, 0, 0},
		{"one, rare", 1, 30, 30, .02, 0, 0},
		{"five, no difference", 5, 12, 20, .1, .15, 0},
		{"five, a difference", 5, 12, 20, .1, .1, .2},
		{"forty small ones", 40, 2, 3, .1, .01, 0},
		{"forty small ones, a difference", 40, 2, 3, .1, .01, .2},
	} {
		covered := 0
		for range draws {
			var strata []Stratum
			for s := range test.strata {
				p := test.base + float64(s)*test.step
				strata = append(strata, Stratum{Share{binomial(test.group, p+test.gap), test.group}, Share{binomial(test.other, p), test.other}})
			}
			if d, _ := StratifiedDifference(strata); d.Low <= test.gap && test.gap <= d.High {
				covered++
			}
		}
		if share := float64(covered) / draws; share < .935 {
			t.Errorf("%s: %.1f %% of the intervals hold the truth", test.name, share*100)
		} else {
			t.Logf("%s: %.1f %%", test.name, share*100)
		}
	}
}

// TestStratifiedDifferenceParts: two articles, each fair, with more rejections where those who disagree write. Lumped together they would look unfair.
func TestStratifiedDifferenceParts(t *testing.T) {
	strict, mild := Stratum{Share{40, 80}, Share{10, 20}}, Stratum{Share{2, 20}, Share{8, 80}}
	got, _ := StratifiedDifference([]Stratum{strict, mild})
	lumped, _ := StratifiedDifference([]Stratum{{strict.Group.plus(mild.Group), strict.Other.plus(mild.Other)}})
	if math.Abs(got.Value) > 1e-12 || got.Low > 0 || got.High < 0 {
		t.Errorf("fair articles give %+v", got)
	}
	if lumped.Low <= 0 {
		t.Errorf("the example is none: lumped together it gives %+v", lumped)
	}
}
