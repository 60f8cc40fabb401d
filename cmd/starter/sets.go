package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"commentdesk/classifier"
	"commentdesk/seeds"
)

// set is one public file and what its rows teach.
type set struct {
	file   string
	first  int                                           // only so many rows whose label is 0; 0 means all
	labels func(label string) map[classifier.Axis]string // nil leaves a row out
	linked bool                                          // every row with a link, beyond first too, is taken for a no of spam
}

// sets are the public files, in the order they are read. Every set that has only hostile or only spam rows stands beside rows of the same kind
// of text without: see models/README.md. Nearly all links of the spam sets stand in spam, so links that readers post come from the other sets.
var sets = []set{
	{file: "hostile/train/toxic_spans.jsonl.gz", labels: yesNo(classifier.Hostile, ""), linked: true},
	{file: "hostile/train/surge.jsonl.gz", labels: yesNo(classifier.Hostile, classifier.Spam)},
	{file: "hostile/train/fox_news.jsonl.gz", labels: yesNo(classifier.Hostile, classifier.Spam)},
	{file: "hostile/train/context_toxicity.jsonl.gz", first: 9000, labels: yesNo(classifier.Hostile, ""), linked: true},
	{file: "spam/train/youtube01_psy.jsonl.gz", labels: yesNo(classifier.Spam, "")},
	{file: "spam/train/youtube02_katyperry.jsonl.gz", labels: yesNo(classifier.Spam, "")},
	{file: "spam/train/youtube03_lmfao.jsonl.gz", labels: yesNo(classifier.Spam, "")},
	{file: "spam/train/blog_spam.jsonl.gz", labels: only(classifier.Spam, "1", classifier.Yes)},
	{file: "stance/arc_train.jsonl.gz", labels: func(string) map[classifier.Axis]string {
		return map[classifier.Axis]string{classifier.Hostile: classifier.No, classifier.Spam: classifier.No}
	}},
}

func describe() string {
	var names []string
	for _, s := range sets {
		names = append(names, s.file)
	}
	return strings.Join(names, ", ") + ", seeds/train"
}

// yesNo reads label 1 and 0; where noOf is named, every row is also a no on that axis.
func yesNo(axis, noOf classifier.Axis) func(string) map[classifier.Axis]string {
	return func(label string) map[classifier.Axis]string {
		labels := map[classifier.Axis]string{}
		switch label {
		case "1":
			labels[axis] = classifier.Yes
		case "0":
			labels[axis] = classifier.No
		default:
			return nil
		}
		if noOf != "" {
			labels[noOf] = classifier.No
		}
		return labels
	}
}

func only(axis classifier.Axis, label, answer string) func(string) map[classifier.Axis]string {
	return func(l string) map[classifier.Axis]string {
		if l != label {
			return nil
		}
		return map[classifier.Axis]string{axis: answer}
	}
}

func readAll(data string) ([]classifier.Example, error) {
	var examples []classifier.Example
	for _, s := range sets {
		read, err := readSet(filepath.Join(data, s.file), s)
		if err != nil {
			return nil, err
		}
		examples = append(examples, read...)
	}
	comments, err := seeds.Training()
	if err != nil {
		return nil, err
	}
	own, err := seedExamples(comments)
	return append(examples, own...), err
}

func readSet(path string, s set) ([]classifier.Example, error) {
	var examples []classifier.Example
	zeros := 0
	err := readLines(path, func(line []byte) error {
		var row struct {
			Text    string          `json:"text"`
			Label   json.RawMessage `json:"label"`
			Article string          `json:"article"`
			Group   string          `json:"group"`
		}
		if err := json.Unmarshal(line, &row); err != nil {
			return err
		}
		label := strings.Trim(string(row.Label), `"`)
		if label == "0" {
			zeros++
		}
		labels := s.labels(label)
		if label == "0" && s.first > 0 && zeros > s.first {
			labels = nil
		}
		group := row.Group
		if group == "" {
			group = row.Article
		}
		if s.linked && hasLink(row.Text) {
			examples = append(examples, classifier.Example{Text: row.Text, Labels: notSpam, Group: group, Weight: linkedWeight})
		}
		if len(labels) == 0 {
			return nil
		}
		examples = append(examples, classifier.Example{Text: row.Text, Labels: labels, Group: group})
		return nil
	})
	return examples, err
}

// linkedWeight: a link in a row that nobody judged for spam is likely no advert, so that it counts for a fifth of an example.
const linkedWeight = 0.2

var notSpam = map[classifier.Axis]string{classifier.Spam: classifier.No}

func hasLink(text string) bool {
	text = strings.ToLower(text)
	return strings.Contains(text, "http://") || strings.Contains(text, "https://") || strings.Contains(text, "www.")
}

// seedExamples are our own labelled comments as training takes them.
func seedExamples(comments []seeds.Comment) ([]classifier.Example, error) {
	examples := make([]classifier.Example, len(comments))
	for i, c := range comments {
		e := classifier.Example{Text: c.Text, Claim: c.Claim, Labels: map[classifier.Axis]string{}}
		for axis, answer := range map[classifier.Axis]string{classifier.Stance: c.Stance, classifier.Hostile: c.Hostile, classifier.Spam: c.Spam} {
			if answer == "" {
				continue
			}
			if axis.AnswerIndex(answer) < 0 {
				return nil, fmt.Errorf("seeds/train, comment %d: %s has no answer %q", i+1, axis, answer)
			}
			e.Labels[axis] = answer
		}
		examples[i] = e
	}
	return examples, nil
}

// readLines calls visit for every line of a file, unpacked where its name ends in .gz.
func readLines(path string, visit func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var reader io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		zip, err := gzip.NewReader(file)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		reader = zip
	}
	scanner := bufio.NewScanner(reader)
	scanner.Buffer(nil, 4<<20)
	for n := 1; scanner.Scan(); n++ {
		if err := visit(scanner.Bytes()); err != nil {
			return fmt.Errorf("%s: line %d: %w", path, n, err)
		}
	}
	return scanner.Err()
}
