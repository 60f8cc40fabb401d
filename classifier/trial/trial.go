package trial

import (
	"context"
	"fmt"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// Options say how a trial is run and read.
type Options struct {
	Unsure    eval.UnsurePolicy // how abstentions count; "" is best guess
	Threshold float64           // hostile and spam: yes from this probability of yes; 0: the more probable answer
	Recall    float64           // hostile and spam: yes from the threshold that has this mean recall; 0: by Threshold
	Prior     float64           // hostile and spam: measure as if yes made up this share, by models that expect it; 0: as they are
	By        string            // figures for each value of this key too, see Example.Key; "": none
	Least     int               // with By, values that fewer examples have are left out
	Bootstrap eval.Bootstrap
	Now       func() time.Time  // the clock for the speed; nil: not measured
	Progress  func(step string) // called before each step; nil: not
}

// Result is what one recipe or one model came to on one axis.
type Result struct {
	Axis        classifier.Axis
	Name        string // of the recipe or the model
	Measurement *eval.Measurement
	Report      eval.Report
	Rows        []eval.Row // what was measured, over all splits
	Examples    []Example  // the example of each row

	reading eval.Options // how the rows were read
	slicing slicing
}

// Run trains the recipe on each split and measures all their answers together. Examples without a label on the axis are left out and counted.
func Run(ctx context.Context, recipe Recipe, axis classifier.Axis, splits []Split, options Options) (Result, error) {
	var answers answers
	model := ""
	for _, s := range splits {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		options.step("%s, recipe %s: training, %s", axis, recipe.Name, s.describe())
		trained, err := recipe.Train(axis, s.Train)
		if err != nil {
			return Result{}, s.name(err)
		}
		if trained.Model != nil && len(splits) == 1 {
			model = trained.Model.ID()
		}
		answer, err := options.expecting(trained, axis, s.Train)
		if err != nil {
			return Result{}, s.name(err)
		}
		if err := answers.add(ctx, axis, s.Test, answer, options.Now); err != nil {
			return Result{}, err
		}
	}
	return answers.result(axis, recipe.Name, model, options)
}

// RunModel measures a model as it is. On an axis that it lacks it abstains everywhere.
func RunModel(ctx context.Context, model *classifier.Model, name string, axis classifier.Axis, examples []Example, options Options) (Result, error) {
	var answers answers
	options.step("%s, %s: %d comments", axis, name, len(examples))
	answer, err := options.expecting(&Trained{Model: model, answer: modelAnswer(model, axis)}, axis, nil)
	if err != nil {
		return Result{}, fmt.Errorf("%s, %s: %w", axis, name, err)
	}
	if err := answers.add(ctx, axis, examples, answer, options.Now); err != nil {
		return Result{}, err
	}
	return answers.result(axis, name, model.ID(), options)
}

// Against is how far the result lies from a base on the same examples, figure by figure, with 95 % intervals of the paired bootstrap. Where both
// are sliced the gaps between the slices come last.
func (r Result) Against(base Result, bootstrap eval.Bootstrap) ([]eval.Difference, error) {
	differences, err := eval.Compare(base.Measurement, r.Measurement, bootstrap)
	if err != nil {
		return nil, fmt.Errorf("%s, %s against %s: %w", r.Axis, r.Name, base.Name, err)
	}
	if r.slicing.names == nil || base.slicing.names == nil {
		return differences, nil
	}
	gaps, err := eval.CompareGaps(base.Rows, r.Rows, r.slicing.names, r.slicing.least, base.reading, r.reading, bootstrap)
	if err != nil {
		return nil, fmt.Errorf("%s, %s against %s: %w", r.Axis, r.Name, base.Name, err)
	}
	return append(differences, gaps...), nil
}

func (o Options) step(format string, values ...any) {
	if o.Progress != nil {
		o.Progress(fmt.Sprintf(format, values...))
	}
}

func (s Split) describe() string {
	size := fmt.Sprintf("%d examples", len(s.Train))
	if s.Name == "" {
		return size
	}
	return s.Name + ", " + size
}

func (s Split) name(err error) error {
	if s.Name == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.Name, err)
}

// answers gathers what was answered, over all splits.
type answers struct {
	rows     []eval.Row
	examples []Example // of each row
	leftOut  int
	elapsed  time.Duration
}

// patience is how many comments are classified between two looks at the context.
const patience = 4096

// add classifies the examples that have a label on the axis. Only the classifying is timed.
func (a *answers) add(ctx context.Context, axis classifier.Axis, examples []Example, answer answer, now func() time.Time) error {
	labelled := LabelledOn(axis, examples)
	a.leftOut += len(examples) - len(labelled)
	probabilities := make([][3]float64, len(labelled))
	sure := make([]bool, len(labelled))
	var started time.Time
	if now != nil {
		started = now()
	}
	for i := range labelled {
		if i%patience == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		probabilities[i], sure[i] = answer(labelled[i].Example)
	}
	if now != nil {
		a.elapsed += now().Sub(started)
	}
	a.examples = append(a.examples, labelled...)
	for i, e := range labelled {
		a.rows = append(a.rows, eval.Row{
			Gold: axis.AnswerIndex(e.Labels[axis]), Probabilities: probabilities[i][:len(axis.Answers())], Answered: sure[i], Group: e.Group,
		})
	}
	return nil
}

// result measures the answers. Rows that all belong to one group are taken to stand by themselves: one group alone says nothing about spread.
func (a *answers) result(axis classifier.Axis, name, model string, options Options) (Result, error) {
	if len(a.rows) == 0 {
		return Result{}, fmt.Errorf("%s: no example has a label", axis)
	}
	if oneGroup(a.rows) {
		for i := range a.rows {
			a.rows[i].Group = ""
		}
	}
	options.step("%s, %s: measuring %d comments", axis, name, len(a.rows))
	slicing, err := options.slicing(a.examples)
	if err != nil {
		return Result{}, fmt.Errorf("%s, %s: %w", axis, name, err)
	}
	reading, err := options.reading(axis, a.rows, slicing)
	if err != nil {
		return Result{}, fmt.Errorf("%s, %s: %w", axis, name, err)
	}
	measured, err := eval.Measure(axis.Answers(), a.rows, reading)
	if err != nil {
		return Result{}, fmt.Errorf("%s, %s: %w", axis, name, err)
	}
	report := eval.NewReport(string(axis), measured, measured.Intervals(options.Bootstrap))
	if err := slicing.report(&report, axis, a.rows, reading, options.Bootstrap); err != nil {
		return Result{}, fmt.Errorf("%s, %s: %w", axis, name, err)
	}
	report.LeftOut = a.leftOut
	if model != "" {
		report.Model = &model
	}
	if a.elapsed > 0 {
		speed := float64(len(a.rows)) / a.elapsed.Seconds()
		report.CommentsPerSecond = &speed
	}
	return Result{
		Axis: axis, Name: name, Measurement: measured, Report: report, Rows: a.rows, Examples: a.examples, reading: reading, slicing: slicing,
	}, nil
}

func oneGroup(rows []eval.Row) bool {
	for _, row := range rows {
		if row.Group != rows[0].Group {
			return false
		}
	}
	return true
}

// AxesOf lists the axes that examples have labels for, in their fixed order.
func AxesOf(examples []Example) []classifier.Axis {
	var axes []classifier.Axis
	for _, axis := range classifier.Axes {
		for _, e := range examples {
			if axis.AnswerIndex(e.Labels[axis]) >= 0 {
				axes = append(axes, axis)
				break
			}
		}
	}
	return axes
}
