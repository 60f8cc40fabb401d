package view

import (
	"fmt"
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
	Axis        string
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
	page.Measured = report.Measured
	for i, axis := range classifier.Axes {
		if manifest.Vocabulary[i] == 0 {
			continue
		}
		shown := newModelAxis(axis, manifest)
		if measured, ok := report.On(axis); ok {
			shown.measure(measured, manifest.Parameters.Axes[i].High)
		}
		page.Axes = append(page.Axes, shown)
	}
	return page
}

func newModelAxis(axis classifier.Axis, manifest registry.Manifest) ModelAxis {
	at := axis.Index()
	parameters := manifest.Parameters.Axes[at]
	var counted []string
	for class, answer := range axis.Answers() {
		counted = append(counted, fmt.Sprintf("%.6g %s", manifest.Examples[at][class], answer))
	}
	shown := ModelAxis{
		Axis: string(axis), Learned: fmt.Sprintf("Learned %d features from examples: %s.", manifest.Vocabulary[at], strings.Join(counted, ", ")),
		Aim: trial.ThresholdAim(axis),
	}
	if parameters.ByHand() {
		shown.Aim = "Set by hand; fitting chose " + thresholdWords(axis, parameters.Fitted) + "."
	}
	if axis == classifier.Stance {
		shown.Answers = fmt.Sprintf("Answers from %.2f, unsure under %.2f coverage.", parameters.High, parameters.MinCoverage)
		return shown
	}
	shown.Prior = fmt.Sprintf("%.3g %%", parameters.Prior*100)
	shown.Answers = fmt.Sprintf("Answers yes from %.2f, no up to %.2f, unsure between them and under %.2f coverage. Expects %s yes", parameters.High, parameters.Low,
		parameters.MinCoverage, shown.Prior)
	if arrivals := manifest.Origin.Arrivals[at]; arrivals > 0 {
		shown.Answers += fmt.Sprintf(", estimated over %d arrivals", arrivals)
	}
	shown.Answers += "."
	return shown
}

// measure adds what was measured. Calibration is that at the mix of the examples: where few are yes most probabilities lie near 0.
func (a *ModelAxis) measure(measured trial.ModelAxisReport, high float64) {
	atPrior := map[string]string{}
	if measured.AtPrior != nil {
		for _, figure := range figuresOf(&measured.AtPrior.Report) {
			atPrior[figure.Name] = figure.AtMix
		}
		for _, row := range measured.AtPrior.Thresholds {
			a.Thresholds = append(a.Thresholds, ThresholdRow{From: fmt.Sprintf("%.2f", row.Threshold), Share: optional(row.Share), Precision: optional(row.Precision),
				Recall: optional(row.Recall), Chosen: row.Threshold == high})
		}
	}
	for _, figure := range figuresOf(&measured.AtMix.Report) {
		figure.AtPrior = atPrior[figure.Name]
		a.Figures = append(a.Figures, figure)
	}
	a.Calibration = newCalibration(a.Axis, measured.AtMix)
}

// figuresOf are a report's figures, as those at the mix.
func figuresOf(r *eval.Report) []ModelFigure {
	var figures []ModelFigure
	add := func(name string, value *float64, interval *eval.Interval) {
		if value == nil {
			return
		}
		shown := optional(value)
		if interval != nil {
			shown += fmt.Sprintf(" (%.3f to %.3f)", interval.Low, interval.High)
		}
		figures = append(figures, ModelFigure{Name: name, AtMix: shown})
	}
	add("accuracy", r.Accuracy, r.Interval.Accuracy)
	add("macro-F1", r.MacroF1, r.Interval.MacroF1)
	for _, class := range r.Classes {
		add("F1 "+class, r.F1[class], r.Interval.F1[class])
	}
	add("AUC", r.AUC, r.Interval.AUC)
	add("recall", r.Recall, r.Interval.Recall)
	add("false-positive rate", r.FalsePositiveRate, r.Interval.FalsePositiveRate)
	add("calibration error", r.ECE, r.Interval.ECE)
	if r.ECERedrawn != nil {
		add("… if calibrated, in 95 of 100 draws below", &r.ECERedrawn.Quantile95, nil)
	}
	add("log loss", r.LogLoss, r.Interval.LogLoss)
	add("unsure", r.Unsure, r.Interval.Unsure)
	add("error of the best guess", r.Abstention.Error, r.Abstention.Interval.Error)
	add("… on the surest 80 %", r.Abstention.ErrorCertain, r.Abstention.Interval.ErrorCertain)
	add("… where answered", r.Abstention.ErrorAnswered, r.Abstention.Interval.ErrorAnswered)
	return figures
}

const calibrationSide = 200

func newCalibration(axis string, figures trial.ModelFigures) *Calibration {
	if len(figures.Calibration) == 0 {
		return nil
	}
	c := &Calibration{ID: "calibration-" + axis, Title: axis + ": probabilities against what happened"}
	if figures.ECE != nil {
		c.Title = fmt.Sprintf("%s: probabilities are off by %.1f points of 100 on average", axis, *figures.ECE*100)
	}
	c.Description = fmt.Sprintf("Mean probability of %d bins from left to right, share that came true from bottom to top. Calibrated points lie on the diagonal.",
		len(figures.Calibration))
	for _, point := range figures.Calibration {
		c.Points = append(c.Points, CalibrationPoint{
			Comments: point.Rows, Low: decimal(point.Low), High: decimal(point.High), Mean: decimal(point.Predicted), CameTrue: decimal(point.Observed),
			X: units(point.Predicted), Y: units(1 - point.Observed),
		})
	}
	return c
}

func units(share float64) string { return strconv.FormatFloat(share*calibrationSide, 'f', 1, 64) }

func decimal(value float64) string { return strconv.FormatFloat(value, 'f', 3, 64) }

func optional(value *float64) string {
	if value == nil {
		return "–"
	}
	return decimal(*value)
}
