package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"

	"commentdesk/classifier"
)

// writeExamples writes the starter's training examples as labelled files, one an axis, for evaluate --train: with them anyone can repeat the
// comparison with a reference. Examples that count for less than one are left out: the files have no weights. They hold text of the public sets and stay on the machine.
func writeExamples(folder string, examples []classifier.Example) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, axis := range classifier.Axes {
		if err := writeAxis(filepath.Join(folder, string(axis)+".jsonl"), axis, examples); err != nil {
			return err
		}
	}
	return nil
}

func writeAxis(path string, axis classifier.Axis, examples []classifier.Example) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	for _, e := range examples {
		label, ok := e.Labels[axis]
		if !ok || e.Weight != 0 {
			continue
		}
		row := struct {
			Text  string `json:"text"`
			Claim string `json:"claim,omitempty"`
			Group string `json:"group,omitempty"`
			Label string `json:"label"`
		}{e.Text, e.Claim, e.Group, label}
		if err := encoder.Encode(row); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return file.Close()
}
