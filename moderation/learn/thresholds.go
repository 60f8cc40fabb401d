package learn

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
	"commentdesk/moderation"
)

// Answering is from where the champion answers.
type Answering struct {
	Model      string // its id
	Parameters classifier.Parameters
	Has        [3]bool // the axes it answers on
}

// Answering reads the champion's thresholds. Invalid where the champion is set aside: the starter that serves instead is not changed.
func (l *Learner) Answering(ctx context.Context) (Answering, error) {
	if err := l.champion.Refresh(ctx); err != nil {
		return Answering{}, err
	}
	if l.champion.SetAside() != "" {
		return Answering{}, moderation.Invalid("the champion is set aside; retrain first, then set thresholds")
	}
	model := l.champion.Model()
	answering := Answering{Model: model.ID(), Parameters: model.Parameters()}
	for i, axis := range classifier.Axes {
		answering.Has[i] = model.Has(axis)
	}
	return answering, nil
}

// ThresholdChange sets the thresholds of one axis by hand, or hands them back to fitting.
type ThresholdChange struct {
	Over   string // the champion that it was chosen over
	Axis   classifier.Axis
	ByHand classifier.Thresholds // stays through retraining
	LetFit bool                  // instead: what fitting chose, and chooses from now on
	Actor  string
	Reason string
}

// Changed is the champion's parameters with the change. Invalid where it changes nothing or makes no sense.
func (a Answering) Changed(change ThresholdChange) (classifier.Parameters, error) {
	at := change.Axis.Index()
	if at < 0 || !a.Has[at] {
		return a.Parameters, moderation.Invalid("the model does not answer on %s", change.Axis)
	}
	changed := a.Parameters
	axis := &changed.Axes[at]
	if change.LetFit {
		axis.LetFit()
	} else if err := axis.SetByHand(change.Axis, change.ByHand); err != nil {
		var wrong *classifier.WrongThresholds
		if errors.As(err, &wrong) {
			err = moderation.Invalid(wrong.Format, wrong.Args...)
		}
		return a.Parameters, err
	}
	if *axis == a.Parameters.Axes[at] {
		return a.Parameters, moderation.Invalid("these are the thresholds of today: nothing would change")
	}
	return changed, nil
}

// SetThresholds makes a model of the champion's counts and weights with other thresholds and promotes it: what waits is answered anew, and rolling
// back undoes it. Busy where the champion is another one by now.
func (l *Learner) SetThresholds(ctx context.Context, change ThresholdChange) error {
	if strings.TrimSpace(change.Reason) == "" {
		return moderation.Invalid("setting thresholds needs a reason")
	}
	now, err := l.Answering(ctx)
	if err != nil {
		return err
	}
	if now.Model != change.Over {
		return moderation.Busy("another model became the champion meanwhile")
	}
	parameters, err := now.Changed(change)
	if err != nil {
		return err
	}
	files, err := l.store.ModelFiles(ctx, now.Model)
	if err != nil {
		return err
	}
	made, position, err := answeringBy(files, parameters)
	if err != nil {
		return fmt.Errorf("model %.8s: %w", now.Model, err)
	}
	id, err := registry.ReadManifest(made.Manifest)
	if err != nil {
		return err
	}
	reason := said(change, now.Parameters, parameters) + ": " + change.Reason
	record := ModelRecord{ID: id.ID, State: StateHeld, Parent: now.Model, Position: position, CreatedAt: l.now(), CreatedBy: change.Actor, Reason: reason}
	if err := l.store.SaveModel(ctx, record, made); err != nil {
		return err
	}
	return l.promote(ctx, Promotion{ID: id.ID, Over: now.Model, Actor: change.Actor, Reason: reason, At: l.now()})
}

// measuredBefore follows what the figures of a model were measured on, where its thresholds were changed since.
const measuredBefore = "; before thresholds were changed by hand, so that recall, false-positive rate, unsure and where answered are those of the thresholds before"

// answeringBy is the model of the files with the thresholds of other parameters, and the ledger position it was trained up to.
func answeringBy(files registry.Files, parameters classifier.Parameters) (registry.Files, int64, error) {
	counts, manifest, err := registry.ReadCounts(files)
	if err != nil {
		return registry.Files{}, 0, err
	}
	model, err := classifier.Restore(manifest.Description, files.Weights)
	if err != nil {
		return registry.Files{}, 0, err
	}
	if model, err = model.AnsweringBy(parameters, counts); err != nil {
		return registry.Files{}, 0, err
	}
	origin := manifest.Origin
	origin.Parent = manifest.ID
	var metrics any
	if report, ok := trial.ReadModelReport(manifest.Metrics); ok {
		report.Measured = strings.TrimSuffix(report.Measured, measuredBefore) + measuredBefore
		if metrics, err = json.Marshal(report); err != nil {
			return registry.Files{}, 0, err
		}
		metrics = json.RawMessage(metrics.([]byte))
	}
	made, err := registry.Encode(model, counts, origin, metrics)
	return made, origin.Position, err
}

// said is what a change does, in words.
func said(change ThresholdChange, before, after classifier.Parameters) string {
	old, now := before.Axes[change.Axis.Index()].Thresholds(), after.Axes[change.Axis.Index()].Thresholds()
	how := "set by hand"
	if change.LetFit {
		how = "let the model choose"
	}
	if change.Axis == classifier.Stance {
		return fmt.Sprintf("thresholds of stance, %s: an answer from %.3g (was %.3g), coverage from %.3g (was %.3g)", how, now.High, old.High, now.MinCoverage, old.MinCoverage)
	}
	return fmt.Sprintf("thresholds of %s, %s: no up to %.3g (was %.3g), yes from %.3g (was %.3g), coverage from %.3g (was %.3g)", change.Axis, how,
		now.Low, old.Low, now.High, old.High, now.MinCoverage, old.MinCoverage)
}
