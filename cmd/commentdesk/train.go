package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
	"commentdesk/moderation/intake"
)

func newTrain(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "train --axis AXIS --data FILE... --out DIR",
		Short: "Make a model of one axis from labelled files alone",
		Long: `Reads labelled rows (JSON Lines, a JSON array, or CSV with a header row; .gz too): text, label, for stance also claim, and optionally
group: rows of one group are kept together when the model is calibrated. Labels are favor, against, none for stance; yes/no, true/false or 1/0
for hostile and spam. Rows without a label are left out, bad rows are refused by name, and both are counted. Writes the model's folder.

Recipes that make a model: ` + trial.Saving() + `.`,
		Example: `  commentdesk train --axis spam --data ours.jsonl more.csv --out models/spam
  commentdesk train --axis stance --data train.jsonl --exclude test.jsonl --out models/stance`,
	}
	lists := takeFileLists(cmd)
	data := lists.flag(cmd, "data", "labelled files")
	exclude := lists.flag(cmd, "exclude", "files whose texts must not be learned from, as those of a later evaluation")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if helpAsked(cmd) {
			return cmd.Help()
		}
		t, err := newTraining(cmd, p)
		if err != nil {
			return err
		}
		t.data, t.exclude = data.files, exclude.files
		if len(t.data) == 0 || t.out == "" {
			return usage(errors.New("train needs --data FILE... and --out DIR"))
		}
		return t.run(cmd, p)
	}
	cmd.Flags().String("axis", "", "stance, hostile or spam")
	cmd.Flags().String("out", "", "folder to write the model to")
	cmd.Flags().String("recipe", trial.Default, "how to train: "+trial.Saving())
	intakeFlags(cmd)
	return cmd
}

// training is one call of train.
type training struct {
	axis          classifier.Axis
	recipe        trial.Recipe
	out           string
	options       intake.Options
	data, exclude []string
}

func newTraining(cmd *cobra.Command, p program) (training, error) {
	axis, err := classifier.ParseAxis(cmd.Flag("axis").Value.String())
	if err != nil {
		return training{}, usage(fmt.Errorf("--axis: %w", err))
	}
	recipe, err := trial.Find(cmd.Flag("recipe").Value.String())
	if err != nil {
		return training{}, usage(err)
	}
	if !recipe.Saves {
		return training{}, usage(fmt.Errorf("recipe %s makes no model that can be saved; these do: %s (evaluate takes every recipe)", recipe.Name,
			trial.Saving()))
	}
	options, err := intakeOptions(cmd, p)
	options.Axis = axis
	return training{axis: axis, recipe: recipe, options: options, out: cmd.Flag("out").Value.String()}, err
}

func (t training) run(cmd *cobra.Command, p program) error {
	set, err := readLabelled(cmd.Context(), t.options, t.data)
	if err != nil {
		return err
	}
	examples, excluded := set.examples, 0
	if len(t.exclude) > 0 {
		texts, err := readTexts(cmd.Context(), t.options, t.exclude)
		if err != nil {
			return err
		}
		examples, excluded = texts.Without(examples)
	}
	if len(set.examples) == 0 && set.refused == 0 {
		return nothingLabelled(t.axis, set.leftOut)
	}
	if len(set.examples) == 0 {
		return refusedExit(0, set.refused)
	}
	if len(examples) == 0 {
		return errors.New("every example also stands in an --exclude file")
	}
	var files registry.Files
	err = slowly(p.err, func(step func(string)) error {
		step(fmt.Sprintf("%s: training on %d examples", t.axis, len(examples)))
		files, err = t.train(examples)
		return err
	})
	if err == nil {
		err = cmd.Context().Err()
	}
	if err != nil {
		return err
	}
	if err := registry.Save(t.out, files); err != nil {
		return err
	}
	shown, err := newShownModel(files)
	if err != nil {
		return err
	}
	if err := shown.write(p.out); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(p.out, "examples %d learned from; left out: %d without a label, %d excluded; %d refused\nsaved    %s\n",
		len(examples), set.leftOut, excluded, set.refused, t.out); err != nil {
		return err
	}
	return refusedExit(len(examples), set.refused)
}

// train makes the model's files.
func (t training) train(examples []trial.Example) (registry.Files, error) {
	trained, err := t.recipe.Train(t.axis, examples)
	if err != nil {
		return registry.Files{}, err
	}
	var names []string
	for _, e := range examples {
		if name := filepath.Base(e.File); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	report, err := trained.Report("held-out folds of its own training examples: " + strings.Join(names, ", "))
	if err != nil {
		return registry.Files{}, err
	}
	metrics, err := report.JSON()
	if err != nil {
		return registry.Files{}, err
	}
	origin := registry.Origin{Data: strings.Join(names, ", ") + "; recipe " + t.recipe.Name}
	return registry.Encode(trained.Model, trained.Counts, origin, metrics)
}
