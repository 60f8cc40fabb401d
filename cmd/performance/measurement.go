package main

import (
	"context"
	"fmt"
	"io"
	"time"
)

// sizes say how much is measured.
type sizes struct {
	rounds    int   // of each benchmark
	page      int   // bytes of a page that is extracted
	news      int   // comments that are classified beside the references, at most
	stream    int64 // bytes of comments that go through the program a round
	large     int64 // bytes of the long stream
	trainings int   // rounds of training
	labelled  int   // comments that are retrained on
	stored    int   // comments in the served database
	warmUps   int   // requests that are not counted
	requests  int
	starts    int // of the program
	imported  int // comments that the program imports
	visits    int // of each page of a desk
	deeds     int // of each kind, one after the other
	bulks     int
	crowd     time.Duration // how long many work at once
	desks     []int         // how many comments each desk has
}

var (
	full = sizes{rounds: 5, page: 4_000_000, news: 10_000, stream: 20_000_000, large: 200_000_000, trainings: 3, labelled: 1000, stored: 10_000,
		warmUps: 50, requests: 500, starts: 10, imported: 100_000, visits: 200, deeds: 60, bulks: 5, crowd: 20 * time.Second, desks: []int{1000, 100_000}}
	small = sizes{rounds: 1, page: 100_000, news: 500, stream: 200_000, large: 2_000_000, trainings: 1, labelled: 60, stored: 200,
		warmUps: 2, requests: 20, starts: 2, imported: 1000, visits: 5, deeds: 3, bulks: 1, crowd: 2 * time.Second, desks: []int{1000}}
)

// surroundings are where things lie that are measured with.
type surroundings struct {
	folder string // for the files that are made; emptied at the end
	data   string // the public sets
	python string // a Python with scikit-learn
	stocks string // the databases that are kept for the next run
	log    io.Writer
}

// measurement takes one or more figures; where it fails, none of them was measured.
type measurement struct {
	names   []string
	measure func(ctx context.Context) ([]figure, error)
}

// measurements lists everything that is measured, in the order of the table.
func measurements(s sizes, around surroundings) []measurement {
	desk := newInstallation(s, around)
	all := []measurement{
		{[]string{extractionComments, extractionArticle}, func(context.Context) ([]figure, error) { return measureExtraction(s) }},
		{[]string{classificationSpeed}, func(context.Context) ([]figure, error) { return measureClassification(s) }},
		{[]string{threeAxesSpeed, oneAxisSpeed, bareSpeed, bareRatio, sklearnSpeed, sklearnRatio},
			func(ctx context.Context) ([]figure, error) { return measureReferences(ctx, s, around) }},
		{[]string{asciiAllocations, mixedAllocations}, func(context.Context) ([]figure, error) { return measureAllocations(s) }},
		{[]string{batchOneCore, batchTwoCores, batchRatio, batchMemory}, desk.measureBatch},
		{[]string{starterTraining}, desk.measureStarterTraining},
		{[]string{trainingQuarter, trainingHalf, trainingWhole, trainingEvenness},
			func(ctx context.Context) ([]figure, error) { return measureTraining(ctx, s, around) }},
		{[]string{english.Sprintf(retrainingTime, s.labelled)}, func(ctx context.Context) ([]figure, error) { return measureRetraining(ctx, s, around.folder) }},
		{[]string{queueHalf, queueWorst}, desk.measureQueue},
		{[]string{startUp}, desk.measureStart},
		{[]string{binarySize}, desk.measureBinary},
		{[]string{starterSize, starterOpen}, func(context.Context) ([]figure, error) { return measureStarter(s) }},
		{[]string{english.Sprintf(importSpeed, s.imported)}, desk.measureImport},
	}
	for _, comments := range s.desks {
		l := load{desk, comments}
		all = append(all, measurement{l.pageNames(), l.measurePages}, measurement{l.crowdNames(), l.measureCrowd})
	}
	return all
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
