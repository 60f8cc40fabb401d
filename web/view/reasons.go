package view

import (
	"slices"
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

// Why asks for the reason of a rejection: the same list wherever something is rejected. Only what was chosen on the page is chosen in it.
type Why struct {
	Form   string // its id
	Must   bool   // one has to be chosen, be it none of the list: nothing is chosen until then
	Many   bool   // comments are rejected at once: a label is ticked for all of them by hand
	Chosen bool   // one of the picks is
	Picks  []Pick
}

// Given is what is known of the reason before a page asks for it.
type Given struct {
	Last   string   // the id of the one that the user gave last
	Chosen string   // the id of the one that was chosen in a form that was refused
	Ticked []string // the boxes of implied labels in that form
}

// Pick is a reason that a rejection can name.
type Pick struct {
	ID      int64
	Name    string
	Key     string // digit; "" behind the ninth
	Axis    string // of the implied label; "" without one
	Implies string // the label in words, "hostile: yes"
	Box     string // the value of the box that keeps the label
	Ticked  bool   // the box is
	Last    bool   // given last by this user: a script repeats it
	Chosen  bool
}

// NewWhy asks for one of the reasons that are offered.
func NewWhy(local Local, form string, many bool, reasons []moderation.Reason, given Given) *Why {
	why := &Why{Form: form, Many: many}
	for _, r := range reasons {
		if r.Retired {
			continue
		}
		id := strconv.FormatInt(r.ID, 10)
		pick := Pick{ID: r.ID, Name: r.Name, Axis: string(r.Axis), Last: id == given.Last, Chosen: id == given.Chosen}
		if implies := r.Implies(); implies != "" {
			pick.Implies, pick.Box = local.labels([]moderation.Label{{Axis: r.Axis, Answer: r.Answer}}), id+" "+implies
			pick.Ticked = slices.Contains(given.Ticked, pick.Box) || !many && !pick.Chosen
		}
		if len(why.Picks) < 9 {
			pick.Key = strconv.Itoa(len(why.Picks) + 1)
		}
		why.Chosen = why.Chosen || pick.Chosen
		why.Picks = append(why.Picks, pick)
	}
	why.Must = many && len(why.Picks) > 0
	return why
}
