// Command commentdesk is the program: a file per subcommand. It knows flags, environment and wiring, and nothing else.
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // time zones where the machine has none

	"commentdesk/moderation"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error to be seen, not a signal to die of
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, program{
		args: os.Args[1:], environment: os.Environ(), in: os.Stdin, out: os.Stdout, err: os.Stderr, now: time.Now,
	})
	stop()
	os.Exit(code)
}

// program is everything the outside world gives a run; tests give their own.
type program struct {
	args        []string
	environment []string
	in          io.Reader
	out, err    io.Writer
	now         func() time.Time
}

// The exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitSomeRefused = 3
	exitHeld        = 4
	exitInterrupted = 130
)

// exit ends a command with a code; message may be empty where everything was said already.
type exit struct {
	code    int
	message string
}

func (e exit) Error() string { return e.message }

// usage is a mistake in how the command was called.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return exit{exitUsage, err.Error()}
}

// failed is an error of a command that was called rightly.
func failed(err error) error {
	if moderation.ErrorCode(err) == moderation.CodeInvalid {
		return exit{exitFailed, err.Error()}
	}
	return err
}

// run is the whole program: it returns the exit code.
func run(ctx context.Context, p program) int {
	root := newRoot(p)
	root.SetArgs(p.args)
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	err := root.ExecuteContext(ctx)
	var ended exit
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitDone
	case ctx.Err() != nil:
		io.WriteString(p.err, "commentdesk: interrupted\n")
		return exitInterrupted
	case errors.As(err, &ended):
		if ended.message != "" {
			io.WriteString(p.err, "commentdesk: "+ended.message+"\n")
		}
		return ended.code
	}
	io.WriteString(p.err, "commentdesk: "+err.Error()+"\n")
	if moderation.ErrorCode(err) == moderation.CodeInvalid {
		return exitUsage
	}
	return exitFailed
}
