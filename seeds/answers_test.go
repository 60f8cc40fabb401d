package seeds

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"commentdesk/classifier"
)

// answer is one line of demo/answers/labels.jsonl: what we would label a comment of the demonstration.
type answer struct {
	File     string `json:"file"`
	Position int    `json:"position"`
	Stance   string `json:"stance"`
	Hostile  string `json:"hostile"`
	Spam     string `json:"spam"`
}

func TestDemoAnswersMatchThePages(t *testing.T) {
	data, err := os.ReadFile("demo/answers/labels.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		file     string
		position int
	}
	answered := map[place]bool{}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for n := 1; lines.Scan(); n++ {
		decoder := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		decoder.DisallowUnknownFields()
		var a answer
		if err := decoder.Decode(&a); err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		at := place{a.File, a.Position}
		if answered[at] {
			t.Errorf("line %d: %s, position %d stands twice", n, a.File, a.Position)
		}
		answered[at] = true
		for i, label := range []string{a.Stance, a.Hostile, a.Spam} {
			if axis := classifier.Axes[i]; axis.AnswerIndex(label) < 0 {
				t.Errorf("line %d: no answer %q on %s", n, label, axis)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, page := range demoPages(t) {
		for _, c := range page.comments {
			found++
			if !answered[place{page.File, c.Position}] {
				t.Errorf("%s, position %d has no answer", page.File, c.Position)
			}
		}
	}
	if found != len(answered) {
		t.Errorf("%d answers for %d comments", len(answered), found)
	}
}

func TestAnswersDoNotArriveWithTheDemo(t *testing.T) {
	if _, err := files.ReadFile("demo/answers/labels.jsonl"); err == nil {
		t.Error("the answers are embedded: the demonstration arrives unlabelled")
	}
}
