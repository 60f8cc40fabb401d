package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"commentdesk/moderation/exchange"
)

// outputFormat is what --format or --json ask for; without them a table on a terminal and JSON Lines elsewhere.
func outputFormat(cmd *cobra.Command, out io.Writer) (exchange.Format, error) {
	asJSON, err := cmd.Flags().GetBool("json")
	if err != nil {
		return "", err
	}
	name := cmd.Flag("format").Value.String()
	switch {
	case asJSON:
		return exchange.FormatJSON, nil
	case name != "":
		format, err := exchange.ParseFormat(name)
		return format, usage(err)
	case isTerminal(out):
		return exchange.FormatTable, nil
	}
	return exchange.FormatJSONL, nil
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}
