package view

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Piece is a run of the comment's text.
type Piece struct {
	Text  string
	Class string // "" for plain text
	Title string // what the word brought
}

// ReadAs says how the model read what was written to be misread.
type ReadAs struct{ Written, Read, Disguise string }

// Shade is a link to one evidence.
type Shade struct {
	Name, Said, Sign, Colour, URL string // Said is the name in words
	Current                       bool
}

// Evidence is the arithmetic behind one number.
type Evidence struct {
	For     string // what the shares speak for
	Colour  string
	Open    bool // the user asked for it
	Rows    []EvidenceRow
	Sum     EvidenceRow
	Chance  string // what the sum means, in percent; "" for stance
	Factor  string // what every weight of a word was multiplied by; that of a run of letters stands in Letters, "" without
	Letters string
	Stance  bool
	From    string // from where the model answers
	ByHand  bool   // a person set that
}

// EvidenceRow is one line of the table: a share and its bar from the centre, -100 to 100.
type EvidenceRow struct {
	Text  string
	Share string
	X     float64
	Width float64
	Away  bool // speaks against
	Mark  bool // a line of the arithmetic, not a word
}

// shadeName is what an evidence is called: the axis, or the stance.
func shadeName(e *classifier.Evidence) string {
	if e.Axis == classifier.Stance {
		return e.Answer
	}
	return string(e.Axis)
}

// shadeSaid is it in words.
func (l Local) shadeSaid(e *classifier.Evidence) string {
	if e.Axis == classifier.Stance {
		return l.Answer(e.Answer)
	}
	return l.Axis(e.Axis)
}

// chooseEvidence is the evidence of that name, or the most telling one: hostile or spam where the model leans to yes, else the likeliest stance,
// else whatever there is. nil where the model has none.
func chooseEvidence(review *moderation.Review, name string) *classifier.Evidence {
	evidence, prediction := review.Explanation.Evidence, &review.Explanation.Prediction
	find := func(name string) *classifier.Evidence {
		for i := range evidence {
			if shadeName(&evidence[i]) == name {
				return &evidence[i]
			}
		}
		return nil
	}
	if e := find(name); e != nil {
		return e
	}
	hostile := prediction.Hostile.Probability(classifier.Hostile, classifier.Yes)
	spam := prediction.Spam.Probability(classifier.Spam, classifier.Yes)
	var wishes []string
	if hostile >= 0.5 || spam >= 0.5 {
		if spam > hostile {
			wishes = append(wishes, string(classifier.Spam))
		}
		wishes = append(wishes, string(classifier.Hostile), string(classifier.Spam))
	}
	for _, wish := range append(wishes, prediction.Stance.Best, string(classifier.Hostile), string(classifier.Spam)) {
		if e := find(wish); e != nil {
			return e
		}
	}
	return nil
}

func newShades(local Local, review *moderation.Review, place Place, shown *classifier.Evidence) []Shade {
	place.ID = review.ID
	var shades []Shade
	for _, name := range []string{string(classifier.Hostile), string(classifier.Spam), classifier.Favor, classifier.None, classifier.Against} {
		for i := range review.Explanation.Evidence {
			if e := &review.Explanation.Evidence[i]; shadeName(e) == name {
				shades = append(shades, Shade{Name: name, Said: local.shadeSaid(e), Sign: sign(e.Axis, e.Answer), Colour: colour(e.Axis, e.Answer),
					URL: place.Shaded(name).URL(), Current: e == shown})
			}
		}
	}
	return shades
}

// leastShare is the share, in nats, below which a largest share is not drawn as if it were large.
const leastShare = 0.4

// levels is how many widths an underline has.
const levels = 4

// scaleOf is the share that gets the widest mark.
func scaleOf(e *classifier.Evidence) float64 {
	scale := leastShare
	for _, row := range e.Rows {
		scale = math.Max(scale, math.Abs(row.Share))
	}
	return scale
}

// newPieces cuts the text at the words that counted.
func newPieces(local Local, text string, e *classifier.Evidence) []Piece {
	if e == nil {
		return []Piece{{Text: text}}
	}
	runes, scale := []rune(text), scaleOf(e)
	rows := append([]classifier.EvidenceRow(nil), e.Rows...)
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].Start < rows[j].Start })
	var pieces []Piece
	at := 0
	for _, row := range rows {
		level := int(math.Round(math.Abs(row.Share) / scale * levels))
		if level == 0 || row.Start < at || row.End <= row.Start || row.End > len(runes) {
			continue
		}
		if row.Start > at {
			pieces = append(pieces, Piece{Text: string(runes[at:row.Start])})
		}
		way, says := "to", "comment.speaks_for"
		if row.Share < 0 {
			way, says = "away", "comment.speaks_against"
		}
		pieces = append(pieces, Piece{
			Text: string(runes[row.Start:row.End]), Class: fmt.Sprintf("counts %s-%d %s", way, level, colour(e.Axis, e.Answer)),
			Title: local.T(says, "share", signed(local, row.Share), "answer", local.shadeSaid(e)),
		})
		at = row.End
	}
	if at < len(runes) {
		pieces = append(pieces, Piece{Text: string(runes[at:])})
	}
	return pieces
}

