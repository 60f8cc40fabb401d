package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"commentdesk/classifier"
	"commentdesk/classifier/eval"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
)

func newModelShow(p program) *cobra.Command {
	cmd := &cobra.Command{
		Use: "show [ID|champion|starter]", Short: "What a model was trained on, and its figures", Args: cobra.MaximumNArgs(1),
		Long: `What a model was trained on, from where it answers, and how good it was found to be when it was made: figures with 95 % intervals, what each
threshold is worth, and how often its probabilities came true. Figures of hostile and spam are given twice: as if yes were as frequent as the model
expects, and as frequent as among the examples, by a model that expects that.`,
		Example: "  commentdesk model show champion\n  commentdesk model show 3f9c0a12\n  commentdesk model show starter --json",
		RunE: func(cmd *cobra.Command, args []string) error {
			if nameOf(args) == starterName {
				return showModel(cmd, p, starterFiles()) // it needs no database
			}
			return withDesk(p, func(cmd *cobra.Command, args []string, d *desk) error {
				files, err := modelFiles(cmd, d, nameOf(args))
				if err != nil {
					return err
				}
				return showModel(cmd, p, files)
			})(cmd, args)
		},
	}
	cmd.Flags().Bool("json", false, "print it as JSON")
	databaseFlag(cmd)
	return cmd
}

