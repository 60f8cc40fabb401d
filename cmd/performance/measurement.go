package main

import (
	"context"
	"fmt"
	"io"
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
}

var (
	full = sizes{rounds: 5, page: 4_000_000, news: 10_000, stream: 20_000_000, large: 200_000_000, trainings: 3, labelled: 1000, stored: 10_000,
		warmUps: 50, requests: 500, starts: 10}
	small = sizes{rounds: 1, page: 100_000, news: 500, stream: 200_000, large: 2_000_000, trainings: 1, labelled: 60, stored: 200,
		warmUps: 2, requests: 20, starts: 2}
)

// surroundings are where things lie that are measured with.
type surroundings struct {
	folder string // for the files that are made; emptied at the end
	data   string // the public sets
	python string // a Python with scikit-learn
}

// measurement takes one or more figures; where it fails, none of them was measured.
type measurement struct {
	names   []string
	measure func(ctx context.Context) ([]figure, error)
}

// measurements lists everything that is measured, in the order of the table.
func measurements(s sizes, around surroundings) []measurement {
	desk := newInstallation(s, around)
	return []measurement{
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
