package view

import (
	"html/template"
	"net/url"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Act is one line of a comment's history.
type Act struct {
	Who, What, Reason string
	When              template.HTML
	Undone            bool
	ActionID          string // set where the user may undo it
	Evidence          string // the address of the evidence beside it; "" for what is no act
	Said              []Said // what the model said before, an axis that was labelled
}

// Said is what a model said on an axis before a person labelled it.
type Said struct {
	Words string // "corrected: the model said hostile: no (88 %)"
	Model string
}

// newSaid is what the models said before the labels were given.
func newSaid(local Local, labels []moderation.Label) []Said {
	var said []Said
	for _, l := range labels {
		said = append(said, Said{Words: saidWords(local, l), Model: shortID(l.Model)})
	}
	return said
}

// saidWords says it with how probable it was; where the model was unsure, with the answer that it held most probable. A label that says something
// else corrects it.
func saidWords(local Local, l moderation.Label) string {
	if l.Predicted == "" {
		return local.T("history.said_nothing", "axis", local.Axis(l.Axis))
	}
	answer := local.labels([]moderation.Label{{Axis: l.Axis, Answer: l.Predicted}})
	i := l.Axis.AnswerIndex(l.Predicted)
	if i < 0 {
		best := 0
		for i := range l.Axis.Answers() {
			if l.Probability[i] > l.Probability[best] {
				best = i
			}
		}
		return local.T("history.said_unsure", "answer", answer, "best", local.Answer(l.Axis.Answers()[best]), "percent", local.Percent(l.Probability[best]))
	}
	if l.Answer != l.Predicted && l.Answer != moderation.CantTell {
		return local.T("history.said_corrected", "answer", answer, "percent", local.Percent(l.Probability[i]))
	}
	return local.T("history.said", "answer", answer, "percent", local.Percent(l.Probability[i]))
}

var wantedKeys = map[moderation.Decision]string{moderation.Approve: "script.want_approve", moderation.Reject: "script.want_reject", moderation.Escalate: "script.want_escalate"}

// Wanted says what an action asks for: "approve; stance: favor".
func Wanted(local Local, a moderation.Action) string {
	var labels []moderation.Label
	for _, axis := range classifier.Axes {
		if answer, ok := a.Labels[axis]; ok {
			labels = append(labels, moderation.Label{Axis: axis, Answer: answer})
		}
	}
	wanted := local.wantedWait(a.Wait)
	if a.Decision != "" {
		wanted = local.T(wantedKeys[a.Decision])
	}
	return strings.Trim(wanted+"; "+local.labels(labels), "; ")
}

// newHistory lists the entries, newest first.
func newHistory(entries []moderation.Entry, place Place, frame Frame) []Act {
	cancelled := map[int64]bool{}
	for _, e := range entries {
		if e.Kind == moderation.KindUndo {
			cancelled[e.Cancels] = true
		}
	}
	last, local := moderation.LastStanding(entries), frame.Local
	acts := make([]Act, 0, len(entries))
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		act := Act{Who: e.Actor, Reason: local.why(e), When: local.Moment(e.At), Undone: cancelled[e.Position], Said: newSaid(local, e.Labels)}
		act.What, _ = local.did(e)
		if e.Kind == moderation.KindAct {
			act.Evidence = EvidenceURL(e.CommentID, e.Position, place.Shaded(""))
		}
		own := frame.User != nil && e.Actor == frame.User.Name
		if last != nil && e.Position == last.Position && e.Kind == moderation.KindAct && (frame.MayEdit() || own && frame.MayAct()) {
			act.ActionID = e.ActionID
		}
		acts = append(acts, act)
	}
	return acts
}

// mostActs is how many acts of a comment's history are seen at once, the newest.
const mostActs = 6

// RecentActs are the newest acts, EarlierActs those before them.
func (c *Comment) RecentActs() []Act  { return c.History[:min(mostActs, len(c.History))] }
func (c *Comment) EarlierActs() []Act { return c.History[min(mostActs, len(c.History)):] }

// actList is acts with the place that an undo comes back to.
type actList struct {
	Acts  []Act
	Place Place
}

func actsOf(acts []Act, page Queue) actList { return actList{acts, page.Place} }

// webAddress is the address where it is an absolute http one, "" otherwise.
func webAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}
