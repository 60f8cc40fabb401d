package exchange

import (
	"encoding/json"
	"errors"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

const (
	labelKey = "label"
	groupKey = "group"
	humanKey = "human" // a person's labels, as Answered carries them
)

// ErrNoLabel says that a row has no label on the axis asked for. Such rows are left out and counted.
var ErrNoLabel = errors.New("no label")

// Example reads the row as a labelled example. With an axis its answer stands under label or under the axis's name; with axis "" each axis has
// its own key. A row without a label there is ErrNoLabel. Its claim is the key claim, else article. A *RowError names an answer that the axis
// does not have.
func (r Row) Example(axis classifier.Axis) (classifier.Example, error) {
	labels, err := r.Labels(axis)
	if err != nil {
		return classifier.Example{}, err
	}
	if len(labels) == 0 {
		return classifier.Example{}, ErrNoLabel
	}
	example := classifier.Example{Labels: labels}
	var article string
	for _, field := range []struct {
		key string
		to  *string
	}{{"text", &example.Text}, {"claim", &example.Claim}, {"article", &article}, {groupKey, &example.Group}} {
		if *field.to, err = r.text(field.key); err != nil {
			return classifier.Example{}, err
		}
	}
	if strings.TrimSpace(example.Text) == "" {
		return classifier.Example{}, r.refuse("no text")
	}
	if example.Claim == "" {
		example.Claim = article
	}
	return example, nil
}

// Labels are the row's answers, by axis; see Example for the keys. Can't tell counts as no label.
func (r Row) Labels(axis classifier.Axis) (map[classifier.Axis]string, error) {
	labels := map[classifier.Axis]string{}
	human, _ := r.Values[humanKey].(map[string]any)
	for _, a := range classifier.Axes {
		if axis != "" && axis != a {
			continue
		}
		value, key := r.Values[string(a)], string(a)
		if named, ok := r.Values[labelKey]; ok && axis == a {
			value, key = named, labelKey
		} else if value == nil {
			value = human[string(a)]
		}
		answer, ok := readAnswer(a, value)
		if !ok {
			return nil, r.refuse("%s is %s that is not %s", key, kind(value), accepted(a))
		}
		if answer != "" {
			labels[a] = answer
		}
	}
	return labels, nil
}

// readAnswer is the axis's answer that the value means, "" for an empty value. Capitals and white space around do not matter.
func readAnswer(axis classifier.Axis, value any) (answer string, ok bool) {
	var written string
	switch value := value.(type) {
	case nil:
		return "", true
	case bool:
		written = map[bool]string{true: "true", false: "false"}[value]
	case json.Number:
		written = value.String()
	case string:
		written = strings.ToLower(strings.TrimSpace(value))
	default:
		return "", false
	}
	switch {
	case written == "" || written == moderation.CantTell:
		return "", true
	case axis == classifier.Stance:
		return written, axis.AnswerIndex(written) >= 0
	case written == "1" || written == "true" || written == "yes":
		return classifier.Yes, true
	case written == "0" || written == "false" || written == "no":
		return classifier.No, true
	}
	return "", false
}

func accepted(axis classifier.Axis) string {
	if axis == classifier.Stance {
		return "favor, against or none"
	}
	return "1/0, true/false or yes/no"
}

// Value is the key's value as text: of the row itself, else of its extra object. What is no text, number or yes-no value is "".
func (r Row) Value(key string) string {
	if value, err := r.text(key); err == nil && r.Values[key] != nil {
		return value
	}
	carried, _ := r.Values[extraColumn].(map[string]any)
	value, err := Row{Values: carried}.text(key)
	if err != nil {
		return ""
	}
	return value
}
