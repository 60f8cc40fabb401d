package learn_test

import (
	"fmt"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func TestDecide(t *testing.T) {
	worse := learn.AxisReport{Axis: classifier.Hostile, NewLabels: 3, Difference: 0.0421, Low: 0.0112, High: 0.0734, Worse: true}
	fresh := learn.AxisReport{Axis: classifier.Spam, Labels: 30, NewLabels: 2}
	few := learn.AxisReport{Axis: classifier.Hostile, Labels: 29, NewLabels: 1}
	stale := learn.AxisReport{Axis: classifier.Stance, Labels: 40}
	for _, c := range []struct {
		name     string
		axes     []learn.AxisReport
		promoted bool
		reason   string
	}{
		{"no axis at all", nil, false, "no axis has new labels"},
		{"no new labels", []learn.AxisReport{stale}, false, "no axis has new labels"},
		{"new labels", []learn.AxisReport{stale, fresh}, true, "2 new labels on spam; no axis is worse with 95 % confidence"},
		{"all with few labels", []learn.AxisReport{few}, true, "1 new label on hostile; too few to compare the models, which takes 30 on an axis"},
		{"one with few labels", []learn.AxisReport{few, fresh}, true,
			"1 new label on hostile; 2 new labels on spam; worse with 95 % confidence on no axis that has 30 labels, which hostile has not"},
		{"worse on few labels", []learn.AxisReport{{Axis: classifier.Stance, Labels: 5, NewLabels: 5, Low: 0.4, High: 1.2}}, true,
			"5 new labels on stance; too few to compare the models, which takes 30 on an axis; on the few labels of stance (5) it does worse, which they cannot prove: look, and roll back where that is so"},
		{"one worse", []learn.AxisReport{worse, fresh}, false, "hostile is worse by 0.042 nats a label (95 % interval 0.011 to 0.073)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			promoted, why := learn.Decide(c.axes)
			reason := learn.InEnglish(why)
			if promoted != c.promoted || reason != c.reason {
				t.Errorf("promoted %v, reason %q; want %v, %q", promoted, reason, c.promoted, c.reason)
			}
		})
	}
}

// deceive labels comments so that what one part of them teaches is wrong for every other part: comments with made-up words are friendly in the
// fold they fall in, and hostile, beside insults that the starter knows, in all others.
func (d *desk) deceive() {
	d.t.Helper()
	var texts, answers []string
	for n, friendly := 0, 0; friendly < 40; n++ {
		for own := range learn.Folds {
			bait := []string{fmt.Sprintf("blorp%d", own), fmt.Sprintf("quandle%d", own), fmt.Sprintf("mizzet%d", own), fmt.Sprintf("trock%d", own)}
			text := phrase(n, append(bait, courtesy[n%len(courtesy)])...)
			if classifier.Fold(classifier.Example{Text: text}, learn.Folds) == own {
				texts, answers = append(texts, text), append(answers, classifier.No)
				friendly++
			}
			text = phrase(n+1000, append(bait, insults...)...)
			if n%2 == 0 && classifier.Fold(classifier.Example{Text: text}, learn.Folds) != own {
				texts, answers = append(texts, text), append(answers, classifier.Yes)
			}
		}
	}
	for i, id := range d.submit("", texts...) {
		d.label(id, classifier.Hostile, answers[i])
	}
}

