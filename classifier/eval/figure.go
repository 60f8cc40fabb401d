package eval

import "strings"

// Figure names one number that a measurement yields.
type Figure string

// The figures. With two classes the first one is the positive class (yes before no).
const (
	Accuracy         Figure = "accuracy"          // share of answers that are right
	MacroF1          Figure = "macro_f1"          // mean of the classes' F1
	AUC              Figure = "auc"               // area under the ROC curve; two classes only
	AveragePrecision Figure = "average_precision" // area under the precision-recall steps; two classes only
	Brier            Figure = "brier"             // mean squared error of the probabilities
	ECE              Figure = "ece"               // expected calibration error
	Unsure           Figure = "unsure"            // share of rows on which the model abstained
	LogLoss          Figure = "log_loss"          // mean −ln p(gold), in nats

	FalsePositiveRate Figure = "false_positive_rate" // share of the negative rows whose best guess is positive; two classes only
	Recall            Figure = "recall"              // share of the positive rows whose best guess is positive; two classes only
	Error             Figure = "error"               // share of best guesses that are wrong, abstained or not
	ErrorCertain      Figure = "error_certain"       // the same among the 80 % most certain rows
	ErrorRatio        Figure = "error_ratio"         // ErrorCertain over Error: below 1 where certainty tells right from wrong
	ErrorAnswered     Figure = "error_answered"      // share of best guesses that are wrong, among the rows that the model answered
)

const f1Prefix = "f1/"

// F1Of names one class's F1.
func F1Of(class string) Figure { return Figure(f1Prefix + class) }

// f1Class is the class whose F1 the figure is.
func (f Figure) f1Class() (string, bool) { return strings.CutPrefix(string(f), f1Prefix) }

// figuresOf lists the figures of a question with these classes, in the order in which they are shown and computed.
func figuresOf(classes []string) []Figure {
	figures := []Figure{Accuracy, MacroF1}
	for _, class := range classes {
		figures = append(figures, F1Of(class))
	}
	if len(classes) == 2 {
		figures = append(figures, AUC, AveragePrecision)
	}
	figures = append(figures, Brier, ECE, Unsure, LogLoss)
	if len(classes) == 2 {
		figures = append(figures, FalsePositiveRate, Recall)
	}
	return append(figures, Error, ErrorCertain, ErrorRatio, ErrorAnswered)
}

// lowerIsBetter tells in which direction a figure improves.
func (f Figure) lowerIsBetter() bool {
	switch f {
	case Brier, ECE, Unsure, LogLoss, FalsePositiveRate, Error, ErrorCertain, ErrorRatio, ErrorAnswered, FalsePositiveGap, RecallGap:
		return true
	default:
		return false
	}
}
