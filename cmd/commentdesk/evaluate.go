package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
)

// evaluationSeed makes the intervals of every run the same.
const evaluationSeed = 1

func newEvaluate(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "evaluate --data FILE...",
		Short: "Measure a model, or a way of training, on labelled files",
		Long: `Reads labelled rows as train does and measures a model on them: the champion of --db where that file exists, else the starter, or the
one that --model names. With --train it trains on other files instead, with --folds on the rest of the same ones, measures, and discards what it
trained; a training text that also stands among the measured ones is left out. Every figure has its 95 % interval (bootstrap, by group where rows
have one). --against adds the paired difference to another recipe, or without training to another model. With --model, --train and --against RECIPE
the model is measured as it is, and the difference is taken to that recipe trained on the --train files.

Certainty is the distance of the log-odds of yes from those of the threshold, for stance the probability of the most probable answer. The error on
the 80 % most certain rows shows what abstaining is worth; ties count in part. Beside the calibration error stands what it would be if the model
were calibrated perfectly: labels are redrawn from its own probabilities.

--prior P measures hostile and spam as if yes made up the share P of the rows, by a model that expects P: rows are weighted and the log-odds shifted.
--prior mix takes the measured rows' own share of yes. --by KEY adds the figures of each slice of the rows: KEY is file, group, claim, last-word, or
any other key of the rows; --where KEY=VALUE measures only such rows, --least N leaves out smaller slices. --recall R reads yes from the threshold at
which the mean recall over the slices, or without --by over all rows, is R; each model gets its own. A gap is the largest minus the smallest rate over
the slices that have both answers. --labels-per-claim N,N,… trains stance again on at most N labels a claim (0: on the other claims alone) and adds
the macro-F1 of each.

Recipes:
` + recipeList(),
		Example: `  commentdesk evaluate --data ours.jsonl
  commentdesk evaluate --axis spam --train a.csv b.csv --data c.csv --against plain
  commentdesk evaluate --axis stance --folds group --data debates.jsonl --json
  commentdesk evaluate --axis hostile --data ours.jsonl --prior 0.03 --by article --least 50
  commentdesk evaluate --axis hostile --model starter --data ours.jsonl --recall 0.4 --against plain --train a.jsonl b.jsonl
  commentdesk evaluate --axis stance --train a.jsonl --data b.jsonl --labels-per-claim 0,2,5,10,15`,
	}
	lists := takeFileLists(cmd)
	data := lists.flag(cmd, "data", "labelled files to measure on")
	train := lists.flag(cmd, "train", "labelled files to train on")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if helpAsked(cmd) {
			return cmd.Help()
		}
		e, err := newEvaluation(cmd, p, data.files, train.files)
		if err != nil {
			return err
		}
		return e.run(cmd)
	}
	cmd.Flags().String("axis", "", "stance, hostile or spam (default: every axis that rows have a key for)")
	cmd.Flags().String("model", "", "a model's folder or id, champion, or starter")
	cmd.Flags().String("folds", "", "train on the rest of --data: a number of folds, file, or group")
	cmd.Flags().String("recipe", "", "how to train (default "+trial.Default+")")
	cmd.Flags().String("against", "", "another recipe, or another model, to take the difference to")
	cmd.Flags().String("unsure", string(eval.UnsureBest), "how abstentions count in accuracy and F1: best (the best guess), skip or wrong")
	cmd.Flags().Float64("threshold", 0, "hostile and spam: yes from this probability (default: the more probable answer)")
	cmd.Flags().Bool("threshold-table", false, "print precision and recall of yes at each threshold too (JSON always has them)")
	cmd.Flags().String("prior", "", "hostile and spam: measure under a share of yes, `P`, or mix for that of the rows")
	slicingFlags(cmd)
	htmlFlag(cmd)
	cmd.Flags().String("labels-per-claim", "", "stance: train again on `N,N` labels a claim at most, as in 0,2,5,10,15")
	cmd.Flags().String("format", "", "table or json (default table on a terminal, json elsewhere)")
	cmd.Flags().Bool("json", false, "short for --format json")
	intakeFlags(cmd)
	databaseFlag(cmd)
	return cmd
}

