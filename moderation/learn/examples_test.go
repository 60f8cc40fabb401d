package learn_test

import (
	"testing"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

// labelledText is a comment with its labels.
type labelledText struct {
	text   string
	claim  string
	labels map[classifier.Axis]string
}

func hostile(text, answer string) labelledText {
	return labelledText{text: text, labels: map[classifier.Axis]string{classifier.Hostile: answer}}
}

// trainedOn is what a new desk makes of the texts; undo takes the last action back.
func trainedOn(t *testing.T, undo bool, texts ...labelledText) learn.Report {
	t.Helper()
	d := newDesk(t)
	last := ""
	for _, l := range texts {
		last = d.act(moderation.Action{CommentID: d.submit(l.claim, l.text)[0], Labels: l.labels})
	}
	if undo {
		d.undo(last)
	}
	return d.retrain()
}

func TestWhatTrains(t *testing.T) {
	base := []labelledText{hostile(phrase(1, "zorbler"), classifier.Yes), hostile(phrase(2, "zorbler"), classifier.No)}
	model := trainedOn(t, false, base...).Candidate
	with := func(more ...labelledText) []labelledText { return append(base[:2:2], more...) }
	claimed := func(claim, answer string) labelledText {
		return labelledText{text: long, claim: claim, labels: map[classifier.Axis]string{classifier.Stance: answer}}
	}
	for _, c := range []struct {
		name   string
		texts  []labelledText
		undo   bool
		same   bool   // as base alone
		labels [3]int // an axis
	}{
		{"can't tell", with(hostile(phrase(3, "zorbler"), moderation.CantTell)), false, true, [3]int{0, 2, 0}},
		{"undone", with(hostile(phrase(3, "zorbler"), classifier.Yes)), true, true, [3]int{0, 2, 0}},
		{"the same again", with(base[0], base[0]), false, true, [3]int{0, 2, 0}},
		{"the same in capitals", with(hostile(base[0].text+" !!!", classifier.Yes)), false, true, [3]int{0, 2, 0}},
		{"the same with another answer", with(hostile(base[0].text, classifier.No)), false, false, [3]int{0, 3, 0}},
		{"the same on another axis", with(labelledText{text: base[0].text, labels: map[classifier.Axis]string{classifier.Spam: classifier.No}}), false, false, [3]int{0, 2, 1}},
		{"one text twice under a claim", with(claimed("Bees are good", classifier.Favor), claimed("Bees are  GOOD", classifier.Favor)), false, false, [3]int{1, 2, 0}},
		{"one text under two claims", with(claimed("Bees are good", classifier.Favor), claimed("Wasps are good", classifier.Favor)), false, false, [3]int{2, 2, 0}},
		{"can't tell beside an answer", with(labelledText{text: long, labels: map[classifier.Axis]string{
			classifier.Hostile: moderation.CantTell, classifier.Spam: classifier.No}}), false, false, [3]int{0, 2, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			report := trainedOn(t, c.undo, c.texts...)
			if (report.Candidate == model) != c.same {
				t.Errorf("model %s against %s, want the same: %v", report.Candidate, model, c.same)
			}
			var labels [3]int
			for _, a := range report.Axes {
				labels[a.Axis.Index()] = a.Labels
			}
			if labels != c.labels {
				t.Errorf("labels %v, want %v", labels, c.labels)
			}
		})
	}
}

func TestOnlyCantTellTeachesNothing(t *testing.T) {
	d := newDesk(t)
	d.label(d.submit("", long)[0], classifier.Hostile, moderation.CantTell)
	_, err := d.learner.Retrain(t.Context(), "anna", quiet)
	wantCode(t, err, moderation.CodeInvalid)
	if job := d.lastJob(); job.State != learn.JobFailed || job.Message != "nothing to learn from: no comment has a label yet" {
		t.Errorf("the job is %+v", job)
	}
	if len(d.models()) != 1 {
		t.Errorf("%d models", len(d.models()))
	}
}

// A label on a comment that came first shifts every place in the list of labelled comments. The champion must still be rebuilt without the very
// comments it is scored on, or it would be scored on what it has seen.
func TestTheChampionIsScoredWithoutWhatItIsScoredOn(t *testing.T) {
	d := newDesk(t)
	early := d.submit("", phrase(1000, "letter"))[0]
	var texts []string
	for n := range 60 {
		texts = append(texts, phrase(n, "zorbler"))
	}
	for n, id := range d.submit("", texts...) {
		d.label(id, classifier.Hostile, yesNo(n%2 == 0)) // no word says which
	}
	if champion := d.retrain(); !champion.Promoted {
		if err := d.learner.Promote(t.Context(), champion.Candidate, "eve", "for what it is worth"); err != nil {
			t.Fatal(err)
		}
	}
	d.label(early, classifier.Hostile, classifier.No)
	a := d.retrain().Axes[0]
	t.Logf("champion %.3f, candidate %.3f nats a label", a.ChampionLogLoss, a.CandidateLogLoss)
	// Both have the same labels but one, so held out they must be nearly as good as each other.
	if a.Difference > 0.5 || a.Difference < -0.5 {
		t.Errorf("champion %.3f, candidate %.3f nats a label: the champion has seen what it is scored on", a.ChampionLogLoss, a.CandidateLogLoss)
	}
}
