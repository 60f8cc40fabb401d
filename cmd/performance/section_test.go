package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func exampleSection() section {
	return section{
		At: time.Date(2026, 5, 14, 15, 9, 0, 0, time.FixedZone("", 2*3600)), Machine: "A processor, 2 cores; linux/amd64; go1.26",
		Commit: "0123abc + changes", Command: "go run ./cmd/performance -quick",
		Figures: []figure{
			{Name: "reading", Value: "12 ms", Wanted: "at most 20 ms: met", How: "a|b"},
			{Name: "writing", Missing: errors.New("no disk:\nfull | gone")},
			{Name: "printing", Missing: absent("no printer")},
		},
	}
}

const exampleText = `## 2026-05-14 13:09 UTC

A processor, 2 cores; linux/amd64; go1.26. Commit 0123abc + changes. ` + "`go run ./cmd/performance -quick`" + `

| Figure | Value | Wanted | How |
|---|---|---|---|
| reading | 12 ms | at most 20 ms: met | a\|b |
| writing | not measured: no disk: full \| gone |  |  |
| printing | not measured: no printer |  |  |

` + note + "\n"

func TestSection(t *testing.T) {
	if diff := cmp.Diff(exampleText, exampleSection().String()); diff != "" {
		t.Error(diff)
	}
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	want := introduction
	for range 3 {
		if err := exampleSection().appendTo(path); err != nil {
			t.Fatal(err)
		}
		want += "\n" + exampleText
		got, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Fatal(diff)
		}
	}
	if err := exampleSection().appendTo(filepath.Join(path, "below a file")); err == nil {
		t.Error("a section was appended below a file")
	}
}

func TestMissingNamesFigures(t *testing.T) {
	s := exampleSection()
	if err := s.missing(); err == nil || !strings.Contains(err.Error(), "writing") || strings.Contains(err.Error(), "reading") || strings.Contains(err.Error(), "printing") {
		t.Errorf("missing says %v", err)
	}
	s.Figures = append(s.Figures[:1], s.Figures[2:]...)
	if err := s.missing(); err != nil {
		t.Errorf("nothing has failed, and it says %v", err)
	}
}

func TestFailedMeasurementHasARowForEachFigure(t *testing.T) {
	failed := measurement{[]string{"one", "two"}, func(context.Context) ([]figure, error) {
		return []figure{{Name: "one", Value: "1 s"}}, errors.New("out of luck")
	}}
	var log strings.Builder
	var got []string
	for _, f := range failed.take(t.Context(), &log) {
		got = append(got, f.Name+" "+f.value())
	}
	if diff := cmp.Diff([]string{"one not measured: out of luck", "two not measured: out of luck"}, got); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(log.String(), "two: not measured: out of luck") {
		t.Errorf("the log says %q", log.String())
	}
}
