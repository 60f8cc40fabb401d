package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	evalpage "commentdesk/classifier/eval/page"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
)

// htmlFlag gives a command --html.
func htmlFlag(cmd *cobra.Command) {
	cmd.Flags().String("html", "", "write the figures, pictures and surest errors to `FILE` too, as one page; trains a learning curve with --train or --folds")
}

// htmlReport is the page that --html asks for. The nil one is not asked for: it takes everything and writes nothing.
type htmlReport struct {
	e       *evaluation
	cmd     *cobra.Command
	path    string
	axes    []measuredAxis
	trained map[classifier.Axis]*trial.Trained // the first thing trained on each axis
}

// measuredAxis is what one axis came to.
type measuredAxis struct {
	result, base trial.Result
	options      trial.Options
}

// newHTMLReport refuses a bad path before anything is measured. It watches the recipe, for the words that were learned.
func newHTMLReport(cmd *cobra.Command, e *evaluation) (*htmlReport, error) {
	path := cmd.Flag("html").Value.String()
	if path == "" {
		return nil, nil
	}
	if err := evalpage.MayWrite(path); err != nil {
		return nil, usage(fmt.Errorf("--html: %w", err))
	}
	h := &htmlReport{e: e, cmd: cmd, path: path, trained: map[classifier.Axis]*trial.Trained{}}
	if e.splits != nil {
		e.recipe = e.recipe.Watched(func(axis classifier.Axis, trained *trial.Trained) {
			if h.trained[axis] == nil {
				h.trained[axis] = trained
			}
		})
	}
	return h, nil
}

// add takes what one axis came to.
func (h *htmlReport) add(result, base trial.Result, options trial.Options) {
	if h != nil {
		h.axes = append(h.axes, measuredAxis{result, base, options})
	}
}

// write trains the learning curves and writes the page, whole or not at all.
func (h *htmlReport) write(reports []axisReport) error {
	if h == nil {
		return nil
	}
	shown := evalpage.Page{
		Command: shellWords(append([]string{"commentdesk"}, h.e.p.args...)), At: h.e.p.now(), Program: version, Sets: h.sets(),
	}
	for i, measured := range h.axes {
		axis, err := h.axis(measured, reports[i])
		if err != nil {
			return err
		}
		shown.Axes = append(shown.Axes, axis)
	}
	if err := evalpage.Save(h.path, shown); err != nil {
		return err
	}
	say(h.e.p.err, "page written to %s; it holds comments", h.path)
	return nil
}

// sets are the files that were read.
func (h *htmlReport) sets() []evalpage.Set {
	sets := []evalpage.Set{pageSet("Measured", h.e.data)}
	if len(h.e.train.examples) > 0 {
		sets = append(sets, pageSet("Trained on", h.e.train))
	}
	return sets
}

// pageSet counts the rows of each file, in the order in which they were read.
func pageSet(purpose string, set labelledSet) evalpage.Set {
	shown := evalpage.Set{Purpose: purpose, LeftOut: set.leftOut, Refused: set.refused}
	place := map[string]int{}
	for _, e := range set.examples {
		at, known := place[e.File]
		if !known {
			at = len(shown.Files)
			place[e.File] = at
			shown.Files = append(shown.Files, evalpage.File{Name: e.File})
		}
		shown.Files[at].Rows++
	}
	return shown
}

func (h *htmlReport) axis(m measuredAxis, report axisReport) (evalpage.Axis, error) {
	axis := m.result.Axis
	shown := evalpage.Axis{
		Name: string(axis), Measured: "model " + m.result.Name, Report: report.Report, Measurement: m.result.Measurement, By: m.options.By,
		Claims: report.LabelsPerClaim,
	}
	if m.base.Measurement != nil {
		shown.Base = &evalpage.Base{Name: m.base.Name, Measurement: m.base.Measurement}
		if report.Against != nil {
			shown.Base.Differences = report.Against.Differences
		}
	}
	var err error
	if shown.Wrong, shown.Errors, err = h.errors(m); err != nil {
		return evalpage.Axis{}, err
	}
	if h.e.splits != nil {
		shown.Measured = "recipe " + m.result.Name
		if err := h.learned(&shown, m); err != nil {
			return evalpage.Axis{}, err
		}
	}
	of, model, counts, err := h.answering(axis)
	if err != nil || model == nil {
		return shown, err
	}
	if axis != classifier.Stance && model.Has(axis) {
		shown.Expects = model.Parameters().Axes[axis.Index()].Prior
	}
	shown.WordsOf = of
	shown.Words, err = classWords(model, counts, axis)
	return shown, err
}

