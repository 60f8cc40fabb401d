package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/trial"
)

// axisReport is one axis's figures, with the difference where one was asked for.
type axisReport struct {
	eval.Report
	Against        *difference       `json:"against,omitempty"`
	LabelsPerClaim []eval.ClaimPoint `json:"labels_per_claim,omitempty"`
}

// difference is what --against found: the figures of the measured one minus those of the base named.
type difference struct {
	Name        string            `json:"name"`
	Differences []eval.Difference `json:"differences"`
	Threshold   *float64          `json:"threshold"` // of the base; null: the more probable answer
	Slices      []eval.Slice      `json:"slices,omitempty"`
	Gaps        *eval.Gaps        `json:"gaps,omitempty"`

	measured string
}

func (e *evaluation) run(cmd *cobra.Command) (err error) {
	if e.html, err = newHTMLReport(cmd, e); err != nil {
		return err
	}
	var reports []axisReport
	for _, axis := range e.axes {
		report, err := e.measureAxis(cmd.Context(), axis)
		if err != nil {
			return err
		}
		reports = append(reports, report)
	}
	if err := errors.Join(e.write(reports), e.html.write(reports)); err != nil {
		return err
	}
	return refusedExit(len(e.data.examples), e.refused)
}

func (e *evaluation) measureAxis(ctx context.Context, axis classifier.Axis) (axisReport, error) {
	examples := trial.LabelledOn(axis, e.data.examples)
	options, err := e.optionsOn(axis, examples)
	if err != nil {
		return axisReport{}, err
	}
	run, err := e.trialOn(ctx, axis, examples)
	if err != nil {
		return axisReport{}, err
	}
	var result, base trial.Result
	var points []eval.ClaimPoint
	err = slowly(e.p.err, func(step func(string)) (err error) {
		options.Progress = step
		if result, base, err = run(options); err == nil && axis == classifier.Stance && e.labelsPerClaim != nil {
			points, err = trial.ClaimCurve(ctx, e.recipe, e.labelsPerClaim, e.train.examples, examples, options)
		}
		return err
	})
	if err != nil {
		return axisReport{}, err
	}
	e.html.add(result, base, options)
	report := axisReport{Report: result.Report, LabelsPerClaim: points}
	report.LeftOut += e.data.leftOut + len(e.data.examples) - len(examples)
	if base.Measurement == nil {
		return report, nil
	}
	differences, err := result.Against(base, options.Bootstrap)
	if errors.Is(err, eval.ErrTooFewGroups) {
		say(e.p.err, "%v", err)
		return report, nil
	}
	report.Against = &difference{
		Name: base.Name, Differences: differences, measured: result.Name,
		Threshold: base.Report.Threshold, Slices: base.Report.Slices, Gaps: base.Report.Gaps,
	}
	return report, err
}

// optionsOn are the options as they are for one axis: stance knows neither threshold nor prior, and --prior mix is each axis's own.
func (e *evaluation) optionsOn(axis classifier.Axis, examples []trial.Example) (trial.Options, error) {
	options := e.options
	switch {
	case axis == classifier.Stance:
		options.Threshold, options.Recall, options.Prior = 0, 0, 0
	case e.ownMix:
		options.Prior = trial.Mix(axis, examples)
		if options.Prior == 0 || options.Prior == 1 {
			return options, fmt.Errorf("%s: --prior mix needs rows of both answers", axis)
		}
	}
	return options, nil
}

// running measures, and where a difference was asked for measures the base too.
type running func(trial.Options) (result, base trial.Result, err error)

// trialOn prepares one axis's trial and says on standard error what it will be.
func (e *evaluation) trialOn(ctx context.Context, axis classifier.Axis, examples []trial.Example) (running, error) {
	if e.splits == nil {
		return e.modelTrial(ctx, axis, examples), nil
	}
	splits, err := e.splits(examples, axis)
	if err != nil {
		return nil, err
	}
	e.saySplits(axis, e.recipe, splits)
	return func(options trial.Options) (result, base trial.Result, err error) {
		if result, err = trial.Run(ctx, e.recipe, axis, splits, options); err == nil && e.againstRecipe != nil {
			base, err = trial.Run(ctx, *e.againstRecipe, axis, splits, options)
		}
		return result, base, err
	}, nil
}

func (e *evaluation) modelTrial(ctx context.Context, axis classifier.Axis, examples []trial.Example) running {
	if !e.model.model.Has(axis) {
		say(e.p.err, "%s: model %s does not answer on it and abstains", axis, e.model.name)
	}
	var splits []trial.Split
	if e.againstRecipe != nil {
		splits = trial.Given(trial.LabelledOn(axis, e.train.examples), examples)
		e.saySplits(axis, *e.againstRecipe, splits)
	}
	return func(options trial.Options) (result, base trial.Result, err error) {
		if result, err = trial.RunModel(ctx, e.model.model, e.model.name, axis, examples, options); err != nil {
			return result, base, err
		}
		switch {
		case e.againstModel != nil:
			base, err = trial.RunModel(ctx, e.againstModel.model, e.againstModel.name, axis, examples, options)
		case e.againstRecipe != nil:
			base, err = trial.Run(ctx, *e.againstRecipe, axis, splits, options)
		}
		return result, base, err
	}
}

// saySplits names what is trained on how much.
func (e *evaluation) saySplits(axis classifier.Axis, recipe trial.Recipe, splits []trial.Split) {
	if len(splits) == 1 {
		say(e.p.err, "%s: recipe %s, %d training examples (%d rows without a label left out)", axis, recipe.Name, len(splits[0].Train),
			e.train.leftOut)
	} else {
		say(e.p.err, "%s: recipe %s, %d folds", axis, recipe.Name, len(splits))
	}
	if shared := trial.Shared(splits); shared > 0 {
		say(e.p.err, "%s: %d training texts that are also measured were left out of training", axis, shared)
	}
}

func (e *evaluation) write(reports []axisReport) error {
	if e.asJSON {
		encoder := json.NewEncoder(e.p.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(reports)
	}
	figures := make([]eval.Report, len(reports))
	for i, r := range reports {
		figures[i] = r.Report
	}
	if err := eval.WriteTable(e.p.out, figures); err != nil {
		return err
	}
	for _, r := range reports {
		if err := e.writeAxis(r); err != nil {
			return err
		}
	}
	return nil
}

// writeAxis prints what one axis has beside its figures.
func (e *evaluation) writeAxis(r axisReport) error {
	out := e.p.out
	if e.thresholdTable && r.Thresholds != nil {
		if err := eval.WriteThresholds(out, r.Axis, r.Thresholds); err != nil {
			return err
		}
	}
	if r.Slices != nil {
		if err := eval.WriteSlices(out, r.Axis, r.Slices, r.Gaps); err != nil {
			return err
		}
	}
	if r.LabelsPerClaim != nil {
		if err := eval.WriteClaimPoints(out, r.LabelsPerClaim); err != nil {
			return err
		}
	}
	if r.Against == nil {
		return nil
	}
	if r.Against.Slices != nil {
		if err := eval.WriteSlices(out, r.Axis+", "+r.Against.Name, r.Against.Slices, r.Against.Gaps); err != nil {
			return err
		}
	}
	return eval.WriteDifferences(out, r.Axis, r.Against.Name, r.Against.measured, r.Against.Differences)
}
