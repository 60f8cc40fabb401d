// Package view holds the pages: one typed struct and one template each. It knows how things look and in which words they are said; it leaves
// loading them, and who may see them, to web.
package view

import (
	"embed"
	"fmt"
	"html/template"
	"io"
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
	local() Local
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
			patterns = append(patterns, "context.html", "comment.html", "axes.html", "bar.html", "record.html", "reject.html", "list.html", "later.html")
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

var functions = speaking(language.English())

// speaking is what templates call; where words come out of it, they are of that language.
func speaking(l *language.Language) template.FuncMap {
	return template.FuncMap{
		"asset":   static.URL,
		"notesOf": notesOf,

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
		"kbd":     keys,
		"name":    name,
		"quote":   quote,
	}
}

// element wraps a text, so that it can be a value of a message.
func element(name, text string) template.HTML {
	return template.HTML("<" + name + ">" + template.HTMLEscapeString(text) + "</" + name + ">")
}

// keys wraps the names of keys, a space between them.
func keys(names ...string) template.HTML {
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

// spoken are the templates of each language that somebody has read.
var spoken = struct {
	sync.Mutex
	templates map[*language.Language]map[string]*template.Template
}{templates: map[*language.Language]map[string]*template.Template{}}

// in is the template of a page in a language, in English where that is nil. What was parsed is only copied and never written: after that it could not
// be copied any more.
func in(l *language.Language, name string) (*template.Template, error) {
	if l == nil {
		l = language.English()
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
		pages[name] = copied.Funcs(speaking(l))
	}
	return pages[name], nil
}

// Write renders the page as HTML.
func Write(w io.Writer, page Page) error {
	name := page.template()
	spoken, err := in(page.local().orEnglish(), name)
	if err == nil {
		err = spoken.Execute(w, page)
	}
	if err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return nil
}
