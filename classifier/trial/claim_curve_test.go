package trial

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier"
)

// claimed spreads stance examples over claims, three after one another to each.
func claimed(examples []Example, claims int) []Example {
	for i := range examples {
		examples[i].Claim = fmt.Sprintf("Claim number %d holds", i/3%claims)
	}
	return examples
}

func TestAtMost(t *testing.T) {
	examples := claimed(made(classifier.Stance, 90, 0, 1), 4)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 30).Draw(t, "n")
		kept := atMost(rapid.Permutation(examples).Draw(t, "examples"), n)
		if diff := cmp.Diff(kept, atMost(examples, n)); diff != "" {
			t.Fatalf("another order, other labels:\n%s", diff)
		}
		counts := map[string]int{}
		larger := NewTexts()
		for _, e := range atMost(examples, n+1) {
			larger.Add(e.Text)
		}
		for _, e := range kept {
			counts[e.Claim]++
			if !larger.Has(e.Text) {
				t.Fatal("a label is not among those of a larger number")
			}
		}
		all := map[string]int{}
		for _, e := range examples {
			all[e.Claim]++
		}
		for claim, labels := range all {
			if counts[claim] != min(n, labels) {
				t.Fatalf("%d labels of a claim that has %d, of at most %d", counts[claim], labels, n)
			}
		}
	})
}

func TestByClaim(t *testing.T) {
	train, test := claimed(made(classifier.Stance, 90, 0, 1), 15), claimed(made(classifier.Stance, 60, 0, 2), 12)
	splits := byClaim(train, test)
	if len(splits) != MaxGroups {
		t.Fatalf("%d splits", len(splits))
	}
	measured := 0
	for _, s := range splits {
		measured += len(s.Test)
		claims := map[string]bool{}
		for _, e := range s.Test {
			claims[e.Claim] = true
		}
		for _, e := range s.Train {
			if claims[e.Claim] {
				t.Fatalf("%s: trains on a claim that it measures", s.Name)
			}
		}
		if left := len(train) - len(s.Train); left != 6*len(claims) {
			t.Fatalf("%s: %d training examples left out for %d claims", s.Name, left, len(claims))
		}
	}
	if measured != len(test) {
		t.Fatalf("%d of %d measured", measured, len(test))
	}
}

func TestClaimCurve(t *testing.T) {
	train, test := claimed(made(classifier.Stance, 240, 0, 1), 8), claimed(made(classifier.Stance, 60, 0, 2), 8)
	options := quick
	options.By = FileKey
	points, err := ClaimCurve(context.Background(), shipped, []int{0, 1, 30}, train, test, options)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ labels, examples int }{{0, 210}, {1, 8}, {30, 240}} {
		if p := points[i]; p.Labels != want.labels || p.Examples != want.examples || p.MacroF1 == nil || p.Interval == nil || p.Unsure == nil {
			t.Errorf("%+v instead of %+v", p, want)
		}
	}
	whole := mustRun(t, Default, classifier.Stance, Given(train, test), quick)
	if last := points[2]; *last.MacroF1 != *whole.Report.MacroF1 || *points[1].MacroF1 >= *last.MacroF1 {
		t.Errorf("with every label %v, whole %v, with one %v", *last.MacroF1, *whole.Report.MacroF1, *points[1].MacroF1)
	}
	if _, err := ClaimCurve(context.Background(), shipped, []int{1}, train[:1], test, quick); err == nil {
		t.Error("one example taught three answers")
	}
}
