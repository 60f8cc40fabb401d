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

// counted is "1 thing" or "2 things".
func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// decide says whether the candidate is promoted and why: no axis with labels enough is worse with 95 % confidence, and at least one has new labels.
func decide(axes []AxisReport) (promoted bool, reason string) {
	var worse, fresh, few []string
	for _, a := range axes {
		if a.Worse {
			worse = append(worse, fmt.Sprintf("%s is worse by %.3f nats a label (95 %% interval %.3f to %.3f)", a.Axis, a.Difference, a.Low, a.High))
		}
		if a.NewLabels > 0 {
			fresh = append(fresh, fmt.Sprintf("%s on %s", counted(a.NewLabels, "new label"), a.Axis))
		}
		if !a.Compared() {
			few = append(few, string(a.Axis))
		}
	}
	switch {
	case len(worse) > 0:
		return false, strings.Join(worse, "; ")
	case len(fresh) == 0:
		return false, "no axis has new labels"
	}
	reason = strings.Join(fresh, ", ")
	switch {
	case len(few) == len(axes):
		reason = fmt.Sprintf("%s; too few to compare the models, which takes %d on an axis", reason, LeastToCompare)
	case len(few) > 0:
		reason = fmt.Sprintf("%s; worse with 95 %% confidence on no axis that has %d labels, which %s has not", reason, LeastToCompare, strings.Join(few, " and "))
	default:
		reason += "; no axis is worse with 95 % confidence"
	}
	for _, a := range axes {
		if a.Doubtful() {
			reason += fmt.Sprintf("; on the %s of %s it does worse, which so few cannot prove: look, and roll back where that is so", counted(a.Labels, "label"), a.Axis)
		}
	}
	return true, reason
}
