package intake_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/moderation/intake"
)

// page is an article saved as text, with a comment footer that holds two comments.
const page = `Bridge stays closed


The council closed the old bridge on Monday.

It opens again when every bolt has been looked at.


Do you like this article?

Yes
No

2 Comment(s)

Comment Policy * Denotes required field 1500 / 1500

It has to stay closed.


Nobody needs it closed.
`

// prose has no comment footer.
const prose = "Bridge stays closed\n\nThe council closed the old bridge on Monday.\n"

// folder writes files below a temporary folder and makes it the working directory, so that paths are as short as people type them.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func zipped(t testing.TB, content string) string {
	t.Helper()
	var to bytes.Buffer
	w := gzip.NewWriter(&to)
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return to.String()
}

// walked is everything that a walk gave.
type walked struct {
	batches  []intake.Batch
	refusals []string
	count    intake.Count
}

// texts are the comments in order, with their input: input|kind|text.
func (w walked) texts() []string {
	texts := []string{}
	for _, batch := range w.batches {
		for _, record := range batch.Records {
			texts = append(texts, batch.Input+"|"+string(batch.Kind)+"|"+record.Text)
		}
	}
	return texts
}

func walk(t *testing.T, options intake.Options, paths ...string) walked {
	t.Helper()
	var got walked
	options.Refused = func(refusal intake.Refusal) { got.refusals = append(got.refusals, refusal.String()) }
	count, err := intake.Walk(context.Background(), paths, options, func(batch intake.Batch) error {
		got.batches = append(got.batches, batch)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got.count = count
	return got
}

func fromStdin(text string) intake.Options { return intake.Options{Stdin: strings.NewReader(text)} }
