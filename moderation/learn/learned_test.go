package learn_test

import (
	"path/filepath"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
)

// lesson teaches words that the starter does not know, one label a word and round, until the probes get the answers that the labels gave.
type lesson struct {
	name   string
	axis   classifier.Axis
	claim  string
	series []series
	same   probe // shares no taught word: its answer stays
}

// series is one word with the answer its comments are given.
type series struct {
	word, answer string
	taught       []string
	probe        string // other wording, never labelled
}

type probe struct{ text, answer string }

// mostLabels is how many consistent labels a word may need.
const mostLabels = 10

var lessons = []lesson{
	{
		name: "hostile", axis: classifier.Hostile,
		series: []series{{word: "zorbler", answer: classifier.Yes, taught: []string{
			"You zorbler never listen to anyone on our street",
			"What a zorbler to have running this paper",
			"Only a zorbler would write a thing like this one",
			"The man at the bus stop is a zorbler, and so is his brother",
			"Typical zorbler logic from the people here",
			"I have met smarter bricks than that zorbler from last week",
			"Stay at home and be quiet, zorbler",
			"Go away zorbler nobody asked for your opinion",
			"This zorbler cannot count to ten",
			"Another zorbler explains the world to us",
		}, probe: "Read it again, you zorbler"}},
		same: probe{"We read about the new school in the paper today", classifier.No},
	},
	{
		name: "spam", axis: classifier.Spam,
		series: []series{{word: "vitaglow", answer: classifier.Yes, taught: []string{
			"My skin is so new since I take vitaglow every week",
			"Ask at your house for vitaglow, you will see it in a year",
			"vitaglow made my old water taste like spring",
			"Have you read about vitaglow? They will send one to your street",
			"All the people here take vitaglow now, and so could you",
			"One week with vitaglow and I went to the bus like a child",
			"We made vitaglow for you and your old dog",
			"The best thing of this year is vitaglow, say the people in our town",
			"Still tired? vitaglow. Still slow? vitaglow.",
			"I was old, then vitaglow was there",
		}, probe: "There is vitaglow for you in our house"}},
		same: probe{"We read about the new school in the paper today", classifier.No},
	},
	{
		name: "stance on a new claim", axis: classifier.Stance, claim: "The tram should run to the lake",
		series: []series{
			{word: "lakeliner", answer: classifier.Favor, taught: []string{
				"My kids will take the lakeliner every week",
				"With the lakeliner we could see the water again",
				"One more year to the lakeliner, and then I sell the car",
				"The lakeliner is what our street was going to have in my old days",
				"Go on and make the lakeliner, council",
				"A lakeliner for all the people in the town",
				"We have a bus that is always late; the lakeliner would not be",
				"They say lakeliner and I say now",
				"What could be new about a lakeliner? It was here in the year of the flood, and it will be back",
				"Today I read about the lakeliner and went to the window like a child",
			}, probe: "I would take that lakeliner to school"},
			{word: "tramdoggle", answer: classifier.Against, taught: []string{
				"Who will pay for this tramdoggle, you and I",
				"Every year some new tramdoggle from the council",
				"The tramdoggle is about the hotel and not about us",
				"My house shakes as it is, and then comes a tramdoggle",
				"They made a tramdoggle of the school roof, and this is one again",
				"So much for the trees on our street, cut for a tramdoggle",
				"I think of the old people who would have to cross the tramdoggle",
				"From the first day it was a tramdoggle, and you could read it here",
				"A bus does what the tramdoggle will do",
				"See how they went from two to nine with that tramdoggle",
			}, probe: "What a tramdoggle to have in this town"},
		},
	},
}

func TestLearnedMeansLearned(t *testing.T) {
	for name, files := range map[string]registry.Files{"small starter": starter(t), "shipped starter": shippedStarter} {
		for _, l := range lessons {
			t.Run(name+"/"+l.name, func(t *testing.T) {
				if testing.Short() && name == "shipped starter" {
					t.Skip("-short: retraining on the shipped starter takes seconds")
				}
				l.run(t, files)
			})
		}
	}
}

