package impact_test

import (
	"math"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
)

const insult = "you are all pathetic idiots and worthless liars , nobody should listen to such scum"

func hostile(answer string) map[classifier.Axis]string {
	return map[classifier.Axis]string{classifier.Hostile: answer}
}

// TestEstimateBesideTheNextTraining compares with the model that training would build of the label, parameters as they are, on 1,000 comments. That
// model learns new words as well, which the estimate leaves out. Of hostile and spam a single example is too few for a new word; stance learns each, so
// that for it the difference is only told.
func TestEstimateBesideTheNextTraining(t *testing.T) {
	d := newDesk(t)
	claim := d.model.Describe().Claims[0].Sentence
	texts := written(1000, 7)
	texts[0] = insult
	d.arrive(claim, texts...)
	s := d.service(t, 0)
	starter, manifest, err := registry.ReadCounts(d.files)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []struct {
		id     int64
		axis   classifier.Axis
		answer string
	}{{1, classifier.Hostile, classifier.No}, {2, classifier.Hostile, classifier.Yes}, {3, classifier.Spam, classifier.Yes}, {4, classifier.Stance, classifier.Favor}} {
		e := d.estimate(t, s, label.id, map[classifier.Axis]string{label.axis: label.answer})
		site, counts := classifier.NewCounts(starter.Chain()), starter.Clone()
		site.Add(classifier.Example{Text: texts[label.id-1], Claim: claim, Labels: map[classifier.Axis]string{label.axis: label.answer}})
		counts.MergeSite(site, manifest.Parameters)
		next, err := classifier.Build(counts, manifest.Parameters)
		if err != nil {
			t.Fatal(err)
		}
		want, transitions := 0, map[[2]string]int{}
		for i, text := range texts {
			if int64(i+1) == label.id {
				continue
			}
			before, after := d.model.Classify(classifier.Example{Text: text, Claim: claim}), next.Classify(classifier.Example{Text: text, Claim: claim})
			if from, to := before.On(label.axis).Answer, after.On(label.axis).Answer; from != to {
				want++
				transitions[[2]string{from, to}]++
			}
		}
		t.Logf("%s %s: %d answers change by the estimate, %d by the next training: %v, %v", label.axis, label.answer, e.Changed(), want, e.Axes[0].Transitions, transitions)
		if label.axis != classifier.Stance && e.Changed() != want {
			t.Errorf("%s: the estimate is %d, the next training gives %d", label.axis, e.Changed(), want)
		}
	}
}

// TestFollows looks after comments arrived, were decided, came back and were edited.
func TestFollows(t *testing.T) {
	d := newDesk(t)
	d.arrive("A claim", written(30, 8)...)
	s := d.service(t, 0)
	look := func(want int, when string) {
		t.Helper()
		if e := d.estimate(t, s, 1, hostile(classifier.Yes)); e.Indexed != want-1 || e.Waiting != want-1 {
			t.Errorf("%s: %d of %d others are looked at, want %d", when, e.Indexed, e.Waiting, want-1)
		}
	}
	look(30, "at first")
	d.arrive("A claim", written(5, 9)...)
	look(35, "after five arrived")
	d.decide(4)
	d.decide(33)
	look(33, "after two were decided")
	d.note(moderation.Entry{Kind: moderation.KindUndo, CommentID: 4, Cancels: 1})
	look(34, "after an undo")
	d.texts[4].Text, d.texts[4].Version = insult, 2
	d.note(moderation.Entry{Kind: moderation.KindText, CommentID: 5, TextVersion: 2})
	look(34, "after an edit")
	read := d.readers
	look(34, "again")
	if d.readers != read+1 {
		t.Errorf("a quiet look reads %d times, want once", d.readers-read)
	}

	// Claims that move have everything read anew.
	d.note(moderation.Entry{Kind: moderation.KindTopic, Note: "a claim"})
	if e, err := s.Estimate(t.Context(), 1, nil); err != nil || e.Ready {
		t.Errorf("after a claim moved: %+v, error %v", e, err)
	}
	s.Wait()
	look(34, "read anew")
}