func recipeList() string {
	list := ""
	for _, r := range trial.Recipes() {
		list += fmt.Sprintf("  %-10s %s\n", r.Name, r.About)
	}
	return list
}

// evaluation is one call of evaluate.
type evaluation struct {
	p       program
	axes    []classifier.Axis
	data    labelledSet
	train   labelledSet
	refused int
	options trial.Options
	asJSON  bool
	html    *htmlReport

	ownMix         bool // --prior mix
	thresholdTable bool
	where          conditions
	labelsPerClaim []int

	splits func(examples []trial.Example, axis classifier.Axis) ([]trial.Split, error) // nil where nothing is trained
	recipe trial.Recipe
	model  measured
	// against is what the difference is taken to, where it is. With a model measured the recipe is trained on the training files.
	againstRecipe *trial.Recipe
	againstModel  *measured
}

// measured is a model under the name it was asked for by.
type measured struct {
	name  string
	model *classifier.Model
}

func newEvaluation(cmd *cobra.Command, p program, data, train []string) (*evaluation, error) {
	e := &evaluation{p: p}
	if len(data) == 0 {
		return nil, usage(errors.New("evaluate needs --data FILE"))
	}
	if err := errors.Join(e.readFlags(cmd), e.chooseSplits(cmd, len(train) > 0), e.readSlicing(cmd), e.readLabelsPerClaim(cmd, len(train) > 0)); err != nil {
		return nil, usage(err)
	}
	if err := e.readFiles(cmd, data, train); err != nil {
		return nil, err
	}
	if e.splits != nil {
		return e, nil
	}
	return e, e.chooseModels(cmd)
}

func (e *evaluation) readFlags(cmd *cobra.Command) error {
	flags := cmd.Flags()
	unsure, err := eval.ParseUnsurePolicy(cmd.Flag("unsure").Value.String())
	if err != nil {
		return err
	}
	threshold, err := flags.GetFloat64("threshold")
	if err != nil {
		return err
	}
	if flags.Changed("threshold") && !(threshold > 0 && threshold <= 1) {
		return fmt.Errorf("--threshold %v is not above 0 and at most 1", threshold)
	}
	if axis := cmd.Flag("axis").Value.String(); axis != "" {
		parsed, err := classifier.ParseAxis(axis)
		if err != nil {
			return err
		}
		if parsed == classifier.Stance && threshold != 0 {
			return errors.New("--threshold is for hostile and spam")
		}
		e.axes = []classifier.Axis{parsed}
	}
	if e.asJSON, err = flags.GetBool("json"); err != nil {
		return err
	}
	switch format := cmd.Flag("format").Value.String(); format {
	case "json":
		e.asJSON = true
	case "":
		e.asJSON = e.asJSON || !isTerminal(e.p.out)
	case "table":
		if e.asJSON {
			return errors.New("--json and --format table exclude one another")
		}
	default:
		return fmt.Errorf("no format %q: table or json", format)
	}
	e.options = trial.Options{Unsure: unsure, Threshold: threshold, Bootstrap: eval.Bootstrap{Seed: evaluationSeed}, Now: e.p.now}
	if e.thresholdTable, err = flags.GetBool("threshold-table"); err != nil {
		return err
	}
	return e.readPrior(cmd.Flag("prior").Value.String())
}

func (e *evaluation) readPrior(prior string) (err error) {
	switch {
	case prior == "":
		return nil
	case slices.Equal(e.axes, []classifier.Axis{classifier.Stance}):
		return errors.New("--prior is for hostile and spam")
	case prior == "mix":
		e.ownMix = true
		return nil
	}
	if e.options.Prior, err = strconv.ParseFloat(prior, 64); err != nil || !(e.options.Prior > 0 && e.options.Prior < 1) {
		return fmt.Errorf("--prior %q: a share between 0 and 1, or mix", prior)
	}
	return nil
}

