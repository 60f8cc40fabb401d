package main

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
)

// Pages are read by these and not parsed: on one machine, what the client works on is taken from the server.
var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	pickedBox   = regexp.MustCompile(`name="pick" value="([^"]+)"`)
	listedWhy   = regexp.MustCompile(`name="reason_id" value="(\d+)"`)
	nextLink    = regexp.MustCompile(`<a class="button" href="([^"]*)"[^>]* rel="next"`)
	heldNotice  = regexp.MustCompile(`data-held`)
	hintNotice  = regexp.MustCompile(`id="hint"`)
)

// form is what a form of a page would send if nothing was typed into it.
type form struct {
	target string
	fields url.Values
}

// formOf is the form of that id on a page.
func formOf(page []byte, id string) (form, error) {
	found := regexp.MustCompile(`(?s)<form id="` + regexp.QuoteMeta(id) + `" method="(?:post|get)" action="([^"]*)".*?</form>`).FindSubmatch(page)
	if found == nil {
		return form{}, fmt.Errorf("the page has no form %q", id)
	}
	f := form{target: html.UnescapeString(string(found[1])), fields: url.Values{}}
	for _, field := range hiddenField.FindAllSubmatch(found[0], -1) {
		f.fields.Add(html.UnescapeString(string(field[1])), html.UnescapeString(string(field[2])))
	}
	return f, nil
}

// with is the form with one more field.
func (f form) with(name, value string) form {
	f.fields.Set(name, value)
	return f
}

// address is where a form leads that is sent by GET.
func (f form) address() string { return f.target + "?" + f.fields.Encode() }

// first is what a pattern of one group finds first on a page, "" where it finds nothing.
func first(pattern *regexp.Regexp, page []byte) string {
	if found := pattern.FindSubmatch(page); found != nil {
		return html.UnescapeString(string(found[1]))
	}
	return ""
}
