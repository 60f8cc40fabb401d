package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// longestDate is the longest line that is read as a date, in bytes.
const longestDate = 80

const (
	weekdayPart = `(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?(?:the\s+)?`
	monthPart   = `(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|ember|tember|ober)?\.?`
	dayPart     = `(\d{1,2})(?:st|nd|rd|th)?\.?`
	clockPart   = `(?:(?:,|\s|t|-|–|—|•|·|\||@|at\b)*\s*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*\(?([a-z]{1,5}(?:[+-]\d{1,2}:?\d{0,2})?|[+-]\d{1,2}:?\d{0,2})\)?)??)?`
	linkPart    = `(?:\s*\(?edit\)?|\s*#)?`
)

// The lines that a comment's time is read from, in lower case, by what they begin with; order says which group is day, month, year.
var (
	wordFirst = []dateShape{
		{regexp.MustCompile(`^` + weekdayPart + monthPart + `\s+` + dayPart + `,?\s+(\d{4})` + clockPart + linkPart + `$`), "mdy"},
		{regexp.MustCompile(`^` + weekdayPart + dayPart + `\s+(?:of\s+)?` + monthPart + `,?\s+(\d{4})` + clockPart + linkPart + `$`), "dmy"},
		{regexp.MustCompile(`^` + weekdayPart + `(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})` + clockPart + linkPart + `$`), "???"},
	}
	dayFirst = []dateShape{
		{regexp.MustCompile(`^` + dayPart + `\s+(?:of\s+)?` + monthPart + `,?\s+(\d{4})` + clockPart + linkPart + `$`), "dmy"},
		{regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})` + clockPart + linkPart + `$`), "???"},
	}
	yearFirst = []dateShape{
		{regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})` + clockPart + linkPart + `$`), "ymd"},
	}
)

type dateShape struct {
	line  *regexp.Regexp
	order string
}

// relativeTime are times that depend on when the page was saved, and clock times without a day.
var relativeTime = regexp.MustCompile(`^(?:just now|now|(?:about |over |almost )?(?:an?|one|\d{1,4}) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|mo|months?|y|yrs?|years?)(?: ago)|(?:yesterday|today)(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?)?|\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?)$`)

// linkNumber is what a text browser puts in front of a link.
var linkNumber = regexp.MustCompile(`^\[\d{1,5}\]\s*`)

// zones are the names that mean one offset, in hours: RFC 5322's, and Europe's.
var zones = map[string]float64{
	"z": 0, "utc": 0, "gmt": 0, "ut": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
	"wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
}

// readDate reads a date line. posted is RFC 3339 in UTC where the line names a zone, without offset where it does not, the day alone where
// there is no clock time, and "" where the line is a time that cannot be placed: relative, ambiguous, or no day of the calendar.
func readDate(line string) (posted string, ok bool) {
	line, ok = dateWording(line)
	if !ok {
		return "", false
	}
	if !hasYear(line) {
		return "", relativeTime.MatchString(line)
	}
	for _, shape := range shapesOf(line) {
		if part := shape.line.FindStringSubmatch(line); part != nil {
			return placed(part, shape.order), true
		}
	}
	return "", false
}

// isDate says whether line i is a date line.
func isDate(p *page, i int) bool {
	line, ok := dateWording(p.short(i, longestDate))
	if !ok {
		return false
	}
	if !hasYear(line) {
		return relativeTime.MatchString(line)
	}
	return slices.ContainsFunc(shapesOf(line), func(s dateShape) bool { return s.line.MatchString(line) })
}

// dateWording is the line in lower case with single spaces, and whether it may be a date.
func dateWording(line string) (wording string, ok bool) {
	if !mayBeDate(line) {
		return "", false
	}
	line = strings.ToLower(strings.Join(strings.Fields(line), " "))
	if line[0] == '[' {
		line = linkNumber.ReplaceAllString(line, "")
	}
	return line, line != ""
}

// dateWords begin the words that a date line begins with.
var dateWords = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun", "the", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
	"nov", "dec"}

