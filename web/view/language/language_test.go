package language

import (
	"fmt"
	"html/template"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/feature/plural"
)

// names are the values that a message has, whatever its form.
func (m forms) names() []string {
	found := map[string]bool{}
	for _, form := range m {
		for _, p := range form {
			if p.name != "" {
				found[p.name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// pluralForms are those that a language has for whole numbers.
func pluralForms(l *Language) map[plural.Form]bool {
	found := map[plural.Form]bool{plural.Other: true}
	for n := range 1000 {
		found[plural.Cardinal.MatchPlural(l.tag, n, 0, 0, 0, 0)] = true
	}
	return found
}

// TestLanguagesSayTheSame: every language has every message, with the same values and all of its own plural forms.
func TestLanguagesSayTheSame(t *testing.T) {
	english := English().catalog().messages
	for _, l := range All() {
		messages, wanted := l.catalog().messages, pluralForms(l)
		for key, m := range messages {
			if _, ok := english[key]; !ok {
				t.Errorf("%s has %s, English has not", l.Code, key)
			}
			if len(m) > 1 {
				for form := range wanted {
					if _, ok := m[form]; !ok {
						t.Errorf("%s: %s lacks a plural form", l.Code, key)
					}
				}
				if len(m) != len(wanted) {
					t.Errorf("%s: %s has %d forms, the language %d", l.Code, key, len(m), len(wanted))
				}
			}
			for _, form := range m {
				if len(form) == 0 {
					t.Errorf("%s: %s is empty", l.Code, key)
				}
				for _, p := range form {
					if strings.ContainsAny(p.text, "<>&") && p.text != "< " {
						t.Errorf("%s: %s holds HTML: %q", l.Code, key, p.text)
					}
				}
			}
		}
		for key, m := range english {
			own, ok := messages[key]
			if !ok {
				t.Errorf("%s lacks %s", l.Code, key)
			} else if got, want := own.names(), m.names(); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the values %q, English %q", l.Code, key, got, want)
			} else if len(m) > 1 && len(own) < 2 {
				t.Errorf("%s: %s has no plural", l.Code, key)
			}
		}
	}
}

var verb = regexp.MustCompile(`%(\[\d\])?[.\d]*[a-z]`)

// TestEnglishWordsKeepTheirValues: a translated format takes what the English one takes.
func TestEnglishWordsKeepTheirValues(t *testing.T) {
	for _, l := range All() {
		for format, translated := range l.catalog().english {
			verbs := func(s string) []string {
				found := verb.FindAllString(s, -1)
				for i := range found {
					found[i] = regexp.MustCompile(`\[\d\]`).ReplaceAllString(found[i], "")
				}
				slices.Sort(found)
				return found
			}
			if got, want := verbs(translated), verbs(format); !slices.Equal(got, want) {
				t.Errorf("%s: %q takes %q, %q takes %q", l.Code, translated, got, format, want)
			}
		}
	}
}

func TestMessages(t *testing.T) {
	german := Find("de")
	for _, c := range []struct {
		got, want string
	}{
		{English().T("ago.minutes", "n", 1), "1 minute ago"}, {English().T("ago.minutes", "n", 12), "12 minutes ago"}, {English().T("ago.minutes", "n", 0), "0 minutes ago"},
		{german.T("ago.minutes", "n", 1), "vor 1 Minute"}, {german.T("ago.minutes", "n", 1234), "vor 1.234 Minuten"},
		{german.T("number.of", "whole", 80, "part", 12), "12 von 80"}, {german.T("number.of", "part", 12), "12 von "}, {german.T("no.such_key"), "no.such_key"},
		{(*Language)(nil).T("frame.queue"), "Queue"}, {german.Number(-1234), "−1.234"}, {English().Number(1000000), "1,000,000"}, {English().Number(-7), "−7"},
		{german.Decimal(-0.0625, 3), "−0,062"}, {English().Decimal(0.5, 3), "0.500"}, {german.Short(4.5, 3), "4,5"}, {(*Language)(nil).Number(3), "3"},
		{german.Said("no comment %d", 7), "kein Kommentar 7"}, {german.Said("100% new"), "100% new"}, {german.Number(999), "999"},
		{fmt.Sprint(English().Rich("merge.title_of", "from", "<b>", "into", template.HTML("<bdi>x</bdi>"))), "Merge &lt;b&gt; into <bdi>x</bdi>"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for _, written := range []string{"[page]\na = 1", "[page]\na = { one = \"x\" }", "[page]\na = { other = \"x\", more = \"y\" }", "[page]\na = \"{\"", "[page]\na = \"{a b}\"", "[page]\na = \"{}\"", "a = 1", "[english]\na = 1"} {
		if _, err := read([]byte(written)); err == nil {
			t.Errorf("%q is taken", written)
		}
	}
}

func TestAccepted(t *testing.T) {
	for header, want := range map[string]string{
		"": "en", "de": "de", "de-AT,de;q=0.9,en;q=0.8": "de", "en-GB,en;q=0.9,de;q=0.8": "en", "fr,de;q=0.5": "de", "fr": "en", "*": "en", "de;q=0, en": "en",
		"x y z; q=": "en", strings.Repeat("de,", 1000): "en", "DE": "de", "gsw": "de",
	} {
		if got := Accepted(header).Code; got != want {
			t.Errorf("%.40q gives %s, want %s", header, got, want)
		}
	}
}

func TestZones(t *testing.T) {
	for _, name := range Zones() {
		if Zone(name) == nil {
			t.Errorf("no zone %s", name)
		}
	}
	if len(Zones()) < 300 || !slices.IsSortedFunc(Zones()[1:], strings.Compare) {
		t.Errorf("%d zones", len(Zones()))
	}
	for _, name := range []string{"", "Local", "../../etc/passwd", "/etc/localtime", "Europe/Nowhere", "europe/berlin\x00", "right/Europe/Berlin", "posix/UTC", "posixrules", strings.Repeat("A", 65), "Europe/Berlin; path=/", "Europe"} {
		if zone := Zone(name); zone != nil {
			t.Errorf("%q is the zone %s", name, zone)
		}
	}
	if got := time.Date(2026, 3, 29, 1, 30, 0, 0, time.UTC).In(Zone("Europe/Berlin")).Format("15:04 MST"); got != "03:30 CEST" {
		t.Errorf("after the clocks changed it is %s", got)
	}
}