func (l lesson) run(t *testing.T, files registry.Files) {
	d := openDesk(t, filepath.Join(t.TempDir(), "desk.db"), files)
	old := d.champion.Model()
	probes := make([]int64, len(l.series))
	taught := make([][]int64, len(l.series))
	for i, s := range l.series {
		if alone := old.Classify(classifier.Example{Text: s.word, Claim: l.claim}); alone.On(l.axis).Known != 0 {
			t.Fatalf("the starter knows %q: it proves nothing", s.word)
		}
		probes[i] = d.submit(l.claim, s.probe)[0]
		taught[i] = d.submit(l.claim, s.taught...)
		if before := d.comment(probes[i]).Prediction; before.On(l.axis).Answer == s.answer || before.Model != old.ID() {
			t.Fatalf("before any label %q has %+v by %s", s.probe, before.On(l.axis), before.Model)
		}
	}
	var same int64
	if l.same.text != "" {
		same = d.submit(l.claim, l.same.text)[0]
	}
	needed := make([]int, len(l.series))
	for k := 1; k <= mostLabels; k++ {
		for i, s := range l.series {
			d.label(taught[i][k-1], l.axis, s.answer)
		}
		if report := d.retrain(); report.Candidate != old.ID() && !report.Promoted {
			t.Fatalf("after %d labels held: %s", k, report.Reason)
		}
		for i, s := range l.series {
			opinion := d.comment(probes[i]).Prediction
			if needed[i] == 0 && opinion.On(l.axis).Answer == s.answer {
				needed[i] = k
			}
		}
	}
	for i, s := range l.series {
		opinion := d.comment(probes[i]).Prediction
		p := opinion.On(l.axis)
		t.Logf("%s: %q gets %s for %q after k = %d labels; after %d its probabilities are %.3v", l.name, s.probe, s.answer, s.word, needed[i], mostLabels, p.Probabilities)
		if needed[i] == 0 || p.Answer != s.answer {
			t.Errorf("%q was labelled %s %d times; %q has %s", s.word, s.answer, mostLabels, s.probe, p.Answer)
		}
		d.wantEvidence(t, l, s, probes[i])
	}
	if same != 0 {
		prediction := d.comment(same).Prediction
		if got := prediction.On(l.axis); got.Answer != l.same.answer {
			t.Errorf("%q shares no taught word and has %+v, want %s", l.same.text, got, l.same.answer)
		}
	}
}

// wantEvidence checks that the stored prediction names the new champion and that the page would show the word for its answer.
func (d *desk) wantEvidence(t *testing.T, l lesson, s series, id int64) {
	t.Helper()
	review, err := d.service.Review(t.Context(), id, "anna")
	if err != nil {
		t.Fatal(err)
	}
	if review.Prediction.Model != d.championID() || review.Explanation.Prediction.Model != d.championID() {
		t.Errorf("%q is answered by %s and explained by %s; the champion is %s", s.probe, review.Prediction.Model, review.Explanation.Prediction.Model, d.championID())
	}
	if review.State.Revision != 1 {
		t.Errorf("being answered anew made revision %d", review.State.Revision)
	}
	for _, evidence := range review.Explanation.Evidence {
		if evidence.Axis != l.axis || evidence.Answer != s.answer {
			continue
		}
		for _, row := range evidence.Rows {
			if row.Text == s.word && row.Share > 0 {
				t.Logf("evidence: %q brings %+.2f of %+.2f nats for %s", row.Text, row.Share, evidence.LogOdds, s.answer)
				return
			}
		}
		t.Errorf("the evidence for %s does not have %q above 0: %+v", s.answer, s.word, evidence.Rows)
		return
	}
	t.Errorf("no evidence for %s", s.answer)
}
