// Package language holds what the desk says to people: one file a language, keyed by page and meaning, and how a language writes numbers and days.
// It knows no page and no request; which language somebody reads is for web to find out.
package language

import (
	"embed"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	tags "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

//go:embed *.toml
var files embed.FS

// Count is the value that chooses between the plural forms of a message: "{n} comments".
const Count = "n"

// Language says things in one language. The methods of a nil one speak English.
type Language struct {
	Code    string // en, as html lang wants it
	Name    string // the language's own name
	tag     tags.Tag
	numbers *message.Printer
	catalog func() *catalog // read when it is first needed
}

var all = []*Language{newLanguage("en", "English"), newLanguage("de", "Deutsch")}

var matcher = tags.NewMatcher(tagsOf(all))

func newLanguage(code, name string) *Language {
	tag := tags.MustParse(code)
	return &Language{Code: code, Name: name, tag: tag, numbers: message.NewPrinter(tag), catalog: sync.OnceValue(func() *catalog { return mustRead(code) })}
}

func tagsOf(languages []*Language) (list []tags.Tag) {
	for _, l := range languages {
		list = append(list, l.tag)
	}
	return list
}

// All are the languages of the desk; the first one is English.
func All() []*Language { return all }

// English is what everything is said in first.
func English() *Language { return all[0] }

// Find is the language of that code, nil where there is none.
func Find(code string) *Language {
	for _, l := range all {
		if l.Code == code {
			return l
		}
	}
	return nil
}

// maxAccepted caps the header that is read: a browser's is far shorter.
const maxAccepted = 256

// Accepted is the language that fits a header Accept-Language best; English where none fits.
func Accepted(header string) *Language {
	if len(header) > maxAccepted {
		return English()
	}
	wanted, _, err := tags.ParseAcceptLanguage(header)
	if err != nil {
		return English()
	}
	_, at, confidence := matcher.Match(wanted...)
	if confidence == tags.No {
		return English()
	}
	return all[at]
}

func (l *Language) orEnglish() *Language {
	if l == nil {
		return English()
	}
	return l
}

// T is the message of that key with its values, which are pairs of a name and a value. Whole numbers are written as the language does; the one
// named n chooses the plural form. A key that does not exist is said as it is.
func (l *Language) T(key string, values ...any) string {
	l = l.orEnglish()
	form, ok := l.form(key, values)
	if !ok {
		return key
	}
	var said strings.Builder
	for _, part := range form {
		if part.name == "" {
			said.WriteString(part.text)
		} else {
			said.WriteString(l.plain(valueOf(part.name, values)))
		}
	}
	return said.String()
}

// Rich is T for templates. Where a value is HTML, such as a link, so is what comes of it, with everything else escaped; otherwise it is a plain
// string that the template escapes as any other.
func (l *Language) Rich(key string, values ...any) any {
	l = l.orEnglish()
	rich := false
	for _, v := range values {
		_, html := v.(template.HTML)
		rich = rich || html
	}
	if !rich {
		return l.T(key, values...)
	}
	form, ok := l.form(key, values)
	if !ok {
		return key
	}
	var said strings.Builder
	for _, part := range form {
		if html, ok := valueOf(part.name, values).(template.HTML); ok && part.name != "" {
			said.WriteString(string(html))
		} else if part.name != "" {
			said.WriteString(template.HTMLEscapeString(l.plain(valueOf(part.name, values))))
		} else {
			said.WriteString(template.HTMLEscapeString(part.text))
		}
	}
	return template.HTML(said.String())
}

// Said is what another part of the program says in English, in this language: a failure, or a word that is stored. It is found by the English
// format; what has no translation stays English.
func (l *Language) Said(format string, args ...any) string {
	if translated, ok := l.orEnglish().catalog().english[format]; ok {
		format = translated
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// Knows reports whether this language says those English words in its own way, or is English.
func (l *Language) Knows(format string) bool {
	_, ok := l.orEnglish().catalog().english[format]
	return ok || l.orEnglish() == English()
}

// Has reports whether there is a message of that key.
func (l *Language) Has(key string) bool {
	_, ok := l.orEnglish().catalog().messages[key]
	return ok
}

// Script is what the desk's scripts say, by key without its page: a string, or an object with a string for each plural form.
func (l *Language) Script() map[string]any { return l.orEnglish().catalog().script }

// form is the plural form of a message that its values choose.
func (l *Language) form(key string, values []any) ([]part, bool) {
	m, ok := l.catalog().messages[key]
	if !ok {
		return nil, false
	}
	if len(m) > 1 {
		if n, ok := valueOf(Count, values).(int); ok {
			if form, ok := m[plural.Cardinal.MatchPlural(l.tag, max(n, -n), 0, 0, 0, 0)]; ok {
				return form, true
			}
		}
	}
	return m[plural.Other], true
}

func valueOf(name string, values []any) any {
	for i := 0; i+1 < len(values); i += 2 {
		if values[i] == name {
			return values[i+1]
		}
	}
	return nil
}

func (l *Language) plain(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return l.Number(v)
	}
	return fmt.Sprint(value)
}

// Number is a whole number with its thousands parted.
func (l *Language) Number(n int) string {
	if n > -1000 && n < 1000 {
		return strings.Replace(strconv.Itoa(n), "-", "−", 1)
	}
	return strings.Replace(l.orEnglish().numbers.Sprint(number.Decimal(n)), "-", "−", 1)
}

// Decimal is a number with that many digits behind the point.
func (l *Language) Decimal(x float64, digits int) string {
	return strings.Replace(l.orEnglish().numbers.Sprint(number.Decimal(x, number.Scale(digits))), "-", "−", 1)
}

// Short is a number with as few digits as say it, at most that many behind the point.
func (l *Language) Short(x float64, digits int) string {
	return l.orEnglish().numbers.Sprint(number.Decimal(x, number.MaxFractionDigits(digits)))
}

// Keys are the keys of all messages, and English are the English words that this language says in its own: for tests.
func (l *Language) Keys() []string { return slices.Sorted(maps.Keys(l.orEnglish().catalog().messages)) }
func (l *Language) English() []string {
	return slices.Sorted(maps.Keys(l.orEnglish().catalog().english))
}
