package view

import (
	"strconv"

	"commentdesk/moderation"
)

// alikeLength is how much of each near-duplicate is shown, in characters.
const (
	alikeLength = 200  // in the list under the comment
	groupLength = 3000 // where it is about to be decided
)

// AlikeList is the near-duplicates under the comment on screen.
type AlikeList struct {
	Words   string // "37 like this, under 4 articles"
	Pending string // of them and this comment: "6", "200+"
	First   []AlikeItem
	Rest    string // how many are not listed; "" where all are
	URL     string // of the group decision; "" where fewer than two wait
}

// AlikeItem is one near-duplicate.
type AlikeItem struct {
	Member                              string // its id and revision, as the form of a group decision sends it
	Author, Text, Status, Headline, URL string
	Cover                               bool   // the text is hostile
	Waits                               string // what it waits for, where it is about to be decided; "" for nobody in particular
}

func newAlikeList(local Local, review *moderation.Review, place Place) *AlikeList {
	a := review.Alike
	if a.Count == 0 {
		return nil
	}
	list := &AlikeList{Words: alikeWords(local, a.Count, a.More, a.Articles), First: newAlikeItems(local, a.First, place, alikeLength)}
	if rest := a.Count - len(a.First); rest > 0 {
		list.Rest = local.T("alike.rest", "n", rest)
	}
	pending := a.Pending
	if review.State.Status == moderation.Pending {
		pending++
	}
	list.Pending = atLeast(local, pending, a.More)
	if pending > 1 || a.More {
		list.URL = AlikeURL(review.ID, place)
	}
	return list
}

// AlikeURL is the address of the group decision on what is like a comment.
func AlikeURL(commentID int64, place Place) string {
	place = place.At(commentID)
	return "/alike/" + strconv.FormatInt(commentID, 10) + "?" + place.String()
}

// alikeWords says how many are like the comment: "37 like this, under 4 articles".
func alikeWords(local Local, count int, more bool, articles int) string {
	return local.T("alike.like_this", "count", atLeast(local, count, more), "n", articles)
}

// atLeast is a count that stopped where there are more: "200+".
func atLeast(local Local, n int, more bool) string {
	if more {
		return local.Number(n) + "+"
	}
	return local.Number(n)
}

func newAlikeItems(local Local, comments []moderation.Stored, place Place, length int) []AlikeItem {
	items := make([]AlikeItem, len(comments))
	for i, c := range comments {
		items[i] = AlikeItem{Member: strconv.FormatInt(c.ID, 10) + "." + strconv.FormatInt(c.State.Revision, 10), Author: c.Author,
			Text: shorten(c.Text, length), Status: local.Status(c.State.Status), Headline: headline(local, &c.Article), URL: place.At(c.ID).URL()}
		items[i].Cover = hostile(c)
		if items[i].Author == "" {
			items[i].Author = local.T("alike.reader")
		}
	}
	return items
}

// headline is an article's headline as lists show it.
func headline(local Local, article *moderation.Article) string {
	if article.Headline == "" {
		return local.T("list.no_headline")
	}
	return article.Headline
}

// Alike is the page on which near-duplicates that wait are decided in one go.
type Alike struct {
	Frame
	Place   Place
	ID      int64 // the comment that the others are like
	GroupID string
	Items   []AlikeItem // those that wait, the comment first
	More    bool        // others wait that are not listed
	Why     *Why        // asks for the reason of a rejection
	Reason  string      // as typed, where it was refused
	Notice  *Notice
	Left    []AlikeLeft
	Undo    *Undo // the group that was just decided
}

func (Alike) template() string { return "alike" }

// AlikeLeft is a comment that a group decision left as it is.
type AlikeLeft struct {
	AlikeItem
	Why string
}

// NewAlike lays out a group decision before it is made.
func NewAlike(frame Frame, place Place, commentID int64, pending []moderation.Stored, more bool, groupID string) Alike {
	items := newAlikeItems(frame.Local, pending, place, groupLength)
	for i, c := range pending {
		items[i].Waits = waitMark(frame.Local, c.State.Waiting, frame.User.Name)
	}
	return Alike{Frame: frame, Place: place.At(commentID), ID: commentID, GroupID: groupID, Items: items, More: more}
}

// NewAlikeLeft lays out what was left, with the reasons.
func NewAlikeLeft(local Local, left []moderation.Left, comments []moderation.Stored, place Place) []AlikeLeft {
	items := map[int64]AlikeItem{}
	for i, item := range newAlikeItems(local, comments, place, alikeLength) {
		items[comments[i].ID] = item
	}
	shown := make([]AlikeLeft, len(left))
	for i, l := range left {
		shown[i] = AlikeLeft{items[l.CommentID], WhyLeft(local, l)}
	}
	return shown
}

// GroupDid says what a group decision did: "36 comments rejected".
func GroupDid(local Local, n int, decision moderation.Decision) string {
	return local.T(groupDid[decision], "n", n)
}

var groupDid = map[moderation.Decision]string{moderation.Approve: "alike.approved", moderation.Reject: "alike.rejected", moderation.Escalate: "alike.escalated"}

// GroupNotice says what was done and what was left.
func GroupNotice(local Local, done, left int, decision moderation.Decision) *Notice {
	notice := &Notice{Title: Sentence(GroupDid(local, done, decision))}
	if left > 0 {
		notice.Alarm, notice.Text = true, local.T("alike.left_some", "n", left)
	}
	return notice
}
