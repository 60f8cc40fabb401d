package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/seeds"
)

// writeSets makes a folder of public sets out of our own comments.
func writeSets(t *testing.T) string {
	t.Helper()
	training, err := seeds.Training()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, set := range append(append([]publicSet{}, newsSets...), trainingSets...) {
		path := filepath.Join(folder, filepath.FromSlash(set.file))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		zip := gzip.NewWriter(file)
		rows := json.NewEncoder(zip)
		for _, c := range training {
			label := map[classifier.Axis]string{classifier.Stance: c.Stance, classifier.Hostile: c.Hostile, classifier.Spam: c.Spam}[set.axis]
			if err := rows.Encode(map[string]string{"text": c.Text, "claim": c.Claim, "label": label}); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(zip.Close(), file.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestReadSets(t *testing.T) {
	data := writeSets(t)
	examples, err := readSets(t.Context(), data, stanceSet, trainingSets[0])
	if err != nil {
		t.Fatal(err)
	}
	labelled := map[classifier.Axis]int{}
	for _, e := range examples {
		if e.Text == "" || len(e.Labels) != 1 {
			t.Fatalf("%d labels on a row of %d bytes", len(e.Labels), len(e.Text))
		}
		for axis := range e.Labels {
			labelled[axis]++
		}
	}
	if labelled[classifier.Stance] == 0 || labelled[classifier.Hostile] == 0 || labelled[classifier.Spam] != 0 {
		t.Errorf("labels %v", labelled)
	}
	var missing absent
	if _, err := readSets(t.Context(), t.TempDir(), stanceSet); !errors.As(err, &missing) {
		t.Errorf("a set that is not there: error %v", err)
	}
	if err := os.WriteFile(filepath.Join(data, filepath.FromSlash(stanceSet.file)), []byte("{\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readSets(t.Context(), data, stanceSet); err == nil || errors.As(err, &missing) {
		t.Errorf("a set that is broken: error %v", err)
	}
}

func TestUnderClaims(t *testing.T) {
	examples := make([]classifier.Example, 5*underOneClaim/2)
	given := underClaims(examples, []string{"one", "two"})
	for i, want := range map[int]string{0: "one", underOneClaim - 1: "one", underOneClaim: "two", 2 * underOneClaim: "one"} {
		if got := given[i].Claim; got != want {
			t.Errorf("comment %d is under %q, want %q", i, got, want)
		}
	}
}

// TestSeedClaims holds that the starter knows the claims that speed is measured with, or stance would cost nothing.
func TestSeedClaims(t *testing.T) {
	claims, err := seedClaims()
	if err != nil {
		t.Fatal(err)
	}
	model, _, err := registry.Open(starterFiles())
	if err != nil {
		t.Fatal(err)
	}
	for _, claim := range claims {
		if _, known := model.Claim(classifier.ClaimID(claim)); !known {
			t.Errorf("the starter does not know %q", claim)
		}
	}
}

func TestOnlyASCII(t *testing.T) {
	kept := onlyASCII([]classifier.Example{{Text: "plain"}, {Text: "café"}, {Text: ""}})
	if len(kept) != 2 || kept[0].Text != "plain" || kept[1].Text != "" {
		t.Errorf("kept %v", kept)
	}
}

func TestEvery(t *testing.T) {
	examples := make([]classifier.Example, 9)
	for n, want := range map[int]int{1: 9, 2: 5, 4: 3} {
		if got := len(every(n, examples)); got != want {
			t.Errorf("every %d of 9: %d examples, want %d", n, got, want)
		}
	}
}
