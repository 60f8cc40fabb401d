package view

import (
	"html/template"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Comment is the comment under review with everything that stands around it.
type Comment struct {
	ID, Revision int64
	ActionID     string // for the next action on this page
	Status       string
	StatusSaid   string // in words
	Author       string
	Posted       string
	Arrived      template.HTML
	Edited       bool   // the reader changed the text
	Gone         bool   // no longer on the page
	Lease        string // who else has it open; "" for nobody
	Article      Article
	Answering    string  // the author of the comment it answers; "" for nobody
	Parents      []Reply // nearest last
	Answers      []Reply
	Pieces       []Piece // the text
	Rest         []Piece // the end of a long one, which is folded; nil where all of it is shown
	ReadAs       []ReadAs
	Shades       []Shade
	Axes         []Axis
	Evidence     *Evidence // nil where the model has none
	Model        string
	ModelNow     string // the model whose evidence is shown, "" where it is the same
	History      []Act
	Record       Record
	Waits        []WaitLine // what it waits for; nil for the next moderator
	Cover        bool       // the text is hostile, and was not asked for by its evidence
	Asker        bool       // the user asked for a second opinion: another decides
	Reason       string     // as typed, where it was refused
}

// Restore has the page hold what a form that was refused had marked, and the words of the reason of a decision; field gives its fields by name.
func (c *Comment) Restore(field func(name string) string) {
	for i := range c.Axes {
		c.Axes[i].Marked = field(c.Axes[i].Name)
	}
	if field("do") == "" { // in the menu that puts off the reason is another one: see Later.Restore
		c.Reason = field("reason")
	}
}

// MayWait reports whether the comment can be put off: only what is not decided can.
func (c Comment) MayWait() bool {
	return c.Status != string(moderation.Approved) && c.Status != string(moderation.Rejected)
}

// Article is what stands beside the comment about its page.
type Article struct {
	ID, Headline, URL, Body string
	Topic, Claim, ClaimID   string
	ClaimIsHeadline         bool
	ClaimMatched            bool   // the article has no topic; the claim is one that the model learned stance for
	Side, SideSaid          string // the second in words
	Sides                   []Option
}

// Reply is another comment of the thread.
type Reply struct {
	Author, Text, Status, URL string // Status in words, "" where it is pending
	Cover                     bool   // the text is hostile
}

// replyLength is how much of another comment the thread shows, in characters.
const replyLength = 400

// NewComment lays out a review as the user sees it now.
func NewComment(review *moderation.Review, place Place, frame Frame, actionID string, now time.Time) *Comment {
	local := frame.Local
	c := &Comment{
		ID: review.ID, Revision: review.State.Revision, ActionID: actionID, Status: string(review.State.Status),
		StatusSaid: local.Status(review.State.Status),
		Author:     review.Author, Posted: posted(local, review.PostedAt), Arrived: local.Moment(review.ArrivedAt), Edited: review.State.TextVersion > 1,
		Gone: review.Gone, Article: articleOf(local, &review.Article), Model: shortID(review.Prediction.Model),
		Axes: newAxes(local, review), History: newHistory(review.History, place, frame),
		Record: newRecord(review, place, frame, "note-"+actionID),
	}
	if frame.User != nil {
		c.Asker = review.State.Waiting.AskedBy == frame.User.Name
	}
	c.Cover = hostile(review.Stored) && place.Shade == ""
	c.Waits = newWaits(review, frame)
	if c.Author == "" {
		c.Author = local.T("comment.reader_without_name")
	}
	if review.Lease != nil && frame.User != nil && review.Lease.User != frame.User.Name && review.Lease.Until.After(now) {
		c.Lease = review.Lease.User
	}
	if in := review.Explanation.Prediction.Model; in != review.Prediction.Model {
		c.ModelNow = shortID(in)
	}
	c.Parents = newReplies(local, review.Parents, place)
	c.Answers = newReplies(local, review.Answers, place)
	if last := len(c.Parents) - 1; last >= 0 {
		c.Answering = c.Parents[last].Author
	}
	shown := chooseEvidence(review, place.Shade)
	c.Shades = newShades(local, review, place, shown)
	if c.Evidence = newEvidence(local, shown); shown != nil {
		c.Evidence.answering(local, shown.Axis, review.Explanation.Answering[shown.Axis.Index()])
	}
	c.Pieces, c.Rest = fold(newPieces(local, review.Text, shown))
	c.ReadAs = newReadAs(local, review.Explanation.Evidence)
	return c
}

func articleOf(local Local, a *moderation.Article) Article {
	shown := Article{ID: a.ID, Headline: a.Headline, URL: webAddress(a.URL), Body: a.Body, Topic: a.Topic, Claim: a.ClaimSentence(), ClaimID: classifier.ClaimID(a.ClaimSentence()),
		ClaimIsHeadline: a.ClaimFrom() == moderation.ClaimHeadline, ClaimMatched: a.ClaimFrom() == moderation.ClaimMatched, Side: string(a.Side), SideSaid: local.Side(a.Side)}
	if shown.Headline == "" {
		shown.Headline = local.T("articles.no_headline")
	}
	for _, side := range []moderation.Side{moderation.SideFor, moderation.SideAgainst, moderation.SideOpen} {
		shown.Sides = append(shown.Sides, Option{Value: string(side), Text: local.Side(side), Selected: side == a.Side})
	}
	return shown
}

func newReplies(local Local, comments []moderation.Stored, place Place) []Reply {
	replies := make([]Reply, len(comments))
	for i, c := range comments {
		replies[i] = Reply{Author: c.Author, Text: shorten(c.Text, replyLength), URL: place.At(c.ID).URL()}
		replies[i].Cover = hostile(c)
		if c.State.Status != moderation.Pending {
			replies[i].Status = local.Status(c.State.Status)
		}
		if replies[i].Author == "" {
			replies[i].Author = local.T("comment.reader")
		}
	}
	return replies
}

// Quoted is the comment of that number among others, shortened; NotFound where it is not among them.
func Quoted(local Local, comments []moderation.Stored, id int64) (Reply, error) {
	for _, c := range comments {
		if c.ID == id {
			return newReplies(local, []moderation.Stored{c}, Place{})[0], nil
		}
	}
	return Reply{}, moderation.NotFound("no comment %d", id)
}

// Axis is one axis with its answers: what was predicted, what a person said, what can be chosen.
type Axis struct {
	Name     string
	Title    string
	Person   string // who labelled it; "" where nobody did
	Answer   string // shown: the person's label, else the prediction's answer, else unsure
	Said     string // the answer in words
	Sign     string
	Colour   string
	Unsure   bool
	Lacking  bool   // the model has nothing on this axis
	From     string // why the answer is not the more probable one; "" where it is
	Known    int
	Words    int
	Choices  []Choice
	CantTell string // the key's value for "can't tell"
	Marked   string // in a form that was refused; "" for nothing
}

// Choice is one answer that can be chosen.
type Choice struct {
	Value, Word, Sign, Colour string
	Keys                      []string // pressed one after the other, they mark it
	Percent                   string
	Width                     int  // of the bar, 0 to 100
	Predicted                 bool // the prediction's answer: choosing it confirms
	Given                     bool // a person's label
}

var stanceKeys = map[string]string{classifier.Favor: "1", classifier.None: "2", classifier.Against: "3"}

// choiceKeys mark the answer where that answer of the axis is shown: its letter switches, with shift it confirms; where the model is unsure it says
// yes, then no.
func choiceKeys(axis classifier.Axis, value, shown string) []string {
	letter := string(axis)[:1]
	switch {
	case axis == classifier.Stance:
		return []string{stanceKeys[value]}
	case value == shown:
		return []string{"⇧" + letter}
	case shown == classifier.Unsure && value == classifier.No:
		return []string{letter, letter}
	}
	return []string{letter}
}

// pageOrder is an axis's answers from top to bottom: stances in the order of their keys.
func pageOrder(axis classifier.Axis) []string {
	if axis == classifier.Stance {
		return []string{classifier.Favor, classifier.None, classifier.Against}
	}
	return axis.Answers()
}

func newAxes(local Local, review *moderation.Review) []Axis {
	given := moderation.StandingLabels(review.History)
	axes := make([]Axis, 0, len(classifier.Axes))
	for _, axis := range classifier.Axes {
		opinion := review.Prediction.On(axis)
		answer := review.Shown(axis)
		a := Axis{
			Name: string(axis), Title: local.axisTitle(axis), Answer: answer, Said: local.Answer(answer), Sign: sign(axis, answer),
			Colour: colour(axis, answer), Unsure: answer == classifier.Unsure, Lacking: opinion.Best == "",
			Known: opinion.Known, Words: opinion.Words, CantTell: moderation.CantTell,
		}
		if label, ok := given[axis]; ok {
			a.Person = label.Entry.Actor
		} else if review.Explanation.Prediction.Model == review.Prediction.Model {
			a.From = answeredFrom(local, axis, opinion, review.Explanation.Answering[axis.Index()].Thresholds())
		}
		for _, value := range pageOrder(axis) {
			i := axis.AnswerIndex(value)
			choice := Choice{
				Value: value, Word: local.Answer(value), Sign: sign(axis, value), Colour: colour(axis, value),
				Predicted: opinion.Answer == value, Given: review.State.Labels[axis] == value,
			}
			choice.Keys = choiceKeys(axis, value, answer)
			if !a.Lacking {
				thresholds := review.Explanation.Answering[axis.Index()].Thresholds()
				choice.Percent, choice.Width = local.PercentBeside(opinion.Probabilities[i], thresholds.Low, thresholds.High), int(opinion.Probabilities[i]*100+0.5)
			}
			a.Choices = append(a.Choices, choice)
		}
		axes = append(axes, a)
	}
	return axes
}
