// Command performance measures how fast commentdesk is on the machine it runs on, and appends the figures to docs/performance.md. Its data are
// made from seeds and are the same on every run; beside references such as scikit-learn, and in training, the public sets of -data are read.
// It knows what is measured, how, and what is wanted; it leaves being right to the tests, and the quality of the models to commentdesk evaluate.
//
//	go run ./cmd/performance -benchtime 1s -data ../shared/data
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "performance:", err)
		os.Exit(1)
	}
}

// defaultPython is where Debian's python3-sklearn belongs to.
const defaultPython = "/usr/bin/python3"

// run measures everything and appends one section. What could not be measured is written as such, and is an error at the end.
func run(ctx context.Context, args []string, log io.Writer) error {
	flags := flag.NewFlagSet("performance", flag.ContinueOnError)
	flags.SetOutput(log)
	benchtime := flags.String("benchtime", "1s", "how long each benchmark runs a round: a duration, or a number of times such as 100x")
	out := flags.String("out", history, "file that the section is appended to")
	data := flags.String("data", "../shared/data", "folder of the public sets; where it is missing, what needs it is not measured")
	python := flags.String("python", defaultPython, "a Python with scikit-learn; where it is missing, there is no comparison with it")
	large := flags.String("large", "", "size of the long stream of comments, such as 200MB (the default) or 10GB")
	desks := flags.String("sizes", "", "how many comments each measured desk has, such as 1000,100000 (the default) or 1000000")
	stocks := flags.String("stocks", "bin/performance", "folder where the databases of these desks are kept for the next run")
	only := flags.String("only", "", "measure only the figures whose name holds this")
	quick := flags.Bool("quick", false, "small sizes: whether it works, not how fast it is")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	testing.Init()
	if err := flag.Set("test.benchtime", *benchtime); err != nil {
		return fmt.Errorf("-benchtime: %w", err)
	}
	sizes := full
	if *quick {
		sizes = small
	}
	if *large != "" {
		bytes, err := parseBytes(*large)
		if err != nil {
			return fmt.Errorf("-large: %w", err)
		}
		sizes.large = bytes
	}
	if *desks != "" {
		var err error
		if sizes.desks, err = parseSizes(*desks); err != nil {
			return fmt.Errorf("-sizes: %w", err)
		}
	}
	folder, err := os.MkdirTemp("", "commentdesk-performance-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	s := section{At: time.Now(), Machine: describeMachine(), Commit: commit(ctx), Command: strings.Join(append([]string{"go run ./cmd/performance"}, args...), " ")}
	for _, m := range measurements(sizes, surroundings{folder: folder, data: *data, python: *python, stocks: *stocks, log: log}) {
		if !strings.Contains(strings.Join(m.names, "\n"), *only) {
			continue
		}
		fmt.Fprintf(log, "measuring: %s\n", strings.Join(m.names, "; "))
		figures := m.take(ctx, log)
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("stopped, nothing was written: %w", err)
		}
		s.Figures = append(s.Figures, figures...)
	}
	if err := s.appendTo(*out); err != nil {
		return err
	}
	fmt.Fprintf(log, "appended to %s\n", *out)
	return s.missing()
}