func TestSampleIsScaledUpAndSaid(t *testing.T) {
	d := newDesk(t)
	texts := written(2000, 10)
	for i := range texts {
		if i%2 == 0 {
			texts[i] = "what a pathetic thing to write here , " + texts[i]
		}
	}
	d.arrive("A claim", texts...)
	whole, part := d.service(t, 0), d.service(t, 500)
	all, e := d.estimate(t, whole, 1, hostile(classifier.No)), d.estimate(t, part, 1, hostile(classifier.No))
	if all.Sampled || all.Indexed != 1999 || len(all.Orders) != 2 {
		t.Errorf("of all: %+v", all)
	}
	if !e.Sampled || e.Indexed < 450 || e.Indexed > 550 || e.Waiting != 1999 || e.Orders != nil {
		t.Errorf("of a sample: sampled %v, %d of %d, orders %v", e.Sampled, e.Indexed, e.Waiting, e.Orders)
	}
	t.Logf("answers: %d, %d by a sample; moved: %d, %d by a sample", all.Changed(), e.Changed(), all.Moved, e.Moved)
	if all.Moved < 100 || math.Abs(float64(e.Moved-all.Moved)) > .2*float64(all.Moved) {
		t.Errorf("%d comments move by a sample, %d do", e.Moved, all.Moved)
	}
}

func TestLabelsThatCountForLess(t *testing.T) {
	d := newDesk(t)
	known := d.model.Describe().Claims[0].Sentence
	d.arrive(known, insult, "a plain remark about the weather in the town", insult+" !")
	d.arrive("Nobody has learned this claim", written(3, 11)...)
	s := d.service(t, 0)
	for _, test := range []struct {
		id     int64
		axis   classifier.Axis
		answer string
		want   impact.Reason
	}{
		{1, classifier.Hostile, classifier.No, impact.Counted},
		{1, classifier.Hostile, moderation.CantTell, impact.TrainsNone},
		{1, classifier.Stance, classifier.Favor, impact.Counted},
		{4, classifier.Stance, classifier.Favor, impact.UnknownClaim},
	} {
		e := d.estimate(t, s, test.id, map[classifier.Axis]string{test.axis: test.answer})
		if got := e.Axes[0].Reason; got != test.want {
			t.Errorf("comment %d, %s %s: reason %q, want %q", test.id, test.axis, test.answer, got, test.want)
		}
		if test.want == impact.TrainsNone && (e.Changed() > 0 || e.Moved > 0) {
			t.Errorf("what trains nothing changes %+v", e)
		}
	}
	if _, err := s.Estimate(t.Context(), 1, hostile("maybe")); moderation.ErrorCode(err) != moderation.CodeInvalid {
		t.Errorf("an answer that there is not: error %v", err)
	}
	if _, err := s.Estimate(t.Context(), 99, hostile(classifier.Yes)); moderation.ErrorCode(err) != moderation.CodeNotFound {
		t.Errorf("a comment that there is not: error %v", err)
	}
}

// TestLearnedLabels looks at labels that the model in use was trained with.
func TestLearnedLabels(t *testing.T) {
	d := newDesk(t)
	d.arrive("A claim", append(written(40, 12), insult, insult+" !")...)
	d.label(41, classifier.Hostile, classifier.No)
	retrain(t, d, classifier.Example{Text: insult, Labels: hostile(classifier.No)})
	s := d.service(t, 0)
	if e := d.estimate(t, s, 41, hostile(classifier.No)); e.Axes[0].Reason != impact.Learned || e.Moved != 0 {
		t.Errorf("the same label again: %+v", e)
	}
	if e := d.estimate(t, s, 42, hostile(classifier.No)); e.Axes[0].Reason != impact.Twin || e.Moved != 0 {
		t.Errorf("the label of a near-duplicate: %+v", e)
	}
	corrected := d.estimate(t, s, 41, hostile(classifier.Yes))
	if corrected.Axes[0].Was != classifier.No || corrected.Axes[0].Reason != impact.Counted || corrected.Moved == 0 {
		t.Errorf("a correction: %+v", corrected)
	}
	if gone := d.estimate(t, s, 41, hostile(moderation.CantTell)); gone.Axes[0].Was != classifier.No || gone.Axes[0].Reason != impact.Counted {
		t.Errorf("a label taken out: %+v", gone)
	}
	if d.label(41, classifier.Hostile, classifier.Yes); d.estimate(t, s, 41, hostile(classifier.Yes)).Axes[0].Was != classifier.No {
		t.Error("what the model has learned is forgotten once the label is corrected")
	}
	if told := s.Told(41, hostile(classifier.Yes)); told == nil || told.Moved != corrected.Moved {
		t.Errorf("told %+v", told)
	}
	if told := s.Told(41, hostile(classifier.No)); told == nil || s.Told(40, hostile(classifier.No)) != nil {
		t.Errorf("told %+v, or of what nobody asked", told)
	}
}

