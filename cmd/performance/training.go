package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
)

const (
	starterTraining  = "starter, built from the public sets"
	trainingQuarter  = "training, a quarter of the examples"
	trainingHalf     = "training, half of the examples"
	trainingWhole    = "training, all examples"
	trainingEvenness = "training time an example, all beside a quarter"
)

// What is wanted of training.
const (
	slowestStarter = 30   // s
	steepest       = 1.25 // times the time an example, at four times the examples
)

// trainingSets are the labelled files that may train.
var trainingSets = []publicSet{
	{"hostile/train/toxic_spans.jsonl.gz", classifier.Hostile},
	{"hostile/train/surge.jsonl.gz", classifier.Hostile},
	{"hostile/train/fox_news.jsonl.gz", classifier.Hostile},
	{"hostile/train/context_toxicity.jsonl.gz", classifier.Hostile},
	{"spam/train/youtube01_psy.jsonl.gz", classifier.Spam},
	{"spam/train/youtube02_katyperry.jsonl.gz", classifier.Spam},
	{"spam/train/youtube03_lmfao.jsonl.gz", classifier.Spam},
	{"spam/train/blog_spam.jsonl.gz", classifier.Spam},
	stanceSet,
}

// measureStarterTraining builds the starter anew, by the command that make starter runs.
func (n *installation) measureStarterTraining(ctx context.Context) ([]figure, error) {
	if _, err := os.Stat(n.around.data); errors.Is(err, fs.ErrNotExist) {
		return nil, absent("no folder " + n.around.data + "; -data names the folder of the public sets")
	}
	command, out := filepath.Join(n.folder, "starter-command"), filepath.Join(n.folder, "starter")
	if _, err := exec.CommandContext(ctx, "go", "build", "-o", command, "commentdesk/cmd/starter").Output(); err != nil {
		return nil, fmt.Errorf("cmd/starter does not build: %w", reason(err))
	}
	start := time.Now()
	if _, err := exec.CommandContext(ctx, command, "-data", n.around.data, "-out", out).Output(); err != nil {
		return nil, fmt.Errorf("cmd/starter: %w", reason(err))
	}
	seconds := time.Since(start).Seconds()
	return []figure{{Name: starterTraining, Value: rounded(seconds) + " s", Wanted: atMost(seconds, slowestStarter, "s"),
		How: "one run of cmd/starter, compiled before: raw files to the three files of the model"}}, nil
}

// measureTraining trains on nested parts of the same examples, in turn.
func measureTraining(ctx context.Context, s sizes, around surroundings) ([]figure, error) {
	examples, err := readSets(ctx, around.data, trainingSets...)
	if err != nil {
		return nil, err
	}
	parts := [][]classifier.Example{every(4, examples), every(2, examples), examples}
	var runners []runner
	for _, part := range parts {
		runners = append(runners, func() (float64, error) {
			start := time.Now()
			_, _, err := classifier.Train(feature.Current, part, classifier.Shipped())
			return time.Since(start).Seconds(), err
		})
	}
	seconds, err := interleave(s.trainings, runners...)
	if err != nil {
		return nil, err
	}
	var figures []figure
	for i, name := range []string{trainingQuarter, trainingHalf, trainingWhole} {
		n := float64(len(parts[i]))
		figures = append(figures, figure{Name: name, Value: spread(seconds[i], "s") + ", " + rounded(quantile(seconds[i], .5)/n*1e6) + " µs an example",
			How: english.Sprintf("classifier.Train in process, calibration included; %d examples", len(parts[i]))})
	}
	figures[0].How += ", every fourth of the public sets that may train; the three sizes took turns"
	evenness := ratios(seconds[2], seconds[0])
	for i := range evenness {
		evenness[i] *= float64(len(parts[0])) / float64(len(parts[2]))
	}
	return append(figures, figure{Name: trainingEvenness, Value: spread(evenness, "times the time"), Wanted: atMost(quantile(evenness, .5), steepest, ""),
		How: "round by round; 1 is time that grows as the examples do"}), nil
}

// every keeps one of n examples, the first of each n.
func every(n int, examples []classifier.Example) []classifier.Example {
	var kept []classifier.Example
	for i := 0; i < len(examples); i += n {
		kept = append(kept, examples[i])
	}
	return kept
}
