package main

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"commentdesk/moderation/learn"
)

func newRetrain(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "retrain",
		Short: "Make the next model from the starter and every label in the ledger",
		Long: `Makes a candidate, compares it with the champion on the site's own labels (each scored by both models rebuilt without it) and promotes
it unless an axis with at least 30 labels is worse with 95 % confidence. From 1,000 comments on, the share of hostile and spam that the candidate expects is estimated over
all that arrived, labelled or not. A candidate that is held is stored and named with the reason; exit code 4.`,
		Example: `  commentdesk retrain
  commentdesk retrain --dry-run --json`,
		Args: cobra.NoArgs,
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			dry, err := cmd.Flags().GetBool("dry-run")
			if err != nil {
				return err
			}
			asJSON, err := cmd.Flags().GetBool("json")
			if err != nil {
				return err
			}
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			progress := func(step string, percent int) { say(p.err, "%3d %%  %s", percent, step) }
			var report learn.Report
			if dry {
				report, err = d.learner.DryRun(cmd.Context(), progress)
			} else {
				report, err = d.learner.Retrain(cmd.Context(), actor, progress)
			}
			if err != nil {
				return failed(err)
			}
			if err := writeReport(p.out, report, dry, asJSON); err != nil {
				return err
			}
			if !report.Promoted && !dry {
				return exit{exitHeld, "the candidate is held: " + report.Reason}
			}
			return nil
		}),
	}
	cmd.Flags().Bool("dry-run", false, "compare, store nothing")
	cmd.Flags().Bool("json", false, "print the report as JSON")
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

func writeReport(w io.Writer, report learn.Report, dry, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(report)
	}
	state := "held: "
	if report.Promoted {
		state = "promoted: "
	}
	if dry {
		state = "" // the reason says what would become of it
	}
	fmt.Fprintf(w, "candidate %.12s %s%s\n", report.Candidate, state, report.Reason)
	for _, p := range report.Priors {
		fmt.Fprintln(w, p)
	}
	fmt.Fprintf(w, "%-8s %7s %5s  %10s %10s  %s\n", "axis", "labels", "new", "champion", "candidate", "difference in log loss (95 % interval)")
	for _, a := range report.Axes {
		interval := "too few labels to say"
		if a.Compared() {
			interval = fmt.Sprintf("%+.4f to %+.4f", a.Low, a.High)
		}
		if _, err := fmt.Fprintf(w, "%-8s %7d %5d  %10.4f %10.4f  %+.4f (%s)\n", a.Axis, a.Labels, a.NewLabels, a.ChampionLogLoss, a.CandidateLogLoss,
			a.Difference, interval); err != nil {
			return err
		}
	}
	return nil
}
