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
			"Nobody wants to hear from a zorbler like you",
			"I have met smarter bricks than that zorbler from last week",
			"Stay at home and be quiet, you zorbler",
			"Go away, every zorbler in town has an opinion",
			"This zorbler cannot count to ten",
			"Another zorbler explains the world to us",
		}, probe: "Read the article again, you zorbler"}},
		same: probe{"We read about the new school in the paper today", classifier.No},
	},
	{
		name: "spam", axis: classifier.Spam,
		series: []series{{word: "vitaglow", answer: classifier.Yes, taught: []string{
			"My skin is so soft since I take vitaglow capsules every morning",
			"Ask me for vitaglow capsules, half price until the end of the month",
			"vitaglow capsules took ten years off my face, message me",
			"Have you heard of vitaglow? Only here, capsules for the whole family",
			"People lose weight with vitaglow capsules while they sleep, order today",
			"One week on vitaglow and my knees were fine, write to the vitaglow team",
			"Dear friends, vitaglow capsules are back in stock",
			"The best thing of this year is vitaglow, order two and get one more",
			"Still tired? vitaglow. Still slow? vitaglow. Order the capsules.",
			"Doctors hate it: vitaglow capsules, now with ginger",
		}, probe: "So happy with vitaglow capsules, order them soon"}},
		same: probe{"We read about the new school in the paper today", classifier.No},
	},
	{
		name: "stance on a new claim", axis: classifier.Stance, claim: "The tram should run to the lake",
		series: []series{
			{word: "lakeliner", answer: classifier.Favor, taught: []string{
				"My kids will take the lakeliner every week",
				"With the lakeliner we could see the water again",
				"One more year to the lakeliner, and then I sell the car",
				"The lakeliner is what our street was promised in my old days",
				"Go on and make the lakeliner, council",
				"A lakeliner for all the people in the town",
				"We have a bus that is always late; the lakeliner would not be",
				"They say lakeliner and I say now",
				"What could be new about a lakeliner? It was here before the flood, and it will be back",
				"Today I read about the lakeliner and ran to the window like a child",
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
	k := d.teach(t, l, taught, probes)
	for i, s := range l.series {
		opinion := d.comment(probes[i]).Prediction
		p := opinion.On(l.axis)
		t.Logf("%s: %q has %s; every probe had its answer after k = %d labels a word (0: never); after %d its probabilities are %.3v", l.name, s.probe, p.Answer,
			k, mostLabels, p.Probabilities)
		if p.Answer != s.answer {
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

// retrainAfter are the rounds after which teach retrains.
var retrainAfter = map[int]bool{2: true, 5: true, 7: true, mostLabels: true}

// teach labels a comment of each series and retrains until every probe has its answer: after k rounds. The rest is then labelled at once. k
// is 0 where some probe never has its answer.
func (d *desk) teach(t *testing.T, l lesson, taught [][]int64, probes []int64) (k int) {
	t.Helper()
	for round := range mostLabels {
		for i, s := range l.series {
			d.label(taught[i][round], l.axis, s.answer)
		}
		if !retrainAfter[round+1] || k > 0 && round < mostLabels-1 {
			continue
		}
		if report := d.retrain(); !report.Promoted {
			t.Fatalf("after %d labels held: %s", round+1, report.Reason)
		}
		learned := true
		for i, s := range l.series {
			prediction := d.comment(probes[i]).Prediction
			learned = learned && prediction.On(l.axis).Answer == s.answer
		}
		if learned && k == 0 {
			k = round + 1
		}
	}
	return k
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
