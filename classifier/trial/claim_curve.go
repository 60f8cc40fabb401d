package trial

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// ClaimCurve trains the recipe on at most n labels a claim, for each n in labels, and measures every test example. At 0 a claim is measured by a
// model that learned from the other claims alone: the claims are cut into at most MaxGroups folds. Which labels are taken is decided by a hash of
// their text, so that it is the same on every run and the labels of a smaller n are among those of a larger one.
func ClaimCurve(ctx context.Context, recipe Recipe, labels []int, train, test []Example, options Options) ([]eval.ClaimPoint, error) {
	train, test = LabelledOn(classifier.Stance, train), LabelledOn(classifier.Stance, test)
	options.By, options.Now = "", nil
	whole := Given(train, test)
	var points []eval.ClaimPoint
	for _, n := range labels {
		splits := []Split{whole[0]}
		splits[0].Train = atMost(whole[0].Train, n)
		if n == 0 {
			splits = byClaim(whole[0].Train, test)
		}
		result, err := Run(ctx, recipe, classifier.Stance, splits, options)
		if err != nil {
			return nil, fmt.Errorf("%d labels a claim: %w", n, err)
		}
		examples := 0
		for _, s := range splits {
			examples += len(s.Train)
		}
		points = append(points, eval.ClaimPoint{
			Labels: n, Examples: examples / len(splits), MacroF1: result.Report.MacroF1, Interval: result.Report.Interval.MacroF1,
			Accuracy: result.Report.Accuracy, Unsure: result.Report.Unsure,
		})
	}
	return points, nil
}

// atMost keeps n examples a claim, in the order of a hash of how they read.
func atMost(examples []Example, n int) []Example {
	type place struct {
		hash uint64
		at   int
	}
	texts := NewTexts()
	places := make([]place, len(examples))
	for i, e := range examples {
		places[i] = place{texts.identity(e.Text), i}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(examples[a.at].Text, examples[b.at].Text))
	})
	taken := map[string]int{}
	var kept []Example
	for _, p := range places {
		claim := classifier.ClaimID(examples[p.at].Claim)
		if taken[claim] < n {
			taken[claim]++
			kept = append(kept, examples[p.at])
		}
	}
	return kept
}

// byClaim measures each claim's test examples by what the other claims' training examples teach.
func byClaim(train, test []Example) []Split {
	folds, n := dealt(test, func(e Example) string { return classifier.ClaimID(e.Claim) })
	foldOf := map[string]int{}
	for i, e := range test {
		foldOf[classifier.ClaimID(e.Claim)] = folds[i]
	}
	var splits []Split
	for fold := range n {
		s := Split{Name: fmt.Sprintf("claims %d of %d", fold+1, n)}
		for i, e := range test {
			if folds[i] == fold {
				s.Test = append(s.Test, e)
			}
		}
		for _, e := range train {
			if in, ok := foldOf[classifier.ClaimID(e.Claim)]; !ok || in != fold {
				s.Train = append(s.Train, e)
			}
		}
		splits = append(splits, s)
	}
	return splits
}
