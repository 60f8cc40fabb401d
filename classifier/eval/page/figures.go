package page

import (
	"fmt"
	"strings"

	"commentdesk/classifier/eval"
)

// figure is one row of the table of figures.
type figure struct {
	Name     string
	Value    string
	Interval string
	Meaning  string
}

// figuresOf lists the figures that the report has, each with what it means.
func figuresOf(r *eval.Report) []figure {
	var figures []figure
	add := func(name string, value *float64, i *eval.Interval, meaning string) {
		if value != nil {
			figures = append(figures, figure{name, decimal(*value), interval(i), meaning})
		}
	}
	add("accuracy", r.Accuracy, r.Interval.Accuracy, "Share of comments that get the label a person gave.")
	add("macro-F1", r.MacroF1, r.Interval.MacroF1, "Mean of the F1 below: every class counts the same, however rare.")
	for _, class := range r.Classes {
		add("F1 "+class, r.F1[class], r.Interval.F1[class], fmt.Sprintf("Harmonic mean of how much of %s is found and how much of what is called %s is right.", class, class))
	}
	add("recall", r.Recall, r.Interval.Recall, fmt.Sprintf("Share of the comments labelled yes that are called %s.", r.Axis))
	add("false-positive rate", r.FalsePositiveRate, r.Interval.FalsePositiveRate, fmt.Sprintf("Share of the comments labelled no that are called %s.", r.Axis))
	add("AUC", r.AUC, r.Interval.AUC, "Chance that a comment labelled yes gets a higher probability than one labelled no. 0.5 is a coin.")
	add("average precision", r.AveragePrecision, r.Interval.AveragePrecision, "Mean precision over all recalls. A coin gets the share of yes.")
	add("Brier", r.Brier, r.Interval.Brier, "Mean squared error of the probabilities. Lower is better.")
	add("calibration error", r.ECE, r.Interval.ECE, "How far probabilities lie from what then happens, on average. Lower is better."+redrawn(r.ECERedrawn))
	add("log loss", r.LogLoss, r.Interval.LogLoss, "Cost of the probability given to the right label, in nats. Lower is better.")
	abstention, around := &r.Abstention, &r.Abstention.Interval
	add("error", abstention.Error, around.Error, "Share of best guesses that are wrong, abstained or not.")
	add("error, surest 80\u00a0%", abstention.ErrorCertain, around.ErrorCertain, "The same among the 80\u00a0% of comments that the model is surest of.")
	add("error ratio of the two", abstention.Ratio, around.Ratio, "Below 1 where the model knows what it does not know.")
	add("error where answered", abstention.ErrorAnswered, around.ErrorAnswered, "Share of wrong answers among those on which the model did not abstain.")
	add("unsure", r.Unsure, r.Interval.Unsure, "Share of comments on which the model abstained.")
	return figures
}

// redrawn says what chance alone would make of a calibration error.
func redrawn(r *eval.Redrawn) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf(" From this many comments a perfectly calibrated model would show %s, and in 95 of 100 draws less than %s.", decimal(r.Mean),
		decimal(r.Quantile95))
}

// conditions say under what the figures hold, where that was asked for.
func conditions(a *Axis) []string {
	r := &a.Report
	var said []string
	if r.Threshold != nil {
		said = append(said, fmt.Sprintf("The answer is yes from a probability of %s.", threshold(*r.Threshold)))
	}
	if share, ok := labelledYes(r); ok && a.Expects > 0 && r.Prior == nil {
		said = append(said, fmt.Sprintf("%s of these comments are labelled yes; the model expects %s. The farther the two are apart, the farther "+
			"probabilities must be off; --prior mix measures the model as if it expected these.", percent(share), percent(a.Expects)))
	}
	if r.Prior != nil {
		said = append(said, fmt.Sprintf("Figures are for comments of which %.3g\u00a0%% are %s: those labelled yes and no are weighted so.", *r.Prior*100, r.Axis))
	}
	return said
}

// labelledYes is the share of the first of two classes among the labels, as far as the confusion matrix has them.
func labelledYes(r *eval.Report) (float64, bool) {
	if len(r.Confusion) != 2 {
		return 0, false
	}
	yes, all := 0, 0
	for gold, counts := range r.Confusion {
		for _, n := range counts {
			all += n
			if gold == 0 {
				yes += n
			}
		}
	}
	return float64(yes) / float64(all), all > 0
}

// slice is one row of the table of slices.
type slice struct {
	Name  string
	Cells []string
}

