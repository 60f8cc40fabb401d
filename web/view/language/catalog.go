package language

import (
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/feature/plural"
)

// catalog is one language's file.
type catalog struct {
	messages map[string]forms  // by page and meaning: fairness.title
	english  map[string]string // what the rest of the program says in English, by those words
	script   map[string]any    // the section of the scripts, as they read it
}

// forms are a message's plural forms; one without a plural has the form other alone.
type forms map[plural.Form][]part

// part is a piece of a message: text, or the name of a value.
type part struct{ text, name string }

var formNames = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

// Sections of a file that are no pages.
const (
	englishSection = "english"
	scriptSection  = "script"
)

func mustRead(code string) *catalog {
	written, err := files.ReadFile(code + ".toml")
	if err != nil {
		panic(err) // the program was built without it
	}
	c, err := read(written)
	if err != nil {
		panic(fmt.Sprintf("%s.toml: %v", code, err)) // the tests read every language
	}
	return c
}

func read(written []byte) (*catalog, error) {
	var sections map[string]map[string]any
	if err := toml.Unmarshal(written, &sections); err != nil {
		return nil, err
	}
	c := &catalog{messages: map[string]forms{}, english: map[string]string{}, script: map[string]any{}}
	for section, entries := range sections {
		for name, entry := range entries {
			switch section {
			case englishSection:
				text, ok := entry.(string)
				if !ok {
					return nil, fmt.Errorf("%s %q is no string", section, name)
				}
				c.english[name] = text
				continue
			case scriptSection:
				c.script[name] = entry
			}
			if err := c.add(section+"."+name, entry); err != nil {
				return nil, err
			}
		}
	}
	return c, nil
}

func (c *catalog) add(key string, entry any) error {
	written := map[string]any{"other": entry}
	if table, ok := entry.(map[string]any); ok {
		written = table
	}
	m := forms{}
	for name, value := range written {
		form, known := formNames[name]
		text, ok := value.(string)
		if !known || !ok {
			return fmt.Errorf("%s: %q is no plural form with a string", key, name)
		}
		parts, err := parts(text)
		if err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
		m[form] = parts
	}
	if _, ok := m[plural.Other]; !ok {
		return fmt.Errorf("%s: the plural form other is missing", key)
	}
	c.messages[key] = m
	return nil
}

// parts takes a message apart at its {names}.
func parts(text string) (list []part, err error) {
	for text != "" {
		before, after, found := strings.Cut(text, "{")
		if before != "" {
			list = append(list, part{text: before})
		}
		if !found {
			break
		}
		name, rest, closed := strings.Cut(after, "}")
		if !closed || name == "" || strings.ContainsAny(name, "{ ") {
			return nil, fmt.Errorf("a { without its name and }")
		}
		list = append(list, part{name: name})
		text = rest
	}
	return list, nil
}
