// Package seeds holds what we wrote ourselves: labelled comments that go into the starter (train), and a demonstration of article pages with
// comments that arrive without labels (demo). It hands them out and knows nothing of what is done with them. LABELLING.md says how the labels
// were decided.
package seeds

import (
	"bufio"
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
)

//go:embed train/*.jsonl demo/*.txt demo/topics.json
var files embed.FS

// Comment is one labelled comment of train. An axis without a label is "", and so is the claim of a comment that speaks of none.
type Comment struct {
	Text    string `json:"text"`
	Claim   string `json:"claim"`
	Topic   string `json:"topic"`
	Stance  string `json:"stance"`
	Hostile string `json:"hostile"`
	Spam    string `json:"spam"`
}

// Training reads every comment of train, in order of file names.
func Training() ([]Comment, error) {
	names, err := fs.Glob(files, "train/*.jsonl")
	if err != nil {
		return nil, err
	}
	var comments []Comment
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		lines := bufio.NewScanner(bytes.NewReader(data))
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			var c Comment
			if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
				return nil, fmt.Errorf("seeds/%s:%d: %w", name, n, err)
			}
			comments = append(comments, c)
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("seeds/%s: %w", name, err)
		}
	}
	return comments, nil
}

// Topics are the topics of train and demo that have a claim: name to claim.
func Topics() (map[string]string, error) {
	comments, err := Training()
	if err != nil {
		return nil, err
	}
	demo, err := Demo()
	if err != nil {
		return nil, err
	}
	topics := map[string]string{}
	for _, c := range comments {
		if c.Claim != "" {
			topics[c.Topic] = c.Claim
		}
	}
	for _, t := range demo.Topics {
		topics[t.Name] = t.Claim
	}
	return topics, nil
}

// Demonstration says which topics the demo pages have.
type Demonstration struct {
	Topics []struct {
		Name  string `json:"name"`
		Claim string `json:"claim"`
	} `json:"topics"`
	Articles []DemoArticle `json:"articles"`
}

// DemoArticle is one page of the demonstration.
type DemoArticle struct {
	File  string `json:"file"`
	Topic string `json:"topic"` // "" without one
	Side  string `json:"side"`
}

// Demo reads what stands in demo/topics.json.
func Demo() (Demonstration, error) {
	var demo Demonstration
	data, err := files.ReadFile("demo/topics.json")
	if err != nil {
		return demo, err
	}
	if err := json.Unmarshal(data, &demo); err != nil {
		return demo, fmt.Errorf("seeds/demo/topics.json: %w", err)
	}
	return demo, nil
}

// Page is the text of one demo page.
func Page(file string) ([]byte, error) { return files.ReadFile("demo/" + file) }
