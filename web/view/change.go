package view

import (
	"fmt"
	"html/template"
	"io"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/impact"
)

// Change is the page that tells what labels would change before they are given.
type Change struct {
	Frame
	Place    Place
	Of       Reply // the comment
	ActionID string
	Form     ChangeForm
	Estimate Reckoned
}

func (Change) template() string { return "change" }

// ChangeForm is the labels asked about, as the form that keeps them sends them.
type ChangeForm struct {
	CommentID, Revision int64
	Labels              []ChangeLabel
}

// ChangeLabel is one of them.
type ChangeLabel struct{ Name, Value, Title, Said, Sign, Colour string }

// NewChangeForm lists labels in the order of the axes.
func NewChangeForm(local Local, commentID, revision int64, labels map[classifier.Axis]string) ChangeForm {
	form := ChangeForm{CommentID: commentID, Revision: revision}
	for _, axis := range classifier.Axes {
		if answer, ok := labels[axis]; ok {
			form.Labels = append(form.Labels, ChangeLabel{
				Name: string(axis), Value: answer, Title: local.axisTitle(axis), Said: local.Answer(answer), Sign: sign(axis, answer), Colour: colour(axis, answer),
			})
		}
	}
	return form
}

// Reckoned is an estimate in words.
type Reckoned struct {
	Ready  bool
	Lead   string // all of it in a sentence
	Axes   []ReckonedAxis
	Orders []ReckonedOrder
	Moved  string // how many change their place; "" for none
	Scope  string // what was counted, and what was not
}

// ReckonedAxis is what happens on one axis.
type ReckonedAxis struct {
	Title, Note string
	Lines       []ReckonedLine
	Past        string // how many past labels are contradicted, of how many
	Contradicts []ReckonedLabel
	Gained      string // "" for none
}

// ReckonedLine is comments that go from one answer to another.
type ReckonedLine struct {
	From, To, Count string
	Examples        []Reply
}

// ReckonedLabel is a past label that would be contradicted.
type ReckonedLabel struct {
	Reply
	Label, Would, By string
	When             template.HTML
}

// ReckonedOrder is what happens at the top of an order.
type ReckonedOrder struct {
	Says        string
	Comes, Goes []Reply
}

// NamedComments are the comments that an estimate names.
func NamedComments(e *impact.Estimate) (ids []int64) {
	for _, axis := range e.Axes {
		for _, t := range axis.Transitions {
			ids = append(ids, t.Examples...)
		}
		for _, c := range axis.Contradicts {
			ids = append(ids, c.CommentID)
		}
	}
	for _, o := range e.Orders {
		ids = append(append(ids, o.Comes...), o.Goes...)
	}
	return ids
}

// exampleLength is how much of a comment an estimate shows, in characters.
const exampleLength = 80

// NewReckoned puts an estimate into words. named are the comments it names; those that are gone meanwhile are left out.
func NewReckoned(e *impact.Estimate, named []moderation.Stored, place Place, local Local) Reckoned {
	if !e.Ready {
		lead := local.T("change.counting")
		if e.OfAll > 0 {
			lead = local.T("change.counting_of", "read", e.Read, "all", e.OfAll)
		}
		return Reckoned{Lead: lead}
	}
	byID := make(map[int64]Reply, len(named))
	for i, reply := range newReplies(local, named, place) {
		reply.Text = shorten(named[i].Text, exampleLength)
		byID[named[i].ID] = reply
	}
	pick := func(ids []int64) (replies []Reply) {
		for _, id := range ids {
			if reply, ok := byID[id]; ok {
				replies = append(replies, reply)
			}
		}
		return replies
	}
	r := Reckoned{Ready: true, Lead: leadOf(local, e), Scope: scopeOf(local, e)}
	for _, change := range e.Axes {
		axis := ReckonedAxis{Title: local.axisTitle(change.Axis), Note: noteOf(local, change)}
		for _, t := range change.Transitions {
			axis.Lines = append(axis.Lines, ReckonedLine{From: local.Answer(t.From), To: local.Answer(t.To), Count: local.Number(t.Count), Examples: pick(t.Examples)})
		}
		if change.Agreed > 0 {
			axis.Past = local.T("change.past", "n", change.Agreed, "contradicted", change.Contradicted)
		}
		for _, c := range change.Contradicts {
			if reply, ok := byID[c.CommentID]; ok {
				axis.Contradicts = append(axis.Contradicts, ReckonedLabel{Reply: reply, Label: local.Answer(c.Answer), Would: local.Answer(c.Would), By: c.By, When: local.Moment(c.At)})
			}
		}
		if change.Gained > 0 {
			axis.Gained = local.T("change.gained", "n", change.Gained)
		}
		r.Axes = append(r.Axes, axis)
	}
	if e.Moved > 0 {
		r.Moved = local.T("change.moved", "n", e.Moved)
	}
	for _, o := range e.Orders {
		if o.In > 0 {
			says := local.T(orderComes[o.Order], "n", o.In, "first", impact.First)
			r.Orders = append(r.Orders, ReckonedOrder{Says: says, Comes: pick(o.Comes), Goes: pick(o.Goes)})
		}
	}
	return r
}

