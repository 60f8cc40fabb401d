package view

import (
	"html/template"
	"time"

	"commentdesk/moderation"
)

// OtherWay is a comment much like the one on screen that was decided the other way.
type OtherWay struct {
	Title                   string // "One like this was approved"
	Against                 string // what it is the other way of
	Who                     string
	When                    template.HTML
	Reason                  string
	Author, Text, Like, URL string
	Cover                   bool // the text is hostile
}

// What was decided about one like it, and what that is the other way of, by decision.
var (
	otherTitles = map[moderation.Decision]string{moderation.Approve: "record.other_approved", moderation.Reject: "record.other_rejected"}
	otherThis   = map[moderation.Decision]string{moderation.Approve: "record.this_approved", moderation.Reject: "record.this_rejected"}
	otherModel  = map[moderation.Decision]string{moderation.Approve: "record.model_approves", moderation.Reject: "record.model_rejects"}
	otherLikes  = map[moderation.Decision]string{moderation.Approve: "record.newest_approved", moderation.Reject: "record.newest_rejected"}
)

func newOtherWay(local Local, p *moderation.Precedent, place Place) *OtherWay {
	if p == nil {
		return nil
	}
	o := &OtherWay{Title: local.T(otherTitles[p.Decision]), Who: p.By, When: local.Moment(p.At), Reason: p.Reason,
		Author: p.Author, Text: shorten(p.Text, replyLength), URL: place.At(p.ID).URL(), Like: local.T("record.other_near")}
	o.Cover = hostile(p.Stored)
	if o.Author == "" {
		o.Author = local.T("comment.reader")
	}
	if !p.Near {
		o.Like = local.T("record.other_shares", "shared", p.Shared, "n", p.Of)
	}
	switch p.From {
	case moderation.FromDecision:
		o.Against = local.T(otherThis[p.Suggested])
	case moderation.FromModel:
		o.Against = local.T(otherModel[p.Suggested])
	case moderation.FromLikes:
		o.Against = local.T(otherLikes[p.Suggested])
	}
	return o
}

// OldText is what a comment said before its reader changed it.
type OldText struct {
	Version int
	Text    string
	Words   string // "version 1, arrived …, replaced …"
}

func newOldTexts(local Local, texts []moderation.OldText) []OldText {
	shown := make([]OldText, len(texts))
	for i, t := range texts {
		shown[i] = OldText{Version: t.Version, Text: t.Text, Words: versionWords(local, t)}
	}
	return shown
}

func versionWords(local Local, t moderation.OldText) string {
	when := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return local.Exact(t)
	}
	key := "record.version_both"
	switch {
	case t.From.IsZero() && t.Until.IsZero():
		key = "record.version"
	case t.Until.IsZero():
		key = "record.version_arrived"
	case t.From.IsZero():
		key = "record.version_replaced"
	}
	return local.T(key, "version", t.Version, "from", when(t.From), "until", when(t.Until))
}
