package view

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Percent is a probability as moderators read it: whole, "< 1 %" and "> 99 %" at the ends.
func Percent(p float64) string {
	switch {
	case p < 0.01:
		return "< 1 %"
	case p > 0.99:
		return "> 99 %"
	}
	return strconv.Itoa(int(math.Round(p*100))) + " %"
}

// Ago is how long ago something was, in words.
func Ago(now, at time.Time) string {
	switch d := now.Sub(at); {
	case d < 45*time.Second:
		return "just now"
	case d < 90*time.Second:
		return "a minute ago"
	case d < time.Hour:
		return fmt.Sprintf("%d minutes ago", int(d.Round(time.Minute).Minutes()))
	case d < 90*time.Minute:
		return "an hour ago"
	case d < 24*time.Hour:
		return fmt.Sprintf("%d hours ago", int(d.Round(time.Hour).Hours()))
	}
	return Day(at)
}

// Day is a date and a time of day, in UTC.
func Day(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04") }

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

// Thousands is a count with its thousands parted.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
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

// answerWord is an answer as pages spell it.
func answerWord(answer string) string {
	if answer == moderation.CantTell {
		return "can’t tell"
	}
	return answer
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

// plural is a count with its noun: "1 comment", "37 comments".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// axisTitles and newArticle are what stands over the answers on an axis, and an article, in English.
var axisTitles = map[classifier.Axis]string{classifier.Stance: "Stance to the claim", classifier.Hostile: "Hostile", classifier.Spam: "Spam"}

func newArticle(a *moderation.Article) Article { return articleOf(Local{}, a) }
