package main

import (
	"commentdesk/classifier"
	evalpage "commentdesk/classifier/eval/page"
	"commentdesk/moderation/intake"
)

// findLines gives errors the lines they stand on, by reading their files once more: of equal texts in a file it is the first. What standard input
// gave cannot be read again, and has no line.
func (h *htmlReport) findLines(errors []evalpage.Error) error {
	type place struct{ file, text string }
	wanted := map[place][]int{}
	var files []string
	read := map[string]bool{"-": true}
	for i, e := range errors {
		at := place{e.File, e.Text}
		wanted[at] = append(wanted[at], i)
		if !read[e.File] {
			read[e.File] = true
			files = append(files, e.File)
		}
	}
	options, err := intakeOptions(h.cmd, h.e.p)
	if err != nil {
		return err
	}
	options.Refused = nil
	options.Axis = classifier.Axis(h.cmd.Flag("axis").Value.String())
	_, err = intake.Examples(h.cmd.Context(), files, options, func(l intake.Labelled) error {
		at := place{l.Source, l.Example.Text}
		for _, i := range wanted[at] {
			errors[i].Line = l.Line
		}
		delete(wanted, at)
		return nil
	})
	return err
}
