package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
)

// writeImport writes n synthetic comments as JSON Lines, perStocked of them an article.
func writeImport(path string, n int) error {
	synthesis, err := newSynthesis()
	if err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(file)
	rows := json.NewEncoder(buffer)
	for i := range n {
		article := i / perStocked
		if err := rows.Encode(map[string]any{"url": fmt.Sprintf("https://news.example/%d", article), "article": fmt.Sprintf("Synthetic article %d", article),
			"author": fmt.Sprintf("Reader %d", i%authors), "position": i%perStocked + 1, "text": synthesis.next().Text}); err != nil {
			return errors.Join(err, file.Close())
		}
	}
	return errors.Join(buffer.Flush(), file.Close())
}
