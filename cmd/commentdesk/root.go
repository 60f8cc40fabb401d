package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// newRoot is the command tree.
func newRoot(p program) *cobra.Command {
	root := &cobra.Command{
		Use:   "commentdesk",
		Short: "Reads reader comments, labels them on three axes, and learns from the people who moderate them",
		Long: `commentdesk takes reader comments out of article pages, labels each one on three independent axes (stance towards the article's
claim, hostile, spam) with naive Bayes models that run on this machine, and gives moderators a queue on the web. Every correction goes into
the next model.

Flags may also stand in the environment (COMMENTDESK_DB for --db) or in a TOML file (db = "…"; commentdesk.toml here, or --config).`,
		Example: `  commentdesk serve --demo
  commentdesk classify pages/
  commentdesk import pages/ && commentdesk queue --limit 5`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd, p.environment) },
	}
	root.PersistentFlags().String("config", "", "TOML file with settings (default commentdesk.toml where there is one)")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		newServe(p), newExtract(p), newClassify(p), newImport(p), newQueue(p), newLabel(p), newTopic(p), newTrain(p), newEvaluate(p),
		newRetrain(p), newModel(p), newUser(p), newVersion(p),
	)
	wrapArgs(root)
	return root
}

// wrapArgs makes every complaint about a command's arguments a mistake in usage, and a group without subcommand one too.
func wrapArgs(cmd *cobra.Command) {
	check := cmd.Args
	if check == nil {
		check = cobra.ArbitraryArgs
		if cmd.HasSubCommands() {
			check = noSubcommand
		}
	}
	cmd.Args = func(c *cobra.Command, args []string) error { return usage(check(c, args)) }
	if cmd.HasSubCommands() && cmd.RunE == nil {
		cmd.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
	}
	for _, sub := range cmd.Commands() {
		wrapArgs(sub)
	}
}

func noSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("no command %q; see %s --help", args[0], cmd.CommandPath())
	}
	return nil
}

const defaultDatabase = "commentdesk-data/commentdesk.db"

// databaseFlag gives a command --db.
func databaseFlag(cmd *cobra.Command) {
	cmd.Flags().String("db", defaultDatabase, "database file")
}

// formatFlags give a command --format and --json.
func formatFlags(cmd *cobra.Command) {
	cmd.Flags().String("format", "", "table, jsonl, json or csv (default table on a terminal, jsonl elsewhere)")
	cmd.Flags().Bool("json", false, "short for --format json")
}
