package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// history is where the project keeps its figures.
const history = "docs/performance.md"

const introduction = `# Performance

What make bench measured. A section a run, the newest at the end; earlier ones are never rewritten. Compare figures of one machine only.
`

const note = `The machine was shared with other work and is noisy: single figures move by tens of per cent between runs. Where a value has a range in
brackets, it is the median of several rounds with the lowest and the highest. MB and KB are powers of ten.`

// section is what one run appends.
type section struct {
	At      time.Time
	Machine string
	Commit  string
	Command string
	Figures []figure
}

// String is the section in Markdown.
func (s section) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "## %s\n\n%s. Commit %s. `%s`\n\n", s.At.UTC().Format("2006-01-02 15:04 UTC"), s.Machine, s.Commit, s.Command)
	b.WriteString("| Figure | Value | Wanted | How |\n|---|---|---|---|\n")
	for _, f := range s.Figures {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", cell(f.Name), cell(f.value()), cell(f.Wanted), cell(f.How))
	}
	b.WriteString("\n" + note + "\n")
	return b.String()
}

// appendTo writes the section behind what the file holds; a missing file is begun with its introduction.
func (s section) appendTo(path string) error {
	text := "\n" + s.String()
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		text = introduction + text
	} else if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	return errors.Join(err, file.Close())
}

// missing is an error that names the figures that could not be measured, nil where there is none. What is absent is no failure.
func (s section) missing() error {
	var names []string
	for _, f := range s.Figures {
		var lacking absent
		if f.Missing != nil && !errors.As(f.Missing, &lacking) {
			names = append(names, f.Name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("not measured: %s", strings.Join(names, "; "))
}
