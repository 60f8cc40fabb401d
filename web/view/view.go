// Package view holds the pages: one typed struct and one template each. It knows how things look and in which words they are said; it leaves
// loading them, and who may see them, to web.
package view

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"slices"

	"commentdesk/web/static"
)

//go:embed *.html
var files embed.FS

// Page is what can be written: a struct with a template of its own.
type Page interface {
	template() string
}

// names lists every page's template; each is parsed once, together with the layout, when the program starts.
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

var functions = template.FuncMap{
	"asset":   static.URL,
	"percent": Percent,
	"notesOf": notesOf,
}

// Write renders the page as HTML.
func Write(w io.Writer, page Page) error {
	name := page.template()
	if err := templates[name].Execute(w, page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return nil
}