// chooseSplits decides what is trained, and how, where anything is.
func (e *evaluation) chooseSplits(cmd *cobra.Command, train bool) error {
	folds, model, recipe := cmd.Flag("folds").Value.String(), cmd.Flag("model").Value.String(), cmd.Flag("recipe").Value.String()
	if model != "" && train && folds == "" && recipe == "" {
		return e.chooseTrainedBase(cmd.Flag("against").Value.String())
	}
	if (folds != "" && train) || (model != "" && (train || folds != "")) {
		return errors.New("--model, --train and --folds exclude one another")
	}
	if folds == "" && !train {
		if recipe != "" {
			return errors.New("--recipe needs --train or --folds")
		}
		return nil
	}
	var err error
	if e.recipe, err = trial.Find(recipe); err != nil {
		return err
	}
	if against := cmd.Flag("against").Value.String(); against != "" {
		base, err := trial.Find(against)
		if err != nil {
			return err
		}
		e.againstRecipe = &base
	}
	switch {
	case train:
		e.splits = func(examples []trial.Example, axis classifier.Axis) ([]trial.Split, error) {
			return trial.Given(trial.LabelledOn(axis, e.train.examples), examples), nil
		}
	case folds == "file":
		e.splits = func(examples []trial.Example, _ classifier.Axis) ([]trial.Split, error) {
			return trial.ByFile(examples)
		}
	case folds == "group":
		e.splits = func(examples []trial.Example, _ classifier.Axis) ([]trial.Split, error) {
			return trial.ByGroup(examples)
		}
	default:
		n, err := strconv.Atoi(folds)
		if err != nil || n < 2 || n > trial.MaxFolds {
			return fmt.Errorf("--folds %q: a number from 2 to %d, file or group", folds, trial.MaxFolds)
		}
		e.splits = func(examples []trial.Example, _ classifier.Axis) ([]trial.Split, error) {
			return trial.InFolds(examples, n)
		}
	}
	return nil
}

// chooseTrainedBase decides what a model is measured against where there are training files beside it.
func (e *evaluation) chooseTrainedBase(against string) error {
	if against == "" {
		return errors.New("--model and --train exclude one another, unless --against names the recipe to train")
	}
	base, err := trial.Find(against)
	if err != nil {
		return fmt.Errorf("--against beside --model and --train: %w", err)
	}
	e.againstRecipe = &base
	return nil
}

func (e *evaluation) readFiles(cmd *cobra.Command, data, train []string) error {
	options, err := intakeOptions(cmd, e.p)
	if err != nil {
		return err
	}
	var axis classifier.Axis
	if len(e.axes) > 0 {
		axis = e.axes[0]
	}
	options.Axis = axis
	if e.data, err = readLabelled(cmd.Context(), options, data, e.rowKeys()...); err != nil {
		return err
	}
	if e.train, err = readLabelled(cmd.Context(), options, train); err != nil {
		return err
	}
	e.refused = e.data.refused + e.train.refused
	if len(e.data.examples) == 0 {
		if e.data.refused > 0 {
			return refusedExit(0, e.data.refused)
		}
		return nothingLabelled(axis, e.data.leftOut)
	}
	if err := e.keepWhere(); err != nil {
		return err
	}
	if axis == "" {
		e.axes = trial.AxesOf(e.data.examples)
	}
	return nil
}

// chooseModels opens the model to measure and the one to take the difference to.
func (e *evaluation) chooseModels(cmd *cobra.Command) error {
	model, err := chooseModel(cmd, e.p)
	if err != nil {
		return err
	}
	name := cmd.Flag("model").Value.String()
	if name == "" {
		name = fmt.Sprintf("%.12s", model.ID())
	}
	e.model = measured{name, model}
	against := cmd.Flag("against").Value.String()
	if against == "" || e.againstRecipe != nil {
		return nil
	}
	if _, err := trial.Find(against); err == nil {
		return usage(fmt.Errorf("--against %s: a recipe needs --train or --folds; beside a model --model too", against))
	}
	files, err := namedModel(cmd, e.p, against)
	if err != nil {
		return err
	}
	base, _, err := registry.Open(files)
	e.againstModel = &measured{against, base}
	return err
}
