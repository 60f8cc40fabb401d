package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"commentdesk/moderation"
)

func newTopic(p program) *cobra.Command {
	topic := &cobra.Command{
		Use:   "topic",
		Short: "Topics and their claims, and which articles belong to them",
		Long:  "Articles may share a topic; its claim is the sentence that stance is measured against. An article without one uses its headline.",
		Example: `  commentdesk topic add speed-limit --claim "The city should lower the speed limit to 30 on residential streets"
  commentdesk topic assign 3f9c0a12b4d5e6f7 speed-limit
  commentdesk topic side 3f9c0a12b4d5e6f7 against`,
	}
	topic.AddCommand(newTopicList(p), newTopicAdd(p), newTopicAssign(p), newTopicSide(p))
	return topic
}

func newTopicList(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "list", Short: "List topics with their claims and how many articles they have", Args: cobra.NoArgs,
		Example: "  commentdesk topic list",
		RunE: withDesk(p, func(cmd *cobra.Command, _ []string, d *desk) error {
			topics, err := d.service.Topics(cmd.Context())
			if err != nil {
				return err
			}
			if len(topics) == 0 {
				say(p.err, "no topics yet: commentdesk topic add NAME --claim SENTENCE makes one")
			}
			for _, t := range topics {
				if _, err := fmt.Fprintf(p.out, "%-24s %3d articles  %s\n", t.Name, t.Articles, t.Claim); err != nil {
					return err
				}
			}
			return nil
		}),
	}
	databaseFlag(cmd)
	return cmd
}

func newTopicAdd(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "add NAME --claim SENTENCE", Short: "Make a topic", Args: cobra.ExactArgs(1),
		Example: `  commentdesk topic add speed-limit --claim "The city should lower the speed limit to 30 on residential streets"`,
		RunE: withNewDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			if err := d.service.AddTopic(cmd.Context(), args[0], cmd.Flag("claim").Value.String(), actor); err != nil {
				return err
			}
			say(p.err, "added topic %s", args[0])
			return nil
		}),
	}
	cmd.Flags().String("claim", "", "the sentence that stance is measured against")
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

func newTopicAssign(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "assign ARTICLE TOPIC", Short: `Put an article (its 16-digit id) under a topic; "" takes it out`, Args: cobra.ExactArgs(2),
		Example: `  commentdesk topic assign 3f9c0a12b4d5e6f7 speed-limit --side against
  commentdesk topic assign 3f9c0a12b4d5e6f7 ""`,
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			side, err := moderation.ParseSide(cmd.Flag("side").Value.String())
			if err != nil {
				return err
			}
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			return d.service.AssignTopic(cmd.Context(), args[0], args[1], side, actor)
		}),
	}
	cmd.Flags().String("side", "for", "what the article says of the claim: for, against or open")
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}

func newTopicSide(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "side ARTICLE for|against|open", Short: "Set what an article says of its topic's claim", Args: cobra.ExactArgs(2),
		Example: "  commentdesk topic side 3f9c0a12b4d5e6f7 open",
		RunE: withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
			side, err := moderation.ParseSide(args[1])
			if err != nil {
				return err
			}
			article, err := d.service.Article(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			actor, err := actorOf(cmd, d)
			if err != nil {
				return err
			}
			return d.service.AssignTopic(cmd.Context(), args[0], article.Topic, side, actor)
		}),
	}
	asFlag(cmd)
	databaseFlag(cmd)
	return cmd
}
