package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"commentdesk/classifier/eval"
)

// percent is a share in whole percent; a share that rounding would make nothing or all says so.
func percent(share float64) string {
	switch hundredths := share * 100; {
	case math.IsNaN(share):
		return absent
	case hundredths > 0 && hundredths < 1:
		return "<\u00a01\u00a0%"
	case hundredths > 99 && hundredths < 100:
		return ">\u00a099\u00a0%"
	default:
		return strconv.Itoa(int(math.Round(hundredths))) + "\u00a0%"
	}
}

// absent stands where there is no number.
const absent = "–"

func decimal(value float64) string { return strconv.FormatFloat(value, 'f', 3, 64) }

// signed is a difference with its sign.
func signed(value float64) string {
	if math.Abs(value) < .0005 {
		return "0.000"
	}
	return strings.Replace(fmt.Sprintf("%+.3f", value), "-", "−", 1)
}

// count is a number of comments or examples, thousands apart; shares of examples keep a digit.
func count(n float64) string {
	if n != math.Trunc(n) {
		return strconv.FormatFloat(n, 'f', 1, 64)
	}
	digits := strconv.FormatFloat(n, 'f', 0, 64)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// many is a number with its noun: 1 comment, 2 comments.
func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return count(float64(n)) + " " + noun + "s"
}

// interval is "0.890 to 0.935".
func interval(i *eval.Interval) string {
	if i == nil {
		return absent
	}
	return decimal(i.Low) + " to " + decimal(i.High)
}

// inHundred is "88 to 93": an interval in comments of a hundred.
func inHundred(i *eval.Interval) string {
	if i == nil {
		return ""
	}
	return fmt.Sprintf(" (95\u00a0%% interval %s to %s)", hundred(i.Low), hundred(i.High))
}

// hundred is how many of a hundred a share is; one that rounding would make none or all keeps a digit.
func hundred(share float64) string {
	n := share * 100
	if (n > 0 && n < 1) || (n > 99 && n < 100) {
		return strconv.FormatFloat(n, 'f', 1, 64)
	}
	return strconv.Itoa(int(math.Round(n)))
}

// shortened is at most textLimit characters of a comment, and how many it has where some are cut.
func shortened(text string) (shown string, of int) {
	characters := utf8.RuneCountInString(text)
	if characters <= textLimit {
		return text, 0
	}
	at := 0
	for end := range text {
		if at == textLimit {
			return text[:end], characters
		}
		at++
	}
	return text, 0
}
