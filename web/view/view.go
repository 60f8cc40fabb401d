// Package view holds the pages: one typed struct and one template each. It knows how things look and in which words they are said; it leaves
// loading them, and who may see them, to web.
package view

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"commentdesk/web/static"
	"commentdesk/web/view/language"
)

//go:embed *.html
var files embed.FS

// Page is what can be written: a struct with a template of its own.
type Page interface {
	template() string
	frame() Frame
}

// names lists every page's template; each is parsed once, together with the layout, when the program starts, and copied for each language that
// somebody reads.
var names = []string{
	"queue", "signin", "topics", "models", "model", "users", "password", "problem", "audit", "articles", "merge", "alike", "reasons", "bulk", "settings",
	"then", "answers", "change", "thresholds",
}

// figurePages are the pages of the section Figures.
var figurePages = []string{"dashboard", "week", "grid", "fairness"}

var templates = parse()

func parse() map[string]*template.Template {
	layout := template.Must(template.New("layout.html").Funcs(functions).ParseFS(files, "layout.html"))
	parsed := make(map[string]*template.Template, len(names))
	for _, name := range slices.Concat(names, figurePages) {
		patterns := []string{name + ".html"}
		if name == "queue" {
			patterns = append(patterns, "context.html", "comment.html", "axes.html", "bar.html", "record.html", "list.html", "later.html")
		}
		if name == "queue" || name == "alike" || name == "bulk" {
			patterns = append(patterns, "reject.html")
		}
		if name == "queue" || name == "then" {
			patterns = append(patterns, "share.html")
		}
		if slices.Contains(figurePages, name) {
			patterns = append(patterns, "figures.html")
		}
		if name == "articles" {
			patterns = append(patterns, "suggest.html")
		}
		if name == "dashboard" {
			patterns = append(patterns, "learning.html")
		}
		parsed[name] = template.Must(template.Must(layout.Clone()).ParseFS(files, patterns...))
	}
	return parsed
}

var functions = speaking(language.English(), false)

// speaking is what templates call; where words come out of it, they are of that language. cover says whether hostile text is covered.
func speaking(l *language.Language, cover bool) template.FuncMap {
	functions := template.FuncMap{
		"asset":   static.URL,
		"notesOf": notesOf, "actsOf": actsOf,

		"t":       l.Rich,
		"number":  l.Number,
		"role":    Local{Language: l}.Role,
		"lang":    func() string { return l.Code },
		"words":   l.Script,
		"english": func(text string) template.HTML { return english(l, text) },
		"bdi":     func(text string) template.HTML { return element("bdi", text) },
		"code":    func(text string) template.HTML { return element("code", text) },
		"strong":  func(text string) template.HTML { return element("strong", text) },
		"em":      func(text string) template.HTML { return element("em", text) },
		"kbd":     keycaps,
		"digit": func(digit string) template.HTML {
			return template.HTML(`<kbd class="fixed">` + template.HTMLEscapeString(digit) + "</kbd>")
		},
		"name":  name,
		"quote": quote,
	}
	maps.Copy(functions, covering(l, cover))
	return functions
}

// element wraps a text, so that it can be a value of a message.
func element(name, text string) template.HTML {
	return template.HTML("<" + name + ">" + template.HTMLEscapeString(text) + "</" + name + ">")
}

// keycaps wraps the names of keys, a space between them. Digit is one in a dialog, which nobody moves.
func keycaps(names ...string) template.HTML {
	wrapped := make([]string, len(names))
	for i, name := range names {
		wrapped[i] = string(element("kbd", name))
	}
	return template.HTML(strings.Join(wrapped, " "))
}

// name is who did something, in front of what was done; quote is what somebody wrote.
func name(text string) template.HTML { return "<strong>" + element("bdi", text) + "</strong>" }
func quote(text string) template.HTML {
	return template.HTML(`<q dir="auto">` + template.HTMLEscapeString(text) + "</q>")
}

// english is what the program says or stored in English: in the language where that has a translation, else marked for who reads it aloud.
func english(l *language.Language, text string) template.HTML {
	if l.Knows(text) {
		return template.HTML(template.HTMLEscapeString(l.Said(text)))
	}
	return template.HTML(`<span lang="en">` + template.HTMLEscapeString(text) + "</span>")
}

// manner is how pages are spoken: in which language, and whether hostile text is covered.
type manner struct {
	*language.Language
	cover bool
}

// spoken are the templates of each manner that somebody has read in.
var spoken = struct {
	sync.Mutex
	templates map[manner]map[string]*template.Template
}{templates: map[manner]map[string]*template.Template{}}

// in is the template of a page as its reader reads. What was parsed is only copied and never written: after that it could not be copied any more.
func in(frame Frame, name string) (*template.Template, error) {
	l := manner{frame.Local.Language, frame.Cover}
	if l.Language == nil {
		l.Language = language.English()
	}
	spoken.Lock()
	defer spoken.Unlock()
	pages := spoken.templates[l]
	if pages == nil {
		pages = map[string]*template.Template{}
		spoken.templates[l] = pages
	}
	if pages[name] == nil {
		copied, err := templates[name].Clone()
		if err != nil {
			return nil, err
		}
		pages[name] = copied.Funcs(speaking(l.Language, l.cover))
	}
	return pages[name], nil
}

// Write renders the page as HTML.
func Write(w io.Writer, page Page) error {
	frame, name := page.frame(), page.template()
	spoken, err := in(frame, name)
	if err == nil && len(frame.Keymap) == 0 {
		err = spoken.Execute(w, page)
	} else if err == nil {
		var written bytes.Buffer
		if err = spoken.Execute(&written, page); err == nil {
			_, err = w.Write(frame.Keymap.show(written.Bytes()))
		}
	}
	if err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return nil
}
