package view

import (
	"strconv"
	"strings"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
)

// ModelPage is one model: what it learned from, from where it answers, and its figures.
type ModelPage struct {
	Frame
	ID, Chain, Data string
	Measured        string // what the figures were measured on; "" where none are stored
	Axes            []ModelAxis
}

func (ModelPage) template() string { return "model" }

// ModelAxis is one axis that the model answers on.
type ModelAxis struct {
	ID          string        // stance, hostile or spam
	Axis        string        // in words
	Learned     string        // from how much
	Answers     string        // from where it answers
	Aim         string        // what its thresholds are set for
	Prior       string        // the share of yes that it expects; "" for stance
	Figures     []ModelFigure // empty where not measured
	Thresholds  []ThresholdRow
	Calibration *Calibration // nil where not measured
}

// ModelFigure is one figure with its 95 % interval, under the share of yes that the model expects and under that of the examples.
type ModelFigure struct{ Name, AtPrior, AtMix string }

// ThresholdRow is what yes would be worth from one threshold.
type ThresholdRow struct {
	From, Share, Precision, Recall string
	Chosen                         bool // the model's own
}

// Calibration is the curve of what came true, with the places of its points in a square of 200 units.
type Calibration struct {
	ID, Title, Description string
	Points                 []CalibrationPoint
}

// CalibrationPoint is one bin of equally many comments.
type CalibrationPoint struct {
	Comments                  int
	Low, High, Mean, CameTrue string
	X, Y                      string
}

// NewModelPage lays out a model's manifest.
func NewModelPage(frame Frame, manifest registry.Manifest) ModelPage {
	page := ModelPage{Frame: frame, ID: manifest.ID, Chain: manifest.Chain, Data: manifest.Origin.Data}
	report, _ := trial.ReadModelReport(manifest.Metrics)
	for i, axis := range classifier.Axes {
		if manifest.Vocabulary[i] == 0 {
			continue
		}
		shown := newModelAxis(frame.Local, axis, manifest)
		if measured, ok := report.On(axis); ok {
			page.Measured = report.Measured
			shown.measure(frame.Local, measured, manifest.Parameters.Axes[i].High)
		}
		page.Axes = append(page.Axes, shown)
	}
	return page
}

func newModelAxis(local Local, axis classifier.Axis, manifest registry.Manifest) ModelAxis {
	at := axis.Index()
	parameters := manifest.Parameters.Axes[at]
	var counted []string
	for class, answer := range axis.Answers() {
		counted = append(counted, significant(local, manifest.Examples[at][class], 6)+" "+local.Answer(answer))
	}
	shown := ModelAxis{
		ID: string(axis), Axis: local.Axis(axis), Learned: local.T("model.learned", "features", int(manifest.Vocabulary[at]), "examples", strings.Join(counted, ", ")),
	}
	if shown.Aim = local.T("comment.thresholds_by_hand"); !parameters.ByHand() {
		shown.Aim = aimed(local, axis)
	}
	high, low, coverage := local.Decimal(parameters.High, 2), local.Decimal(parameters.Low, 2), local.Decimal(parameters.MinCoverage, 2)
	if axis == classifier.Stance {
		shown.Answers = local.T("model.answers_stance", "high", high, "coverage", coverage)
		return shown
	}
	shown.Prior = local.T("number.percent", "value", significant(local, parameters.Prior*100, 3))
	key, arrivals := "model.answers", int(manifest.Origin.Arrivals[at])
	if arrivals > 0 {
		key = "model.answers_arrivals"
	}
	shown.Answers = local.T(key, "high", high, "low", low, "coverage", coverage, "share", shown.Prior, "arrivals", arrivals)
	return shown
}

// aimed is what the model sets an axis's thresholds for.
func aimed(local Local, axis classifier.Axis) string {
	if axis == classifier.Stance {
		const answers = 100
		return local.T("model.aim_stance", "answers", answers, "wrong", local.Decimal(classifier.MostWrong(axis)*answers, 0))
	}
	const comments = 2000
	return local.T("model.aim", "comments", comments, "alarms", significant(local, classifier.MostFalseAlarms(axis)*comments, 6),
		"wrong", significant(local, classifier.MostWrong(axis)*comments, 6))
}

