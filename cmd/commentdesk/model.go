package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/learn"
)

func newModel(p program) *cobra.Command {
	model := &cobra.Command{
		Use:   "model",
		Short: "The models: list, show, verify, promote, roll back",
		Long: `A model never changes; its id is a hash of its content. One model is the champion: it answers. A candidate of retrain that did not pass is
kept as held. An id may be given by its first digits, four or more.`,
		Example: `  commentdesk model list
  commentdesk model show champion
  commentdesk model verify champion
  commentdesk model promote 3f9c0a12 --reason "checked by hand"
  commentdesk model rollback`,
	}
	model.AddCommand(newModelList(p), newModelShow(p), newModelVerify(p), newModelPromote(p), newModelRollback(p))
	return model
}

func newModelList(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "A line a model, newest first, the champion marked", Args: cobra.NoArgs,
		Example: "  commentdesk model list",
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			models, err := d.learner.Models(cmd.Context())
			if err != nil {
				return err
			}
			for _, m := range models {
				mark := " "
				if m.State == learn.StateChampion {
					mark = "*"
				}
				if _, err := fmt.Fprintf(p.out, "%s %s  %-8s  %s  by %s  %s\n", mark, m.ID, m.State, m.CreatedAt.Local().Format("2006-01-02 15:04"),
					m.CreatedBy, m.Reason); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	databaseFlag(cmd)
	return cmd
}

func newModelVerify(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "verify [ID|champion|starter]", Short: "Rebuild a model from starter and ledger and compare id and every weight", Args: cobra.MaximumNArgs(1),
		Example: "  commentdesk model verify champion",
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			if nameOf(args) == starterName {
				if err := registry.Verify(starterFiles()); err != nil {
					return err
				}
				_, err := fmt.Fprintln(p.out, "starter: rebuilt, equal")
				return err
			}
			id, err := modelID(cmd, d, nameOf(args))
			if err != nil {
				return err
			}
			if err := d.learner.Verify(cmd.Context(), id); err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.out, "%s: rebuilt, equal\n", id)
			return err
		}),
	}
	databaseFlag(cmd)
	return cmd
}

func newModelPromote(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "promote ID --reason TEXT", Short: "Make a stored model the champion", Args: cobra.ExactArgs(1),
		Example: `  commentdesk model promote 3f9c0a12 --reason "checked by hand" --as anna`,
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			id, err := modelID(cmd, d, args[0])
			if err != nil {
				return err
			}
			reason := cmd.Flag("reason").Value.String()
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			if err := d.learner.Promote(cmd.Context(), id, actor, reason); err != nil {
				if strings.TrimSpace(reason) != "" {
					err = failed(err)
				}
				return err
			}
			say(p.err, "%s is the champion", id)
			return nil
		}),
	}
	cmd.Flags().String("reason", "", "why, for the record")
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

func newModelRollback(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "rollback", Short: "Make the champion before this one the champion again", Args: cobra.NoArgs,
		Example: "  commentdesk model rollback --as anna",
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			if err := d.learner.Rollback(cmd.Context(), actor); err != nil {
				return failed(err)
			}
			say(p.err, "%s is the champion", d.champion.Model().ID())
			return nil
		}),
	}
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

func nameOf(args []string) string {
	if len(args) == 0 {
		return "champion"
	}
	return args[0]
}

// modelID finds the one stored model that a name means: champion, or the beginning of an id.
func modelID(cmd *cobra.Command, d *desk, name string) (string, error) {
	models, err := d.learner.Models(cmd.Context())
	if err != nil {
		return "", err
	}
	var found []string
	for _, m := range models {
		if (name == "champion" && m.State == learn.StateChampion) || (len(name) >= 4 && len(name) <= len(m.ID) && m.ID[:len(name)] == name) {
			found = append(found, m.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", moderation.NotFound("no model %q; commentdesk model list shows them", name)
	}
	return "", moderation.Invalid("%q may mean %d models; give more digits", name, len(found))
}

func modelFiles(cmd *cobra.Command, d *desk, name string) (registry.Files, error) {
	if name == starterName {
		return starterFiles(), nil
	}
	id, err := modelID(cmd, d, name)
	if err != nil {
		return registry.Files{}, err
	}
	return d.learner.ModelFiles(cmd.Context(), id)
}
