package classifier

import (
	"fmt"
)

// Thresholds say from where an axis is answered: see AxisParameters. Those of stance have no Low.
type Thresholds struct {
	Low         float64 `json:"low"`
	High        float64 `json:"high"`
	MinCoverage float64 `json:"min_coverage"`
}

// Check says what is wrong with thresholds that a person chose.
func (t Thresholds) Check(axis Axis) error {
	within := func(value float64) bool { return value >= 0 && value <= 1 } // of what is no number neither holds
	switch {
	case !within(t.Low) || !within(t.High) || !within(t.MinCoverage):
		return wrongThresholds("a threshold is a number from 0 to 1")
	case axis == Stance && t.Low != 0:
		return wrongThresholds("stance has no threshold below which the answer is no")
	case axis != Stance && t.Low >= t.High:
		return wrongThresholds("no is answered up to %.9g, so yes must begin above that, not at %.9g", t.Low, t.High)
	case t.High == 0:
		return wrongThresholds("an answer from 0 on would be given to everything")
	}
	return nil
}

// WrongThresholds says why thresholds cannot be answered by.
type WrongThresholds struct {
	Format string // English
	Args   []any
}

func (w *WrongThresholds) Error() string { return fmt.Sprintf(w.Format, w.Args...) }

func wrongThresholds(format string, args ...any) error {
	return &WrongThresholds{Format: format, Args: args}
}

// Thresholds are those that the axis answers by.
func (a AxisParameters) Thresholds() Thresholds { return Thresholds{a.Low, a.High, a.MinCoverage} }

// ByHand says whether a person set the thresholds. What fitting chose then stands in Fitted.
func (a AxisParameters) ByHand() bool { return a.Fitted != Thresholds{} }

// SetByHand answers by a person's thresholds and keeps the fitted ones beside them.
func (a *AxisParameters) SetByHand(axis Axis, chosen Thresholds) error {
	if err := chosen.Check(axis); err != nil {
		return err
	}
	if !a.ByHand() {
		a.Fitted = a.Thresholds()
	}
	a.Low, a.High, a.MinCoverage = chosen.Low, chosen.High, chosen.MinCoverage
	return nil
}

// LetFit answers by the fitted thresholds again.
func (a *AxisParameters) LetFit() {
	if a.ByHand() {
		a.Low, a.High, a.MinCoverage = a.Fitted.Low, a.Fitted.High, a.Fitted.MinCoverage
		a.Fitted = Thresholds{}
	}
}

// KeepByHand takes over the thresholds that a person set in other parameters; the own, newly fitted ones stay beside them.
func (p *Parameters) KeepByHand(before Parameters) error {
	for i, axis := range Axes {
		if !before.Axes[i].ByHand() {
			continue
		}
		if err := p.Axes[i].SetByHand(axis, before.Axes[i].Thresholds()); err != nil {
			return fmt.Errorf("%s: %w", axis, err)
		}
	}
	return nil
}

// AnsweringBy is the model with the thresholds of other parameters: counts and weights, which are the model's own, stay, and with them every
// probability. It has an id of its own, the one that Build would give it.
func (m *Model) AnsweringBy(parameters Parameters, counts *Counts) (*Model, error) {
	description := m.Describe()
	for i := range description.Parameters.Axes {
		own, other := &description.Parameters.Axes[i], parameters.Axes[i]
		own.Low, own.High, own.MinCoverage, own.Fitted = other.Low, other.High, other.MinCoverage, other.Fitted
	}
	description.Parameters = description.Parameters.rounded()
	id, err := modelID(counts, description.Parameters)
	if err != nil {
		return nil, err
	}
	description.ID = id
	return Restore(description, m.weights)
}

// Answer is what probabilities and coverage of an opinion come to by these parameters: the most probable answer, or Unsure where too few words are
// known or no answer is probable enough.
func (a *AxisParameters) Answer(axis Axis, opinion *Opinion) string {
	if opinion.Coverage() < a.MinCoverage || axis == Stance && opinion.Known == 0 {
		return Unsure
	}
	return a.given(axis, &opinion.Probabilities)
}

// given is what probabilities come to where enough words are known.
func (a *AxisParameters) given(axis Axis, probabilities *[3]float64) string {
	if axis == Stance {
		if best := mostProbable(probabilities); probabilities[best] >= a.High {
			return stanceAnswers[best]
		}
		return Unsure
	}
	switch yes := probabilities[0]; {
	case yes >= a.High:
		return Yes
	case yes <= a.Low:
		return No
	}
	return Unsure
}

// mostProbable is the answer's number, the first of those that are equal.
func mostProbable(probabilities *[3]float64) (best int) {
	for class, p := range probabilities {
		if p > probabilities[best] {
			best = class
		}
	}
	return best
}
