package trial

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
)

// Keys that are not read from a row's own keys.
const (
	FileKey     = "file"      // the file the row stands in
	GroupKey    = "group"     // Example.Group
	ClaimKey    = "claim"     // Example.Claim
	LastWordKey = "last-word" // the text's last word, in small letters
)

// Key is the example's value of a key: one of the constants, else of Keys; "" where it has none.
func (e *Example) Key(key string) string {
	switch key {
	case FileKey:
		return e.File
	case GroupKey:
		return e.Group
	case ClaimKey:
		return e.Claim
	case LastWordKey:
		return lastWord(e.Text)
	default:
		return e.Keys[key]
	}
}

// lastWord is the last run of letters and digits. It does not go through the text chain: a change of how models read must not move rows from
// slice to slice.
func lastWord(raw string) string {
	inWord := func(r rune) bool { return unicode.In(r, unicode.L, unicode.M, unicode.Nd) }
	last := strings.TrimRightFunc(raw, func(r rune) bool { return !inWord(r) })
	before := strings.LastIndexFunc(last, func(r rune) bool { return !inWord(r) })
	if before >= 0 {
		_, width := utf8.DecodeRuneInString(last[before:])
		last = last[before+width:]
	}
	return strings.ToLower(last)
}

// slicing cuts rows into slices.
type slicing struct {
	names []string // one a row; nil: no slices are asked for
	least int
}

// slicing is by Options.By; an error where no example has such a key.
func (o Options) slicing(examples []Example) (slicing, error) {
	if o.By == "" {
		return slicing{}, nil
	}
	s, found := slicing{names: make([]string, len(examples)), least: o.Least}, false
	for i := range examples {
		s.names[i] = examples[i].Key(o.By)
		found = found || s.names[i] != ""
	}
	if !found {
		return slicing{}, fmt.Errorf("no row has the key %s", o.By)
	}
	return s, nil
}

// reading is how the answers are read: by the threshold given, or the one that has the recall asked for.
func (o Options) reading(axis classifier.Axis, rows []eval.Row, s slicing) (eval.Options, error) {
	if axis == classifier.Stance {
		return eval.Options{Unsure: o.Unsure}, nil
	}
	reading := eval.Options{Unsure: o.Unsure, Threshold: o.Threshold, Prior: o.Prior}
	if o.Recall == 0 {
		return reading, nil
	}
	var err error
	reading.Threshold, err = eval.RecallThreshold(rows, s.names, s.least, o.Recall)
	return reading, err
}

// report adds the figures by slices, where they are asked for.
func (s slicing) report(report *eval.Report, axis classifier.Axis, rows []eval.Row, reading eval.Options, bootstrap eval.Bootstrap) (err error) {
	if s.names == nil {
		return nil
	}
	if report.Slices, err = eval.Sliced(axis.Answers(), rows, s.names, s.least, reading, bootstrap); err != nil {
		return err
	}
	report.Gaps, err = eval.NewGaps(rows, s.names, s.least, reading, bootstrap)
	return err
}