// measure adds what was measured. Calibration is that at the mix of the examples: where few are yes most probabilities lie near 0.
func (a *ModelAxis) measure(local Local, measured trial.ModelAxisReport, high float64) {
	atPrior := map[string]string{}
	if measured.AtPrior != nil {
		for _, figure := range figuresOf(local, &measured.AtPrior.Report) {
			atPrior[figure.Name] = figure.AtMix
		}
		for _, row := range measured.AtPrior.Thresholds {
			a.Thresholds = append(a.Thresholds, ThresholdRow{From: local.Decimal(row.Threshold, 2), Share: optional(local, row.Share), Precision: optional(local, row.Precision),
				Recall: optional(local, row.Recall), Chosen: row.Threshold == high})
		}
	}
	for _, figure := range figuresOf(local, &measured.AtMix.Report) {
		figure.AtPrior = atPrior[figure.Name]
		a.Figures = append(a.Figures, figure)
	}
	a.Calibration = newCalibration(local, a.ID, a.Axis, measured.AtMix)
}

// figuresOf are a report's figures, as those at the mix.
func figuresOf(local Local, r *eval.Report) []ModelFigure {
	var figures []ModelFigure
	add := func(name string, value *float64, interval *eval.Interval) {
		if value == nil {
			return
		}
		shown := optional(local, value)
		if interval != nil {
			shown = local.T("model.interval", "value", shown, "low", local.Decimal(interval.Low, 3), "high", local.Decimal(interval.High, 3))
		}
		figures = append(figures, ModelFigure{Name: name, AtMix: shown})
	}
	add(local.T("model.figure_accuracy"), r.Accuracy, r.Interval.Accuracy)
	add(local.T("model.figure_macro_f1"), r.MacroF1, r.Interval.MacroF1)
	for _, class := range r.Classes {
		add(local.T("model.figure_f1", "answer", local.Answer(class)), r.F1[class], r.Interval.F1[class])
	}
	add(local.T("model.figure_auc"), r.AUC, r.Interval.AUC)
	add(local.T("model.figure_recall"), r.Recall, r.Interval.Recall)
	add(local.T("model.figure_false_positives"), r.FalsePositiveRate, r.Interval.FalsePositiveRate)
	add(local.T("model.figure_calibration"), r.ECE, r.Interval.ECE)
	if r.ECERedrawn != nil {
		add(local.T("model.figure_redrawn"), &r.ECERedrawn.Quantile95, nil)
	}
	add(local.T("model.figure_log_loss"), r.LogLoss, r.Interval.LogLoss)
	add(local.T("model.figure_unsure"), r.Unsure, r.Interval.Unsure)
	add(local.T("model.figure_error"), r.Abstention.Error, r.Abstention.Interval.Error)
	add(local.T("model.figure_certain"), r.Abstention.ErrorCertain, r.Abstention.Interval.ErrorCertain)
	add(local.T("model.figure_answered"), r.Abstention.ErrorAnswered, r.Abstention.Interval.ErrorAnswered)
	return figures
}

const calibrationSide = 200

func newCalibration(local Local, id, axis string, figures trial.ModelFigures) *Calibration {
	if len(figures.Calibration) == 0 {
		return nil
	}
	c := &Calibration{ID: "calibration-" + id, Title: local.T("model.chart", "axis", axis)}
	if figures.ECE != nil {
		c.Title = local.T("model.chart_off", "axis", axis, "points", local.Decimal(*figures.ECE*100, 1))
	}
	c.Description = local.T("model.chart_what", "bins", len(figures.Calibration))
	for _, point := range figures.Calibration {
		c.Points = append(c.Points, CalibrationPoint{
			Comments: point.Rows, Low: local.Decimal(point.Low, 3), High: local.Decimal(point.High, 3), Mean: local.Decimal(point.Predicted, 3), CameTrue: local.Decimal(point.Observed, 3),
			X: units(point.Predicted), Y: units(1 - point.Observed),
		})
	}
	return c
}

func units(share float64) string { return strconv.FormatFloat(share*calibrationSide, 'f', 1, 64) }

func optional(local Local, value *float64) string {
	if value == nil {
		return "–"
	}
	return local.Decimal(*value, 3)
}
