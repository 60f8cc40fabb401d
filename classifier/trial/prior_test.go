package trial

import (
	"context"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"commentdesk/classifier"
)

func TestMix(t *testing.T) {
	examples := append(made(classifier.Spam, 3, 0, 1), made(classifier.Hostile, 4, 0, 1)...)
	if mix := Mix(classifier.Spam, examples); mix != 2./3 {
		t.Errorf("mix %v", mix)
	}
	if mix := Mix(classifier.Stance, examples); mix != 0 {
		t.Errorf("mix of no labels %v", mix)
	}
}

func odds(p [3]float64) float64 { return p[0] / p[1] }

func TestShiftedByHand(t *testing.T) {
	answer := shifted(func(classifier.Example) ([3]float64, bool) { return [3]float64{.8, .2}, true }, .5, .1)
	probabilities, sure := answer(classifier.Example{})
	if want := (.8 * .1 / .5) / (.8*.1/.5 + .2*.9/.5); math.Abs(probabilities[0]-want) > 1e-12 || math.Abs(probabilities[0]+probabilities[1]-1) > 1e-12 || !sure {
		t.Errorf("%v instead of %v, sure %v", probabilities, want, sure)
	}
}

// Every recipe's log-odds move by logit(P) − logit(its prior): that of the parameters for a model, the training mix for one that makes none.
func TestExpectingShiftsTheLogOdds(t *testing.T) {
	train := append(made(classifier.Spam, 80, 0, 1), made(classifier.Spam, 1, 0, 7)...)
	for _, r := range Recipes() {
		trained, err := r.Train(classifier.Spam, train)
		if err != nil {
			t.Fatal(err)
		}
		prior := Mix(classifier.Spam, train)
		if trained.Model != nil {
			prior = trained.Model.Parameters().Axes[classifier.Spam.Index()].Prior
		}
		for _, to := range []float64{.003, .2, .9} {
			expecting, err := Options{Prior: to}.expecting(trained, classifier.Spam, train)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range made(classifier.Spam, 20, 0, 2) {
				before, _ := trained.answer(e.Example)
				after, _ := expecting(e.Example)
				if moved, want := odds(after)/odds(before), to/(1-to)*(1-prior)/prior; math.Abs(moved/want-1) > 1e-6 {
					t.Fatalf("%s: odds times %v, not %v", r.Name, moved, want)
				}
			}
		}
	}
}

// A model that expects more yes abstains as it would: where its probability lies between its thresholds.
func TestExpectingAbstainsAnew(t *testing.T) {
	description := mustModel(t).Describe()
	parameters := &description.Parameters.Axes[classifier.Spam.Index()]
	parameters.Low, parameters.High = .001, .999
	model, err := classifier.Restore(description, mustModel(t).Weights())
	if err != nil {
		t.Fatal(err)
	}
	trained := &Trained{Model: model, answer: modelAnswer(model, classifier.Spam)}
	differ := 0
	for _, prior := range []float64{.001, .2, .5, .95} {
		expecting, err := Options{Prior: prior}.expecting(trained, classifier.Spam, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range made(classifier.Spam, 60, 0, 2) {
			before, sureBefore := trained.answer(e.Example)
			after, sure := expecting(e.Example)
			if between := after[0] > parameters.Low && after[0] < parameters.High; sure && between {
				t.Fatalf("prior %v: sure at %v", prior, after[0])
			}
			if sure != sureBefore {
				differ++
			}
			if before == after {
				t.Fatalf("prior %v changed nothing", prior)
			}
		}
	}
	if differ == 0 {
		t.Error("no prior changed where the model abstains")
	}
}

func TestRunUnderAPrior(t *testing.T) {
	splits := Given(made(classifier.Spam, 60, 0, 1), made(classifier.Spam, 40, 0, 2))
	own := quick
	own.Prior = classifier.Shipped().Axes[classifier.Spam.Index()].Prior
	as := mustRun(t, Default, classifier.Spam, splits, quick)
	under := mustRun(t, Default, classifier.Spam, splits, own)
	if diff := cmp.Diff(as.Rows, under.Rows, cmpopts.EquateApprox(0, 1e-9)); diff != "" {
		t.Errorf("the model's own prior changed its answers:\n%s", diff)
	}
	if *under.Report.Prior != own.Prior || *under.Report.AUC != *as.Report.AUC || *under.Report.Brier == *as.Report.Brier {
		t.Errorf("prior %v, AUC %v and %v, Brier %v and %v", *under.Report.Prior, *under.Report.AUC, *as.Report.AUC, *under.Report.Brier, *as.Report.Brier)
	}
	mix := quick
	mix.Prior = .5
	for _, name := range []string{Default, "plain"} {
		if a, b := mustRun(t, name, classifier.Spam, splits, quick), mustRun(t, name, classifier.Spam, splits, mix); *a.Report.AUC != *b.Report.AUC {
			t.Errorf("%s: a prior changed AUC from %v to %v", name, *a.Report.AUC, *b.Report.AUC)
		}
	}
	for _, prior := range []float64{-1, 1, 2} {
		if _, err := Run(context.Background(), plain, classifier.Spam, splits, Options{Prior: prior}); err == nil {
			t.Errorf("prior %v is no error", prior)
		}
	}
	stance := mustRun(t, Default, classifier.Stance, Given(made(classifier.Stance, 60, 0, 1), made(classifier.Stance, 30, 0, 2)), mix)
	if stance.Report.Prior != nil {
		t.Error("stance was measured under a prior of yes")
	}
}
