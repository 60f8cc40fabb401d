package learn_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation/learn"
)

// siteLabels are n labels on one axis in a newsroom whose insults and offers are its own: words say only in three of four cases what the label is.
func siteLabels(axis classifier.Axis, n int) []classifier.Example {
	random := rand.New(rand.NewPCG(uint64(n), 5))
	local := map[string][]string{
		classifier.Yes: {"zorbler", "mizzet", "quandle"}, classifier.No: {"harbour", "garden", "teacher"},
		classifier.Favor: {"lakeliner"}, classifier.Against: {"tramdoggle"}, classifier.None: {"parking"},
	}
	examples := make([]classifier.Example, n)
	for i := range examples {
		answers := axis.Answers()
		label := answers[random.IntN(len(answers))]
		said := label
		if random.IntN(4) == 0 {
			said = answers[random.IntN(len(answers))]
		}
		words := local[said]
		examples[i] = classifier.Example{Text: phrase(i, words[random.IntN(len(words))]), Claim: "Trams are good", Labels: map[classifier.Axis]string{axis: label}}
	}
	return examples
}

func TestFitToSite(t *testing.T) {
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	shipped := manifest.Parameters
	fit := func(examples []classifier.Example) classifier.Parameters {
		t.Helper()
		parameters, err := learn.FitToSite(t.Context(), counts, shipped, examples)
		if err != nil {
			t.Fatal(err)
		}
		return parameters
	}
	oneSided := siteLabels(classifier.Hostile, learn.OwnFrom)
	for i := range oneSided {
		oneSided[i].Labels = map[classifier.Axis]string{classifier.Hostile: classifier.Yes}
	}
	for name, examples := range map[string][]classifier.Example{
		"one label short":                  siteLabels(classifier.Hostile, learn.OwnFrom-1),
		"one label short on each of two":   append(siteLabels(classifier.Hostile, learn.OwnFrom-1), siteLabels(classifier.Spam, learn.OwnFrom-1)...),
		"enough, but all of them the same": oneSided,
	} {
		if diff := cmp.Diff(shipped, fit(examples)); diff != "" {
			t.Errorf("%s: shipped parameters are left (-shipped +fitted): %s", name, diff)
		}
	}
	for _, axis := range classifier.Axes {
		t.Run(string(axis), func(t *testing.T) {
			examples := append(siteLabels(axis, learn.OwnFrom), siteLabels(classifier.Axes[(axis.Index()+1)%3], 20)...)
			fitted := fit(examples)
			if !slices.Contains(learn.SiteWeights(), fitted.SiteWeight) {
				t.Errorf("site weight %v is not one of %v", fitted.SiteWeight, learn.SiteWeights())
			}
			t.Logf("site weight %v, slope %.3f → %.3f, bias %.3f → %.3f", fitted.SiteWeight, shipped.Axes[axis.Index()].Slope, fitted.Axes[axis.Index()].Slope,
				shipped.Axes[axis.Index()].Bias, fitted.Axes[axis.Index()].Bias)
			want := shipped
			want.SiteWeight = fitted.SiteWeight
			if own := &fitted.Axes[axis.Index()]; own.Slope == shipped.Axes[axis.Index()].Slope || own.Bias == shipped.Axes[axis.Index()].Bias {
				t.Errorf("slope %v, bias %v are the shipped ones", own.Slope, own.Bias)
			}
			before, after := shipped.Axes[axis.Index()], fitted.Axes[axis.Index()]
			if before.LetterSlope <= 0 || math.Abs(after.LetterSlope/before.LetterSlope-after.Slope/before.Slope) > 1e-12 {
				t.Errorf("the slope of letters went from %v to %v, that of words from %v to %v; want the same share", before.LetterSlope, after.LetterSlope, before.Slope, after.Slope)
			}
			own := &want.Axes[axis.Index()]
			own.Slope, own.LetterSlope, own.Bias = after.Slope, after.LetterSlope, after.Bias
			own.Low, own.High, own.MinCoverage = after.Low, after.High, after.MinCoverage
			if diff := cmp.Diff(want, fitted); diff != "" {
				t.Errorf("more than site weight, slopes, bias, thresholds and least coverage changed: %s", diff)
			}
			if axis == classifier.Spam && after.High != before.High {
				t.Errorf("yes from %v: so few labels tell nothing of one in 1,000", after.High)
			}
			if diff := cmp.Diff(fitted, fit(examples)); diff != "" {
				t.Errorf("the same labels fit otherwise: %s", diff)
			}
		})
	}
}

// With labels enough the thresholds are the site's own: where words say little, few comments are sure enough to be called hostile.
func TestFitToSiteFitsThresholds(t *testing.T) {
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	shipped := manifest.Parameters
	shipped.Axes[1].Low, shipped.Axes[1].High, shipped.Axes[1].MinCoverage = .123, .456, .789 // no fit gives these
	fitted, err := learn.FitToSite(t.Context(), counts, shipped, siteLabels(classifier.Hostile, 800))
	if err != nil {
		t.Fatal(err)
	}
	own := fitted.Axes[1]
	if own.Low == .123 || own.High == .456 || own.MinCoverage == .789 || own.Low > own.High {
		t.Errorf("no up to %v, yes from %v, least coverage %v", own.Low, own.High, own.MinCoverage)
	}
	if diff := cmp.Diff(shipped.Axes[2], fitted.Axes[2]); diff != "" {
		t.Errorf("spam has no labels: %s", diff)
	}
}

// The shipped slope of the small starter is far too sure of the site's words, whose labels contradict each other; fitted, the held-out loss falls.
func TestFittedParametersAreBetterHeldOut(t *testing.T) {
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	examples := siteLabels(classifier.Hostile, 2*learn.OwnFrom)
	fitted, err := learn.FitToSite(t.Context(), counts, manifest.Parameters, examples)
	if err != nil {
		t.Fatal(err)
	}
	axes, err := learn.CompareSite(t.Context(), counts, manifest.Parameters, fitted, examples)
	if err != nil || axes[0].High >= 0 {
		t.Errorf("%+v, error %v", axes, err)
	}
}

func TestFitToSiteStopsWhenCancelled(t *testing.T) {
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := learn.FitToSite(ctx, counts, manifest.Parameters, siteLabels(classifier.Spam, learn.OwnFrom)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
