package main

import (
	"github.com/spf13/cobra"

	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

func newExtract(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "extract PATH...",
		Short: "Take the reader comments out of article pages",
		Long: `Reads article pages saved as text (files, folders, globs, - for standard input, .gz too) and writes their reader comments. Warnings go to
standard error: no footer found, fewer or more comments than the footer claims.`,
		Example: `  commentdesk extract pages/ > comments.jsonl
  commentdesk extract pages/ --summary
  commentdesk extract page.txt --explain`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := outputFormat(cmd, p.out)
			if err != nil {
				return err
			}
			options, err := intakeOptions(cmd, p)
			if err != nil {
				return err
			}
			summary, err := cmd.Flags().GetBool("summary")
			if err != nil {
				return err
			}
			explain, err := cmd.Flags().GetBool("explain")
			if err != nil {
				return err
			}
			if summary {
				return extractSummaries(cmd, p, args, options, format, explain)
			}
			return extractComments(cmd, p, args, options, format, explain)
		},
	}
	cmd.Flags().Bool("summary", false, "one row a page: family, declared, found, cut")
	cmd.Flags().Bool("explain", false, "print on standard error what was cut, and why")
	intakeFlags(cmd)
	formatFlags(cmd)
	return cmd
}

func extractComments(cmd *cobra.Command, p program, paths []string, options intake.Options, format exchange.Format, explain bool) error {
	writer := exchange.NewWriter[exchange.Record](p.out, format)
	count, err := intake.Walk(cmd.Context(), paths, options, func(batch intake.Batch) error {
		tell(p, batch, explain)
		for _, record := range batch.Records {
			if err := writer.Write(record); err != nil {
				return err
			}
		}
		return nil
	})
	return finish(writer.Close, count, err)
}

func extractSummaries(cmd *cobra.Command, p program, paths []string, options intake.Options, format exchange.Format, explain bool) error {
	writer := exchange.NewWriter[exchange.Summary](p.out, format)
	count, err := intake.Walk(cmd.Context(), paths, options, func(batch intake.Batch) error {
		tell(p, batch, explain)
		if summary, ok := batch.Summary(); ok {
			return writer.Write(summary)
		}
		return nil
	})
	return finish(writer.Close, count, err)
}

// finish closes the output and says how the walk ended. A page without comments counts as done.
func finish(closeOutput func() error, count intake.Count, err error) error {
	if closed := closeOutput(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	done := count.Records
	if count.Refused > 0 && count.Inputs > count.Refused {
		done = max(done, 1)
	}
	return refusedExit(done, count.Refused)
}

// tell prints a batch's warnings on standard error, and with explain what was cut.
func tell(p program, batch intake.Batch, explain bool) {
	for _, message := range batch.Messages {
		say(p.err, "%s: %s", batch.Input, message)
	}
	if !explain || batch.Page == nil {
		return
	}
	for _, cut := range batch.Page.Cut {
		say(p.err, "%s:%d: cut, %s: %q", batch.Input, cut.Line, cut.Why, cut.Text)
	}
}
