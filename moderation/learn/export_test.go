package learn

import (
	"context"

	"commentdesk/classifier"
)

// What the tests of package learn_test, which need a real store, see of the inside.
var (
	InEnglish       = inEnglish
	DuplicateGroups = duplicateGroups
)

const (
	OwnFrom     = ownFrom
	Folds       = folds
	RescoreSize = rescoreBatch
)

// SiteWeights are the weights that cross-validation chooses from.
func SiteWeights() []float64 { return siteWeights }

// FitToSite is fitToSite for examples that each form a group.
func FitToSite(ctx context.Context, starter *classifier.Counts, shipped classifier.Parameters, examples []classifier.Example) (classifier.Parameters, error) {
	r := recipe{parameters: shipped}
	for _, e := range examples {
		r.examples = append(r.examples, siteExample{Example: e})
	}
	return fitToSite(ctx, r, starter, func(string, int) {})
}

// CompareSite compares two sets of parameters on the examples, trained on the same starter and the same examples.
func CompareSite(ctx context.Context, starter *classifier.Counts, champion, candidate classifier.Parameters, examples []classifier.Example) ([]AxisReport, error) {
	var site []siteExample
	for _, e := range examples {
		site = append(site, siteExample{Example: e})
	}
	reports, _, err := compare(ctx, starter, recipe{champion, site}, recipe{candidate, site}, func(string, int) {})
	return reports, err
}
