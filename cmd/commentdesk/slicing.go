package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/trial"
)

// slicingFlags say which rows are measured, by which key they are sliced, and the recall that their threshold is to have.
func slicingFlags(cmd *cobra.Command) {
	cmd.Flags().String("by", "", "figures by slices of the rows: `KEY` is file, group, claim, last-word, or another key of the rows")
	cmd.Flags().StringArray("where", nil, "measure only rows where `KEY=VALUE`, as in template=short; may be repeated")
	cmd.Flags().Int("least", 1, "with --by: leave out slices of fewer rows")
	cmd.Flags().Float64("recall", 0, "hostile and spam: yes from the threshold that has the mean recall `R` over the slices")
}

// conditions are what rows must fulfil to be measured, all of them.
type conditions []condition

type condition struct{ key, value string }

func (c conditions) hold(e *trial.Example) bool {
	return !slices.ContainsFunc(c, func(one condition) bool { return e.Key(one.key) != one.value })
}

func (e *evaluation) readSlicing(cmd *cobra.Command) error {
	flags := cmd.Flags()
	e.options.By = cmd.Flag("by").Value.String()
	where, err := flags.GetStringArray("where")
	if err != nil {
		return err
	}
	for _, pair := range where {
		key, value, ok := strings.Cut(pair, "=")
		if !ok || key == "" {
			return fmt.Errorf("--where %q: want KEY=VALUE", pair)
		}
		e.where = append(e.where, condition{key, value})
	}
	if e.options.Least, err = flags.GetInt("least"); err != nil {
		return err
	}
	if e.options.Least < 1 || (typed(cmd.Flag("least")) && e.options.By == "") {
		return errors.New("--least takes a number of rows from 1, and needs --by")
	}
	if e.options.Recall, err = flags.GetFloat64("recall"); err != nil {
		return err
	}
	switch {
	case !flags.Changed("recall"):
		return nil
	case !(e.options.Recall > 0 && e.options.Recall <= 1):
		return fmt.Errorf("--recall %v is not above 0 and at most 1", e.options.Recall)
	case flags.Changed("threshold"):
		return errors.New("--recall and --threshold exclude one another")
	case slices.Equal(e.axes, []classifier.Axis{classifier.Stance}):
		return errors.New("--recall is for hostile and spam")
	}
	return nil
}

// rowKeys are the keys of the rows that --by and --where name.
func (e *evaluation) rowKeys() []string {
	var keys []string
	if e.options.By != "" {
		keys = append(keys, e.options.By)
	}
	for _, c := range e.where {
		keys = append(keys, c.key)
	}
	return keys
}

// keepWhere leaves out the rows that do not fulfil --where.
func (e *evaluation) keepWhere() error {
	if len(e.where) == 0 {
		return nil
	}
	var kept []trial.Example
	for i := range e.data.examples {
		if e.where.hold(&e.data.examples[i]) {
			kept = append(kept, e.data.examples[i])
		}
	}
	say(e.p.err, "--where keeps %d of %d labelled rows", len(kept), len(e.data.examples))
	if len(kept) == 0 {
		return errors.New("--where keeps no row")
	}
	e.data.examples = kept
	return nil
}
