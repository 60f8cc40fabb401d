package main

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"unicode"

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
unsure. The claim is --claim, or the claim of --topic (of the database, or of the models' claims), or what the row brings, or the claim of the
topic that the article has in the database; else the claim that the model learned stance for and the article speaks of, where there is one;
else the headline. The model is the champion of --db where that file exists, else the starter.`,
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
			given, err := chooseClaim(cmd, p)
			if err != nil {
				return err
			}
			model, err := chooseModel(cmd, p)
			if err != nil {
				return err
			}
			claims, err := openClaims(cmd, p, given, model)
			if err != nil {
				return err
			}
			defer claims.close()
			return classify(cmd, p, args, options, format, claims, classification{model: model, explain: explain})
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
	explain bool
}

// nearestClaim is what the evidence says of an article's match; nil without evidence, and where the claim was given.
func (c classification) nearestClaim(article moderation.Article) *exchange.NearestClaim {
	if !c.explain || article.ClaimFrom() == moderation.ClaimGiven {
		return nil
	}
	match, _ := c.model.MatchClaim(article.Headline, article.Body)
	return exchange.NewNearestClaim(match)
}

// answer answers a record of an article whose claim is chosen.
func (c classification) answer(article moderation.Article, near *exchange.NearestClaim, record exchange.Record) exchange.Answered {
	record.Claim, record.Topic = cmp.Or(article.Claim, article.Matched), article.Topic
	example, from := classifier.Example{Text: record.Text, Claim: article.ClaimSentence()}, article.ClaimFrom()
	if example.Claim == "" {
		from = ""
	}
	if !c.explain {
		return exchange.NewAnswered(record, from, c.model.Classify(example))
	}
	explanation := c.model.Explain(example)
	answered := exchange.NewAnswered(record, from, explanation.Prediction)
	answered.Evidence = exchange.NewEvidence(explanation.Evidence)
	answered.Evidence.Claim = near
	return answered
}

func classify(cmd *cobra.Command, p program, paths []string, options intake.Options, format exchange.Format,
	claims *claims, c classification,
) error {
	writer := exchange.NewWriter[exchange.Answered](p.out, format)
	answers := startAnswers(c, func(answered exchange.Answered) error {
		if err := writer.Write(answered); err != nil || !c.explain || format != exchange.FormatTable {
			return err
		}
		if err := writer.Flush(); err != nil {
			return err
		}
		writeEvidence(p, answered)
		return nil
	})
	count, err := intake.Walk(cmd.Context(), paths, options, func(batch intake.Batch) error {
		tell(p, batch, false)
		var err error
		if batch.Article, err = claims.of(cmd.Context(), batch.Article); err != nil {
			return err
		}
		return answers.add(batch)
	})
	if failed := answers.close(); err == nil {
		err = failed
	}
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
		if missing(database) {
			name = starterName
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
	if name == starterName {
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

// writeEvidence prints the words behind each answer below a table's row.
func writeEvidence(p program, answered exchange.Answered) {
	if near := answered.Evidence.Claim; near != nil {
		fmt.Fprintf(p.out, "    claim %s: nearest is %q, %.2f near; %.2f is near enough\n", answered.ClaimFrom, near.Sentence, near.Nearness, near.Threshold)
	}
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
			fmt.Fprintf(p.out, " %+.2f %s", row.Share, written(row))
		}
		if rest != 0 {
			fmt.Fprintf(p.out, " %+.2f other words", rest)
		}
		fmt.Fprintf(p.out, " (a weight × %.3g", part.Scale)
		if part.Letters != 0 {
			fmt.Fprintf(p.out, ", of letters × %.3g", part.Letters)
		}
		fmt.Fprintln(p.out, ")")
	}
}

// printable is a text that comes from elsewhere as a terminal may show it.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// written is a word as a terminal may show it, with what it was read as where that is not what stands there.
func written(row exchange.EvidenceRow) string {
	shown := printable(row.Text)
	if row.Hidden != "" {
		return fmt.Sprintf("%s → %s: %s", shown, row.ReadAs, row.Hidden)
	}
	return shown
}
