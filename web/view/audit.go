package view

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"
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
	When              template.HTML
	Who, Kind         string
	What, Reason      string
	Stored            bool   // What was stored in English
	CommentID, OpenAt string // "" for what is about no comment
}

// auditKinds says kinds in words; others are said as they are stored.
var auditKinds = map[string]string{
	string(moderation.KindAct): "audit.kind_act", string(moderation.KindUndo): "audit.kind_undo", string(moderation.KindText): "audit.kind_text",
	string(moderation.KindTopic): "audit.kind_topic", string(moderation.KindWake): "audit.kind_wake",
}

func auditKind(local Local, kind string) string {
	if key, ok := auditKinds[kind]; ok {
		return local.T(key)
	}
	return local.Said(kind)
}

// NewAuditKinds are the kinds that can be chosen, with the one that is.
func NewAuditKinds(local Local, kinds []string, chosen string) []Option {
	options := []Option{{Text: local.T("audit.everything"), Selected: chosen == ""}}
	for _, kind := range kinds {
		options = append(options, Option{Value: kind, Text: auditKind(local, kind), Selected: kind == chosen})
		if kind == string(moderation.KindAct) {
			for _, decision := range decisions {
				value := ofDecision + string(decision)
				options = append(options, Option{Value: value, Text: local.T("audit.of_these", "which", tabName(local, string(decision.Status()))), Selected: value == chosen})
			}
		}
	}
	return options
}

// ofDecision stands before a decision where the form asks for acts that made it.
const ofDecision = "act:"

var decisions = [3]moderation.Decision{moderation.Approve, moderation.Reject, moderation.Escalate}

// AuditDecision is the decision that the form asks for, "" where it asks for none or another kind.
func AuditDecision(kind string) moderation.Decision {
	for _, decision := range decisions {
		if kind == ofDecision+string(decision) {
			return decision
		}
	}
	return ""
}

// NewAuditRows lays out rows of the log; an undo names what it undid.
func NewAuditRows(local Local, rows []moderation.AuditRow, undone map[int64]moderation.Entry) []AuditRow {
	shown := make([]AuditRow, len(rows))
	for i, r := range rows {
		shown[i] = AuditRow{When: local.Moment(r.At())}
		if r.Event != nil {
			shown[i].Who, shown[i].Kind = r.Event.Actor, auditKind(local, r.Event.Kind)
			shown[i].What, shown[i].Stored = eventWords(local, *r.Event)
			continue
		}
		shown[i].Who, shown[i].Kind, shown[i].Reason = r.Entry.Actor, auditKind(local, string(r.Entry.Kind)), local.why(*r.Entry)
		shown[i].What, shown[i].Stored = local.did(*r.Entry)
		if before, ok := undone[r.Entry.Cancels]; ok && r.Entry.Kind == moderation.KindUndo {
			did, _ := local.did(before)
			shown[i].What = local.T("audit.undid", "did", did, "who", before.Actor)
		}
		if r.Entry.CommentID != 0 {
			shown[i].CommentID = strconv.FormatInt(r.Entry.CommentID, 10)
			shown[i].OpenAt = Place{Tab: AllTab, Order: moderation.OrderHarm, ID: r.Entry.CommentID}.URL()
		}
	}
	return shown
}

// detailWords says the detail of an event, such as "role editor, signed out everywhere"; stored is true where a part of it stays as it was stored.
func detailWords(local Local, detail string) (words string, stored bool) {
	parts := strings.Split(detail, ", ")
	for i, part := range parts {
		role, isRole := strings.CutPrefix(part, "role ")
		switch {
		case isRole && local.Has("role."+role):
			parts[i] = local.T("audit.role", "role", local.T("role."+role))
		case local.Has("role." + part):
			parts[i] = local.T("role." + part)
		case local.Knows(part):
			parts[i] = local.Said(part)
		default:
			return detail, true
		}
	}
	return strings.Join(parts, ", "), false
}

// eventWords says what was done to what: "ben: role editor".
func eventWords(local Local, e moderation.Event) (words string, stored bool) {
	const promoted = "model promoted" // its detail is the reason, which a person may have written
	const modelID = 32                // digits
	subject := e.Subject
	if len(subject) == modelID {
		subject = shortID(subject)
	}
	switch {
	case e.Detail == "":
		return subject, false
	}
	detail, stored := detailWords(local, e.Detail)
	stored = stored && e.Kind != promoted
	if subject == "" || subject == e.Actor {
		return detail, stored
	}
	return local.T("audit.of", "subject", subject, "detail", detail), stored
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
