package view

import (
	"net/url"
	"slices"

	"commentdesk/classifier"
	"commentdesk/moderation/figures"
	"commentdesk/moderation/learn"
)

// Thresholds is the page on which moderators read, and admins set, from where the model answers.
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
	Axis, Said       string // Said is the axis in words
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
	Name, Said string // Said is the axis in words
	Stance     bool
	Rows       []WhatIf
}

// WhatIf is what one choice would have made of people's labels.
type WhatIf struct{ Value, Called, Rightly, Missed, Unsure string }

// ProposedThresholds are thresholds before they are set.
type ProposedThresholds struct {
	Axis, Low, High, Least string
	AxisSaid               string // the axis in words
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
			page.Axes = append(page.Axes, newThresholdAxis(frame.Local, axis, answering.Parameters.Axes[at], judgements))
		}
	}
	return page
}

func newThresholdAxis(local Local, axis classifier.Axis, p classifier.AxisParameters, judgements figures.Judgements) ThresholdAxis {
	now := p.Thresholds()
	shown := ThresholdAxis{Axis: string(axis), Said: local.Axis(axis), Stance: axis == classifier.Stance, ByHand: p.ByHand(), Today: thresholdWords(local, axis, now), Low: threshold(local, now.Low),
		High: threshold(local, now.High), Least: threshold(local, now.MinCoverage)}
	if p.ByHand() {
		shown.Fitted = thresholdWords(local, axis, p.Fitted)
		shown.LetFitURL = "/models/thresholds?" + url.Values{"axis": {string(axis)}, "fit": {"yes"}}.Encode()
	}
	labels := judgements.Labels(axis)
	if labels < fewLabels {
		shown.Labels = fewToSay(local, labels)
		return shown
	}
	shown.Labels = local.T("thresholds.over", "n", labels)
	for _, part := range thresholdParts(axis, now, p.Fitted, p.ByHand()) {
		table := WhatIfTable{Name: local.T(part.name), Said: local.Axis(axis), Stance: axis == classifier.Stance}
		for _, value := range part.values {
			tried := now
			*part.of(&tried) = value
			if tried.Check(axis) != nil && value != *part.of(&now) {
				continue
			}
			name := threshold(local, value)
			switch {
			case value == *part.of(&now):
				name = local.T("thresholds.value_today", "value", name)
			case p.ByHand() && value == *part.of(&p.Fitted):
				name = local.T("thresholds.value_fitted", "value", name)
			}
			table.Rows = append(table.Rows, whatIf(local, axis, name, judgements.Outcome(axis, tried)))
		}
		shown.Tables = append(shown.Tables, table)
	}
	return shown
}

func fewToSay(local Local, labels int) string {
	if labels == 0 {
		return local.T("thresholds.no_labels", "least", fewLabels)
	}
	return local.T("thresholds.too_few", "n", labels)
}

// thresholdPart is one of an axis's thresholds with the values that are shown of it.
type thresholdPart struct {
	name   string // the key of the message
	of     func(*classifier.Thresholds) *float64
	values []float64
}

func thresholdParts(axis classifier.Axis, now, fitted classifier.Thresholds, byHand bool) []thresholdPart {
	high := thresholdPart{"thresholds.yes_from", func(t *classifier.Thresholds) *float64 { return &t.High }, []float64{.2, .3, .4, .5, .65, .8, .95}}
	low := thresholdPart{"thresholds.no_up_to", func(t *classifier.Thresholds) *float64 { return &t.Low }, []float64{.01, .02, .05, .1, .2, .3}}
	coverage := thresholdPart{"thresholds.least_coverage", func(t *classifier.Thresholds) *float64 { return &t.MinCoverage }, []float64{0, .15, .3, .45, .6, .8}}
	parts := []thresholdPart{high, low, coverage}
	if axis == classifier.Stance {
		high.name, high.values = "thresholds.answer_from", []float64{.35, .4, .5, .6, .7, .8}
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
func whatIf(local Local, axis classifier.Axis, name string, o figures.Outcome) WhatIf {
	shown := WhatIf{Value: name, Called: local.Number(o.Called.All), Rightly: "–", Missed: share(local, o.Missed), Unsure: local.Number(o.Unsure)}
	if o.Called.All > 0 {
		low, high := o.Called.Interval()
		shown.Rightly = local.T("thresholds.rightly", "count", o.Called.Of, "share", local.Part(o.Called.Part()), "interval", spanned(local, low, high))
	}
	if axis != classifier.Stance && o.UnsureYes > 0 {
		shown.Unsure = local.T("thresholds.unsure_yes", "count", o.Unsure, "yes", o.UnsureYes)
	}
	return shown
}

// threshold is a number of the model as pages spell it.
func threshold(local Local, value float64) string { return significant(local, value, 4) }

func thresholdWords(local Local, axis classifier.Axis, t classifier.Thresholds) string {
	if axis == classifier.Stance {
		return local.T("thresholds.words_stance", "high", threshold(local, t.High), "coverage", local.Part(t.MinCoverage))
	}
	return local.T("thresholds.words", "low", threshold(local, t.Low), "high", threshold(local, t.High), "coverage", local.Part(t.MinCoverage))
}

// Proposing adds what is to be confirmed: a change, its parameters and what would move.
func (page *Thresholds) Proposing(change learn.ThresholdChange, before, after classifier.Parameters, judgements figures.Judgements, moves figures.Moves) {
	local, axis, at := page.Local, change.Axis, change.Axis.Index()
	old, now := before.Axes[at].Thresholds(), after.Axes[at].Thresholds()
	proposed := &ProposedThresholds{Axis: string(axis), AxisSaid: local.Axis(axis), Low: threshold(local, now.Low), High: threshold(local, now.High), Least: threshold(local, now.MinCoverage), LetFit: change.LetFit,
		Stance: axis == classifier.Stance, Said: Sentence(thresholdWords(local, axis, now)), Changes: movesWords(local, axis, moves), Reason: change.Reason}
	for _, m := range sortedMoves(moves.By) {
		proposed.By = append(proposed.By, local.T("change.line", "count", moves.By[m], "from", local.Answer(m.From), "to", local.Answer(m.To)))
	}
	if labels := judgements.Labels(axis); labels < fewLabels {
		proposed.Few = fewToSay(local, labels)
	} else {
		proposed.Compared = &WhatIfTable{Name: local.T("thresholds.column_thresholds"), Said: local.Axis(axis), Stance: proposed.Stance,
			Rows: []WhatIf{whatIf(local, axis, local.T("thresholds.today"), judgements.Outcome(axis, old)), whatIf(local, axis, local.T("thresholds.then"), judgements.Outcome(axis, now))}}
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

func movesWords(local Local, axis classifier.Axis, m figures.Moves) string {
	switch {
	case m.Waiting == 0:
		return local.T("thresholds.moves_none")
	case m.Looked < m.Waiting:
		return local.T("thresholds.moves_newest", "newest", m.Looked, "n", m.Waiting, "changed", m.Changed, "axis", local.Axis(axis))
	}
	return local.T("thresholds.moves", "n", m.Waiting, "changed", m.Changed, "axis", local.Axis(axis))
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
