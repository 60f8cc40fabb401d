package view

import (
	"net/url"
	"strconv"
	"time"

	"commentdesk/moderation"
)

// Audit is the page of the audit log: ledger and events.
type Audit struct {
	Frame
	Notice *Notice
	Form   AuditForm
	Kinds  []Option
	Rows   []AuditRow
	Later  bool   // a page behind the first
	Next   string // the cursor of the next page, "" at the end
}

func (Audit) template() string { return "audit" }

// AuditForm is the filter as it was typed.
type AuditForm struct{ Who, Kind, From, To, Comment string }

// Empty reports whether everything is wanted.
func (f AuditForm) Empty() bool { return f == AuditForm{} }

func (f AuditForm) query(after string) string {
	values := url.Values{}
	for name, value := range map[string]string{"who": f.Who, "kind": f.Kind, "from": f.From, "to": f.To, "comment": f.Comment, "after": after} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// FirstURL, NextURL and CSVURL are the addresses of the newest rows, the older ones, and all of them as a file.
func (a Audit) FirstURL() string { return "/audit" + a.Form.query("") }
func (a Audit) NextURL() string  { return "/audit" + a.Form.query(a.Next) }
func (a Audit) CSVURL() string   { return "/audit.csv" + a.Form.query("") }

// AuditRow is one line of the log.
type AuditRow struct {
	At, When          string // as a date; in words
	Who, Kind         string
	What, Reason      string
	CommentID, OpenAt string // "" for what is about no comment
}

// auditKinds says kinds in words; others are said as they are stored.
var auditKinds = map[string]string{
	string(moderation.KindAct): "decision, label or wait", string(moderation.KindUndo): "undo", string(moderation.KindText): "changed text",
	string(moderation.KindTopic): "topic", string(moderation.KindWake): "came back",
}

func auditKind(kind string) string {
	if words, ok := auditKinds[kind]; ok {
		return words
	}
	return kind
}

// NewAuditKinds are the kinds that can be chosen, with the one that is.
func NewAuditKinds(kinds []string, chosen string) []Option {
	options := []Option{{Text: "everything", Selected: chosen == ""}}
	for _, kind := range kinds {
		options = append(options, Option{Value: kind, Text: auditKind(kind), Selected: kind == chosen})
	}
	return options
}

// NewAuditRows lays out rows of the log.
func NewAuditRows(rows []moderation.AuditRow, now time.Time) []AuditRow {
	shown := make([]AuditRow, len(rows))
	for i, r := range rows {
		shown[i] = AuditRow{At: Day(r.At()), When: Ago(now, r.At())}
		if r.Event != nil {
			shown[i].Who, shown[i].Kind, shown[i].What = r.Event.Actor, auditKind(r.Event.Kind), eventWords(*r.Event)
			continue
		}
		shown[i].Who, shown[i].Kind, shown[i].What, shown[i].Reason = r.Entry.Actor, auditKind(string(r.Entry.Kind)), Did(*r.Entry), r.Entry.Reason
		if r.Entry.CommentID != 0 {
			shown[i].CommentID = strconv.FormatInt(r.Entry.CommentID, 10)
			shown[i].OpenAt = Place{Tab: AllTab, Order: moderation.OrderHarm, ID: r.Entry.CommentID}.URL()
		}
	}
	return shown
}

// eventWords says what was done to what: "ben: role editor".
func eventWords(e moderation.Event) string {
	const modelID = 32 // digits
	subject := e.Subject
	if len(subject) == modelID {
		subject = shortID(subject)
	}
	switch {
	case subject == "" || subject == e.Actor && e.Detail != "":
		return e.Detail
	case e.Detail == "":
		return subject
	}
	return subject + ": " + e.Detail
}

// AuditColumns are the columns of the log as a file, AuditCells a row of them. No cell holds a comment's text.
var AuditColumns = []string{"record", "number", "at", "who", "kind", "comment", "decision", "labels", "subject", "detail", "reason"}

// AuditCells is one row in the order of AuditColumns.
func AuditCells(r moderation.AuditRow) []string {
	at := r.At().UTC().Format(time.RFC3339)
	if e := r.Event; e != nil {
		return []string{"event", strconv.FormatInt(e.ID, 10), at, e.Actor, e.Kind, "", "", "", e.Subject, e.Detail, ""}
	}
	e, comment, labels := r.Entry, "", ""
	if e.CommentID != 0 {
		comment = strconv.FormatInt(e.CommentID, 10)
	}
	for i, l := range e.Labels {
		if i > 0 {
			labels += "; "
		}
		labels += string(l.Axis) + "=" + l.Answer
	}
	return []string{"ledger", strconv.FormatInt(e.Position, 10), at, e.Actor, string(e.Kind), comment, string(e.Decision), labels, "", e.Note, e.Reason}
}
