package classifier

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"commentdesk/classifier/feature"
)

func TestThresholdsCheck(t *testing.T) {
	for _, test := range []struct {
		name string
		axis Axis
		of   Thresholds
		fine bool
	}{
		{"as shipped", Hostile, Thresholds{0.1, 0.5, 0.3}, true},
		{"the widest", Spam, Thresholds{0, 1, 0}, true},
		{"stance", Stance, Thresholds{0, 0.4, 0.15}, true},
		{"no above yes", Hostile, Thresholds{0.6, 0.5, 0.3}, false},
		{"no at yes", Hostile, Thresholds{0.5, 0.5, 0.3}, false},
		{"below 0", Spam, Thresholds{-0.1, 0.5, 0.3}, false},
		{"above 1", Spam, Thresholds{0.1, 1.1, 0.3}, false},
		{"coverage above 1", Spam, Thresholds{0.1, 0.5, 1.01}, false},
		{"no number", Spam, Thresholds{0.1, math.NaN(), 0.3}, false},
		{"no coverage", Spam, Thresholds{0.1, 0.5, math.NaN()}, false},
		{"a no of stance", Stance, Thresholds{0.1, 0.5, 0.3}, false},
		{"stance from 0", Stance, Thresholds{0, 0, 0.3}, false},
	} {
		if err := test.of.Check(test.axis); (err == nil) != test.fine {
			t.Errorf("%s: error %v", test.name, err)
		}
	}
}

// Whatever a person sets, and however often, handing back gives the fitted parameters, and a retraining keeps what stands.
func TestByHandAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := Shipped()
		p := before
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			chosen := Thresholds{Low: rapid.Float64Range(0, 0.5).Draw(t, "low"), High: rapid.Float64Range(0.51, 1).Draw(t, "high"), MinCoverage: rapid.Float64Range(0, 1).Draw(t, "coverage")}
			if err := p.Axes[1].SetByHand(Hostile, chosen); err != nil {
				t.Fatal(err)
			}
			refitted := Shipped()
			refitted.Axes[1].High, refitted.Axes[1].Slope = 0.45, 2
			if err := refitted.KeepByHand(p); err != nil {
				t.Fatal(err)
			}
			if kept := refitted.Axes[1]; kept.Thresholds() != chosen || kept.Fitted.High != 0.45 || kept.Slope != 2 || refitted.Axes[2].ByHand() {
				t.Fatalf("retraining made %+v of %+v", kept, chosen)
			}
		}
		p.Axes[1].LetFit()
		if p != before {
			t.Fatalf("handed back they are %+v", p.Axes[1])
		}
	})
}

// A model that answers by other thresholds is the one that building with them gives: id, weights, probabilities; and back again.
func TestAnsweringBy(t *testing.T) {
	model, counts, err := Train(feature.Current, synthetic(300, 7), Shipped())
	if err != nil {
		t.Fatal(err)
	}
	other := model.Parameters()
	if err := other.Axes[1].SetByHand(Hostile, Thresholds{0, 1, 0}); err != nil {
		t.Fatal(err)
	}
	other.Axes[1].Slope = 9 // no threshold: left out
	changed, err := model.AnsweringBy(other, counts)
	if err != nil {
		t.Fatal(err)
	}
	built, err := Build(counts.Clone(), changed.Parameters())
	if err != nil {
		t.Fatal(err)
	}
	if changed.ID() != built.ID() || changed.ID() == model.ID() || changed.Parameters().Axes[1].Slope != model.Parameters().Axes[1].Slope {
		t.Errorf("ids %s, built %s, before %s", changed.ID(), built.ID(), model.ID())
	}
	if err := CompareWeights(changed, model, 0); err != nil {
		t.Error(err)
	}
	unsure := 0
	for _, e := range synthetic(100, 9) {
		before, after := model.Classify(e), changed.Classify(e)
		if before.Hostile.Probabilities != after.Hostile.Probabilities {
			t.Fatal("a probability changed")
		}
		if diff := cmp.Diff(before.Spam, after.Spam); diff != "" {
			t.Fatal(diff)
		}
		parameters := changed.Parameters().Axes[1]
		if want := parameters.Answer(Hostile, &after.Hostile); after.Hostile.Answer != want {
			t.Errorf("the answer is %q, by the parameters alone %q", after.Hostile.Answer, want)
		}
		if after.Hostile.Answer == Unsure && before.Hostile.Answer != Unsure {
			unsure++
		}
	}
	if unsure == 0 {
		t.Error("thresholds that only certainty reaches left nothing unsure")
	}
	back := changed.Parameters()
	back.Axes[1].LetFit()
	again, err := changed.AnsweringBy(back, counts)
	if err != nil || again.ID() != model.ID() {
		t.Errorf("handed back the id is %s, not %s; error %v", again.ID(), model.ID(), err)
	}
}
