package view

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"testing"

	"commentdesk/moderation"
	"commentdesk/web/view/language"
)

// TestLanguagesAtOnce: pages of two languages are written at the same time, each in its own words.
func TestLanguagesAtOnce(t *testing.T) {
	titles := map[string]string{"en": "Sign in", "de": "Anmelden"}
	var writers sync.WaitGroup
	for range 8 {
		for _, l := range language.All() {
			writers.Go(func() {
				var page bytes.Buffer
				if err := Write(&page, SignIn{Frame: Frame{Title: titles[l.Code], Local: Local{Language: l}}, Nobody: true}); err != nil {
					t.Error(err)
				}
				if got := page.String(); !strings.Contains(got, `<html lang="`+l.Code+`">`) || !strings.Contains(got, "<h1>"+titles[l.Code]+"</h1>") ||
					!strings.Contains(got, "<code>commentdesk user add NAME --role admin</code>") {
					t.Errorf("in %s: %s", l.Code, got)
				}
			})
		}
	}
	writers.Wait()
}

func BenchmarkSay(b *testing.B) {
	german := language.Find("de")
	for b.Loop() {
		german.Rich("ago.minutes", "n", 1234)
	}
}

func BenchmarkWriteSettings(b *testing.B) {
	page := NewSettings(Frame{Local: Local{Language: language.Find("de")}}, moderation.Settings{Language: "de", Zone: "UTC"}, "")
	var out bytes.Buffer
	for b.Loop() {
		out.Reset()
		if err := Write(&out, page); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPartLeavesThePage writes what marks would change as a part, before anybody opened its page: the page can be written afterwards, in any language.
func TestPartLeavesThePage(t *testing.T) {
	for _, code := range []string{"en", "de"} {
		local := Local{Language: language.Find(code)}
		spoken.Lock()
		delete(spoken.templates, manner{Language: local.Language})
		spoken.Unlock()
		if err := WriteReckoned(io.Discard, Frame{Local: local}, Reckoned{Lead: "Nothing would change."}); err != nil {
			t.Error(err)
		}
		if err := Write(io.Discard, Change{Frame: Frame{Local: local}}); err != nil {
			t.Errorf("in %s, after the part: %v", code, err)
		}
	}
}
