package main

import (
	"errors"
	"fmt"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

// numbered are batches of several sizes with n records in all, each with its number as position and text, every third with a person's label.
func numbered(n int) (batches []intake.Batch) {
	for made := 0; made < n; {
		size := min([]int{1, pieceSize, 3*pieceSize + 7, 0}[len(batches)%4], n-made)
		batch := intake.Batch{}
		for range size {
			made++
			var labels map[classifier.Axis]string
			if made%3 == 0 {
				labels = map[classifier.Axis]string{classifier.Spam: classifier.Yes}
			}
			batch.Records = append(batch.Records, exchange.Record{Position: made, Text: fmt.Sprint("comment number ", made)})
			batch.Labels = append(batch.Labels, labels)
		}
		batches = append(batches, batch)
	}
	return batches
}

func starterClassification(t *testing.T) classification {
	t.Helper()
	model, _, err := registry.Open(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	return classification{model: model}
}

func TestAnswersKeepTheOrder(t *testing.T) {
	const n = 5000
	last := 0
	a := startAnswers(starterClassification(t), func(answered exchange.Answered) error {
		if answered.Position != last+1 || answered.Text != fmt.Sprint("comment number ", last+1) || answered.Labels.Spam == "" {
			t.Errorf("record %d after %d: %q, labels %+v", answered.Position, last, answered.Text, answered.Labels)
		}
		if labelled := answered.Human != nil; labelled != (answered.Position%3 == 0) {
			t.Errorf("record %d: human %+v", answered.Position, answered.Human)
		}
		last = answered.Position
		return nil
	})
	for _, batch := range numbered(n) {
		if err := a.add(batch); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.close(); err != nil {
		t.Fatal(err)
	}
	if last != n {
		t.Errorf("%d of %d records were written", last, n)
	}
}

// TestAnswersEndWithTheFirstError holds that nothing is written after an error, and that reading is told of it.
func TestAnswersEndWithTheFirstError(t *testing.T) {
	full := errors.New("disk full")
	written := 0
	a := startAnswers(starterClassification(t), func(exchange.Answered) error {
		if written++; written == 10 {
			return full
		}
		return nil
	})
	var told error
	for _, batch := range numbered(20_000) {
		if told = a.add(batch); told != nil {
			break
		}
	}
	if !errors.Is(told, full) {
		t.Errorf("add says %v", told)
	}
	if err := a.close(); !errors.Is(err, full) {
		t.Errorf("close says %v", err)
	}
	if written != 10 {
		t.Errorf("%d records were written", written)
	}
}

func TestNoAnswers(t *testing.T) {
	if err := startAnswers(starterClassification(t), func(exchange.Answered) error { return errors.New("written") }).close(); err != nil {
		t.Error(err)
	}
}
