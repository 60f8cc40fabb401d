package view

import (
	"html/template"

	"commentdesk/classifier"
	"commentdesk/moderation"
	"commentdesk/web/view/language"
)

// hostile reports whether lists show the comment as hostile: its text is covered for users who want that.
func hostile(c moderation.Stored) bool { return c.Shown(classifier.Hostile) == classifier.Yes }

// covering is what templates put around a text that may have to be covered: covers tells whether it has to, cover and uncover stand before and after
// it. The cover is a fold that is closed: no pointer, search of words or screen reader gets behind it, and it opens without a script.
func covering(l *language.Language, on bool) template.FuncMap {
	return template.FuncMap{
		"covers": func(hostile bool) bool { return on && hostile },
		"cover": func(hostile bool, key ...string) template.HTML {
			if !on || !hostile {
				return ""
			}
			show := element("span", l.T("calm.show"))
			for _, k := range key {
				show = element("kbd", k) + " " + show
			}
			return `<details class="cover" data-cover><summary><span class="closed"><span data-says>` + template.HTML(template.HTMLEscapeString(l.T("calm.hidden"))) +
				`</span> <span class="button">` + show + `</span></span><span class="opened">` + template.HTML(template.HTMLEscapeString(l.T("calm.hide"))) + `</span></summary>`
		},
		"uncover": func(hostile bool) template.HTML {
			if !on || !hostile {
				return ""
			}
			return "</details>"
		},
	}
}