// learned adds what was trained: the learning curve, and how many texts training had to do without.
func (h *htmlReport) learned(shown *evalpage.Axis, m measuredAxis) error {
	axis, ctx := m.result.Axis, h.cmd.Context()
	splits, err := h.e.splits(trial.LabelledOn(axis, h.e.data.examples), axis)
	if err != nil {
		return err
	}
	shown.Shared = trial.Shared(splits)
	return slowly(h.e.p.err, func(step func(string)) error {
		options := m.options
		options.Progress = func(s string) { step("learning curve: " + s) }
		points, err := trial.LearningCurve(ctx, h.e.recipe, axis, splits, m.result, options)
		for _, p := range points {
			shown.Learning = append(shown.Learning, evalpage.LearningPoint{
				Share: p.Share, Examples: p.Examples, Report: p.Result.Report, Reason: p.Reason,
			})
		}
		return err
	})
}

// errors are the surest wrong answers, and how many there are in all.
func (h *htmlReport) errors(m measuredAxis) (int, []evalpage.Error, error) {
	reading := eval.Options{Unsure: m.options.Unsure}
	if threshold := m.result.Report.Threshold; threshold != nil {
		reading.Threshold = *threshold
	}
	rows, answers := m.result.Rows, m.result.Axis.Answers()
	wrong := eval.MostCertainErrors(rows, reading, len(rows))
	var shown []evalpage.Error
	for _, at := range wrong[:min(evalpage.ErrorLimit, len(wrong))] {
		answer, probability := rows[at].Answer(reading)
		e := m.result.Examples[at]
		shown = append(shown, evalpage.Error{
			Text: e.Text, Claim: e.Claim, File: e.File, Label: answers[rows[at].Gold], Answer: answers[answer], Probability: probability,
			Unsure: !rows[at].Answered,
		})
	}
	return len(wrong), shown, h.findLines(shown)
}

// answering is the model that answered on an axis, how to call it, and the counts it was built from; of several folds the first. All are nil with
// a recipe that makes no model.
func (h *htmlReport) answering(axis classifier.Axis) (string, *classifier.Model, *classifier.Counts, error) {
	if h.e.splits == nil {
		files, err := h.modelFiles()
		if err != nil {
			return "", nil, nil, err
		}
		counts, _, err := registry.ReadCounts(files)
		return "model " + h.e.model.name, h.e.model.model, counts, err
	}
	trained := h.trained[axis]
	switch {
	case trained == nil:
		return "", nil, nil, nil
	case len(h.e.train.examples) == 0:
		return "the first fold’s model", trained.Model, trained.Counts, nil
	default:
		return "the trained model", trained.Model, trained.Counts, nil
	}
}

// classWords are the words that carry each answer.
func classWords(model *classifier.Model, counts *classifier.Counts, axis classifier.Axis) ([]evalpage.ClassWords, error) {
	carrying, err := trial.CarryingWords(model, counts, axis, evalpage.WordLimit)
	if err != nil {
		return nil, err
	}
	var shown []evalpage.ClassWords
	for class, words := range carrying {
		shown = append(shown, evalpage.ClassWords{Class: axis.Answers()[class]})
		for _, w := range words {
			shown[class].Words = append(shown[class].Words, evalpage.Word{
				Text: w.Text, Claim: w.Claim, Weight: w.Weight, Counts: w.Counts[:len(axis.Answers())],
			})
		}
	}
	return shown, nil
}

// modelFiles are the files of the model that is measured.
func (h *htmlReport) modelFiles() (registry.Files, error) {
	id := h.e.model.model.ID()
	if starter, err := registry.ReadManifest(starterFiles().Manifest); err == nil && starter.ID == id {
		return starterFiles(), nil
	}
	name := h.cmd.Flag("model").Value.String()
	if name == "" || name == "champion" {
		name = id
	}
	return namedModel(h.cmd, h.e.p, name)
}
