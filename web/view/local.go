package view

import (
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view/language"
)

// Local is how one person reads: the language, the time zone, and what time it is. The zero value reads English in UTC.
type Local struct {
	*language.Language
	Zone *time.Location
	Now  time.Time
}

// utc is the zone in which the desk counts days: figures and filters are the same for everybody.
var utc = time.UTC

// orEnglish is the reader's language.
func (l Local) orEnglish() *language.Language {
	if l.Language == nil {
		return language.English()
	}
	return l.Language
}

func (l Local) at(t time.Time) time.Time {
	if l.Zone == nil {
		return t.UTC()
	}
	return t.In(l.Zone)
}

// date is the day of a time in the zone it is in.
func (l Local) date(key string, t time.Time) string {
	month := l.T("date.month" + strconv.Itoa(int(t.Month())))
	return l.T(key, "day", strconv.Itoa(t.Day()), "month", month, "year", strconv.Itoa(t.Year()))
}

// Date is a day alone, in the reader's zone.
func (l Local) Date(t time.Time) string { return l.date("date.day", l.at(t)) }

// DeskDate is a day that the desk counted, in UTC; DeskDay is it without its year.
func (l Local) DeskDate(t time.Time) string { return l.date("date.day", t.In(utc)) }
func (l Local) DeskDay(t time.Time) string  { return l.date("date.short", t.In(utc)) }

// Exact is a day and a time of day in the reader's zone, which is named.
func (l Local) Exact(t time.Time) string {
	t = l.at(t)
	return l.T("date.exact", "date", l.date("date.day", t), "time", t.Format("15:04"), "zone", l.zoneName(t))
}

// zoneName is the short name of the zone at that time: CEST, in German MESZ. Zones without one are said by their distance from UTC.
func (l Local) zoneName(t time.Time) string {
	name, _ := t.Zone()
	if name == "" || strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return "UTC" + strings.Replace(t.Format("-07:00"), "-", "−", 1)
	}
	if key := "zone." + name; l.Has(key) {
		return l.T(key)
	}
	return name
}

// Ago is how long ago something was, in words; what is older than a day is said by its date.
func (l Local) Ago(t time.Time) string {
	switch d := l.Now.Sub(t); {
	case d < 45*time.Second:
		return l.T("ago.now")
	case d < 90*time.Second:
		return l.T("ago.minute")
	case d < time.Hour:
		return l.T("ago.minutes", "n", int(d.Round(time.Minute).Minutes()))
	case d < 90*time.Minute:
		return l.T("ago.hour")
	case d < 24*time.Hour:
		return l.T("ago.hours", "n", int(d.Round(time.Hour).Hours()))
	}
	return l.Exact(t)
}

// Moment is a time as a page shows it, with the time in UTC for programs and the exact one for who points at it.
func (l Local) Moment(t time.Time) template.HTML {
	words, exact := l.Ago(t), l.Exact(t)
	title := ""
	if words != exact {
		title = ` title="` + template.HTMLEscapeString(exact) + `"`
	}
	return template.HTML(`<time datetime="` + t.UTC().Format(time.RFC3339) + `"` + title + `>` + template.HTMLEscapeString(words) + `</time>`)
}

// MomentOrNone is the moment, "" for a zero time.
func (l Local) MomentOrNone(t time.Time) template.HTML {
	if t.IsZero() {
		return ""
	}
	return l.Moment(t)
}

// Percent is a probability as moderators read it: whole, "< 1 %" and "> 99 %" at the ends.
func (l Local) Percent(p float64) string {
	switch {
	case p < 0.01:
		return "< " + l.T("number.percent", "value", "1")
	case p > 0.99:
		return "> " + l.T("number.percent", "value", "99")
	}
	return l.T("number.percent", "value", int(math.Round(p*100)))
}

