package models_test

import (
	"math"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/seeds"
)

// most is what the embedded starter may weigh, in bytes.
const most = 6 << 20

var starter = registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}

func open(t *testing.T) *classifier.Model {
	t.Helper()
	model, _, err := registry.Open(starter)
	if err != nil {
		t.Fatal(err)
	}
	return model
}

func TestTheStarterVerifies(t *testing.T) {
	if err := registry.Verify(starter); err != nil {
		t.Error(err)
	}
	if size := len(models.Manifest) + len(models.Counts) + len(models.Weights); size > most {
		t.Errorf("the starter has %d bytes, more than %d", size, most)
	}
}

func TestTheStarterHasEveryAxis(t *testing.T) {
	model := open(t)
	for _, axis := range classifier.Axes {
		if !model.Has(axis) {
			t.Errorf("no %s", axis)
		}
		for i, answer := range axis.Answers() {
			if model.Examples(axis)[i] < 50 {
				t.Errorf("%s: only %v examples of %s", axis, model.Examples(axis)[i], answer)
			}
		}
	}
}

func TestTheStarterKnowsTheClaimsOfTheSeeds(t *testing.T) {
	model := open(t)
	comments, err := seeds.Training()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][3]float64{}
	for _, c := range comments {
		if c.Stance == "" {
			continue
		}
		id := classifier.ClaimID(c.Claim)
		labels := want[id]
		labels[classifier.Stance.AnswerIndex(c.Stance)]++
		want[id] = labels
	}
	for id, labels := range want {
		if claim, ok := model.Claim(id); !ok || claim.Labels != labels {
			t.Errorf("claim %s %q has labels %v, the seeds %v: run make starter", id, claim.Sentence, claim.Labels, labels)
		}
	}
}

func TestTheStarterAnswersSanely(t *testing.T) {
	model := open(t)
	for _, c := range []struct {
		text string
		axis classifier.Axis
		want string
	}{
		{"You are an idiot and everyone knows it.", classifier.Hostile, classifier.Yes},
		{"What a pathetic bunch of liars you are.", classifier.Hostile, classifier.Yes},
		{"I agree with the mayor, the bridge will help the whole town.", classifier.Hostile, classifier.No},
		{"I think the plan is bad and far too expensive.", classifier.Hostile, classifier.No},
		{"Check out my channel and subscribe please!!", classifier.Spam, classifier.Yes},
		{"Order cheap watches online today at http://www.watches.example", classifier.Spam, classifier.Yes},
		{"Thank you for a thoughtful article about the harbour.", classifier.Spam, classifier.No},
		{"My daughter waits for that bus every morning in the rain.", classifier.Spam, classifier.No},
	} {
		prediction := model.Classify(classifier.Example{Text: c.text})
		if got := prediction.On(c.axis); got.Answer != c.want {
			t.Errorf("%q: %s is %s (%.3f), want %s", c.text, c.axis, got.Answer, got.Probabilities, c.want)
		}
	}
}

// The axes are independent: a harsh opinion is not hostile, a link is not spam, and both sides of a claim are.
func TestTheStarterLeansTheRightWay(t *testing.T) {
	model := open(t)
	more := func(axis classifier.Axis, answer, claim, text, than string) {
		t.Helper()
		a, b := model.Classify(classifier.Example{Text: text, Claim: claim}), model.Classify(classifier.Example{Text: than, Claim: claim})
		if pa, pb := a.On(axis).Probability(axis, answer), b.On(axis).Probability(axis, answer); pa <= pb {
			t.Errorf("%s %s: %q has %.3f, %q %.3f", axis, answer, text, pa, than, pb)
		}
	}
	more(classifier.Hostile, classifier.Yes, "", "Only a moron could write this plan", "Only an engineer could write this plan")
	more(classifier.Spam, classifier.Yes, "", "Earn money from home, click http://a.example", "The council's own count is here: http://a.example")
	more(classifier.Stance, classifier.Favor, "Shops should stay closed on Sundays", "Leave us the one quiet day, families need it", "Open the shops, I am an adult and I work all week")
	more(classifier.Stance, classifier.Against, "The country should build new nuclear power plants", "Far too expensive, and where does the waste go", "Pour the concrete, we need power without gas")
}

func TestTheStarterIsUnsureOfAClaimItNeverSaw(t *testing.T) {
	prediction := open(t).Classify(classifier.Example{Text: "Zwql xkrv bntf", Claim: "Cats should wear bells"})
	for _, axis := range classifier.Axes {
		opinion := prediction.On(axis)
		sum := 0.0
		for _, p := range opinion.Probabilities {
			sum += p
		}
		if opinion.Answer != classifier.Unsure || opinion.Known != 0 || math.Abs(sum-1) > 1e-9 {
			t.Errorf("%s of unknown words is %+v", axis, opinion)
		}
	}
	prediction = open(t).Classify(classifier.Example{Text: "I think so too", Claim: "Cats should wear bells"})
	if prediction.Stance.Answer != classifier.Unsure {
		t.Errorf("stance on a claim without labels is %+v", prediction.Stance)
	}
}
