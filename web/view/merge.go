package view

import (
	"html/template"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Merge asks whether the claims of two topics say the same or the opposite.
type Merge struct {
	Frame
	Notice     *Notice
	From, Into MergeHalf
}

func (Merge) template() string { return "merge" }

// MergeHalf is one of the two topics with a few comments whose stance people labelled.
type MergeHalf struct {
	moderation.Topic
	Comments []MergeComment
}

// MergeComment is a labelled comment with its stance towards its own claim, and towards the opposite one.
type MergeComment struct {
	Text           string
	Cover          bool // the text is hostile
	Same, Opposite StanceChip
}

// StanceChip is a stance in words, sign and colour.
type StanceChip struct{ Word, Sign, Colour string }

// NewMergeHalf lays out one topic.
func NewMergeHalf(local Local, topic moderation.Topic, labelled []moderation.Stored) MergeHalf {
	half := MergeHalf{Topic: topic}
	chip := func(answer string) StanceChip {
		return StanceChip{local.Answer(answer), sign(classifier.Stance, answer), colour(classifier.Stance, answer)}
	}
	for _, c := range labelled {
		answer := c.State.Labels[classifier.Stance]
		half.Comments = append(half.Comments, MergeComment{shorten(c.Text, replyLength), hostile(c), chip(answer), chip(moderation.OppositeStance(answer))})
	}
	return half
}

// MergeRow is a merge that can be undone.
type MergeRow struct {
	ID             int64
	From, Into, By string
	When           template.HTML
	Opposite       bool // the claims say the opposite of one another
}

// NewMergeRows lays out merges.
func NewMergeRows(local Local, merges []moderation.Merge) []MergeRow {
	rows := make([]MergeRow, len(merges))
	for i, m := range merges {
		rows[i] = MergeRow{ID: m.ID, From: m.From, Into: m.Into, By: m.Actor, When: local.Moment(m.At), Opposite: m.Opposite}
	}
	return rows
}
