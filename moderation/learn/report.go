package learn

import (
	"fmt"
	"strings"

	"commentdesk/classifier"
)

// Report is what a retraining found.
type Report struct {
	Candidate string        `json:"candidate"` // its id
	Champion  string        `json:"champion"`  // the one it was compared with
	Position  int64         `json:"position"`  // the ledger position it was trained up to
	Promoted  bool          `json:"promoted"`
	Reason    string        `json:"reason"`           // in words, why it was promoted or held
	Axes      []AxisReport  `json:"axes"`             // those with site labels
	Priors    []PriorReport `json:"priors,omitempty"` // those estimated over what arrived
}

// AxisReport compares champion and candidate on one axis: each label is scored by both as rebuilt without it.
type AxisReport struct {
	Axis              classifier.Axis `json:"axis"`
	Labels            int             `json:"labels"`     // site labels that train, near-duplicates counted once
	NewLabels         int             `json:"new_labels"` // of which the champion had not seen
	SiteWeight        float64         `json:"site_weight"`
	ChampionLogLoss   float64         `json:"champion_log_loss"` // nats a label; lower is better
	CandidateLogLoss  float64         `json:"candidate_log_loss"`
	Difference        float64         `json:"difference"` // candidate − champion
	Low               float64         `json:"low"`        // its 95 % interval, paired bootstrap over near-duplicate groups
	High              float64         `json:"high"`
	Worse             bool            `json:"worse"` // the whole interval lies noticeably above 0, and there are labels enough to say so
	ChampionAccuracy  float64         `json:"champion_accuracy"`
	CandidateAccuracy float64         `json:"candidate_accuracy"`
}

// Compared tells whether the labels are enough to say which of the two is better.
func (a AxisReport) Compared() bool { return a.Labels >= LeastToCompare }

// Doubtful tells whether the candidate does worse on every resampling of labels that are too few to say so.
func (a AxisReport) Doubtful() bool { return !a.Compared() && a.Low > noticeable }

// String says what is expected and why, in a sentence without its full stop.
func (p PriorReport) String() string {
	said := fmt.Sprintf("expects %.3g %% %s, as over %d arrivals", p.Prior*100, p.Axis, p.Arrivals)
	if p.LeftOut > 0 {
		said += fmt.Sprintf("; %d were answered by models that are not kept", p.LeftOut)
	}
	return said
}

// Because is one reason for promoting or holding a candidate: an English format whose every verb is %s, and what stands there.
type Because struct {
	Format string
	Args   []any // axes, lists of them, whole numbers, and differences in nats a label
}

// String is the reason in English.
func (b Because) String() string {
	words := make([]any, len(b.Args))
	for i, arg := range b.Args {
		switch arg := arg.(type) {
		case float64:
			words[i] = fmt.Sprintf("%.3f", arg)
		case []classifier.Axis:
			words[i] = strings.Join(axisNames(arg), " and ")
		default:
			words[i] = fmt.Sprint(arg)
		}
	}
	return fmt.Sprintf(b.Format, words...)
}

func axisNames(axes []classifier.Axis) []string {
	names := make([]string, len(axes))
	for i, axis := range axes {
		names[i] = string(axis)
	}
	return names
}

// Decide says whether the candidate is promoted and why: no axis with labels enough is worse with 95 % confidence, and at least one has new labels.
func Decide(axes []AxisReport) (promoted bool, why []Because) {
	var worse, fresh, doubtful []Because
	var few []classifier.Axis
	for _, a := range axes {
		if a.Worse {
			worse = append(worse, Because{"%s is worse by %s nats a label (95 %% interval %s to %s)", []any{a.Axis, a.Difference, a.Low, a.High}})
		}
		switch {
		case a.NewLabels == 1:
			fresh = append(fresh, Because{"1 new label on %s", []any{a.Axis}})
		case a.NewLabels > 1:
			fresh = append(fresh, Because{"%s new labels on %s", []any{a.NewLabels, a.Axis}})
		}
		if !a.Compared() {
			few = append(few, a.Axis)
		}
		if a.Doubtful() {
			doubtful = append(doubtful, Because{"on the few labels of %s (%s) it does worse, which they cannot prove: look, and roll back where that is so", []any{a.Axis, a.Labels}})
		}
	}
	switch {
	case len(worse) > 0:
		return false, worse
	case len(fresh) == 0:
		return false, []Because{{Format: "no axis has new labels"}}
	case len(few) == len(axes):
		fresh = append(fresh, Because{"too few to compare the models, which takes %s on an axis", []any{LeastToCompare}})
	case len(few) > 0:
		fresh = append(fresh, Because{"worse with 95 %% confidence on no axis that has %s labels, which %s has not", []any{LeastToCompare, few}})
	default:
		fresh = append(fresh, Because{"no axis is worse with %s %% confidence", []any{95}})
	}
	return true, append(fresh, doubtful...)
}

// inEnglish is the reasons in a sentence without its full stop.
func inEnglish(why []Because) string {
	said := make([]string, len(why))
	for i, b := range why {
		said[i] = b.String()
	}
	return strings.Join(said, "; ")
}
