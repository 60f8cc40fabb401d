package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
	"commentdesk/moderation/exchange"
	"commentdesk/moderation/intake"
)

func newClassify(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "classify PATH...",
		Short: "Label comments with a model, without storing anything",
		Long: `Reads article pages or rows of comments and writes each comment with the model's answers: stance towards the claim, hostile, spam, or
unsure. The claim is --claim, or the claim of --topic (of the database, or of the models' claims), or what the row brings, else the headline.
The model is the champion of --db where that file exists, else the starter.`,
		Example: `  commentdesk classify pages/ --claim "The city should lower the speed limit to 30 on residential streets"
  commentdesk classify comments.jsonl --topic speed-limit --format csv > answers.csv
  commentdesk classify page.txt --explain --json`,
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
			explain, err := cmd.Flags().GetBool("explain")
			if err != nil {
				return err
			}
			claim, err := chooseClaim(cmd, p)
			if err != nil {
				return err
			}
			model, err := chooseModel(cmd, p)
			if err != nil {
				return err
			}
			return classify(cmd, p, args, options, format, classification{model: model, claim: claim, explain: explain})
		},
	}
	cmd.Flags().String("model", "", "a model's folder or id, champion, or starter")
	cmd.Flags().String("claim", "", "the sentence that stance is measured against")
	cmd.Flags().String("topic", "", "the topic whose claim stance is measured against")
	cmd.Flags().Bool("explain", false, "add the evidence: what each word brought")
	intakeFlags(cmd)
	formatFlags(cmd)
	databaseFlag(cmd)
	return cmd
}

// classification is how comments are answered.
type classification struct {
	model   *classifier.Model
	claim   topicClaim
	explain bool
}

// topicClaim is what --claim or --topic gave.
type topicClaim struct{ topic, sentence string }

func (c classification) answer(record exchange.Record) exchange.Answered {
	if c.claim.sentence != "" {
		record.Claim, record.Topic = c.claim.sentence, c.claim.topic
	}
	claim, from := record.Claim, "given"
	if claim == "" {
		claim, from = record.Headline, "headline"
	}
	if claim == "" {
		from = ""
	}
	example := classifier.Example{Text: record.Text, Claim: claim}
	if !c.explain {
		return exchange.NewAnswered(record, from, c.model.Classify(example))
	}
	explanation := c.model.Explain(example)
	answered := exchange.NewAnswered(record, from, explanation.Prediction)
	answered.Evidence = exchange.NewEvidence(explanation.Evidence)
	return answered
}

func classify(cmd *cobra.Command, p program, paths []string, options intake.Options, format exchange.Format, c classification) error {
	writer := exchange.NewWriter[exchange.Answered](p.out, format)
	count, err := intake.Walk(cmd.Context(), paths, options, func(batch intake.Batch) error {
		tell(p, batch, false)
		for i, record := range batch.Records {
			answered := c.answer(record)
			if batch.Labels != nil {
				answered.Human = exchange.NewHuman(batch.Labels[i])
			}
			if err := writer.Write(answered); err != nil {
				return err
			}
			if !c.explain || format != exchange.FormatTable {
				continue
			}
			if err := writer.Flush(); err != nil {
				return err
			}
			writeEvidence(p, answered)
		}
		return nil
	})
	return finish(writer.Close, count, err)
}

// chooseModel opens the model that --model names: the champion of --db where that file exists, else the starter.
func chooseModel(cmd *cobra.Command, p program) (*classifier.Model, error) {
	name := cmd.Flag("model").Value.String()
	database := cmd.Flag("db").Value.String()
	if err := checkDatabase(database); err != nil {
		return nil, err
	}
	if name == "" {
		name = "champion"
		if _, err := os.Stat(database); errors.Is(err, os.ErrNotExist) {
			name = "starter"
		}
	}
	files, err := namedModel(cmd, p, name)
	if err != nil {
		return nil, err
	}
	model, _, err := registry.Open(files)
	if err == nil {
		say(p.err, "model %.12s (%s)", model.ID(), name)
	}
	return model, err
}

func namedModel(cmd *cobra.Command, p program, name string) (registry.Files, error) {
	if name == "starter" {
		return starterFiles(), nil
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return registry.Load(name)
	}
	if _, err := os.Stat(cmd.Flag("db").Value.String()); err != nil {
		return registry.Files{}, usage(fmt.Errorf("--model %s: no such folder, and no database to look it up in", name))
	}
	d, err := openDesk(cmd, p.now)
	if err != nil {
		return registry.Files{}, err
	}
	defer d.Close()
	return modelFiles(cmd, d, name)
}

// chooseClaim is the sentence of --claim, or of --topic: a topic of the database, else one that ships with the program.
func chooseClaim(cmd *cobra.Command, p program) (topicClaim, error) {
	claim, name := cmd.Flag("claim").Value.String(), cmd.Flag("topic").Value.String()
	if claim != "" && name != "" && typed(cmd.Flag("claim")) == typed(cmd.Flag("topic")) {
		return topicClaim{}, usage(errors.New("--claim and --topic exclude one another"))
	}
	if claim != "" && (name == "" || typed(cmd.Flag("claim"))) {
		return topicClaim{sentence: claim}, nil
	}
	if name == "" {
		return topicClaim{}, nil
	}
	if _, err := os.Stat(cmd.Flag("db").Value.String()); err == nil {
		d, err := openDesk(cmd, p.now)
		if err != nil {
			return topicClaim{}, err
		}
		defer d.Close()
		topic, err := d.service.Topic(cmd.Context(), name)
		if err == nil {
			return topicClaim{topic.Name, topic.Claim}, nil
		}
		if moderation.ErrorCode(err) != moderation.CodeNotFound {
			return topicClaim{}, err
		}
	}
	return shippedTopic(cmd.Context(), name)
}

// shippedTopic is a topic of the comments that the starter learned stance from.
func shippedTopic(_ context.Context, name string) (topicClaim, error) {
	topics, err := shippedTopics()
	if err != nil {
		return topicClaim{}, err
	}
	if claim, ok := topics[name]; ok {
		return topicClaim{name, claim}, nil
	}
	return topicClaim{}, usage(fmt.Errorf("no topic %q; commentdesk topic list shows them, or give --claim", name))
}

// writeEvidence prints the words behind each answer below a table's row.
func writeEvidence(p program, answered exchange.Answered) {
	parts := append([]exchange.EvidencePart(nil), answered.Evidence.Stance...)
	names := []string{"stance", "stance", "stance"}[:len(parts)]
	if part := answered.Evidence.Hostile; part != nil {
		parts, names = append(parts, *part), append(names, "hostile")
	}
	if part := answered.Evidence.Spam; part != nil {
		parts, names = append(parts, *part), append(names, "spam")
	}
	for i, part := range parts {
		fmt.Fprintf(p.out, "    %s %s: %+.2f = %+.2f before reading", names[i], part.Answer, part.LogOdds, part.Prior)
		shown, rest := part.Rows, 0.0
		if len(shown) > 8 {
			for _, row := range shown[8:] {
				rest += row.Share
			}
			shown = shown[:8]
		}
		for _, row := range shown {
			fmt.Fprintf(p.out, " %+.2f %s", row.Share, row.Text)
		}
		if rest != 0 {
			fmt.Fprintf(p.out, " %+.2f other words", rest)
		}
		fmt.Fprintln(p.out)
	}
}
