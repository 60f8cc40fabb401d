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
	LogLoss           *float64            `json:"log_loss"`
	Prior             *float64            `json:"prior"`     // the share of the first class that the figures are for; null: that of the rows
	Threshold         *float64            `json:"threshold"` // the answer is the first class from this probability; null: the more probable class
	FalsePositiveRate *float64            `json:"false_positive_rate"`
	Recall            *float64            `json:"recall"`
	ECERedrawn        *Redrawn            `json:"ece_redrawn"`
	Abstention        Abstention          `json:"abstention"`
	Thresholds        []ThresholdRow      `json:"thresholds"` // null unless there are two classes
	Slices            []Slice             `json:"slices,omitempty"`
	Gaps              *Gaps               `json:"gaps,omitempty"`
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
	LogLoss          *Interval            `json:"log_loss"`

	FalsePositiveRate *Interval `json:"false_positive_rate"`
	Recall            *Interval `json:"recall"`
}

// NewReport lays a measurement and its intervals out for printing; intervals may be nil. The caller adds what the rows cannot tell: LeftOut,
// CommentsPerSecond, Model; and Slices and Gaps where they are asked for.
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
	report.Abstention.complete(m, report.Unsure, report.Interval.Unsure)
	report.ECERedrawn = m.RedrawnECE()
	report.Thresholds = m.Thresholds(DefaultThresholds())
	if m.options.Prior != 0 {
		report.Prior = number(m.options.Prior)
	}
	if m.options.Threshold != 0 {
		report.Threshold = number(m.options.Threshold)
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
	case FalsePositiveRate:
		return &r.FalsePositiveRate, &r.Interval.FalsePositiveRate
	case Recall:
		return &r.Recall, &r.Interval.Recall
	case Error:
		return &r.Abstention.Error, &r.Abstention.Interval.Error
	case ErrorCertain:
		return &r.Abstention.ErrorCertain, &r.Abstention.Interval.ErrorCertain
	case ErrorRatio:
		return &r.Abstention.Ratio, &r.Abstention.Interval.Ratio
	case ErrorAnswered:
		return &r.Abstention.ErrorAnswered, &r.Abstention.Interval.ErrorAnswered
	default:
		panic("eval: no report field for figure " + string(figure))
	}
}
