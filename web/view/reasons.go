package view

import (
	"strconv"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Reasons lists why comments are rejected, for editors.
type Reasons struct {
	Frame
	Notice  *Notice
	Reasons []ReasonRow
	Name    string // of the one to add, kept when it was refused
	Implies string
	Implied []Option // the labels that it can imply
}

func (Reasons) template() string { return "reasons" }

// ReasonRow is one reason of the list.
type ReasonRow struct {
	ID          int64
	Name        string
	Implies     string
	Implied     []Option
	Retired     bool
	First, Last bool // of those that are offered
}

// NewReasonRows are the reasons in their order.
func NewReasonRows(local Local, reasons []moderation.Reason) []ReasonRow {
	rows := make([]ReasonRow, len(reasons))
	for i, r := range reasons {
		rows[i] = ReasonRow{ID: r.ID, Name: r.Name, Implies: r.Implies(), Implied: ImpliedOptions(local, r.Implies()), Retired: r.Retired,
			First: i == 0, Last: i == len(reasons)-1 || reasons[i+1].Retired}
	}
	return rows
}

// ImpliedOptions are the labels that a reason can imply.
func ImpliedOptions(local Local, current string) []Option {
	options := []Option{{Text: local.T("reasons.no_label"), Selected: current == ""}}
	for _, axis := range []classifier.Axis{classifier.Hostile, classifier.Spam, classifier.Stance} {
		for _, answer := range pageOrder(axis) {
			value := string(axis) + ":" + answer
			options = append(options, Option{Value: value, Text: local.labels([]moderation.Label{{Axis: axis, Answer: answer}}), Selected: value == current})
		}
	}
	return options
}

// Pick is a reason that a rejection can name.
type Pick struct {
	ID      int64
	Name    string
	Key     string // digit; "" behind the ninth
	Axis    string // of the implied label; "" without one
	Implies string // the label in words, "hostile: yes"
	Ticked  string // the value of the box that keeps the label
	Last    bool   // given last by this user: Enter repeats it
}

// NewPicks are the reasons that are offered; last is the id of the one given last.
func NewPicks(local Local, reasons []moderation.Reason, last string) []Pick {
	var picks []Pick
	for _, r := range reasons {
		if r.Retired {
			continue
		}
		id := strconv.FormatInt(r.ID, 10)
		pick := Pick{ID: r.ID, Name: r.Name, Axis: string(r.Axis), Last: id == last}
		if implies := r.Implies(); implies != "" {
			pick.Implies, pick.Ticked = local.labels([]moderation.Label{{Axis: r.Axis, Answer: r.Answer}}), id+" "+implies
		}
		if len(picks) < 9 {
			pick.Key = strconv.Itoa(len(picks) + 1)
		}
		picks = append(picks, pick)
	}
	return picks
}
