package view

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// posted is a comment's own time in words: one that names its zone in the reader's, any other as it was written; so is what is no date.
func posted(local Local, at string) string {
	if t, err := time.Parse(time.RFC3339, at); err == nil {
		return local.Exact(t)
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, at); err == nil {
			return local.T("date.time", "date", local.date("date.day", t), "time", t.Format("15:04"))
		}
	}
	if t, err := time.Parse(time.DateOnly, at); err == nil {
		return local.date("date.day", t)
	}
	return at
}

// Sentence begins with a capital and ends with a full stop.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	s = upperFirst(s)
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// upperFirst begins with a capital.
func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// sign stands beside every answer, so that meaning never rests on colour.
func sign(axis classifier.Axis, answer string) string {
	switch {
	case answer == moderation.CantTell, answer == classifier.Unsure:
		return "?"
	case answer == classifier.Favor:
		return "▲"
	case answer == classifier.Against:
		return "▼"
	case answer == classifier.None:
		return "■"
	case axis == classifier.Hostile && answer == classifier.Yes:
		return "●"
	case axis == classifier.Spam && answer == classifier.Yes:
		return "◆"
	}
	return "○"
}

// colour names the class that colours an answer.
func colour(axis classifier.Axis, answer string) string {
	switch {
	case axis == classifier.Stance && axis.AnswerIndex(answer) >= 0:
		return answer
	case answer == classifier.Yes:
		return string(axis)
	}
	return "plain"
}

// shorten cuts a text to about n characters.
func shorten(text string, n int) string {
	return cut(strings.Join(strings.Fields(text), " "), n)
}

// cut is the first n characters of a text, with "…" where there are more.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n]) + "…"
}

// shortID is as much of a model's id as people compare by eye.
func shortID(id string) string {
	if len(id) > 8 {
		return id[:8]
	}
	return id
}
