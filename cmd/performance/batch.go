package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"commentdesk/classifier"
)

const (
	batchOneCore  = "commentdesk classify, one core"
	batchTwoCores = "commentdesk classify, two cores"
	batchRatio    = "commentdesk classify, two cores beside one"
	batchMemory   = "commentdesk classify, peak memory on a long stream"
)

// largestMemory is how much memory a long stream may take, in MB.
const largestMemory = 200

// measureBatch sends comments through the built program, one core and two in turn, and then a long stream.
func (n *installation) measureBatch(ctx context.Context) ([]figure, error) {
	if err := n.build(ctx); err != nil {
		return nil, err
	}
	examples, source, err := n.batchComments(ctx)
	if err != nil {
		return nil, err
	}
	comments, err := newStream(examples)
	if err != nil {
		return nil, err
	}
	claims, err := seedClaims()
	if err != nil {
		return nil, err
	}
	batch := batch{installation: n, claim: claims[0], comments: comments}
	seconds, err := interleave(n.sizes.rounds, batch.runner(ctx, 1), batch.runner(ctx, 2))
	if err != nil {
		return nil, err
	}
	figures := []figure{
		{Name: batchOneCore, Value: commentSpeed(1, seconds[0]), How: english.Sprintf(
			"the built program, GOMAXPROCS=1, JSON Lines in by a pipe and out by a pipe, from start to end; %s MB of %s, %s bytes each; rounds with one core and two took turns",
			rounded(float64(n.sizes.stream)/1e6), source, rounded(meanBytes(examples)))},
		{Name: batchTwoCores, Value: commentSpeed(1, seconds[1]), How: "the same with GOMAXPROCS=2"},
		{Name: batchRatio, Value: spread(ratios(seconds[0], seconds[1]), "times its speed"), How: "comments/s by comments/s, round by round"},
	}
	long, err := batch.run(ctx, 0, n.sizes.large)
	if err != nil {
		return nil, err
	}
	memory := figure{Name: batchMemory, Missing: absent("only Linux tells a program's peak memory in /proc")}
	if long.peak > 0 {
		megabytes := float64(long.peak) / 1e6
		memory = figure{Name: batchMemory, Value: rounded(megabytes) + " MB", Wanted: atMost(megabytes, largestMemory, "MB"), How: english.Sprintf(
			"VmHWM after %s MB of the same comments through one process, GOMAXPROCS as it comes; %d comments in %s s", rounded(float64(n.sizes.large)/1e6), long.comments, rounded(long.seconds))}
	}
	return append(figures, memory), nil
}

// batchComments are news comments where the public sets are there, else our own.
func (n *installation) batchComments(ctx context.Context) (examples []classifier.Example, source string, err error) {
	examples, err = readSets(ctx, n.around.data, newsSets...)
	var missing absent
	if errors.As(err, &missing) {
		examples, err = seedExamples()
		return examples, "the comments of seeds/train and seeds/demo", err
	}
	return examples, "the texts of ucc and arc", err
}

// batch is the program as it labels a stream.
type batch struct {
	*installation
	claim    string
	comments stream
}

// passage is one run of the program.
type passage struct {
	comments int
	seconds  float64
	peak     int64 // bytes of memory; 0 where the system does not tell
}

// runner says how long a comment took in a run on so many cores.
func (b batch) runner(ctx context.Context, cores int) runner {
	return func() (float64, error) {
		run, err := b.run(ctx, cores, b.sizes.stream)
		return run.seconds / float64(run.comments), err
	}
}

// run sends size bytes through the program, on so many cores; 0 leaves that to the program. Every comment must come back.
func (b batch) run(ctx context.Context, cores int, size int64) (passage, error) {
	cmd := b.command(ctx, "classify", "-", "--format", "jsonl", "--claim", b.claim, "--model", "starter")
	if cores > 0 {
		cmd.Env = append(cmd.Env, "GOMAXPROCS="+strconv.Itoa(cores))
	}
	var answers lineCounter
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &answers, &said
	in, err := cmd.StdinPipe()
	if err != nil {
		return passage{}, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return passage{}, err
	}
	comments, err := b.comments.writeTo(in, size)
	peak := peakMemory(cmd.Process.Pid)
	err = errors.Join(err, in.Close(), cmd.Wait())
	run := passage{comments: comments, seconds: time.Since(start).Seconds(), peak: peak}
	if err != nil {
		return run, fmt.Errorf("classify: %w: %.*s", err, longestReason, said.String())
	}
	if int(answers) != comments {
		return run, fmt.Errorf("classify: %d answers to %d comments", int(answers), comments)
	}
	return run, nil
}

// peakMemory is the most memory that a running process held so far, in bytes; 0 where the system does not tell. What the system says of an
// ended process would count the memory of the one that started it.
func peakMemory(pid int) int64 {
	return parsePeak(field(filepath.Join("/proc", strconv.Itoa(pid), "status"), "VmHWM", ":"))
}

// parsePeak reads Linux's "1234 kB".
func parsePeak(written string) int64 {
	number, ok := strings.CutSuffix(written, " kB")
	kilobytes, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if !ok || err != nil || kilobytes < 0 {
		return 0
	}
	return kilobytes << 10
}
