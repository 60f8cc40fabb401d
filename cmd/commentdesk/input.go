package main

import (
	"context"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

// intakeFlags say how inputs are read.
func intakeFlags(cmd *cobra.Command) {
	cmd.Flags().String("kind", "", "article, html, comments, labelled, csv or lines (default: recognised from the content)")
	columnsFlag(cmd)
}

func columnsFlag(cmd *cobra.Command) {
	cmd.Flags().StringArray("columns", nil, "names of columns and keys that differ: text=Kommentar,label=Urteil")
}

func columnsOf(cmd *cobra.Command) (exchange.Columns, error) {
	pairs, err := cmd.Flags().GetStringArray("columns")
	if err != nil {
		return nil, err
	}
	return exchange.ParseColumns(strings.Join(pairs, ","))
}

// intakeOptions reads intakeFlags; what is refused is named on standard error.
func intakeOptions(cmd *cobra.Command, p program) (intake.Options, error) {
	kind, err := intake.ParseKind(cmd.Flag("kind").Value.String())
	if err != nil {
		return intake.Options{}, usage(err)
	}
	columns, err := columnsOf(cmd)
	if err != nil {
		return intake.Options{}, usage(err)
	}
	return intake.Options{
		Kind: kind, Columns: columns, Stdin: p.input(cmd.Context()), Refused: func(r intake.Refusal) { say(p.err, "%s", r) },
	}, nil
}

// input is standard input, whose reading ends with the context: a command that waits for more can be interrupted.
func (p program) input(ctx context.Context) io.Reader { return &interruptible{ctx: ctx, from: p.in} }

// interruptible answers each Read by one of from, or by the end of the context.
type interruptible struct {
	ctx    context.Context
	from   io.Reader
	buffer []byte // not the caller's: a read that is given up may still write to it
}

func (i *interruptible) Read(to []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	if len(i.buffer) < len(to) {
		i.buffer = make([]byte, len(to))
	}
	buffer := i.buffer[:len(to)]
	var n int
	var err error
	done := make(chan struct{})
	go func() {
		n, err = i.from.Read(buffer)
		close(done)
	}()
	select {
	case <-i.ctx.Done():
		return 0, i.ctx.Err()
	case <-done:
		return copy(to, buffer[:n]), err
	}
}