// Part is a part of what was counted, from 0 to 1: as Percent, but "0 %" for nothing of it and "100 %" for all.
func (l Local) Part(p float64) string {
	if p == 0 || p == 1 {
		return l.T("number.percent", "value", int(100*p))
	}
	return l.Percent(p)
}

// PercentBeside is Percent, with a further digit where it would read like one of the thresholds and lies below it.
func (l Local) PercentBeside(p float64, thresholds ...float64) string {
	for _, threshold := range thresholds {
		if below := threshold - p; below > 0 && below < 0.01 && p >= 0.01 && p <= 0.99 && l.Percent(p) == l.Percent(threshold) {
			return l.T("number.percent", "value", l.Decimal(math.Floor(p*1000)/10, 1))
		}
	}
	return l.Percent(p)
}

// Axis, Answer, Status, Side and Role are the desk's own words in the reader's language.
func (l Local) Axis(axis classifier.Axis) string  { return l.T("axis." + string(axis)) }
func (l Local) Answer(answer string) string       { return l.T("answer." + answer) }
func (l Local) Status(s moderation.Status) string { return l.T("status." + string(s)) }
func (l Local) Side(side moderation.Side) string  { return l.T("side." + string(side)) }
func (l Local) Role(role account.Role) string     { return l.T("role." + string(role)) }
func (l Local) labels(ls []moderation.Label) string {
	words := make([]string, len(ls))
	for i, label := range ls {
		words[i] = l.T("label.answer", "axis", l.Axis(label.Axis), "answer", l.Answer(label.Answer))
	}
	return strings.Join(words, ", ")
}

// did says what an entry of the ledger did: "rejected; stance: favor, hostile: can’t tell". stored is true where the words were stored in English.
func (l Local) did(e moderation.Entry) (what string, stored bool) {
	switch e.Kind {
	case moderation.KindUndo:
		return l.T("label.undo"), false
	case moderation.KindText:
		return l.T("label.text"), false
	case moderation.KindSame:
		return l.T("label.same"), false
	case moderation.KindOpposite:
		return l.T("label.opposite"), false
	case moderation.KindWake:
		return l.T("label.woke"), false
	case moderation.KindAct:
	default:
		return e.Did(), true
	}
	switch {
	case e.Wait.Kind != "" && len(e.Labels) == 0:
		return l.waited(e.Wait), false
	case e.Wait.Kind != "":
		return l.T("label.decided", "status", l.waited(e.Wait), "labels", l.labels(e.Labels)), false
	case e.Decision == "" && len(e.Labels) == 0:
		return l.T("label.hidden"), false
	case e.Decision == "":
		return l.T("label.given", "labels", l.labels(e.Labels)), false
	case len(e.Labels) == 0:
		return l.Status(e.Decision.Status()), false
	}
	return l.T("label.decided", "status", l.Status(e.Decision.Status()), "labels", l.labels(e.Labels)), false
}

// waited says what put a comment off.
func (l Local) waited(w moderation.Wait) string {
	switch {
	case w.Kind == moderation.Snooze:
		return l.T("label.snoozed", "time", l.Exact(w.Until))
	case w.Kind == moderation.HandOver:
		return l.T("label.handed", "name", w.For)
	case w.Kind == moderation.Ask && w.For != "":
		return l.T("label.asked_of", "name", w.For)
	case w.Kind == moderation.Ask:
		return l.T("label.asked")
	}
	return l.T("label.recalled")
}

// why is the reason of an entry: a person's words, or the program's in the reader's language.
func (l Local) why(e moderation.Entry) string {
	if e.Kind == moderation.KindWake {
		return l.Said(e.Reason)
	}
	return e.Reason
}

// axisTitle is what stands over the answers on an axis.
func (l Local) axisTitle(axis classifier.Axis) string { return l.T(axisTitleKeys[axis]) }

var axisTitleKeys = map[classifier.Axis]string{classifier.Stance: "comment.title_stance", classifier.Hostile: "comment.title_hostile", classifier.Spam: "comment.title_spam"}
