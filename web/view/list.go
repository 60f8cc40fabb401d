package view

import (
	"errors"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// ListPage is how many comments the list shows at once.
const ListPage = 50

// excerptLength is how much of a comment the list shows, in characters.
const excerptLength = 280

// List is a page of the queue as rows.
type List struct {
	Rows           []Row
	Next, Previous string // addresses; "" without one
	LookFurther    bool   // the page ended because enough comments were looked at
}

// Row is one comment of the list.
type Row struct {
	ID         int64
	Pick       string // the value of its box: see moderation.Seen
	Picked     bool   // the box is ticked
	URL        string
	Author     string
	Excerpt    string
	Headline   string
	ArticleURL string // the list of its article's comments; "" outside the list
	Status     string // "" where it is pending
	Lease      string // who else has it open; "" for nobody
	Arrived    template.HTML
	Sorted     string // how probable is what the order sorts by; "" where it sorts by something else
	Waits      string // what it waits for; "" for nobody in particular
	Chips      []Chip
	Cover      bool   // the text is hostile
	Pile       string // over the first row of a pile: "14 alike"; "" over the others
}

// Chip is one answer as a row shows it.
type Chip struct {
	Axis, Said, Sign, Colour string
	Unsure, Person           bool
	Title                    string // how probable, or whose label
}

// NewList lays out a page of the queue.
func NewList(page moderation.QueuePage, place Place, frame Frame, now time.Time) *List {
	list := &List{LookFurther: page.Scanned}
	var before []Step
	for i, stored := range page.Comments {
		row := NewRow(stored, frame, now)
		row.ArticleURL = articleComments(place.Tab, stored.ArticleID)
		row.URL = place.opened(stored.ID, page.Cursors[i], before).URL()
		before = []Step{{ID: stored.ID, After: page.Cursors[i]}}
		row.Arrived, row.Sorted = frame.Local.Moment(stored.ArrivedAt), sortedBy(frame.Local, stored, place.Order)
		row.Pile = pileWords(frame.Local, page, i, place)
		list.Rows = append(list.Rows, row)
	}
	if len(place.Back) > 0 {
		list.Previous = place.previousPage().URL()
	}
	if page.Next != "" {
		first := int64(1)
		if len(page.Comments) > 0 {
			first = page.Comments[0].ID
		}
		list.Next = place.nextPage(first, page.Next).URL()
	}
	return list
}

// pileWords says what pile begins with the i-th comment of the page, "" where none does or where it is a pile of one. A filter lets through fewer
// than it says.
func pileWords(local Local, page moderation.QueuePage, i int, place Place) string {
	if page.Piles == nil || i > 0 && page.Piles[i].ID == page.Piles[i-1].ID {
		return ""
	}
	pile := page.Piles[i]
	switch {
	case pile.ID == 0:
		return local.T("list.pile_unknown")
	case pile.Comments < 2:
		if i > 0 && page.Piles[i-1].Comments > 1 {
			return local.T("list.pile_of_one")
		}
		return ""
	}
	key := "list.pile"
	switch filtered := place.Query != ""; {
	case filtered && pile.Continued:
		key = "list.pile_filtered_continued"
	case filtered:
		key = "list.pile_filtered"
	case pile.Continued:
		key = "list.pile_continued"
	}
	return local.T(key, "n", pile.Comments)
}

// NewRow is one comment as lists show it.
func NewRow(stored moderation.Stored, frame Frame, now time.Time) Row {
	user, local := "", frame.Local
	if frame.User != nil {
		user = frame.User.Name
	}
	stored = shownTo(stored, user)
	row := Row{ID: stored.ID, Pick: pick(moderation.Seen{CommentID: stored.ID, Revision: stored.State.Revision}), Author: stored.Author,
		Excerpt: shorten(stored.Text, excerptLength), Headline: headline(local, &stored.Article), Chips: newChips(local, stored)}
	row.Cover = hostile(stored)
	row.Waits = waitMark(local, stored.State.Waiting, user)
	if row.Author == "" {
		row.Author = local.T("list.reader")
	}
	if stored.State.Status != moderation.Pending {
		row.Status = local.Status(stored.State.Status)
	}
	if l := stored.Lease; l != nil && (frame.User == nil || l.User != frame.User.Name) && l.Until.After(now) {
		row.Lease = l.User
	}
	return row
}

// sortedBy says how probable is what put the comment where it stands: see moderation.Priority. "" in other orders, and where no model answered.
func sortedBy(local Local, stored moderation.Stored, order moderation.Order) string {
	said, p, closest := "", 0.0, -1.0
	for _, axis := range classifier.Axes {
		opinion := stored.Prediction.On(axis)
		if opinion.Best == "" {
			continue
		}
		answer, even := opinion.Best, 1/float64(len(axis.Answers()))
		weight := 1 - (opinion.Probability(axis, answer)-even)/(1-even)
		switch {
		case order == moderation.OrderHarm && axis != classifier.Stance:
			answer = classifier.Yes
			weight = opinion.Probability(axis, answer)
		case order != moderation.OrderDoubt:
			continue
		}
		if weight > closest {
			said, p, closest = local.labels([]moderation.Label{{Axis: axis, Answer: answer}}), opinion.Probability(axis, answer), weight
		}
	}
	if said == "" {
		return ""
	}
	return local.T("list.sorted", "answer", said, "percent", local.Percent(p))
}

func newChips(local Local, stored moderation.Stored) []Chip {
	chips := make([]Chip, 0, len(classifier.Axes))
	for _, axis := range classifier.Axes {
		answer := stored.Shown(axis)
		chip := Chip{Axis: local.Axis(axis), Said: local.Answer(answer), Sign: sign(axis, answer), Colour: colour(axis, answer),
			Unsure: answer == classifier.Unsure, Person: stored.State.Labels[axis] != ""}
		switch {
		case chip.Person:
			chip.Title = local.T("list.chip_person")
		case chip.Unsure:
			chip.Title = local.T("list.chip_unsure")
		default:
			chip.Title = local.T("list.chip_predicted", "percent", local.Percent(stored.Prediction.On(axis).Probability(axis, answer)))
		}
		chips = append(chips, chip)
	}
	return chips
}

// Bulk asks before many comments are decided at once: it shows each text.
type Bulk struct {
	Frame
	Notice   *Notice
	Place    Place
	ListURL  string // the list with what was selected
	ID       string
	Decision string
	Confirm  string // what the button says
	Why      *Why   // asks for the reason of a rejection; nil for another decision
	Rows     []BulkRow
	Axes     []BulkAxis
	Labelled bool   // an axis is set
	Written  string // the reason as it was typed
}

func (Bulk) template() string { return "bulk" }

// pick is how forms and addresses name a comment as it was seen: its number and revision.
func pick(seen moderation.Seen) string {
	return strconv.FormatInt(seen.CommentID, 10) + "." + strconv.FormatInt(seen.Revision, 10)
}

// BulkURL is the page that asks before it does that.
func BulkURL(bulk moderation.Bulk, place Place) string {
	values := url.Values{"decision": {string(bulk.Decision)}, "place": {place.String()}}
	for _, seen := range bulk.Comments {
		values.Add("pick", pick(seen))
	}
	return "/bulk?" + values.Encode()
}

// pickMark parts what an address says is selected.
const pickMark = "_"

// PickedURL is the list in which these are selected.
func PickedURL(place Place, comments []moderation.Seen) string {
	picks := make([]string, len(comments))
	for i, seen := range comments {
		picks[i] = pick(seen)
	}
	query := place.String()
	if query != "" {
		query += "&"
	}
	return "/?" + query + "picked=" + strings.Join(picks, pickMark)
}

// Pick selects the rows that the address names in the state in which they are shown.
func (l *List) Pick(picked string) {
	if picked == "" {
		return
	}
	picks := strings.Split(picked, pickMark)
	for i := range l.Rows {
		l.Rows[i].Picked = slices.Contains(picks, l.Rows[i].Pick)
	}
}

// bulkLength is how much of each text that will be decided is shown, in characters: two hundred of the longest would be 50 MB.
const bulkLength = 10_000

// BulkRow is one comment that will be decided.
type BulkRow struct {
	Row
	Text    string
	Changed bool // somebody acted on it since it was selected: it will be left
}

// NewBulkRow is a comment as it was selected, at that revision.
func NewBulkRow(stored moderation.Stored, revision int64, frame Frame, now time.Time) BulkRow {
	row := BulkRow{Row: NewRow(stored, frame, now), Text: cut(stored.Text, bulkLength), Changed: stored.State.Revision != revision}
	row.Pick = pick(moderation.Seen{CommentID: stored.ID, Revision: revision})
	return row
}

// Given are the labels that people gave.
func (r Row) Given() (given []Chip) {
	for _, chip := range r.Chips {
		if chip.Person {
			given = append(given, chip)
		}
	}
	return given
}

// BulkAxis is an axis that can be labelled on all of them at once.
type BulkAxis struct {
	Name, Title string
	Options     []Option
}

// NewBulkAxes are the axes with "no label" first, and what was chosen.
func NewBulkAxes(local Local, chosen map[classifier.Axis]string) []BulkAxis {
	var axes []BulkAxis
	for _, axis := range classifier.Axes {
		a := BulkAxis{Name: string(axis), Title: local.axisTitle(axis), Options: []Option{{Text: local.T("reasons.no_label"), Selected: chosen[axis] == ""}}}
		for _, answer := range append(pageOrder(axis), moderation.CantTell) {
			a.Options = append(a.Options, Option{Value: answer, Text: local.Answer(answer), Selected: chosen[axis] == answer})
		}
		axes = append(axes, a)
	}
	return axes
}

// bulkTitles and bulkButtons say what is about to be done to so many comments.
var (
	bulkTitles  = map[moderation.Decision]string{moderation.Approve: "bulk.approve", moderation.Reject: "bulk.reject", moderation.Escalate: "bulk.escalate"}
	bulkButtons = map[moderation.Decision]string{moderation.Approve: "bulk.approve_now", moderation.Reject: "bulk.reject_now", moderation.Escalate: "bulk.escalate_now"}
)

// BulkTitle says what is about to be done: "Reject 20 comments".
func BulkTitle(local Local, decision moderation.Decision, n int) string {
	return local.T(bulkTitles[decision], "n", n)
}

// BulkButton says it on the button that does it.
func BulkButton(local Local, decision moderation.Decision, n int) string {
	return local.T(bulkButtons[decision], "n", n)
}

// WhyLeft says why a comment was left as it is.
func WhyLeft(local Local, left moderation.Left) string {
	var conflict *moderation.Conflict
	if errors.As(left.Err, &conflict) {
		return NewConflict(local, conflict, "").Title
	}
	return Refusal(local, left.Err)
}

// LeftRow is a comment that was left as it is, and why.
type LeftRow struct {
	Author, Excerpt, URL, Why string
	Cover                     bool // the text is hostile
}
