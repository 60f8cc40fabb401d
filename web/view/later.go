package view

import (
	"html/template"
	"slices"
	"strings"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view/language"
)

// Mine is how much waits for the user, as links below the tabs.
type Mine struct {
	ForYou, Opinions, Answers string // counts
	URL, OpinionsURL          string // of what was handed to the user, of what others want an opinion on
}

// NewMine lays out the counts.
func NewMine(local Local, mine moderation.Mine) *Mine {
	all := func(filter moderation.Filter) string {
		return Place{Tab: AllTab, Order: moderation.OrderHarm, Query: filter.String()}.URL()
	}
	return &Mine{ForYou: upToLimit(local, mine.ForYou), Opinions: upToLimit(local, mine.Opinions), Answers: upToLimit(local, mine.Answers),
		URL: all(moderation.Filter{For: moderation.Me}), OpinionsURL: all(moderation.Filter{Opinion: true})}
}

func upToLimit(local Local, n int) string { return atLeast(local, n, n >= moderation.MineLimit) }

// Later is the menu that puts a comment off.
type Later struct {
	Colleagues []string // whom it can be handed to
	MaxNote    int
	Zone       string // the name of the reader's time zone; "" where it has none that can be sent back
	ZoneName   string // as it is shown
	Why        string // as typed, where it was refused; so are the next two
	At, For    string
	Again      bool // it was refused: a script opens it again
}

// Restore has the menu hold what it held when it was refused; field gives the fields of that form by name.
func (l *Later) Restore(field func(name string) string) {
	if field("do") != "" {
		l.Again = true
		l.Why, l.At, l.For = field("reason"), field("at"), field("for")
	}
}

// NewLater is the menu for the user.
func NewLater(names []string, frame Frame) *Later {
	later := &Later{MaxNote: moderation.MaxReason, Colleagues: slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == frame.User.Name })}
	local := frame.Local
	later.ZoneName = local.zoneName(local.at(local.Now))
	if zone := local.at(local.Now).Location().String(); language.Zone(zone) != nil {
		later.Zone, later.ZoneName = zone, strings.ReplaceAll(zone, "_", " ")
	}
	return later
}

// WaitLine says what a comment waits for, and what the user can do about it.
type WaitLine struct {
	Title   string
	Why     string
	When    template.HTML // it was said
	Text    string
	Buttons []WaitButton
}

// WaitButton ends or turns a wait.
type WaitButton struct{ Do, For, Text string }

// newWaits are the lines of what the comment waits for.
func newWaits(review *moderation.Review, frame Frame) []WaitLine {
	local := frame.Local
	snoozed, handed, asked := moderation.StandingWaits(review.History)
	me := ""
	if frame.MayAct() {
		me = frame.User.Name
	}
	line := func(e *moderation.Entry, title, text string, buttons ...WaitButton) WaitLine {
		if me == "" {
			buttons = nil
		}
		return WaitLine{Title: title, Why: e.Reason, When: local.Moment(e.At), Text: text, Buttons: buttons}
	}
	var lines []WaitLine
	if snoozed != nil {
		lines = append(lines, line(snoozed, local.T("later.snoozed", "who", snoozed.Actor, "until", local.Exact(snoozed.Wait.Until)), "", WaitButton{Do: "recall", Text: local.T("later.bring_back")}))
	}
	if asked != nil && asked.Actor == me {
		title := local.T("later.you_asked")
		if asked.Wait.For != "" {
			title = local.T("later.you_asked_whom", "whom", asked.Wait.For)
		}
		lines = append(lines, line(asked, title, local.T("later.else_decides"), WaitButton{Do: "recall", Text: local.T("later.take_question_back")}))
	} else if asked != nil {
		title := local.T("later.asks", "who", asked.Actor)
		if asked.Wait.For != "" && asked.Wait.For == me {
			title = local.T("later.asks_you", "who", asked.Actor)
		}
		text := ""
		if review.Blinded {
			text = local.T("later.hidden", "who", asked.Actor)
		}
		lines = append(lines, line(asked, title, text))
	}
	if handed == nil || handed == asked && handed.Wait.For != me {
		return lines
	}
	back := WaitButton{Do: "recall", Text: local.T("later.to_everybody")}
	switch {
	case handed == asked:
		lines[len(lines)-1].Buttons = line(handed, "", "", back).Buttons
	case handed.Wait.For == me:
		lines = append(lines, line(handed, local.T("later.handed_you", "who", handed.Actor), "", WaitButton{Do: "hand", For: handed.Actor, Text: local.T("later.hand_back", "who", handed.Actor)}, back))
	case handed.Actor == me:
		lines = append(lines, line(handed, local.T("later.you_handed", "whom", handed.Wait.For), "", WaitButton{Do: "recall", Text: local.T("later.take_back")}))
	default:
		lines = append(lines, line(handed, local.T("later.handed", "whom", handed.Wait.For, "who", handed.Actor), ""))
	}
	return lines
}

// waitMark is what a row of the list says of a comment that waits for somebody.
func waitMark(local Local, w moderation.Waiting, user string) string {
	switch {
	case w.AskedBy != "" && w.AskedBy == user:
		return local.T("later.mark_you_asked")
	case w.AskedBy != "" && w.For != "" && w.For == user:
		return local.T("later.mark_asks_you", "who", w.AskedBy)
	case w.AskedBy != "":
		return local.T("later.mark_asks", "who", w.AskedBy)
	case w.For != "" && w.For == user:
		return local.T("later.mark_handed_you", "who", w.HandedBy)
	case w.For != "":
		return local.T("later.mark_handed", "whom", w.For, "who", w.HandedBy)
	case !w.Until.IsZero():
		return local.T("later.mark_until", "until", local.Exact(w.Until))
	}
	return ""
}

// WaitToast says what was done, with the time as the reader's clock has it.
func WaitToast(local Local, e moderation.Entry) string {
	done := local.waited(e.Wait)
	if len(e.Labels) > 0 {
		done = local.T("label.decided", "status", done, "labels", local.labels(e.Labels))
	}
	return Sentence(done)
}

// wantedWait says what a wait asks for.
func (l Local) wantedWait(w moderation.Wait) string {
	switch w.Kind {
	case moderation.Snooze:
		return l.T("later.want_snooze")
	case moderation.HandOver:
		return l.T("later.want_hand", "whom", w.For)
	case moderation.Ask:
		return l.T("later.want_ask")
	case moderation.Recall:
		return l.T("later.want_recall")
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
	When             template.HTML
	Author, Headline string
	Text, URL        string
	Cover            bool // the text is hostile
}

// NewAnswers lays out the answers, the newest first.
func NewAnswers(frame Frame, answers []moderation.Answer, now time.Time) Answers {
	local := frame.Local
	page := Answers{Frame: frame, Notice: noticeOfToast(frame)}
	for _, a := range answers {
		row := NewRow(a.Comment, frame, now)
		page.UpTo = max(page.UpTo, a.Entry.Position)
		page.Rows = append(page.Rows, AnswerRow{What: local.T(answered[a.Entry.Decision], "who", a.Entry.Actor), Reason: a.Entry.Reason,
			When: local.Moment(a.Entry.At), Author: row.Author, Headline: row.Headline, Text: row.Excerpt, Cover: row.Cover, URL: Place{Tab: AllTab, Order: moderation.OrderHarm}.Opened(a.Comment.ID).URL()})
	}
	return page
}

var answered = map[moderation.Decision]string{moderation.Approve: "answers.approved", moderation.Reject: "answers.rejected", moderation.Escalate: "answers.escalated"}

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