// retrain makes a champion that has learned one label of the ledger's first position.
func retrain(t *testing.T, d *desk, example classifier.Example) {
	t.Helper()
	starter, manifest, err := registry.ReadCounts(d.files)
	if err != nil {
		t.Fatal(err)
	}
	site := classifier.NewCounts(starter.Chain())
	site.Add(example)
	starter.MergeSite(site, manifest.Parameters)
	model, err := classifier.Build(starter, manifest.Parameters)
	if err != nil {
		t.Fatal(err)
	}
	files, err := registry.Encode(model, starter, registry.Origin{Position: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.files, d.model = files, model
}

// TestContradictions labels an insult as harmless, where people agreed with the model about comments that the label would turn.
func TestContradictions(t *testing.T) {
	d := newDesk(t)
	texts := written(1000, 7)
	texts[0] = insult
	d.arrive("A claim", texts...)
	s := d.service(t, 0)
	contradicted, gained := 0, 0
	for _, turn := range d.estimate(t, s, 1, hostile(classifier.No)).Axes[0].Transitions {
		for _, id := range turn.Examples {
			switch {
			case turn.From == classifier.Yes:
				d.label(id, classifier.Hostile, classifier.Yes)
				contradicted++
			case turn.To == classifier.No:
				d.label(id, classifier.Hostile, classifier.No)
				gained++
			}
		}
	}
	d.label(1, classifier.Hostile, classifier.Yes) // the label that is corrected contradicts nothing
	if contradicted == 0 || gained == 0 {
		t.Fatalf("%d answers turn from yes and %d to no: nothing is tested", contradicted, gained)
	}
	axis := d.estimate(t, s, 1, hostile(classifier.No)).Axes[0]
	if axis.Contradicted != contradicted || axis.Gained != gained || axis.Agreed != contradicted || len(axis.Contradicts) != min(contradicted, impact.Examples) {
		t.Errorf("%+v, want %d contradicted and %d gained", axis, contradicted, gained)
	}
	for i, c := range axis.Contradicts {
		if c.By != "anna" || c.Answer != classifier.Yes || c.Would == classifier.Yes || i > 0 && c.At.After(axis.Contradicts[i-1].At) {
			t.Errorf("contradicts %+v", c)
		}
	}
}

// TestNewChampionIsReadAnew asks across a promotion.
func TestNewChampionIsReadAnew(t *testing.T) {
	d := newDesk(t)
	d.arrive("A claim", written(10, 13)...)
	s := d.service(t, 0)
	d.estimate(t, s, 1, hostile(classifier.Yes))
	retrain(t, d, classifier.Example{Text: insult, Labels: hostile(classifier.No)})
	if s.Told(1, hostile(classifier.Yes)) != nil {
		t.Error("what an earlier model would change is told of this one")
	}
	if e, err := s.Estimate(t.Context(), 1, hostile(classifier.Yes)); err != nil || e.Ready {
		t.Errorf("right after the promotion: %+v, error %v", e, err)
	}
	s.Wait()
	d.estimate(t, s, 1, hostile(classifier.Yes))
}
