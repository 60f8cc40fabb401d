package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"commentdesk/classifier"
)

func TestParseSeconds(t *testing.T) {
	for line, want := range map[string]float64{"1.5": 1.5, " 2e-05\n": 2e-5} {
		if got, err := parseSeconds(line); err != nil || got != want {
			t.Errorf("%q: %v, error %v", line, got, err)
		}
	}
	for _, line := range []string{"", "0", "-1", "nan", "inf", "1 2", "fast"} {
		if got, err := parseSeconds(line); err == nil {
			t.Errorf("%q was read as %v", line, got)
		}
	}
}

func TestSklearn(t *testing.T) {
	fit := []classifier.Example{
		{Text: "a “waste”\nof money", Labels: map[classifier.Axis]string{classifier.Stance: classifier.Against}},
		{Text: "build it now", Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}},
	}
	s, err := startSklearn(t.Context(), defaultPython, classifier.Stance, fit, []classifier.Example{{Text: "build it"}, {Text: "🙂"}})
	var missing absent
	if errors.As(err, &missing) {
		t.Skip(missing)
	}
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if seconds, err := s.round(); err != nil || seconds <= 0 {
			t.Errorf("%v seconds, error %v", seconds, err)
		}
	}
	if s.version == "" {
		t.Error("no version")
	}
	if err := s.stop(); err != nil {
		t.Error(err)
	}
}

// TestSklearnThatIsNotThere holds that a machine without Python, or without scikit-learn, is told apart from one where it fails.
func TestSklearnThatIsNotThere(t *testing.T) {
	folder := t.TempDir()
	script := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		return path
	}
	texts := make([]classifier.Example, 50_000) // more than a pipe holds
	for _, python := range []string{filepath.Join(folder, "nothing"), script("bare", "exit 3")} {
		var missing absent
		if _, err := startSklearn(t.Context(), python, classifier.Stance, nil, texts); !errors.As(err, &missing) {
			t.Errorf("%s: error %v", filepath.Base(python), err)
		}
	}
	var missing absent
	if _, err := startSklearn(t.Context(), script("broken", "echo no memory >&2; exit 1"), classifier.Stance, nil, texts); err == nil || errors.As(err, &missing) {
		t.Errorf("a script that fails: error %v", err)
	}
}
