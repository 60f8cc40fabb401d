package eval

// Report is one axis's figures as `evaluate --json` prints them. Numbers that do not apply are null.
type Report struct {
	Axis              string              `json:"axis"`
	N                 int                 `json:"n"`
	LeftOut           int                 `json:"left_out"` // rows without a label on the axis
	Classes           []string            `json:"classes"`
	Accuracy          *float64            `json:"accuracy"`
	MacroF1           *float64            `json:"macro_f1"`
	F1                map[string]*float64 `json:"f1"` // by class
	AUC               *float64            `json:"auc"`
	AveragePrecision  *float64            `json:"average_precision"`
	Brier             *float64            `json:"brier"`
	ECE               *float64            `json:"ece"`
	Unsure            *float64            `json:"unsure"`
	Confusion         [][]int             `json:"confusion"` // [gold][predicted], in the order of Classes
	Interval          ReportInterval      `json:"interval"`
	CommentsPerSecond *float64            `json:"comments_per_second"` // null where speed was not measured
	Model             *string             `json:"model"`               // null where several models answered, as with folds
	LogLoss           *float64            `json:"-"`                   // shown in the table only
}

// ReportInterval holds the 95 % interval of each figure, null where there is none.
type ReportInterval struct {
	Accuracy         *Interval            `json:"accuracy"`
	MacroF1          *Interval            `json:"macro_f1"`
	F1               map[string]*Interval `json:"f1"`
	AUC              *Interval            `json:"auc"`
	AveragePrecision *Interval            `json:"average_precision"`
	Brier            *Interval            `json:"brier"`
	ECE              *Interval            `json:"ece"`
	Unsure           *Interval            `json:"unsure"`
	LogLoss          *Interval            `json:"-"`
}

// NewReport lays a measurement and its intervals out for printing; intervals may be nil. The caller adds what the rows cannot tell: LeftOut,
// CommentsPerSecond, Model.
func NewReport(axis string, m *Measurement, intervals map[Figure]Interval) Report {
	report := Report{Axis: axis, N: m.N, Classes: m.Classes(), F1: map[string]*float64{}, Confusion: m.Confusion}
	report.Interval.F1 = map[string]*Interval{}
	for i, figure := range m.names {
		value := number(m.values[i])
		var interval *Interval
		if found, ok := intervals[figure]; ok {
			interval = &found
		}
		if class, ok := figure.f1Class(); ok {
			report.F1[class], report.Interval.F1[class] = value, interval
			continue
		}
		valueField, intervalField := report.fields(figure)
		*valueField, *intervalField = value, interval
	}
	return report
}

// get is a figure and its interval, nil where there is none.
func (r *Report) get(figure Figure) (*float64, *Interval) {
	if class, ok := figure.f1Class(); ok {
		return r.F1[class], r.Interval.F1[class]
	}
	value, interval := r.fields(figure)
	return *value, *interval
}

// fields is where the report keeps a figure that is not a class's F1.
func (r *Report) fields(figure Figure) (**float64, **Interval) {
	switch figure {
	case Accuracy:
		return &r.Accuracy, &r.Interval.Accuracy
	case MacroF1:
		return &r.MacroF1, &r.Interval.MacroF1
	case AUC:
		return &r.AUC, &r.Interval.AUC
	case AveragePrecision:
		return &r.AveragePrecision, &r.Interval.AveragePrecision
	case Brier:
		return &r.Brier, &r.Interval.Brier
	case ECE:
		return &r.ECE, &r.Interval.ECE
	case Unsure:
		return &r.Unsure, &r.Interval.Unsure
	case LogLoss:
		return &r.LogLoss, &r.Interval.LogLoss
	default:
		panic("eval: no report field for figure " + string(figure))
	}
}
