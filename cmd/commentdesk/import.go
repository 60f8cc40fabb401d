package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

func newImport(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import PATH...",
		Short: "Read pages or rows of comments into the database, and account for every one",
		Long: `Extracts, classifies and stores. The same page twice adds nothing; what is missing from a later page is marked, never deleted. The
receipt accounts for every comment record: seen = new + changed + already + refused. A row needs "text", and "url" or "article" (the headline) to
say what it stands under. Labels that rows bring are kept as the archive's.`,
		Example: `  commentdesk import pages/ --topic speed-limit
  commentdesk import old-comments.csv --columns text=Kommentar --json
  commentdesk import pages/ --dry-run`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			format, err := outputFormat(cmd, p.out)
			if err != nil {
				return err
			}
			options, err := importOptions(cmd, p)
			if err != nil {
				return err
			}
			dry, err := cmd.Flags().GetBool("dry-run")
			if err != nil {
				return err
			}
			open := withNewDesk
			if dry && missing(cmd.Flag("db").Value.String()) {
				open = withPassingDesk
			}
			return open(p, func(cmd *cobra.Command, args []string, d *desk) error {
				i := importing{desk: d, program: p, topic: cmd.Flag("topic").Value.String(), dry: dry}
				return i.run(cmd, args, options, format)
			})(cmd, args)
		},
	}
	cmd.Flags().String("from", "auto", "auto, page, comments, labelled, csv or lines")
	cmd.Flags().String("topic", "", "the topic of articles that have none yet")
	cmd.Flags().Bool("dry-run", false, "do everything, then take it back: the receipt shows what would happen")
	columnsFlag(cmd)
	formatFlags(cmd)
	databaseFlag(cmd)
	return cmd
}

// importOptions reads --from and --columns.
func importOptions(cmd *cobra.Command, p program) (intake.Options, error) {
	from := cmd.Flag("from").Value.String()
	switch from {
	case "auto":
		from = ""
	case "page":
		from = string(intake.KindArticle)
	}
	kind, err := intake.ParseKind(from)
	if err != nil {
		return intake.Options{}, usage(fmt.Errorf("no source %q: auto, page, comments, labelled, csv or lines", from))
	}
	columns, err := columnsOf(cmd)
	if err != nil {
		return intake.Options{}, usage(err)
	}
	return intake.Options{Kind: kind, Columns: columns, Stdin: p.input(cmd.Context())}, nil
}

// importing is one run of import.
type importing struct {
	desk     *desk
	program  program
	topic    string
	dry      bool
	receipt  moderation.Receipt
	articles map[string]bool
	keys     *moderation.Keys // of the input that is being read
}

func (i *importing) run(cmd *cobra.Command, paths []string, options intake.Options, format exchange.Format) error {
	i.articles = map[string]bool{}
	i.receipt.Refused = map[string]int{}
	if i.topic != "" {
		if _, err := i.desk.service.Topic(cmd.Context(), i.topic); err != nil {
			return err
		}
	}
	i.program.err = &inTurn{to: i.program.err}
	badFiles := 0
	options.Refused = func(r intake.Refusal) {
		say(i.program.err, "%s", r)
		if r.Line == 0 {
			badFiles++
			return
		}
		i.receipt.Seen++
		i.receipt.Refuse(r.Reason, 1)
	}
	var count intake.Count
	err := slowly(i.program.err, func(step func(string)) (err error) {
		step("importing")
		count, err = intake.Walk(cmd.Context(), paths, options, func(batch intake.Batch) error {
			if err := i.desk.champion.Refresh(cmd.Context()); err != nil {
				return err
			}
			err := i.take(cmd.Context(), batch)
			step(fmt.Sprintf("%d comments so far", i.receipt.Seen))
			return err
		})
		if err == nil && !i.dry {
			err = i.desk.learner.Follow(cmd.Context()) // a model may have been promoted between answering and storing
		}
		return err
	})
	if err != nil {
		return err
	}
	i.receipt.Articles = len(i.articles)
	if err := exchange.WriteReceipt(i.program.out, format, i.receipt); err != nil {
		return err
	}
	refused := badFiles
	for reason, n := range i.receipt.Refused {
		if refused += n; strings.TrimSpace(reason) != "" {
			say(i.program.err, "%d refused: %s", n, reason)
		}
	}
	if i.receipt.Refused[moderation.NoArticle] > 0 {
		say(i.program.err, `a comment belongs to an article: each row needs "url" or "article" (its headline), or columns that --columns gives these names`)
	}
	done := i.receipt.Seen - (refused - badFiles)
	if badFiles > 0 && count.Inputs > badFiles {
		done = max(done, 1) // a page without comments counts as done
	}
	return refusedExit(done, refused)
}

// take stores one batch, or where it cannot be stored refuses its comments by name.
func (i *importing) take(ctx context.Context, batch intake.Batch) error {
	tell(i.program, batch, false)
	if len(batch.Records) == 0 && !hasFooter(batch) {
		return nil
	}
	if batch.Part == 1 {
		i.keys = moderation.NewKeys()
	}
	article := i.article(batch)
	submit := i.desk.service.SubmitPart
	if i.dry {
		submit = i.desk.service.DrySubmitPart
	}
	receipt, err := submit(ctx, i.keys, article, labelled(batch))
	stored := err == nil
	if moderation.ErrorCode(err) == moderation.CodeInvalid {
		receipt, err = refuseAll(batch, err.Error()), nil
	}
	if err != nil {
		return err
	}
	for _, refused := range receipt.Which {
		say(i.program.err, "%s", intake.Refusal{File: batch.Input, Line: batch.Records[refused.At].Line, Reason: refused.Reason})
	}
	receipt.Which = nil
	i.receipt.Add(receipt)
	if article.ID == "" {
		article.ID = moderation.ArticleID(article.Key())
	}
	if stored && article.ID != "" {
		i.articles[article.ID] = true
	}
	return nil
}

// refuseAll is the receipt of a batch that cannot be stored.
func refuseAll(batch intake.Batch, reason string) (receipt moderation.Receipt) {
	receipt.Seen = len(batch.Records)
	for at := range batch.Records {
		receipt.RefuseAt(at, reason)
	}
	return receipt
}

// hasFooter says that a page shows where its comments would be: one without any counts, and marks what is stored as no longer on the page.
func hasFooter(batch intake.Batch) bool { return batch.Page != nil && batch.Page.Family != "" }

// article is the batch's article as the service takes it: pages say where they come from, --topic fills in for articles without one.
func (i *importing) article(batch intake.Batch) moderation.Article {
	article := batch.Article
	if article.Topic == "" {
		article.Topic = i.topic
	}
	if article.Origin == "" {
		article.Origin = string(batch.Kind)
	}
	return article
}

// labelled are the batch's comments with the labels that their rows bring.
func labelled(batch intake.Batch) []moderation.Comment {
	comments := batch.Comments()
	for n, labels := range batch.Labels {
		comments[n].Labels = labels
	}
	return comments
}
