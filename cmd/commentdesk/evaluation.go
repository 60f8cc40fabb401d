package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/trial"
)

// axisReport is one axis's figures, with the difference where one was asked for.
type axisReport struct {
	eval.Report
	Against *difference `json:"against,omitempty"`
}

// difference is what --against found: the figures of the measured one minus those of the base named.
type difference struct {
	Name        string            `json:"name"`
	Differences []eval.Difference `json:"differences"`

	measured string
}

func (e *evaluation) run(cmd *cobra.Command) error {
	var reports []axisReport
	for _, axis := range e.axes {
		report, err := e.measureAxis(cmd.Context(), axis)
		if err != nil {
			return err
		}
		reports = append(reports, report)
	}
	if err := e.write(reports); err != nil {
		return err
	}
	return refusedExit(len(e.data.examples), e.refused)
}

func (e *evaluation) measureAxis(ctx context.Context, axis classifier.Axis) (axisReport, error) {
	examples := trial.LabelledOn(axis, e.data.examples)
	options := e.options
	if axis == classifier.Stance {
		options.Threshold = 0
	}
	run, err := e.trialOn(ctx, axis, examples)
	if err != nil {
		return axisReport{}, err
	}
	var result, base trial.Result
	err = slowly(e.p.err, func(step func(string)) (err error) {
		options.Progress = step
		result, base, err = run(options)
		return err
	})
	if err != nil {
		return axisReport{}, err
	}
	report := axisReport{Report: result.Report}
	report.LeftOut += e.data.leftOut + len(e.data.examples) - len(examples)
	if base.Measurement == nil {
		return report, nil
	}
	differences, err := result.Against(base, options.Bootstrap)
	if errors.Is(err, eval.ErrTooFewGroups) {
		say(e.p.err, "%v", err)
		return report, nil
	}
	report.Against = &difference{Name: base.Name, Differences: differences, measured: result.Name}
	return report, err
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
	e.saySplits(axis, splits)
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
	return func(options trial.Options) (result, base trial.Result, err error) {
		if result, err = trial.RunModel(ctx, e.model.model, e.model.name, axis, examples, options); err == nil && e.againstModel != nil {
			base, err = trial.RunModel(ctx, e.againstModel.model, e.againstModel.name, axis, examples, options)
		}
		return result, base, err
	}
}

// saySplits names what is trained on how much.
func (e *evaluation) saySplits(axis classifier.Axis, splits []trial.Split) {
	if len(splits) == 1 {
		say(e.p.err, "%s: recipe %s, %d training examples (%d rows without a label left out)", axis, e.recipe.Name, len(splits[0].Train),
			e.train.leftOut)
	} else {
		say(e.p.err, "%s: recipe %s, %d folds", axis, e.recipe.Name, len(splits))
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
		if r.Against == nil {
			continue
		}
		if err := eval.WriteDifferences(e.p.out, r.Axis, r.Against.Name, r.Against.measured, r.Against.Differences); err != nil {
			return err
		}
	}
	return nil
}