// newReadAs lists each reading once.
func newReadAs(local Local, evidence []classifier.Evidence) []ReadAs {
	var list []ReadAs
	seen := map[ReadAs]bool{}
	for _, e := range evidence {
		for _, row := range e.Rows {
			as := ReadAs{row.Text, row.ReadAs, disguiseWords(local, row.Disguise)}
			if row.ReadAs != "" && !seen[as] {
				seen[as] = true
				list = append(list, as)
			}
		}
	}
	return list
}

// disguiseWords says the tricks of a word, a look-alike with its sign: "dots, Cyrillic с".
func disguiseWords(local Local, disguise string) string {
	tricks := strings.Split(disguise, ", ")
	for i, trick := range tricks {
		if script, letter, found := cutLast(trick, " "); found && !local.Knows(trick) {
			tricks[i] = local.Said(script) + " " + letter
		} else {
			tricks[i] = local.Said(trick)
		}
	}
	return strings.Join(tricks, ", ")
}

func cutLast(s, separator string) (before, after string, found bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}

// shownRows is how many words the table names; the rest is summed in one line.
const shownRows = 12

func newEvidence(local Local, e *classifier.Evidence) *Evidence {
	if e == nil {
		return nil
	}
	shown := &Evidence{For: local.shadeSaid(e), Colour: colour(e.Axis, e.Answer), Stance: e.Axis == classifier.Stance}
	shown.Factor = significant(local, e.Scale, 3)
	if e.LetterScale != 0 {
		shown.Letters = significant(local, e.LetterScale, 3)
	}
	scale := math.Max(math.Max(scaleOf(e), math.Abs(e.Prior)), math.Abs(e.LogOdds))
	rest, restCount := 0.0, 0
	for i, row := range e.Rows {
		if i < shownRows {
			shown.Rows = append(shown.Rows, evidenceRow(local, row.Text, row.Share, scale, row.End <= row.Start))
			continue
		}
		rest += row.Share
		restCount++
	}
	if restCount > 0 {
		scale = math.Max(scale, math.Abs(rest))
		shown.Rows = append(shown.Rows, evidenceRow(local, local.T("comment.further", "n", restCount), rest, scale, true))
	}
	shown.Rows = append(shown.Rows, evidenceRow(local, local.T("comment.before_words"), e.Prior, scale, true))
	shown.Sum = evidenceRow(local, local.T("comment.sum", "answer", shown.For), e.LogOdds, scale, true)
	if !shown.Stance {
		shown.Chance = local.Percent(1 / (1 + math.Exp(-e.LogOdds)))
	}
	return shown
}

// answering adds from where the model answers on the axis.
func (e *Evidence) answering(local Local, axis classifier.Axis, p classifier.AxisParameters) {
	t := p.Thresholds()
	e.ByHand = p.ByHand()
	if axis == classifier.Stance {
		e.From = local.T("comment.answers_stance", "high", local.Percent(t.High))
		return
	}
	e.From = local.T("comment.answers_axis", "axis", local.axisTitle(axis), "low", local.Percent(t.Low), "high", local.Percent(t.High))
}

// answeredFrom says why an answer is not the more probable of two, "" where it is.
func answeredFrom(local Local, axis classifier.Axis, opinion *classifier.Opinion, t classifier.Thresholds) string {
	switch {
	case axis == classifier.Stance || opinion.Answer == opinion.Best:
		return ""
	case opinion.Answer == classifier.Yes:
		return local.T("axes.yes_from", "percent", local.Percent(t.High))
	case opinion.Answer == classifier.No:
		return local.T("axes.no_up_to", "percent", local.Percent(t.Low))
	}
	return ""
}

func evidenceRow(local Local, text string, share, scale float64, mark bool) EvidenceRow {
	row := EvidenceRow{Text: text, Share: signed(local, share), Width: math.Min(100, math.Abs(share)/scale*100), Away: share < 0, Mark: mark}
	if row.Away {
		row.X = -row.Width
	}
	return row
}

// signed is a share in nats with its sign.
func signed(local Local, share float64) string {
	if share < 0 {
		return local.Decimal(share, 2)
	}
	return "+" + local.Decimal(share, 2)
}
