package learn_test

import (
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func (d *desk) answering() learn.Answering {
	d.t.Helper()
	answering, err := d.learner.Answering(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return answering
}

func TestThresholdsByHand(t *testing.T) {
	d := newDesk(t)
	id := d.submit("", phrase(1, "thanks", "please", "kind"))[0]
	before := d.answering()
	asked := d.comment(id).Prediction.Hostile
	if before.Parameters.Axes[1].ByHand() || asked.Answer == classifier.Yes {
		t.Fatalf("before it is %+v, answered %q", before.Parameters.Axes[1], asked.Answer)
	}
	low := classifier.Thresholds{Low: 0, High: 1e-16} // almost nothing is calm
	change := learn.ThresholdChange{Over: before.Model, Axis: classifier.Hostile, ByHand: low, Actor: "ada", Reason: "too much slipped through"}
	refused := change
	refused.Reason = " "
	wantCode(t, d.learner.SetThresholds(t.Context(), refused), moderation.CodeInvalid)
	refused = change
	refused.ByHand.Low = 0.5
	wantCode(t, d.learner.SetThresholds(t.Context(), refused), moderation.CodeInvalid)
	refused = change
	refused.Over = "another"
	wantCode(t, d.learner.SetThresholds(t.Context(), refused), moderation.CodeBusy)
	refused = learn.ThresholdChange{Over: before.Model, Axis: classifier.Hostile, LetFit: true, Actor: "ada", Reason: "why not"}
	wantCode(t, d.learner.SetThresholds(t.Context(), refused), moderation.CodeInvalid)

	if err := d.learner.SetThresholds(t.Context(), change); err != nil {
		t.Fatal(err)
	}
	set := d.answering()
	if axis := set.Parameters.Axes[1]; set.Model == before.Model || axis.Thresholds() != low || axis.Fitted != before.Parameters.Axes[1].Thresholds() {
		t.Errorf("set by hand it is %+v", axis)
	}
	if now := d.comment(id).Prediction; now.Model != set.Model || now.Hostile.Answer != classifier.Yes || now.Hostile.Probabilities != asked.Probabilities {
		t.Errorf("what waits is answered %+v", now)
	}
	if err := d.learner.Verify(t.Context(), set.Model); err != nil {
		t.Errorf("verified: %v", err)
	}
	record := d.models()[0]
	if record.ID != set.Model || record.State != learn.StateChampion || record.CreatedBy != "ada" || record.Parent != before.Model ||
		!strings.Contains(record.Reason, "set by hand") || !strings.HasSuffix(record.Reason, "too much slipped through") {
		t.Errorf("the record is %+v", record)
	}
	events, err := d.store.Events(t.Context(), 0, 1)
	if err != nil || len(events) != 1 || events[0].Actor != "ada" || events[0].Kind != "model promoted" || events[0].Subject != set.Model || !strings.Contains(events[0].Detail, "slipped") {
		t.Errorf("the event is %+v, error %v", events, err)
	}

	back := learn.ThresholdChange{Over: set.Model, Axis: classifier.Hostile, LetFit: true, Actor: "ada", Reason: "too many alarms"}
	if err := d.learner.SetThresholds(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	if now := d.answering(); now.Model != before.Model || d.comment(id).Prediction.Hostile.Answer != asked.Answer {
		t.Errorf("handed back the champion is %s, not %s", now.Model, before.Model)
	}
}

func TestThresholdsStayThroughRetraining(t *testing.T) {
	d := newDesk(t)
	before := d.answering()
	if err := d.learner.SetThresholds(t.Context(), learn.ThresholdChange{Over: before.Model, Axis: classifier.Spam, ByHand: classifier.Thresholds{Low: 0.05, High: 0.8, MinCoverage: 0.1},
		Actor: "ada", Reason: "only what is sure"}); err != nil {
		t.Fatal(err)
	}
	for i, id := range d.submit("", phrase(1, "vitaglow"), phrase(2, "vitaglow"), phrase(3, "vitaglow"), phrase(4), phrase(5), phrase(6)) {
		d.label(id, classifier.Spam, yesNo(i < 3))
	}
	report := d.retrain()
	now := d.answering()
	if !report.Promoted || now.Model != report.Candidate {
		t.Fatalf("the report is %+v", report)
	}
	axis := now.Parameters.Axes[2]
	if axis.Thresholds() != (classifier.Thresholds{Low: 0.05, High: 0.8, MinCoverage: 0.1}) || axis.Fitted != before.Parameters.Axes[2].Thresholds() || now.Parameters.Axes[1].ByHand() {
		t.Errorf("after a retraining it is %+v", axis)
	}
	if err := d.learner.Verify(t.Context(), now.Model); err != nil {
		t.Errorf("verified: %v", err)
	}
	if err := d.learner.SetThresholds(t.Context(), learn.ThresholdChange{Over: now.Model, Axis: classifier.Spam, LetFit: true, Actor: "ada", Reason: "enough"}); err != nil {
		t.Fatal(err)
	}
	if fitted := d.answering(); fitted.Parameters.Axes[2].Thresholds() != before.Parameters.Axes[2].Thresholds() || fitted.Parameters.Axes[2].ByHand() {
		t.Errorf("handed back it is %+v", fitted.Parameters.Axes[2])
	}
	if err := d.learner.Rollback(t.Context(), "ada"); err != nil {
		t.Fatal(err)
	}
	if back := d.answering(); back.Model != now.Model {
		t.Errorf("rolled back to %s, not to %s", back.Model, now.Model)
	}
	files, err := d.learner.ModelFiles(t.Context(), now.Model)
	if err != nil {
		t.Fatal(err)
	}
	if manifest, err := registry.ReadManifest(files.Manifest); err != nil || !manifest.Parameters.Axes[2].ByHand() {
		t.Errorf("the stored parameters are %+v, error %v", manifest.Parameters.Axes[2], err)
	}
}
