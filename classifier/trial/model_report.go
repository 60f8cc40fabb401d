package trial

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// ModelReport is what is known of a model from examples that it was made of, each answered by a model made without it.
type ModelReport struct {
	Measured string            `json:"measured"` // on what, in words
	Axes     []ModelAxisReport `json:"axes"`     // those that have examples of every answer
}

// ModelAxisReport is one axis of a ModelReport. On hostile and spam the answer is yes from the model's own threshold.
type ModelAxisReport struct {
	Axis    classifier.Axis `json:"axis"`
	AtPrior *ModelFigures   `json:"at_prior"` // as if yes were as frequent as the model expects; null for stance
	AtMix   ModelFigures    `json:"at_mix"`   // with the answers as frequent as among the examples, and a model that expects that
}

// ModelFigures are figures with the curve that their calibration error sums up.
type ModelFigures struct {
	eval.Report
	Calibration []eval.ReliabilityPoint `json:"calibration"`
}

// NewModelReport measures held-out answers of a model with these parameters. The intervals resample groups.
func NewModelReport(measured string, parameters classifier.Parameters, heldOut [3][]classifier.HeldOutAnswer) (ModelReport, error) {
	report := ModelReport{Measured: measured, Axes: []ModelAxisReport{}}
	for i, axis := range classifier.Axes {
		var found [3]int
		for _, answer := range heldOut[i] {
			found[answer.Class]++
		}
		if everyAnswer(axis, found) != nil {
			continue
		}
		axisReport, err := newModelAxisReport(axis, parameters.Axes[i], heldOut[i], float64(found[0])/float64(len(heldOut[i])))
		if err != nil {
			return ModelReport{}, fmt.Errorf("model report, %s: %w", axis, err)
		}
		report.Axes = append(report.Axes, axisReport)
	}
	return report, nil
}

// On is the report of one axis; false where it was not measured.
func (r ModelReport) On(axis classifier.Axis) (ModelAxisReport, bool) {
	for _, report := range r.Axes {
		if report.Axis == axis {
			return report, true
		}
	}
	return ModelAxisReport{}, false
}

// Report measures the model on its own training examples. A recipe that makes no model has no report.
func (t *Trained) Report(measured string) (ModelReport, error) {
	if t.training == nil {
		return ModelReport{}, errors.New("model report: there is no model that was trained here")
	}
	heldOut, err := t.training.HeldOut()
	if err != nil {
		return ModelReport{}, fmt.Errorf("model report: %w", err)
	}
	return NewModelReport(measured, t.Model.Parameters(), heldOut)
}

func newModelAxisReport(axis classifier.Axis, parameters classifier.AxisParameters, answers []classifier.HeldOutAnswer, mix float64) (ModelAxisReport, error) {
	report, options, rows := ModelAxisReport{Axis: axis}, eval.Options{}, heldOutRows(axis, answers)
	if axis != classifier.Stance {
		options.Threshold = parameters.High
		expected := options
		expected.Prior = parameters.Prior
		atPrior, err := newModelFigures(axis, rows, expected)
		if err != nil {
			return report, err
		}
		report.AtPrior = &atPrior
		expectMix(rows, answers, parameters, mix)
	}
	var err error
	report.AtMix, err = newModelFigures(axis, rows, options)
	return report, err
}

func heldOutRows(axis classifier.Axis, answers []classifier.HeldOutAnswer) []eval.Row {
	rows := make([]eval.Row, len(answers))
	for i, answer := range answers {
		probabilities := answer.Opinion.Probabilities
		rows[i] = eval.Row{
			Gold: answer.Class, Probabilities: probabilities[:len(axis.Answers())], Answered: answer.Opinion.Answer != classifier.Unsure, Group: answer.Group,
		}
	}
	if oneGroup(rows) {
		for i := range rows {
			rows[i].Group = ""
		}
	}
	return rows
}

// expectMix turns rows of a model that expects its prior into those of one that expects the mix, with the same thresholds and least coverage.
func expectMix(rows []eval.Row, answers []classifier.HeldOutAnswer, parameters classifier.AxisParameters, mix float64) {
	for i := range rows {
		yes, no := rows[i].Probabilities[0]*mix/parameters.Prior, rows[i].Probabilities[1]*(1-mix)/(1-parameters.Prior)
		yes /= yes + no
		rows[i].Probabilities = []float64{yes, 1 - yes}
		rows[i].Answered = answers[i].Opinion.Coverage() >= parameters.MinCoverage && (yes >= parameters.High || yes <= parameters.Low)
	}
}

func newModelFigures(axis classifier.Axis, rows []eval.Row, options eval.Options) (ModelFigures, error) {
	measured, err := eval.Measure(axis.Answers(), rows, options)
	if err != nil {
		return ModelFigures{}, err
	}
	figures := ModelFigures{Report: eval.NewReport(string(axis), measured, measured.Intervals(eval.Bootstrap{Seed: 1})), Calibration: measured.Reliability()}
	curve := figures.Abstention.Curve[:0]
	for i, point := range figures.Abstention.Curve {
		if i%2 == 1 { // coverage .1, .2, … 1
			curve = append(curve, point)
		}
	}
	figures.Abstention.Curve = curve
	return figures, nil
}

// reportDigits is how many significant digits of a stored figure are kept: more than its interval can tell apart.
const reportDigits = 4

// JSON is the report as it is stored with a model: every number in four significant digits, so that it stays small.
func (r ModelReport) JSON() (json.RawMessage, error) {
	exact, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(exact))
	decoder.UseNumber()
	var values any
	if err := decoder.Decode(&values); err != nil {
		return nil, err
	}
	return json.Marshal(shortNumbers(values))
}

// shortNumbers are decoded JSON values with fewer digits; whole numbers keep theirs.
func shortNumbers(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			value[key] = shortNumbers(value[key])
		}
	case []any:
		for i := range value {
			value[i] = shortNumbers(value[i])
		}
	case json.Number:
		if number, err := value.Float64(); err == nil && number != math.Trunc(number) {
			return json.Number(strconv.FormatFloat(number, 'g', reportDigits, 64))
		}
	}
	return value
}

// ReadModelReport reads what JSON wrote; false where the text is none of ours, as the figures of older models are not.
func ReadModelReport(text []byte) (ModelReport, bool) {
	var report ModelReport
	if len(text) == 0 || json.Unmarshal(text, &report) != nil || report.Measured == "" {
		return ModelReport{}, false
	}
	for _, axis := range report.Axes {
		if axis.Axis.Index() < 0 || axis.AtMix.N == 0 {
			return ModelReport{}, false
		}
	}
	return report, true
}