// sliceHead names the cells of slices.
func sliceHead(r *eval.Report) []string {
	if len(r.Classes) == 2 {
		return []string{"comments", "labelled yes", "AUC", "95\u00a0% interval", "recall", "false-positive rate", "calibration error"}
	}
	return []string{"comments", "accuracy", "macro-F1", "95\u00a0% interval", "calibration error"}
}

func slicesOf(r *eval.Report) []slice {
	var rows []slice
	for _, s := range r.Slices {
		row := slice{Name: s.Slice, Cells: []string{count(float64(s.N))}}
		if len(r.Classes) == 2 {
			row.Cells = append(row.Cells, optional(s.Yes), optional(s.AUC), interval(s.Interval.AUC), optional(s.Recall), optional(s.FalsePositiveRate))
		} else {
			row.Cells = append(row.Cells, optional(s.Accuracy), optional(s.MacroF1), interval(s.Interval.MacroF1))
		}
		row.Cells = append(row.Cells, optional(s.ECE))
		if row.Name == "" {
			row.Name = "(none)"
		}
		rows = append(rows, row)
	}
	return rows
}

// headlines say the main figures in words.
func headlines(r *eval.Report) []string {
	var said []string
	if r.Accuracy != nil {
		said = append(said, fmt.Sprintf("Of 100 comments %s get the label that a person gave%s.", hundred(*r.Accuracy), inHundred(r.Interval.Accuracy)))
	}
	if r.AUC != nil {
		said = append(said, fmt.Sprintf("Of 100 pairs of a %s comment and another, %s are ranked the right way round%s.", r.Axis, hundred(*r.AUC),
			inHundred(r.Interval.AUC)))
	} else if r.MacroF1 != nil {
		said = append(said, fmt.Sprintf("Every class counted the same, F1 is %s%s.", decimal(*r.MacroF1), inBrackets(r.Interval.MacroF1)))
	}
	if r.ECE != nil {
		said = append(said, fmt.Sprintf("A probability is off by %s points of 100 on average%s.", hundred(*r.ECE), inHundred(r.Interval.ECE)))
	}
	if r.Unsure != nil {
		said = append(said, fmt.Sprintf("The model abstained on %s of 100%s.", hundred(*r.Unsure), inHundred(r.Interval.Unsure)))
	}
	return said
}

func inBrackets(i *eval.Interval) string {
	if i == nil {
		return ""
	}
	return " (95\u00a0% interval " + interval(i) + ")"
}

// difference is one row of the comparison.
type difference struct {
	Name, Base, Other, Difference, Interval string

	Verdict string // "" where the interval holds no difference too
}

func differencesOf(differences []eval.Difference) []difference {
	rows := make([]difference, len(differences))
	for i, d := range differences {
		rows[i] = difference{Name: figureName(d.Figure), Base: decimal(d.Base), Other: decimal(d.Other), Difference: signed(d.Difference),
			Interval: signed(d.Low) + " to " + signed(d.High)}
		switch {
		case d.Better():
			rows[i].Verdict = "better"
		case d.Worse():
			rows[i].Verdict = "worse"
		}
	}
	return rows
}

// figureName is how the tables call a figure.
func figureName(f eval.Figure) string {
	switch f {
	case eval.MacroF1:
		return "macro-F1"
	case eval.AUC:
		return "AUC"
	case eval.AveragePrecision:
		return "average precision"
	case eval.Brier:
		return "Brier"
	case eval.ECE:
		return "calibration error"
	case eval.LogLoss:
		return "log loss"
	case eval.FalsePositiveRate:
		return "false-positive rate"
	case eval.ErrorCertain:
		return "error, surest 80\u00a0%"
	case eval.ErrorRatio:
		return "error ratio of the two"
	case eval.ErrorAnswered:
		return "error where answered"
	}
	return strings.Replace(string(f), "f1/", "F1 ", 1)
}

// confusion is the confusion matrix with each row's shares.
type confusion struct {
	Classes []string
	Rows    []confusionRow
}

type confusionRow struct {
	Label string
	Total string
	Cells []confusionCell
}

type confusionCell struct {
	Count string
	Share string // of the row
	Level int    // 0 to 9, the share in tenths
	Right bool
}

func confusionOf(r *eval.Report) confusion {
	c := confusion{Classes: r.Classes}
	for gold, counts := range r.Confusion {
		total := 0
		for _, n := range counts {
			total += n
		}
		row := confusionRow{Label: r.Classes[gold], Total: count(float64(total))}
		for answer, n := range counts {
			cell := confusionCell{Count: count(float64(n)), Share: absent, Right: gold == answer}
			if total > 0 {
				share := float64(n) / float64(total)
				cell.Share, cell.Level = percent(share), min(9, int(share*10))
			}
			row.Cells = append(row.Cells, cell)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}
