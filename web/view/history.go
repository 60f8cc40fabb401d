package view

import (
	"net/url"
	"strings"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Act is one line of a comment's history.
type Act struct {
	Who, What, Reason string
	When, At          string // in words; as a date
	Undone            bool
	ActionID          string // set where the user may undo it
	Evidence          string // the address of the evidence beside it; "" for what is no act
	Said              []Said // what the model said before, an axis that was labelled
}

// Said is what a model said on an axis before a person labelled it.
type Said struct {
	Words   string // "hostile: no", or "nothing on stance"
	Percent string // of its most probable answer, with that answer where it was unsure
	Model   string
	Other   bool // the person said something else: a correction
}

// newSaid is what the models said before the labels were given.
func newSaid(labels []moderation.Label) []Said {
	var said []Said
	for _, l := range labels {
		if l.Predicted == "" {
			said = append(said, Said{Words: "nothing on " + string(l.Axis), Model: shortID(l.Model)})
			continue
		}
		answer := l.Predicted
		s := Said{Words: string(l.Axis) + ": " + answer, Model: shortID(l.Model), Other: l.Answer != answer && l.Answer != moderation.CantTell && answer != classifier.Unsure}
		if i := l.Axis.AnswerIndex(answer); i >= 0 {
			s.Percent = Percent(l.Probability[i])
		} else {
			best := 0
			for i := range l.Axis.Answers() {
				if l.Probability[i] > l.Probability[best] {
					best = i
				}
			}
			s.Percent = l.Axis.Answers()[best] + " " + Percent(l.Probability[best])
		}
		said = append(said, s)
	}
	return said
}

// Did says what an entry did: "rejected; stance: favor, hostile: can’t tell".
func Did(e moderation.Entry) string {
	if e.Kind != moderation.KindAct {
		return e.Did()
	}
	done := e.Wait.Did()
	if e.Decision != "" {
		done = string(e.Decision.Status())
	}
	switch {
	case done == "" && len(e.Labels) == 0:
		return e.Did()
	case done == "":
		return "labelled " + labelWords(e.Labels)
	case len(e.Labels) == 0:
		return done
	}
	return done + "; " + labelWords(e.Labels)
}

func labelWords(labels []moderation.Label) string {
	words := make([]string, len(labels))
	for i, l := range labels {
		words[i] = string(l.Axis) + ": " + answerWord(l.Answer)
	}
	return strings.Join(words, ", ")
}

// Wanted says what an action asks for: "approve; stance: favor".
func Wanted(a moderation.Action) string {
	var labels []moderation.Label
	for _, axis := range classifier.Axes {
		if answer, ok := a.Labels[axis]; ok {
			labels = append(labels, moderation.Label{Axis: axis, Answer: answer})
		}
	}
	return strings.Trim(string(a.Decision)+wantedWait(a.Wait)+"; "+labelWords(labels), "; ")
}

// newHistory lists the entries, newest first.
func newHistory(entries []moderation.Entry, place Place, frame Frame, now time.Time) []Act {
	cancelled := map[int64]bool{}
	for _, e := range entries {
		if e.Kind == moderation.KindUndo {
			cancelled[e.Cancels] = true
		}
	}
	last := moderation.LastStanding(entries)
	acts := make([]Act, 0, len(entries))
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		act := Act{Who: e.Actor, What: Did(e), Reason: e.Reason, When: Ago(now, e.At), At: Day(e.At), Undone: cancelled[e.Position], Said: newSaid(e.Labels)}
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

// webAddress is the address where it is an absolute http one, "" otherwise.
func webAddress(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	return u.String()
}
