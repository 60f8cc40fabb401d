package view

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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
func NewChangeForm(commentID, revision int64, labels map[classifier.Axis]string) ChangeForm {
	form := ChangeForm{CommentID: commentID, Revision: revision}
	for _, axis := range classifier.Axes {
		if answer, ok := labels[axis]; ok {
			form.Labels = append(form.Labels, ChangeLabel{
				Name: string(axis), Value: answer, Title: axisTitles[axis], Said: answerWord(answer), Sign: sign(axis, answer), Colour: colour(axis, answer),
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
	Label, Would, By, When string
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
func NewReckoned(e *impact.Estimate, named []moderation.Stored, place Place, now time.Time) Reckoned {
	if !e.Ready {
		lead := "What waits is being counted; ask again in a few seconds."
		if e.OfAll > 0 {
			lead = fmt.Sprintf("What waits is being counted (%s of %s); ask again in a few seconds.", Thousands(e.Read), Thousands(e.OfAll))
		}
		return Reckoned{Lead: lead}
	}
	byID := make(map[int64]Reply, len(named))
	for i, reply := range newReplies(named, place) {
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
	r := Reckoned{Ready: true, Lead: leadOf(e), Scope: scopeOf(e)}
	for _, change := range e.Axes {
		axis := ReckonedAxis{Title: axisTitles[change.Axis], Note: noteOf(change)}
		for _, t := range change.Transitions {
			axis.Lines = append(axis.Lines, ReckonedLine{From: answerWord(t.From), To: answerWord(t.To), Count: Thousands(t.Count), Examples: pick(t.Examples)})
		}
		if change.Agreed > 0 {
			axis.Past = fmt.Sprintf("Of %s that the model agrees with it would contradict %s.", plural(change.Agreed, "past label"), Thousands(change.Contradicted))
		}
		for _, c := range change.Contradicts {
			if reply, ok := byID[c.CommentID]; ok {
				axis.Contradicts = append(axis.Contradicts, ReckonedLabel{Reply: reply, Label: answerWord(c.Answer), Would: answerWord(c.Would), By: c.By, When: Ago(now, c.At)})
			}
		}
		if change.Gained > 0 {
			axis.Gained = "It would agree with " + plural(change.Gained, "past label") + " more."
		}
		r.Axes = append(r.Axes, axis)
	}
	if e.Moved > 0 {
		r.Moved = moves(e.Moved) + " by a percentage point or more in the order of likely harm."
	}
	for _, o := range e.Orders {
		if o.In > 0 {
			says := fmt.Sprintf("%s into the first %d of “%s”, as many leave.", comeIn(o.In), impact.First, orderWords[o.Order])
			r.Orders = append(r.Orders, ReckonedOrder{Says: says, Comes: pick(o.Comes), Goes: pick(o.Goes)})
		}
	}
	return r
}

var orderWords = map[moderation.Order]string{moderation.OrderHarm: "most likely harmful", moderation.OrderDoubt: "most doubtful"}

func waits(n int) string {
	if n == 1 {
		return "waits"
	}
	return "wait"
}

func moves(n int) string {
	if n == 1 {
		return "One other comment that waits moves"
	}
	return Thousands(n) + " other comments that wait move"
}

func comeIn(n int) string {
	if n == 1 {
		return "One comes"
	}
	return Thousands(n) + " come"
}

// leadOf is an estimate in a sentence.
func leadOf(e *impact.Estimate) string {
	if len(e.Axes) == 0 {
		return "No label is marked: nothing would change."
	}
	counts := false
	for _, axis := range e.Axes {
		counts = counts || axis.Reason == impact.Counted || axis.Reason == impact.UnknownClaim || axis.Was != ""
	}
	if !counts {
		return "Nothing would change: " + lowerFirst(noteOf(e.Axes[0]))
	}
	parts := []string{fmt.Sprintf("%s of %s that %s would change", plural(e.Changed(), "answer"), plural(e.Waiting, "other comment"), waits(e.Waiting))}
	for _, o := range e.Orders {
		if o.Order == moderation.OrderHarm && o.In > 0 {
			parts = append(parts, fmt.Sprintf("%d would come into the first %d", o.In, impact.First))
		}
	}
	if n := e.Contradicted(); n > 0 {
		parts = append(parts, plural(n, "past label")+" would be contradicted")
	}
	lead := strings.Join(parts, ", ") + "."
	if e.Sampled {
		lead = "Estimated from a sample of " + Thousands(e.Indexed) + ": " + lead
	}
	return lead
}

// lowerFirst is a sentence as it stands behind a colon.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[size:]
}

// noteOf says why a label counts for nothing, or for what it counts.
func noteOf(c impact.AxisChange) string {
	switch c.Reason {
	case impact.TrainsNone:
		return "“can’t tell” trains nothing."
	case impact.Learned:
		return "The model in use has learned this label already."
	case impact.Twin:
		if c.Was != "" {
			return fmt.Sprintf("A near-duplicate has this label already and counts for both; the earlier label, %s, is taken out.", answerWord(c.Was))
		}
		return "A near-duplicate has this label already; the two count once."
	case impact.NoModel:
		return "The model in use gives no answers here yet."
	case impact.UnknownClaim:
		return "The model has not learned this claim yet. How it will answer under it cannot be told before the next training."
	}
	if c.Was == "" {
		return ""
	}
	if c.Answer == moderation.CantTell {
		return fmt.Sprintf("The earlier label, %s, is taken out.", answerWord(c.Was))
	}
	return fmt.Sprintf("The earlier label, %s, is taken out and the new one put in.", answerWord(c.Was))
}

// scopeOf says what an estimate is made of.
func scopeOf(e *impact.Estimate) string {
	scope := fmt.Sprintf("An estimate by counts alone, as if the next training learned this label and nothing else: calibration, thresholds and known words stay as they are. "+
		"It was compared with the newest %s.", plural(e.Labelled, "labelled comment"))
	if e.Labelled == 0 {
		scope = strings.TrimSuffix(scope, " It was compared with the newest 0 labelled comments.") + " There are no past labels yet."
	}
	if e.Sampled {
		scope += fmt.Sprintf(" Estimated from a sample of %s of %s others that wait; which come to stand first cannot be told from a sample.", Thousands(e.Indexed), Thousands(e.Waiting))
	}
	return scope
}

// ToldChange is what a label just given will change, in a clause for the toast; "" where that is nothing.
func ToldChange(e *impact.Estimate) string {
	if e == nil || e.Changed() == 0 && e.Contradicted() == 0 {
		return ""
	}
	about := ""
	if e.Sampled {
		about = "about "
	}
	return fmt.Sprintf(" By itself it changes %s%s that %s, at the next training.", about, plural(e.Changed(), "answer"), waits(e.Changed()))
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
