package classifier

import "fmt"

// Axis is what is labelled. The axes are independent of one another: a comment may disagree and be friendly, or agree and be hostile.
type Axis string

const (
	Stance  Axis = "stance"  // towards the article's claim
	Hostile Axis = "hostile" // attacks, insults, threatens or demeans a person or a group
	Spam    Axis = "spam"    // meant to sell, lure or flood
)

// The answers that a person or a model can give.
const (
	Favor   = "favor"
	Against = "against"
	None    = "none"
	Yes     = "yes"
	No      = "no"

	// Unsure is a model's answer when it abstains. It is never a label.
	Unsure = "unsure"
)

// Axes lists every axis in the order in which all output shows them.
var Axes = [3]Axis{Stance, Hostile, Spam}

var (
	stanceAnswers = []string{Favor, Against, None}
	yesNoAnswers  = []string{Yes, No}
)

// Answers lists the axis's answers in their fixed order: favor, against, none; or yes, no. The slice is shared: do not change it.
func (a Axis) Answers() []string {
	if a == Stance {
		return stanceAnswers
	}
	return yesNoAnswers
}

// Index is the axis's place in Axes, or -1.
func (a Axis) Index() int {
	for i, axis := range Axes {
		if axis == a {
			return i
		}
	}
	return -1
}

// AnswerIndex is the answer's place in Answers, or -1.
func (a Axis) AnswerIndex(answer string) int {
	for i, known := range a.Answers() {
		if known == answer {
			return i
		}
	}
	return -1
}

// ParseAxis reads an axis's name.
func ParseAxis(name string) (Axis, error) {
	for _, axis := range Axes {
		if string(axis) == name {
			return axis, nil
		}
	}
	return "", fmt.Errorf("no axis %q: stance, hostile or spam", name)
}
