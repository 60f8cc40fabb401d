package view

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"commentdesk/classifier"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/learn"
)

// Thresholds is the page on which admins set from where the model answers.
type Thresholds struct {
	Frame
	Notice  *Notice
	Model   string // the champion's id; "" where there is nothing to set
	Short   string
	Axes    []ThresholdAxis
	Propose *ProposedThresholds // what is asked to be confirmed; nil where nothing is
}

func (Thresholds) template() string { return "thresholds" }

// ThresholdAxis is one axis that the champion answers on.
type ThresholdAxis struct {
	Axis             string
	Stance           bool
	ByHand           bool
	Today, Fitted    string // in words; Fitted only where they were set by hand
	Low, High, Least string // in the form
	LetFitURL        string
	Labels           string // what the tables are made of, or that there are too few
	Tables           []WhatIfTable
	Refused          string // why the form's values were refused
}

// WhatIfTable says of a few values of one threshold what they would have meant, the others being as they are.
type WhatIfTable struct {
	Name, Axis string
	Stance     bool
	Rows       []WhatIf
}

// WhatIf is what one choice would have made of people's labels.
type WhatIf struct{ Value, Called, Rightly, Missed, Unsure string }

// ProposedThresholds are thresholds before they are set.
type ProposedThresholds struct {
	Axis, Low, High, Least string
	LetFit, Stance         bool
	Said                   string // what is proposed
	Changes                string // what it does to what waits
	By                     []string
	Compared               *WhatIfTable // nil where there are too few labels
	Few                    string
	Reason                 string // as typed, where it was refused
}

// NewThresholds lays out the champion's thresholds beside people's labels.
func NewThresholds(frame Frame, answering learn.Answering, judgements figures.Judgements) Thresholds {
	page := Thresholds{Frame: frame, Model: answering.Model, Short: shortID(answering.Model)}
	for at, axis := range classifier.Axes {
		if answering.Has[at] {
			page.Axes = append(page.Axes, newThresholdAxis(axis, answering.Parameters.Axes[at], judgements))
		}
	}
	return page
}

func newThresholdAxis(axis classifier.Axis, p classifier.AxisParameters, judgements figures.Judgements) ThresholdAxis {
	now := p.Thresholds()
	shown := ThresholdAxis{Axis: string(axis), Stance: axis == classifier.Stance, ByHand: p.ByHand(), Today: thresholdWords(axis, now), Low: threshold(now.Low),
		High: threshold(now.High), Least: threshold(now.MinCoverage)}
	if p.ByHand() {
		shown.Fitted = thresholdWords(axis, p.Fitted)
		shown.LetFitURL = "/models/thresholds?" + url.Values{"axis": {string(axis)}, "fit": {"yes"}}.Encode()
	}
	labels := judgements.Labels(axis)
	if labels < fewLabels {
		shown.Labels = fewToSay(labels)
		return shown
	}
	shown.Labels = fmt.Sprintf("Over %s. People label what they look at, not a sample of all.", counted(labels, "label"))
	for _, part := range thresholdParts(axis, now, p.Fitted, p.ByHand()) {
		table := WhatIfTable{Name: part.name, Axis: string(axis), Stance: axis == classifier.Stance}
		for _, value := range part.values {
			tried := now
			*part.of(&tried) = value
			if tried.Check(axis) != nil && value != *part.of(&now) {
				continue
			}
			name := threshold(value)
			switch {
			case value == *part.of(&now):
				name += " (today)"
			case p.ByHand() && value == *part.of(&p.Fitted):
				name += " (fitted)"
			}
			table.Rows = append(table.Rows, whatIf(axis, name, judgements.Outcome(axis, tried)))
		}
		shown.Tables = append(shown.Tables, table)
	}
	return shown
}

func fewToSay(labels int) string {
	if labels == 0 {
		return "Nobody has labelled this axis yet. From " + strconv.Itoa(fewLabels) + " labels on, this says what other thresholds would have meant."
	}
	return fmt.Sprintf("%s %s too few to say what other thresholds would have meant.", counted(labels, "label"), map[bool]string{true: "is", false: "are"}[labels == 1])
}

// thresholdPart is one of an axis's thresholds with the values that are shown of it.
type thresholdPart struct {
	name   string
	of     func(*classifier.Thresholds) *float64
	values []float64
}

func thresholdParts(axis classifier.Axis, now, fitted classifier.Thresholds, byHand bool) []thresholdPart {
	high := thresholdPart{"yes from", func(t *classifier.Thresholds) *float64 { return &t.High }, []float64{.2, .3, .4, .5, .65, .8, .95}}
	low := thresholdPart{"no up to", func(t *classifier.Thresholds) *float64 { return &t.Low }, []float64{.01, .02, .05, .1, .2, .3}}
	coverage := thresholdPart{"least coverage", func(t *classifier.Thresholds) *float64 { return &t.MinCoverage }, []float64{0, .15, .3, .45, .6, .8}}
	parts := []thresholdPart{high, low, coverage}
	if axis == classifier.Stance {
		high.name, high.values = "an answer from", []float64{.35, .4, .5, .6, .7, .8}
		parts = []thresholdPart{high, coverage}
	}
	for i := range parts {
		p := &parts[i]
		p.values = append(p.values, *p.of(&now))
		if byHand {
			p.values = append(p.values, *p.of(&fitted))
		}
		slices.Sort(p.values)
		p.values = slices.Compact(p.values)
	}
	return parts
}