// shapesOf are the shapes that a line with a year in it may have.
func shapesOf(line string) []dateShape {
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	switch {
	case digits == 0 && slices.Contains(dateWords, line[:3]):
		return wordFirst
	case digits == 1 || digits == 2:
		return dayFirst
	case digits == 4:
		return yearFirst
	}
	return nil
}

// longestClock is the longest clock time that stands alone, in bytes.
const longestClock = 10

// mayBeDate is a cheap look: a date line has a year, or is a clock time alone, or has one of a few words at an end.
func mayBeDate(line string) bool {
	if line == "" || len(line) > longestDate {
		return false
	}
	return hasYear(line) || endsFold(line, "ago") || endsFold(line, "now") || endsFold(line, "day") ||
		len(line) <= longestClock && line[0] <= '9' && strings.IndexByte(line, ':') >= 0 ||
		(line[0]|' ' == 'y' || line[0]|' ' == 't') && strings.IndexByte(line, ':') >= 0
}

// hasYear says whether four digits stand together.
func hasYear(line string) bool {
	digits := 0
	for i := range len(line) {
		if b := line[i]; b < '0' || b > '9' {
			digits = 0
		} else if digits++; digits == 4 {
			return true
		}
	}
	return false
}

func endsFold(line, end string) bool {
	return len(line) >= len(end) && strings.EqualFold(line[len(line)-len(end):], end)
}

// placed makes a time of the groups: three for the date, then hour, minute, second, half of the day, zone.
func placed(part []string, order string) string {
	year, month, day, ok := calendar(part[1:4], order)
	if !ok {
		return ""
	}
	if part[4] == "" {
		return day8601(year, month, day)
	}
	hour, minute, second := atoi(part[4]), atoi(part[5]), atoi(part[6])
	if half := part[7]; half != "" {
		if hour < 1 || hour > 12 {
			return ""
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 || second > 59 {
		return ""
	}
	local := time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC)
	offset, named, known := zone(part[8])
	switch {
	case !named:
		return local.Format("2006-01-02T15:04:05")
	case !known:
		return ""
	}
	return local.Add(-offset).Format(time.RFC3339)
}

func day8601(year, month, day int) string {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// calendar orders day, month and year. Two numbers and a year say which is the month only where one of them cannot be.
func calendar(part []string, order string) (year, month, day int, ok bool) {
	switch order {
	case "mdy":
		year, month, day = atoi(part[2]), monthOf(part[0]), atoi(part[1])
	case "dmy":
		year, month, day = atoi(part[2]), monthOf(part[1]), atoi(part[0])
	case "ymd":
		year, month, day = atoi(part[0]), atoi(part[1]), atoi(part[2])
	default:
		year, day, month = atoi(part[2]), atoi(part[0]), atoi(part[1])
		if month > 12 {
			day, month = month, day
		} else if day <= 12 && day != month {
			return 0, 0, 0, false
		}
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return year, month, day, month >= 1 && month <= 12 && date.Day() == day && date.Month() == time.Month(month) && year >= 1
}

func monthOf(name string) int {
	return strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", name[:3])/3 + 1
}

// zone reads a zone's name, an offset, or both ("utc+2").
func zone(text string) (offset time.Duration, named, known bool) {
	if text == "" {
		return 0, false, false
	}
	name, digits := text, ""
	if at := strings.IndexAny(text, "+-"); at >= 0 {
		name, digits = text[:at], text[at:]
	}
	hours, known := zones[name]
	if name != "" && !known {
		return 0, true, false
	}
	offset = time.Duration(hours * float64(time.Hour))
	if digits == "" {
		return offset, true, true
	}
	sign, number := digits[:1], strings.ReplaceAll(digits[1:], ":", "")
	if len(number) <= 2 {
		number += "00"
	}
	hour, minute := atoi(number[:len(number)-2]), atoi(number[len(number)-2:])
	if hour > 14 || minute > 59 {
		return 0, true, false
	}
	shift := time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute
	if sign == "-" {
		shift = -shift
	}
	return offset + shift, true, true
}

// atoi reads digits that a pattern has checked; "" is 0.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
