package main

import (
	"context"
	"fmt"
	"io"
)

// sizes say how much is measured.
type sizes struct {
	rounds   int // of each benchmark
	page     int // bytes of a page that is extracted
	labelled int // comments that are retrained on
	stored   int // comments in the served database
	warmUps  int // requests that are not counted
	requests int
	starts   int // of the program
}

var (
	full  = sizes{rounds: 5, page: 4_000_000, labelled: 1000, stored: 10_000, warmUps: 50, requests: 500, starts: 10}
	small = sizes{rounds: 1, page: 100_000, labelled: 60, stored: 200, warmUps: 2, requests: 20, starts: 2}
)

// measurement takes one or more figures; where it fails, none of them was measured.
type measurement struct {
	names   []string
	measure func(ctx context.Context) ([]figure, error)
}

// measurements lists everything that is measured, in the order of the table. Files go into folder.
func measurements(s sizes, folder string) []measurement {
	desk := newInstallation(s, folder)
	return []measurement{
		{[]string{extractionComments, extractionArticle}, func(context.Context) ([]figure, error) { return measureExtraction(s) }},
		{[]string{classificationSpeed, classificationAllocations}, func(context.Context) ([]figure, error) { return measureClassification(s) }},
		{[]string{english.Sprintf(retrainingTime, s.labelled)}, func(ctx context.Context) ([]figure, error) { return measureRetraining(ctx, s, folder) }},
		{[]string{queueHalf, queueWorst}, desk.measureQueue},
		{[]string{startUp}, desk.measureStart},
		{[]string{binarySize}, desk.measureBinary},
		{[]string{starterSize, starterOpen}, func(context.Context) ([]figure, error) { return measureStarter(s) }},
	}
}

// take measures, and says in each figure's place why there is none.
func (m measurement) take(ctx context.Context, log io.Writer) []figure {
	figures, err := m.measure(ctx)
	if err != nil {
		figures = nil
		for _, name := range m.names {
			figures = append(figures, figure{Name: name, Missing: err})
		}
	}
	for _, f := range figures {
		fmt.Fprintf(log, "  %s: %s\n", f.Name, f.value())
	}
	return figures
}
