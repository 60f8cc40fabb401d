package view

import (
	"cmp"
	"html/template"
	"math"
	"net/url"
	"slices"
	"strconv"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// EvidenceThen is the page with the evidence beside an act as it was, next to today's.
type EvidenceThen struct {
	Frame
	Comment   int64
	Back      string // the comment's page
	Who, What string
	When      template.HTML
	Text      []Piece
	Cover     bool // the text is hostile, and was not asked for by its evidence
	Replaced  bool // the reader changed the text after the act
	Claim     string
	Shades    []Shade
	Models    [2]string // then and now
	Same      bool      // they are one
	For       string    // what the shares speak for
	Colour    string
	Rows      []ThenRow
	Sums      ThenRow
	Chances   [2]string // what the sums mean, in percent; "" for stance
	Answers   []ThenAnswer
}

func (EvidenceThen) template() string { return "then" }

// ThenRow is one line of the table: a word's share then and now.
type ThenRow struct {
	Text string
	Mark bool // a line of the arithmetic, not a word
	Then EvidenceRow
	Now  EvidenceRow
}

// ThenAnswer is what was said on an axis then and what is said now.
type ThenAnswer struct {
	Axis, Then, Now string
	Other           bool // the answers differ
}

// NewEvidenceThen lays out the evidence of that shade, or the most telling one.
func NewEvidenceThen(frame Frame, e moderation.EvidenceThen, place Place) EvidenceThen {
	local := frame.Local
	review := &moderation.Review{Stored: e.Comment, Explanation: e.Then}
	page := EvidenceThen{
		Frame: frame, Comment: e.Comment.ID, Back: place.At(e.Comment.ID).URL(), Who: e.Entry.Actor, When: local.Moment(e.Entry.At),
		Replaced: e.Entry.TextVersion != e.Comment.State.TextVersion, Claim: e.Claim,
		Models: [2]string{shortID(e.Then.Prediction.Model), shortID(e.Now.Prediction.Model)}, Same: e.Then.Prediction.Model == e.Now.Prediction.Model,
	}
	page.What, _ = local.did(e.Entry)
	for _, axis := range classifier.Axes {
		before, after := said(local, &e.Then.Prediction, axis), said(local, &e.Now.Prediction, axis)
		page.Answers = append(page.Answers, ThenAnswer{local.axisTitle(axis), before, after, e.Then.Prediction.On(axis).Answer != e.Now.Prediction.On(axis).Answer})
	}
	page.Cover = hostile(e.Comment) && place.Shade == ""
	shown := chooseEvidence(review, place.Shade)
	page.Text = newPieces(local, e.Text, shown)
	if shown == nil {
		return page
	}
	page.For, page.Colour = local.shadeSaid(shown), colour(shown.Axis, shown.Answer)
	page.Shades = newShades(local, review, place, shown)
	for i := range page.Shades {
		page.Shades[i].URL = EvidenceURL(e.Comment.ID, e.Entry.Position, place.Shaded(page.Shades[i].Name))
	}
	page.compare(shown, sameShade(e.Now.Evidence, shown))
	return page
}

// EvidenceURL is the address of the evidence beside the act at that position.
func EvidenceURL(commentID, position int64, place Place) string {
	return "/evidence/" + url.PathEscape(strconv.FormatInt(commentID, 10)) + "/" + strconv.FormatInt(position, 10) + "?" + place.String()
}

// said is the answer with its probability.
func said(local Local, p *classifier.Prediction, axis classifier.Axis) string {
	opinion := p.On(axis)
	if opinion.Best == "" {
		return local.T("then.nothing")
	}
	percent := local.Percent(opinion.Probabilities[axis.AnswerIndex(opinion.Best)])
	if opinion.Answer == classifier.Unsure {
		return local.T("then.unsure", "best", local.Answer(opinion.Best), "percent", percent)
	}
	return local.T("then.answer", "answer", local.Answer(opinion.Answer), "percent", percent)
}

// sameShade is the evidence for the same answer, an empty one where there is none.
func sameShade(evidence []classifier.Evidence, as *classifier.Evidence) *classifier.Evidence {
	for i := range evidence {
		if evidence[i].Axis == as.Axis && evidence[i].Answer == as.Answer {
			return &evidence[i]
		}
	}
	return &classifier.Evidence{Axis: as.Axis, Answer: as.Answer}
}

// compare lines the two up word by word. Words beyond the first shownRows are summed, so that each column still adds up.
func (p *EvidenceThen) compare(then, now *classifier.Evidence) {
	local := p.Local
	type pair struct {
		text      string
		start     int
		mark      bool
		then, now float64
	}
	var pairs []pair
	at := map[[2]int]int{}
	for column, rows := range [][]classifier.EvidenceRow{then.Rows, now.Rows} {
		for _, row := range rows {
			span := [2]int{row.Start, row.End}
			i, found := at[span]
			if !found {
				i = len(pairs)
				at[span] = i
				pairs = append(pairs, pair{text: row.Text, start: row.Start, mark: row.End <= row.Start})
			}
			if column == 0 {
				pairs[i].then += row.Share
			} else {
				pairs[i].now += row.Share
			}
		}
	}
	largest := func(a pair) float64 { return math.Max(math.Abs(a.then), math.Abs(a.now)) }
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Or(cmp.Compare(largest(b), largest(a)), cmp.Compare(a.start, b.start)) })
	if len(pairs) > shownRows {
		rest := pair{text: local.T("comment.further", "n", len(pairs)-shownRows), mark: true}
		for _, a := range pairs[shownRows:] {
			rest.then, rest.now = rest.then+a.then, rest.now+a.now
		}
		pairs = append(pairs[:shownRows], rest)
	}
	pairs = append(pairs, pair{text: local.T("comment.before_words"), mark: true, then: then.Prior, now: now.Prior})
	sum := pair{text: local.T("comment.sum", "answer", p.For), mark: true, then: then.LogOdds, now: now.LogOdds}
	scale := math.Max(leastShare, largest(sum))
	for _, a := range pairs {
		scale = math.Max(scale, largest(a))
	}
	row := func(a pair) ThenRow {
		return ThenRow{Text: a.text, Mark: a.mark, Then: evidenceRow(local, a.text, a.then, scale, a.mark), Now: evidenceRow(local, a.text, a.now, scale, a.mark)}
	}
	for _, a := range pairs {
		p.Rows = append(p.Rows, row(a))
	}
	p.Sums = row(sum)
	if then.Axis != classifier.Stance {
		p.Chances = [2]string{local.Percent(1 / (1 + math.Exp(-then.LogOdds))), local.Percent(1 / (1 + math.Exp(-now.LogOdds)))}
	}
}