func TestAWorseAxisHoldsTheCandidate(t *testing.T) {
	d := newDesk(t)
	d.deceive()
	before := d.championID()
	report := d.retrain()
	if len(report.Axes) != 1 || !report.Axes[0].Worse || report.Promoted {
		t.Fatalf("the report is %+v", report)
	}
	a := report.Axes[0]
	want := fmt.Sprintf("hostile is worse by %.3f nats a label (95 %% interval %.3f to %.3f)", a.Difference, a.Low, a.High)
	if report.Reason != want || a.Low <= 0 || a.Low > a.Difference || a.Difference > a.High {
		t.Errorf("reason %q, want %q; the report is %+v", report.Reason, want, a)
	}
	if a.Labels < 60 || a.NewLabels != a.Labels || a.SiteWeight != 20 {
		t.Errorf("labels %d, new %d, site weight %v", a.Labels, a.NewLabels, a.SiteWeight)
	}
	if d.championID() != before || d.champion.Model().ID() != before {
		t.Error("a held candidate became champion")
	}
	held := d.models()[0]
	if held.ID != report.Candidate || held.State != learn.StateHeld || held.Reason != want || held.Parent != before || held.Position != report.Position {
		t.Errorf("the record is %+v", held)
	}
	if job := d.lastJob(); job.State != learn.JobHeld || job.Message != want || job.ModelID != report.Candidate || job.Percent != 100 {
		t.Errorf("the job is %+v", job)
	}

	wantCode(t, d.learner.Promote(t.Context(), held.ID, "eve", " \t"), moderation.CodeInvalid)
	wantCode(t, d.learner.Promote(t.Context(), "none", "eve", "because"), moderation.CodeNotFound)
	if err := d.learner.Promote(t.Context(), held.ID, "eve", "these labels are what we mean"); err != nil {
		t.Fatal(err)
	}
	if now := d.models()[0]; now.State != learn.StateChampion || now.Reason != "these labels are what we mean" || d.champion.Model().ID() != held.ID {
		t.Errorf("promoted by hand: %+v, serving %s", now, d.champion.Model().ID())
	}
}

// teachInsult labels a few comments with a new word and returns one without a label.
func (d *desk) teachInsult(labels int) (unlabelled int64) {
	d.t.Helper()
	texts := []string{"Read it again, you zorbler"}
	for n := range labels {
		texts = append(texts, phrase(n, "zorbler"))
	}
	ids := d.submit("", texts...)
	for _, id := range ids[1:] {
		d.label(id, classifier.Hostile, classifier.Yes)
	}
	return ids[0]
}

func TestPromotionWaitsForAnEditor(t *testing.T) {
	d := newDesk(t, waitForEditor)
	probe := d.teachInsult(6)
	first := d.championID()
	wantCode(t, d.learner.Rollback(t.Context(), "eve"), moderation.CodeInvalid)
	report := d.retrain()
	if report.Promoted || !strings.HasPrefix(report.Reason, "it passes and waits for an editor: 6 new labels on hostile") {
		t.Errorf("the report is %+v", report)
	}
	if d.championID() != first || d.models()[0].State != learn.StateHeld || d.lastJob().State != learn.JobHeld {
		t.Errorf("champion %s, record %+v, job %+v", d.championID(), d.models()[0], d.lastJob())
	}
	if got := d.comment(probe).Prediction; got.Model != first || got.Hostile.Answer == classifier.Yes {
		t.Errorf("before the promotion: %+v", got)
	}
	if err := d.learner.Promote(t.Context(), report.Candidate, "eve", "looks right"); err != nil {
		t.Fatal(err)
	}
	if got := d.comment(probe).Prediction; got.Model != report.Candidate || got.Hostile.Answer != classifier.Yes {
		t.Errorf("after the promotion: %+v", got)
	}
	if err := d.learner.Rollback(t.Context(), "eve"); err != nil {
		t.Fatal(err)
	}
	if got := d.comment(probe).Prediction; got.Model != first || got.Hostile.Answer == classifier.Yes || d.champion.Model().ID() != first {
		t.Errorf("rolled back: %+v", got)
	}
}

func TestWithoutNewLabelsNothingIsPromoted(t *testing.T) {
	d := newDesk(t)
	ids := d.submit("", phrase(1, "zorbler"), phrase(2, "zorbler"), phrase(3, "zorbler"))
	var acts []string
	for _, id := range ids {
		acts = append(acts, d.label(id, classifier.Hostile, classifier.Yes))
	}
	champion := d.retrain()
	if !champion.Promoted {
		t.Fatalf("held: %s", champion.Reason)
	}
	again := d.retrain()
	if again.Promoted || again.Candidate != champion.Candidate || again.Reason != "the candidate is the champion: nothing changed" {
		t.Errorf("nothing new: %+v", again)
	}
	d.undo(acts[2])
	fewer := d.retrain()
	if fewer.Promoted || fewer.Reason != "no axis has new labels" || fewer.Candidate == champion.Candidate || fewer.Axes[0].Labels != 2 {
		t.Errorf("a label undone: %+v", fewer)
	}
	if d.championID() != champion.Candidate {
		t.Error("the champion changed")
	}
	d.label(ids[2], classifier.Hostile, classifier.No)
	if changed := d.retrain(); !changed.Promoted || changed.Axes[0].NewLabels != 1 || changed.Champion != champion.Candidate {
		t.Errorf("a label changed: %+v", changed)
	}
}