func showModel(cmd *cobra.Command, p program, files registry.Files) error {
	asJSON, err := cmd.Flags().GetBool("json")
	if err != nil {
		return err
	}
	shown, err := newShownModel(files)
	if err != nil {
		return err
	}
	if asJSON {
		encoder := json.NewEncoder(p.out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(shown)
	}
	return shown.write(p.out)
}

// shownModel is what model show prints.
type shownModel struct {
	ID         string       `json:"id"`
	Chain      string       `json:"chain"`
	Parent     string       `json:"parent,omitempty"`      // the champion it was compared with
	Position   int64        `json:"position,omitempty"`    // the ledger position it was trained up to
	SiteWeight float64      `json:"site_weight,omitempty"` // how many starter examples a site label counts as
	Data       string       `json:"data,omitempty"`        // where its examples came from
	Measured   *string      `json:"measured"`              // what the figures were measured on; null where none are stored
	Axes       []shownAxis  `json:"axes"`                  // those that the model answers on
	Claims     []shownClaim `json:"claims"`
}

// shownAxis is one axis of it.
type shownAxis struct {
	Axis        classifier.Axis     `json:"axis"`
	Examples    map[string]float64  `json:"examples"`   // by answer
	Vocabulary  int                 `json:"vocabulary"` // features
	Slope       float64             `json:"slope"`
	Prior       *float64            `json:"prior"`        // the share of yes that it expects; null for stance
	Arrivals    int64               `json:"arrivals"`     // how many comments the prior was estimated over; 0 where it was not
	From        float64             `json:"from"`         // the answer is yes from this probability; of stance any answer
	NoUpTo      *float64            `json:"no_up_to"`     // the answer is no up to this probability of yes; null for stance
	MinCoverage float64             `json:"min_coverage"` // under this share of known words it is unsure
	Aim         string              `json:"aim"`          // what the thresholds were set for, in words
	AtPrior     *trial.ModelFigures `json:"at_prior"`     // null where not measured, and for stance
	AtMix       *trial.ModelFigures `json:"at_mix"`       // null where not measured
}

type shownClaim struct {
	ID       string             `json:"id"`
	Sentence string             `json:"sentence"`
	Labels   map[string]float64 `json:"labels"` // by answer
}

func newShownModel(files registry.Files) (shownModel, error) {
	model, manifest, err := registry.Open(files)
	if err != nil {
		return shownModel{}, err
	}
	origin := manifest.Origin
	shown := shownModel{ID: manifest.ID, Chain: manifest.Chain, Parent: origin.Parent, Position: origin.Position, Data: origin.Data, Claims: []shownClaim{}}
	if origin.Parent != "" {
		shown.SiteWeight = manifest.Parameters.SiteWeight
	}
	report, measured := trial.ReadModelReport(manifest.Metrics)
	if measured {
		shown.Measured = &report.Measured
	}
	for _, axis := range classifier.Axes {
		if model.Has(axis) {
			shown.Axes = append(shown.Axes, newShownAxis(axis, manifest, report))
		}
	}
	for _, claim := range manifest.Claims {
		shown.Claims = append(shown.Claims, shownClaim{claim.ID, claim.Sentence, byAnswer(classifier.Stance, claim.Labels)})
	}
	return shown, nil
}

func newShownAxis(axis classifier.Axis, manifest registry.Manifest, report trial.ModelReport) shownAxis {
	at := axis.Index()
	parameters := manifest.Parameters.Axes[at]
	shown := shownAxis{
		Axis: axis, Examples: byAnswer(axis, manifest.Examples[at]), Vocabulary: manifest.Vocabulary[at], Slope: parameters.Slope, From: parameters.High,
		MinCoverage: parameters.MinCoverage, Aim: trial.ThresholdAim(axis), Arrivals: manifest.Origin.Arrivals[at],
	}
	if axis != classifier.Stance {
		shown.Prior, shown.NoUpTo = &parameters.Prior, &parameters.Low
	}
	if found, ok := report.On(axis); ok {
		shown.AtPrior, shown.AtMix = found.AtPrior, &found.AtMix
	}
	return shown
}

func byAnswer(axis classifier.Axis, counts [3]float64) map[string]float64 {
	named := map[string]float64{}
	for class, answer := range axis.Answers() {
		named[answer] = counts[class]
	}
	return named
}

// write prints it for people.
func (m shownModel) write(w io.Writer) error {
	fmt.Fprintf(w, "model    %s\nchain    %s\n", m.ID, m.Chain)
	if m.Parent != "" {
		fmt.Fprintf(w, "parent   %s\nledger   up to position %d, a site label counts as %g\n", m.Parent, m.Position, m.SiteWeight)
	}
	for _, axis := range classifier.Axes {
		at := slices.IndexFunc(m.Axes, func(a shownAxis) bool { return a.Axis == axis })
		if at < 0 {
			fmt.Fprintf(w, "%-8s not learned\n", axis)
			continue
		}
		m.Axes[at].write(w)
	}
	for _, claim := range m.Claims {
		fmt.Fprintf(w, "claim    %s  favor %.6g, against %.6g, none %.6g  %s\n", claim.ID, claim.Labels[classifier.Favor], claim.Labels[classifier.Against],
			claim.Labels[classifier.None], printable(claim.Sentence))
	}
	if m.Measured == nil {
		_, err := fmt.Fprintln(w, "measured no figures are stored with this model")
		return err
	}
	if _, err := fmt.Fprintf(w, "measured %s\n", printable(*m.Measured)); err != nil {
		return err
	}
	return m.writeFigures(w)
}

// write prints what the axis learned from and from where it answers.
func (a shownAxis) write(w io.Writer) {
	fmt.Fprintf(w, "%-8s %d features;", a.Axis, a.Vocabulary)
	for _, answer := range a.Axis.Answers() {
		fmt.Fprintf(w, " %s %.6g", answer, a.Examples[answer])
	}
	fmt.Fprintf(w, " examples; slope %.3f", a.Slope)
	if a.NoUpTo == nil {
		fmt.Fprintf(w, "; answers from %.2f, unsure under %.2f coverage\n", a.From, a.MinCoverage)
	} else {
		prior := fmt.Sprintf("%.3f", *a.Prior)
		if a.Arrivals > 0 {
			prior += fmt.Sprintf(", estimated over %d arrivals", a.Arrivals)
		}
		fmt.Fprintf(w, "; prior %s; answers yes from %.2f, no up to %.2f, unsure under %.2f coverage\n", prior, a.From, *a.NoUpTo, a.MinCoverage)
	}
	fmt.Fprintf(w, "%-8s %s\n", "", a.Aim)
}

func (m shownModel) writeFigures(w io.Writer) error {
	var atPrior, atMix []eval.Report
	for _, axis := range m.Axes {
		if axis.AtPrior != nil {
			atPrior = append(atPrior, axis.AtPrior.Report)
		}
		if axis.AtMix != nil {
			atMix = append(atMix, axis.AtMix.Report)
		}
	}
	for _, part := range []struct {
		title   string
		reports []eval.Report
	}{{"As if yes were as frequent as the model expects:", atPrior}, {"With the answers as frequent as among the examples, and expected so:", atMix}} {
		if len(part.reports) == 0 {
			continue
		}
		fmt.Fprintln(w, part.title)
		if err := eval.WriteTable(w, part.reports); err != nil {
			return err
		}
	}
	for _, axis := range m.Axes {
		if err := axis.writeCurves(w); err != nil {
			return err
		}
	}
	return nil
}

// writeCurves prints what each threshold is worth as the model expects, and the calibration at the mix: with few yes most probabilities are near 0.
func (a shownAxis) writeCurves(w io.Writer) error {
	if a.AtPrior != nil {
		if err := eval.WriteThresholds(w, string(a.Axis), a.AtPrior.Thresholds); err != nil {
			return err
		}
	}
	if a.AtMix == nil {
		return nil
	}
	return eval.WriteReliability(w, string(a.Axis), a.AtMix.Calibration)
}
