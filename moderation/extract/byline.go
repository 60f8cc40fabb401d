package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// byline is what a header says.
type byline struct {
	name   string
	dated  bool   // it holds a date
	posted string // when, as readDate gives it; "" where the date cannot be placed
}

// byline reads a header line: "Ann says:", "Ann on May 14, 2026 at 3:12 pm said:" or "Ann says: May 14, 2026 at 3:12 pm Reply".
func (t *thread) byline(line string) (by byline, ok bool) {
	for _, suffix := range t.suffixes {
		if before, found := strings.CutSuffix(line, suffix); found {
			by.name, ok = authorBefore(before)
			if at := strings.LastIndex(by.name, " on "); at > 0 && hasYear(by.name[at:]) {
				if posted, dated := readDate(by.name[at+len(" on "):]); dated {
					by = byline{strings.TrimSpace(by.name[:at]), true, posted}
				}
			}
			return by, ok
		}
		before, date, found := strings.Cut(line, suffix+" ")
		if date = t.withoutCloser(date); !found || !hasYear(date) {
			continue
		}
		if posted, dated := readDate(date); dated {
			name, ok := authorBefore(before)
			return byline{name, true, posted}, ok
		}
	}
	return byline{}, false
}

// authorBefore is the name that stands before a suffix, parted from it by white space.
func authorBefore(before string) (name string, ok bool) {
	if r, _ := utf8.DecodeLastRuneInString(before); !unicode.IsSpace(r) {
		return "", false
	}
	_, before = listNumber(before)
	if name = strings.TrimSpace(before); strings.HasPrefix(name, "[") {
		name = strings.TrimSpace(linkNumber.ReplaceAllString(name, ""))
	}
	return name, name != ""
}

// withoutCloser takes the link that ends a comment off the end of a line.
func (t *thread) withoutCloser(line string) string {
	for _, closer := range t.closers {
		if endsFold(line, " "+closer) {
			return strings.TrimSpace(line[:len(line)-len(closer)])
		}
	}
	return line
}

// listNumber splits what a text browser puts in front of a list's item ("12. ") from the item.
func listNumber(line string) (number, item string) {
	digits := len(line) - len(strings.TrimLeft(line, "0123456789"))
	if digits == 0 || digits > 6 || !strings.HasPrefix(line[digits:], ". ") {
		return "", line
	}
	return line[:digits+2], line[digits+2:]
}