// What one axis has learned already is not new because another axis of the same comment is.
func TestNewLabelsAreCountedByAxis(t *testing.T) {
	d := newDesk(t)
	ids := d.submit("", phrase(1, "zorbler"), phrase(2, "zorbler"), phrase(3, "zorbler"))
	for _, id := range ids {
		d.label(id, classifier.Hostile, classifier.Yes)
	}
	d.retrain()
	d.label(ids[0], classifier.Spam, classifier.No)
	report := d.retrain()
	if len(report.Axes) != 2 || report.Axes[0].NewLabels != 0 || report.Axes[1].NewLabels != 1 {
		t.Errorf("%+v", report.Axes)
	}
	if !strings.Contains(report.Reason, "1 new label on spam") || strings.Contains(report.Reason, "hostile") {
		t.Errorf("reason %q", report.Reason)
	}
}

// A candidate was compared with one champion; it does not replace another that came meanwhile.
func TestAChampionThatCameMeanwhileStays(t *testing.T) {
	d := newDesk(t, waitForEditor)
	d.teachInsult(6)
	waiting := d.retrain()
	d = openDesk(t, d.path, starter(t))
	d.acts = 1000
	d.label(d.submit("", phrase(77, "zorbler"))[0], classifier.Hostile, classifier.Yes)
	report, err := d.learner.Retrain(t.Context(), "anna", func(step string, _ int) {
		if step == "fitting on everything" {
			if err := d.learner.Promote(t.Context(), waiting.Candidate, "eve", "looks right"); err != nil {
				t.Error(err)
			}
		}
	})
	if err != nil || report.Promoted || !strings.HasPrefix(report.Reason, "another model became the champion while") {
		t.Errorf("%+v, error %v", report, err)
	}
	if d.championID() != waiting.Candidate || d.models()[0].State != learn.StateHeld || d.lastJob().State != learn.JobHeld {
		t.Errorf("champion %s, record %+v, job %+v", d.championID(), d.models()[0], d.lastJob())
	}
	if again := d.retrain(); !again.Promoted {
		t.Errorf("held: %s", again.Reason)
	}
}

// Going back twice does not bring the model again that was gone back from.
func TestRollbackGoesBackOnly(t *testing.T) {
	d := newDesk(t)
	first := d.championID()
	d.teachInsult(4)
	second := d.retrain().Candidate
	d.acts = 1000
	d.label(d.submit("", phrase(77, "zorbler"))[0], classifier.Hostile, classifier.Yes)
	third := d.retrain().Candidate
	for _, want := range []string{second, first} {
		if err := d.learner.Rollback(t.Context(), "eve"); err != nil || d.championID() != want {
			t.Errorf("champion %s, want %s, error %v", d.championID(), want, err)
		}
	}
	wantCode(t, d.learner.Rollback(t.Context(), "eve"), moderation.CodeInvalid)
	if err := d.learner.Promote(t.Context(), third, "eve", "it was right"); err != nil {
		t.Fatal(err)
	}
	if err := d.learner.Rollback(t.Context(), "eve"); err != nil || d.championID() != first {
		t.Errorf("champion %s, want %s, error %v", d.championID(), first, err)
	}
}