var orderComes = map[moderation.Order]string{moderation.OrderHarm: "change.comes_harm", moderation.OrderDoubt: "change.comes_doubt"}

// Why nothing would change, and what stands beside an axis, by the reason of the estimate.
var (
	nothingKeys = map[impact.Reason]string{
		impact.TrainsNone: "change.nothing_trains", impact.Learned: "change.nothing_learned", impact.Twin: "change.nothing_twin", impact.NoModel: "change.nothing_model",
	}
	noteKeys = map[impact.Reason]string{
		impact.TrainsNone: "change.note_trains", impact.Learned: "change.note_learned", impact.Twin: "change.note_twin", impact.NoModel: "change.note_model",
		impact.UnknownClaim: "change.note_claim",
	}
)

// leadOf is an estimate in a sentence.
func leadOf(local Local, e *impact.Estimate) string {
	if len(e.Axes) == 0 {
		return local.T("change.none_marked")
	}
	counts := false
	for _, axis := range e.Axes {
		counts = counts || axis.Reason == impact.Counted || axis.Reason == impact.UnknownClaim || axis.Was != ""
	}
	if !counts {
		return local.T(nothingKeys[e.Axes[0].Reason])
	}
	first := 0
	for _, o := range e.Orders {
		if o.Order == moderation.OrderHarm {
			first = o.In
		}
	}
	key := "change.lead"
	switch past := e.Contradicted(); {
	case first > 0 && past > 0:
		key = "change.lead_first_past"
	case first > 0:
		key = "change.lead_first"
	case past > 0:
		key = "change.lead_past"
	}
	lead := local.T(key, "n", e.Changed(), "others", local.T("change.others", "n", e.Waiting), "come", first, "first", impact.First,
		"past", local.T("change.past_labels", "n", e.Contradicted()))
	if e.Sampled {
		return local.T("change.sampled", "count", e.Indexed, "lead", lead)
	}
	return lead
}

// noteOf says why a label counts for nothing, or for what it counts.
func noteOf(local Local, c impact.AxisChange) string {
	switch {
	case c.Reason == impact.Twin && c.Was != "":
		return local.T("change.note_twin_was", "was", local.Answer(c.Was))
	case c.Reason != impact.Counted:
		return local.T(noteKeys[c.Reason])
	case c.Was == "":
		return ""
	case c.Answer == moderation.CantTell:
		return local.T("change.note_was", "was", local.Answer(c.Was))
	}
	return local.T("change.note_replaced", "was", local.Answer(c.Was))
}

// scopeOf says what an estimate is made of.
func scopeOf(local Local, e *impact.Estimate) string {
	scope := local.T("change.scope_none")
	if e.Labelled > 0 {
		scope = local.T("change.scope", "n", e.Labelled)
	}
	if e.Sampled {
		scope += " " + local.T("change.scope_sampled", "count", e.Indexed, "n", e.Waiting)
	}
	return scope
}

// ToldChange is what a label just given will change, in a sentence for the toast; "" where that is nothing.
func ToldChange(local Local, e *impact.Estimate) string {
	if e == nil || e.Changed() == 0 && e.Contradicted() == 0 {
		return ""
	}
	if e.Sampled {
		return " " + local.T("change.told_about", "n", e.Changed())
	}
	return " " + local.T("change.told", "n", e.Changed())
}

// WriteReckoned renders an estimate alone, for a page that is open.
func WriteReckoned(w io.Writer, frame Frame, r Reckoned) error {
	spoken, err := in(frame, "change")
	if err == nil {
		err = spoken.ExecuteTemplate(w, "reckoned", r)
	}
	if err != nil {
		return fmt.Errorf("estimate: %w", err)
	}
	return nil
}