// whatIf lays out an outcome.
func whatIf(axis classifier.Axis, name string, o figures.Outcome) WhatIf {
	shown := WhatIf{Value: name, Called: Thousands(o.Called.All), Rightly: "–", Missed: share(Local{}, o.Missed), Unsure: Thousands(o.Unsure)}
	if o.Called.All > 0 {
		low, high := o.Called.Interval()
		shown.Rightly = fmt.Sprintf("%s, %s (%s to %s)", Thousands(o.Called.Of), Percent(o.Called.Part()), Percent(low), Percent(high))
	}
	if axis != classifier.Stance && o.UnsureYes > 0 {
		shown.Unsure += fmt.Sprintf(", %s labelled yes", Thousands(o.UnsureYes))
	}
	return shown
}

// threshold is a number of the model as pages spell it.
func threshold(value float64) string { return strconv.FormatFloat(value, 'g', 4, 64) }

func thresholdWords(axis classifier.Axis, t classifier.Thresholds) string {
	if axis == classifier.Stance {
		return fmt.Sprintf("the most probable answer from %s, unsure below; unsure too where less than %s of the words are known", threshold(t.High), Percent(t.MinCoverage))
	}
	return fmt.Sprintf("no up to %s, yes from %s, unsure between; unsure too where less than %s of the words are known", threshold(t.Low), threshold(t.High), Percent(t.MinCoverage))
}

// Proposing adds what is to be confirmed: a change, its parameters and what would move.
func (page *Thresholds) Proposing(change learn.ThresholdChange, before, after classifier.Parameters, judgements figures.Judgements, moves figures.Moves) {
	axis, at := change.Axis, change.Axis.Index()
	old, now := before.Axes[at].Thresholds(), after.Axes[at].Thresholds()
	proposed := &ProposedThresholds{Axis: string(axis), Low: threshold(now.Low), High: threshold(now.High), Least: threshold(now.MinCoverage), LetFit: change.LetFit,
		Stance: axis == classifier.Stance, Said: Sentence(thresholdWords(axis, now)), Changes: movesWords(axis, moves), Reason: change.Reason}
	for _, m := range sortedMoves(moves.By) {
		proposed.By = append(proposed.By, fmt.Sprintf("%s from %s to %s", Thousands(moves.By[m]), m.From, m.To))
	}
	if labels := judgements.Labels(axis); labels < fewLabels {
		proposed.Few = fewToSay(labels)
	} else {
		proposed.Compared = &WhatIfTable{Name: "thresholds", Axis: string(axis), Stance: proposed.Stance,
			Rows: []WhatIf{whatIf(axis, "today", judgements.Outcome(axis, old)), whatIf(axis, "then", judgements.Outcome(axis, now))}}
	}
	page.Propose = proposed
	for i := range page.Axes {
		if page.Axes[i].Axis == proposed.Axis {
			page.Axes[i].Low, page.Axes[i].High, page.Axes[i].Least = proposed.Low, proposed.High, proposed.Least
		}
	}
}

// Refuse shows an axis's form as it was filled in, with the reason why it was refused.
func (page *Thresholds) Refuse(axis, low, high, least, why string) {
	for i := range page.Axes {
		if page.Axes[i].Axis == axis {
			page.Axes[i].Low, page.Axes[i].High, page.Axes[i].Least, page.Axes[i].Refused = low, high, least, why
			return
		}
	}
	page.Notice = &Notice{Alarm: true, Title: why}
}

func movesWords(axis classifier.Axis, m figures.Moves) string {
	of := "the " + counted(m.Waiting, "comment") + " that need review"
	switch {
	case m.Waiting == 0:
		return "No comment needs review: nothing changes its answer."
	case m.Looked < m.Waiting:
		of = fmt.Sprintf("the newest %s of %s comments that need review", Thousands(m.Looked), Thousands(m.Waiting))
	case m.Waiting == 1:
		of = "the one comment that needs review"
	}
	return fmt.Sprintf("Of %s %s would change their answer on %s, by the probabilities that are stored with them.", of, Thousands(m.Changed), axis)
}

// sortedMoves puts the most frequent first.
func sortedMoves(by map[figures.Move]int) (moves []figures.Move) {
	for m := range by {
		moves = append(moves, m)
	}
	slices.SortFunc(moves, func(a, b figures.Move) int {
		if by[a] != by[b] {
			return by[b] - by[a]
		}
		return slices.Compare([]string{a.From, a.To}, []string{b.From, b.To})
	})
	return moves
}