// A server follows what another process promoted, and answers what that process left.
func TestFollowAnswersWhatWasLeft(t *testing.T) {
	server := newDesk(t)
	probe := server.teachInsult(4)
	if err := server.learner.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	other := openDesk(t, server.path, starter(t), waitForEditor)
	report := other.retrain()
	// It dies behind its promotion: nothing is answered anew.
	if err := other.store.Promote(t.Context(), learn.Promotion{ID: report.Candidate, Actor: "anna", At: began}); err != nil {
		t.Fatal(err)
	}
	if got := server.comment(probe).Prediction.Model; got == report.Candidate {
		t.Fatal("it was answered anew already: this test could not fail")
	}
	if err := server.learner.Follow(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := server.comment(probe).Prediction.Model; got != report.Candidate || server.champion.Model().ID() != got {
		t.Errorf("answered by %s, champion %s", got, report.Candidate)
	}
}

// Where a server serves, a promotion does not wait until everything has its answers.
func TestAnswersLater(t *testing.T) {
	first := newDesk(t)
	probe := first.teachInsult(4)
	candidate := openDesk(t, first.path, starter(t), waitForEditor).retrain().Candidate
	release := make(chan struct{})
	var d *desk
	d = openDesk(t, first.path, starter(t), func(o *learn.Options) {
		o.AnswerLater = true
		answer := o.Rescore
		o.Rescore = func(text string, article moderation.Article) moderation.Incoming {
			<-release
			return answer(text, article)
		}
	})
	if err := d.learner.Promote(t.Context(), candidate, "eve", "checked"); err != nil {
		t.Fatal(err)
	}
	if d.champion.Model().ID() != candidate || d.comment(probe).Prediction.Model == candidate {
		t.Errorf("champion %s, answered by %s before anything was answered", d.champion.Model().ID(), d.comment(probe).Prediction.Model)
	}
	if now, under := d.learner.Rescoring(); !under || now.Done != 0 || now.Of == 0 {
		t.Errorf("right after the promotion it is at %+v, under way %v", now, under)
	}
	close(release)
	d.learner.Wait()
	if _, under := d.learner.Rescoring(); under || d.comment(probe).Prediction.Model != candidate {
		t.Errorf("answered by %s, want %s; under way %v", d.comment(probe).Prediction.Model, candidate, under)
	}
}

func TestDryRunStoresNothing(t *testing.T) {
	d := newDesk(t)
	probe := d.teachInsult(6)
	before := d.comment(probe).Prediction
	dry, err := d.learner.DryRun(t.Context(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	if dry.Promoted || !strings.HasPrefix(dry.Reason, "dry run; it would be promoted: 6 new labels on hostile") {
		t.Errorf("the report is %+v", dry)
	}
	jobs, err := d.learner.Jobs(t.Context(), 5)
	if len(d.models()) != 1 || len(jobs) != 0 || err != nil || d.championID() != dry.Champion || d.comment(probe).Prediction != before {
		t.Errorf("a dry run left %d models, jobs %+v, error %v", len(d.models()), jobs, err)
	}
	if real := d.retrain(); real.Candidate != dry.Candidate || !real.Promoted {
		t.Errorf("dry run made %s, the real one %s (%s)", dry.Candidate, real.Candidate, real.Reason)
	}
}

func TestPromotionRescoresEveryPendingComment(t *testing.T) {
	d := newDesk(t)
	texts := make([]string, learn.RescoreSize+30)
	for i := range texts {
		texts[i] = phrase(i, "harbour")
	}
	waiting := d.submit("", texts...)
	d.act(moderation.Action{CommentID: waiting[0], Decision: moderation.Approve})
	old := d.championID()
	d.teachInsult(4)
	report := d.retrain()
	if !report.Promoted {
		t.Fatal(report.Reason)
	}
	batch, err := d.store.PendingBatch(t.Context(), report.Candidate, nil, 10)
	if err != nil || len(batch) != 0 {
		t.Errorf("%d pending comments kept old answers, error %v", len(batch), err)
	}
	if decided := d.comment(waiting[0]).Prediction.Model; decided != old {
		t.Errorf("a decided comment was answered anew by %s", decided)
	}
}

func TestCompareNeedsEnoughLabels(t *testing.T) {
	counts, manifest, err := registry.ReadCounts(starter(t))
	if err != nil {
		t.Fatal(err)
	}
	off := manifest.Parameters
	off.Axes[classifier.Spam.Index()].Bias[0] += 30
	for _, c := range []struct {
		labels int
		worse  bool
	}{{29, false}, {30, true}} {
		var examples []classifier.Example
		for n := range c.labels {
			examples = append(examples, classifier.Example{Text: phrase(n, "letter"), Labels: map[classifier.Axis]string{classifier.Spam: classifier.No}})
		}
		axes, err := learn.CompareSite(t.Context(), counts, manifest.Parameters, off, examples)
		if err != nil || len(axes) != 1 || axes[0].Low <= 0 || axes[0].Worse != c.worse {
			t.Errorf("%d labels: %+v, error %v; want worse %v", c.labels, axes, err, c.worse)
		}
		same, err := learn.CompareSite(t.Context(), counts, manifest.Parameters, manifest.Parameters, examples)
		if err != nil || same[0].Difference != 0 || same[0].Low != 0 || same[0].High != 0 || same[0].Worse {
			t.Errorf("the same recipe twice: %+v, error %v", same, err)
		}
	}
}
