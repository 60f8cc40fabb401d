package view

import (
	"slices"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Mine is how much waits for the user, as links below the tabs.
type Mine struct {
	ForYou, Answers string // counts
	URL             string // of what was handed to the user
}

// NewMine lays out the counts.
func NewMine(mine moderation.Mine) *Mine {
	return &Mine{ForYou: upToLimit(mine.ForYou), Answers: upToLimit(mine.Answers),
		URL: Place{Tab: AllTab, Order: moderation.OrderHarm, Query: moderation.Filter{For: moderation.Me}.String()}.URL()}
}

func upToLimit(n int) string {
	if n >= moderation.MineLimit {
		return Thousands(n) + "+"
	}
	return Thousands(n)
}

// Later is the menu that puts a comment off.
type Later struct {
	Colleagues []string // whom it can be handed to
	MaxNote    int
}

// NewLater is the menu for the user.
func NewLater(names []string, frame Frame) *Later {
	return &Later{MaxNote: moderation.MaxReason, Colleagues: slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == frame.User.Name })}
}

// WaitLine says what a comment waits for, and what the user can do about it.
type WaitLine struct {
	Title    string
	Why      string
	When, At string // it was said, in words; as a date
	Text     string
	Buttons  []WaitButton
}

// WaitButton ends or turns a wait.
type WaitButton struct{ Do, For, Text string }

// newWaits are the lines of what the comment waits for.
func newWaits(review *moderation.Review, frame Frame, now time.Time) []WaitLine {
	snoozed, handed, asked := moderation.StandingWaits(review.History)
	me := ""
	if frame.MayAct() {
		me = frame.User.Name
	}
	line := func(e *moderation.Entry, title, text string, buttons ...WaitButton) WaitLine {
		if me == "" {
			buttons = nil
		}
		return WaitLine{Title: title, Why: e.Reason, When: Ago(now, e.At), At: Day(e.At), Text: text, Buttons: buttons}
	}
	var lines []WaitLine
	if snoozed != nil {
		lines = append(lines, line(snoozed, snoozed.Actor+" snoozed this until "+Day(snoozed.Wait.Until)+" UTC.", "", WaitButton{Do: "recall", Text: "Bring back now"}))
	}
	if asked != nil && asked.Actor == me {
		title := "You asked for a second opinion."
		if asked.Wait.For != "" {
			title = "You asked for the opinion of " + asked.Wait.For + "."
		}
		lines = append(lines, line(asked, title, "Somebody else decides this.", WaitButton{Do: "recall", Text: "Take the question back"}))
	} else if asked != nil {
		title := asked.Actor + " asks for a second opinion."
		if asked.Wait.For != "" && asked.Wait.For == me {
			title = asked.Actor + " asks for your opinion."
		}
		text := ""
		if review.Blinded {
			text = "The labels that " + asked.Actor + " gave stay hidden until somebody else has decided."
		}
		lines = append(lines, line(asked, title, text))
	}
	if handed == nil || handed == asked && handed.Wait.For != me {
		return lines
	}
	back := WaitButton{Do: "recall", Text: "Leave it to everybody"}
	switch {
	case handed == asked:
		lines[len(lines)-1].Buttons = line(handed, "", "", back).Buttons
	case handed.Wait.For == me:
		lines = append(lines, line(handed, handed.Actor+" handed this to you.", "", WaitButton{Do: "hand", For: handed.Actor, Text: "Hand back to " + handed.Actor}, back))
	case handed.Actor == me:
		lines = append(lines, line(handed, "You handed this to "+handed.Wait.For+".", "", WaitButton{Do: "recall", Text: "Take it back"}))
	default:
		lines = append(lines, line(handed, "Handed to "+handed.Wait.For+" by "+handed.Actor+".", ""))
	}
	return lines
}

// waitMark is what a row of the list says of a comment that waits for somebody.
func waitMark(w moderation.Waiting, user string) string {
	switch {
	case w.AskedBy != "" && w.AskedBy == user:
		return "you asked for a second opinion"
	case w.AskedBy != "" && w.For != "" && w.For == user:
		return w.AskedBy + " asks for your opinion"
	case w.AskedBy != "":
		return w.AskedBy + " asks for a second opinion"
	case w.For != "" && w.For == user:
		return w.HandedBy + " handed this to you"
	case w.For != "":
		return "handed to " + w.For + " by " + w.HandedBy
	case !w.Until.IsZero():
		return "until " + Day(w.Until) + " UTC"
	}
	return ""
}

// WaitToast says what was done, with the time as the reader's clock has it.
func WaitToast(e moderation.Entry, zone *time.Location) string {
	if e.Wait.Kind != moderation.Snooze {
		return Sentence(Did(e))
	}
	text := "Snoozed until " + e.Wait.Until.In(zone).Format("Mon 2 Jan, 15:04 MST") + "."
	if len(e.Labels) > 0 {
		text += " Labelled " + labelWords(e.Labels) + "."
	}
	return text
}

// wanted says what a wait asks for.
func wantedWait(w moderation.Wait) string {
	switch w.Kind {
	case moderation.Snooze:
		return "snooze"
	case moderation.HandOver:
		return "hand over to " + w.For
	case moderation.Ask:
		return "ask for a second opinion"
	case moderation.Recall:
		return "bring back"
	}
	return ""
}

// Answers lists what others decided of what the user asked about.
type Answers struct {
	Frame
	Notice *Notice
	Rows   []AnswerRow
	UpTo   int64 // the newest one's position
}

func (Answers) template() string { return "answers" }

// AnswerRow is one answer.
type AnswerRow struct {
	What, Reason     string // "ben rejected what you asked about"
	When, At         string
	Author, Headline string
	Text, URL        string
	Cover            bool // the text is hostile
}

// NewAnswers lays out the answers, the newest first.
func NewAnswers(frame Frame, answers []moderation.Answer, now time.Time) Answers {
	page := Answers{Frame: frame, Notice: noticeOfToast(frame)}
	for _, a := range answers {
		row := NewRow(a.Comment, frame, now)
		page.UpTo = max(page.UpTo, a.Entry.Position)
		page.Rows = append(page.Rows, AnswerRow{What: a.Entry.Actor + " " + string(a.Entry.Decision.Status()) + " what you asked about", Reason: a.Entry.Reason,
			When: Ago(now, a.Entry.At), At: Day(a.Entry.At), Author: row.Author, Headline: row.Headline, Text: row.Excerpt, Cover: row.Cover, URL: Place{Tab: AllTab, Order: moderation.OrderHarm}.Opened(a.Comment.ID).URL()})
	}
	return page
}

func noticeOfToast(frame Frame) *Notice {
	if frame.Toast == nil {
		return nil
	}
	return &Notice{Title: frame.Toast.Text}
}

// shownTo is the comment as the user may see it: without labels while they would lead a second opinion.
func shownTo(stored moderation.Stored, user string) moderation.Stored {
	if stored.State.Waiting.HidesLabels(user) {
		stored.State.Labels = map[classifier.Axis]string{}
	}
	return stored
}
