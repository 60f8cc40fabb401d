package main

import (
	"github.com/spf13/cobra"

	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

// intakeFlags say how inputs are read.
func intakeFlags(cmd *cobra.Command) {
	cmd.Flags().String("kind", "", "article, html, comments, labelled, csv or lines (default: recognised from the content)")
	cmd.Flags().String("columns", "", "names of columns and keys that differ: text=Kommentar,label=Urteil")
}

// intakeOptions reads intakeFlags; what is refused is named on standard error.
func intakeOptions(cmd *cobra.Command, p program) (intake.Options, error) {
	kind, err := intake.ParseKind(cmd.Flag("kind").Value.String())
	if err != nil {
		return intake.Options{}, usage(err)
	}
	columns, err := exchange.ParseColumns(cmd.Flag("columns").Value.String())
	if err != nil {
		return intake.Options{}, usage(err)
	}
	return intake.Options{
		Kind: kind, Columns: columns, Stdin: p.in, Refused: func(r intake.Refusal) { say(p.err, "%s", r) },
	}, nil
}
