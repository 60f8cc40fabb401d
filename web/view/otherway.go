package view

import (
	"strconv"
	"time"

	"commentdesk/moderation"
)

// OtherWay is a comment much like the one on screen that was decided the other way.
type OtherWay struct {
	Title                   string // "One like this was approved"
	Against                 string // what it is the other way of
	Who, When, At           string
	Reason                  string
	Author, Text, Like, URL string
	Cover                   bool // the text is hostile
}

func newOtherWay(p *moderation.Precedent, place Place, now time.Time) *OtherWay {
	if p == nil {
		return nil
	}
	o := &OtherWay{Title: "One like this was " + string(p.Decision.Status()), Who: p.By, When: Ago(now, p.At), At: Day(p.At), Reason: p.Reason,
		Author: p.Author, Text: shorten(p.Text, replyLength), URL: place.At(p.ID).URL(), Like: "a near-duplicate"}
	o.Cover = hostile(p.Stored)
	if o.Author == "" {
		o.Author = "a reader"
	}
	if !p.Near {
		o.Like = "of the same article, with " + strconv.Itoa(p.Shared) + " of this comment’s " + plural(p.Of, "longer word")
	}
	switch p.From {
	case moderation.FromDecision:
		o.Against = "this comment was " + string(p.Suggested.Status())
	case moderation.FromModel:
		o.Against = "the answers shown speak for " + map[moderation.Decision]string{moderation.Approve: "approving", moderation.Reject: "rejecting"}[p.Suggested] + " this comment"
	case moderation.FromLikes:
		o.Against = "the newest one like it was " + string(p.Suggested.Status())
	}
	return o
}

// OldText is what a comment said before its reader changed it.
type OldText struct {
	Version           int
	Text, From, Until string // times in UTC
}

func newOldTexts(texts []moderation.OldText) []OldText {
	shown := make([]OldText, len(texts))
	for i, t := range texts {
		shown[i] = OldText{Version: t.Version, Text: t.Text}
		if !t.From.IsZero() {
			shown[i].From = Day(t.From)
		}
		if !t.Until.IsZero() {
			shown[i].Until = Day(t.Until)
		}
	}
	return shown
}
