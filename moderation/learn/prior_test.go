package learn_test

import (
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation/learn"
)

// arrive submits n comments of which one in every is an insult, and returns their numbers.
func (d *desk) arrive(n, every int) []int64 {
	texts := make([]string, n)
	for i := range texts {
		word := courtesy[i%len(courtesy)]
		if i%every == 0 {
			word = insults[i/every%len(insults)]
		}
		texts[i] = phrase(9000+i, word, word)
	}
	return d.submit("", texts...)
}

// labelFirst labels the first comments as what they are.
func (d *desk) labelFirst(ids []int64, every int) {
	for i, id := range ids[:6] {
		d.label(id, classifier.Hostile, yesNo(i%every == 0))
	}
}

func TestPriorComesFromArrivals(t *testing.T) {
	d := newDesk(t)
	shipped := manifestOf(t, starter(t)).Parameters
	ids := d.arrive(1500, 4)
	d.labelFirst(ids, 4)
	report := d.retrain()
	if !report.Promoted || len(report.Priors) != 2 {
		t.Fatalf("the report is %+v", report)
	}
	made := d.champion.Model().Parameters()
	for i, p := range report.Priors {
		axis := classifier.Axes[i+1]
		if p.Axis != axis || p.Arrivals != 1500 || p.Shipped != shipped.Axes[i+1].Prior || p.Prior != made.Axes[i+1].Prior {
			t.Errorf("%s: %+v, the model expects %v", axis, p, made.Axes[i+1].Prior)
		}
	}
	if hostile, spam := report.Priors[0].Prior, report.Priors[1].Prior; hostile < .1 || hostile > .25 || spam > .06 {
		t.Errorf("one in four is an insult, none an offer: the priors are %v and %v", hostile, spam)
	}
	files, err := d.store.ModelFiles(t.Context(), report.Candidate)
	if err != nil {
		t.Fatal(err)
	}
	if got := manifestOf(t, files).Origin.Arrivals; got != [3]int64{0, 1500, 1500} {
		t.Errorf("the origin names %v arrivals", got)
	}
	if err := d.learner.Verify(t.Context(), report.Candidate); err != nil {
		t.Error(err)
	}

	again := newDesk(t)
	again.labelFirst(again.arrive(1500, 4), 4)
	if second := again.retrain(); second.Candidate != report.Candidate {
		t.Errorf("the same arrivals in another store made %s, not %s", second.Candidate, report.Candidate)
	}
}

// What waits was answered anew by a model with another prior; what that says of the arrivals is what was said before.
func TestPriorIsNotCountedTwice(t *testing.T) {
	d := newDesk(t)
	ids := d.arrive(1200, 5)
	d.labelFirst(ids, 5)
	first := d.retrain()
	d.label(ids[6], classifier.Hostile, classifier.No)
	second := d.retrain()
	if len(first.Priors) != 2 || len(second.Priors) != 2 {
		t.Fatalf("priors %+v, then %+v", first.Priors, second.Priors)
	}
	if before, after := first.Priors[0].Prior, second.Priors[0].Prior; after < before-.02 || after > before+.02 {
		t.Errorf("the prior went from %v to %v", before, after)
	}
}

func TestFewArrivalsLeaveThePrior(t *testing.T) {
	d := newDesk(t)
	d.labelFirst(d.arrive(classifier.LeastArrivals-1, 4), 4)
	report := d.retrain()
	if made, shipped := d.champion.Model().Parameters(), manifestOf(t, starter(t)).Parameters; len(report.Priors) != 0 || made.Axes[1].Prior != shipped.Axes[1].Prior {
		t.Errorf("priors %+v, the model expects %v", report.Priors, made.Axes[1].Prior)
	}
}

// A prior by itself makes no candidate better or worse.
func TestComparisonLeavesPriorsOut(t *testing.T) {
	counts, parameters := starterCounts(t)
	higher := parameters
	higher.Axes[1].Prior = .3
	axes, err := learn.CompareSite(t.Context(), counts, parameters, higher, siteLabels(classifier.Hostile, 100))
	if err != nil || len(axes) != 1 || axes[0].Difference != 0 {
		t.Errorf("%+v, error %v", axes, err)
	}
}

func starterCounts(t *testing.T) (*classifier.Counts, classifier.Parameters) {
	t.Helper()
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	return counts, manifest.Parameters
}
