package learn

import (
	"context"
	"encoding/json"
	"fmt"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation"
)

// Progress says what a retraining does and how far it is, 0 to 100.
type Progress func(step string, percent int)

// trained is a candidate before it is stored.
type trained struct {
	report Report
	files  registry.Files
}

// train makes the candidate from the starter and the ledger, and compares it with the champion.
func (l *Learner) train(ctx context.Context, progress Progress) (trained, error) {
	progress("reading the ledger", 0)
	labelled, position, err := labelledExamples(ctx, l.store, 0)
	if err != nil {
		return trained{}, err
	}
	examples := countOnce(labelled)
	if len(examples) == 0 {
		return trained{}, moderation.Invalid("nothing to learn from: no comment has a label yet")
	}
	starter, starterManifest, err := registry.ReadCounts(l.starter)
	if err != nil {
		return trained{}, fmt.Errorf("starter: %w", err)
	}
	championID, champion, err := l.championRecipe(ctx, starterManifest, labelled)
	if err != nil {
		return trained{}, err
	}
	candidate := recipe{parameters: starterManifest.Parameters, examples: examples}
	progress("reading what arrived", 1)
	priors, err := l.estimatePriors(ctx, starterManifest, &candidate.parameters)
	if err != nil {
		return trained{}, err
	}
	if candidate.parameters, err = fitToSite(ctx, candidate, starter, progress); err != nil {
		return trained{}, err
	}
	if err := candidate.parameters.KeepByHand(champion.parameters); err != nil {
		return trained{}, err
	}
	axes, answers, err := compare(ctx, starter, champion, candidate, progress)
	if err != nil {
		return trained{}, err
	}
	labels, fresh := labelsOn(examples), newLabels(examples, l.positionOf(ctx, championID))
	for i := range axes {
		at := axes[i].Axis.Index()
		axes[i].Labels, axes[i].NewLabels, axes[i].SiteWeight = labels[at], fresh[at], candidate.parameters.SiteWeight
	}
	progress("fitting on everything", 90)
	model, counts, err := candidate.build(starter, -1)
	if err != nil {
		return trained{}, err
	}
	report := Report{Candidate: model.ID(), Champion: championID, Position: position, Axes: axes, Priors: priors}
	promoted, why := Decide(axes)
	report.Promoted, report.Reason = promoted, inEnglish(why)
	origin := registry.Origin{Starter: starterManifest.ID, Parent: championID, Position: position}
	for _, prior := range priors {
		origin.Arrivals[prior.Axis.Index()] = prior.Arrivals
	}
	metrics, err := figuresOf(model, examples, answers)
	if err != nil {
		return trained{}, err
	}
	files, err := registry.Encode(model, counts, origin, metrics)
	return trained{report: report, files: files}, err
}

// championRecipe is how the champion in use was made: its parameters, and the labels up to its ledger position. Their groups are those of the
// labels of today, so that no fold is scored by a champion that has seen it.
func (l *Learner) championRecipe(ctx context.Context, starter registry.Manifest, today []siteExample) (string, recipe, error) {
	id, err := l.store.ChampionID(ctx)
	if err != nil {
		return "", recipe{}, err
	}
	files, err := l.store.ModelFiles(ctx, id)
	if err != nil {
		return "", recipe{}, err
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		return "", recipe{}, err
	}
	made := recipe{parameters: manifest.Parameters}
	if manifest.ID != starter.ID && manifest.Origin.Position > 0 {
		examples, _, err := siteExamples(ctx, l.store, manifest.Origin.Position)
		if err != nil {
			return "", recipe{}, err
		}
		made.examples = groupedLike(examples, today)
	}
	return id, made, nil
}

// positionOf is the ledger position a stored model was trained up to, 0 for the starter.
func (l *Learner) positionOf(ctx context.Context, id string) int64 {
	files, err := l.store.ModelFiles(ctx, id)
	if err != nil {
		return 0
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		return 0
	}
	return manifest.Origin.Position
}

// compare scores champion and candidate on every label of the site, each as rebuilt without the label's fold. The answers are the candidate's.
//
// Both expect the candidate's priors. People label what they look for, so that yes is more frequent among labels than among arrivals: the model with
// the higher prior would win by the prior alone, which no label speaks for.
func compare(ctx context.Context, starter *classifier.Counts, champion, candidate recipe, progress Progress) ([]AxisReport, []classifier.Prediction, error) {
	step := func(name string, from int) func(int) {
		return func(fold int) { progress(fmt.Sprintf("%s, part %d of %d", name, fold+1, folds), from+fold*6) }
	}
	old, err := champion.expecting(candidate.parameters).heldOut(ctx, starter, candidate.examples, step("scoring the champion", 30))
	if err != nil {
		return nil, nil, err
	}
	fresh, err := candidate.heldOut(ctx, starter, candidate.examples, step("scoring the candidate", 60))
	if err != nil {
		return nil, nil, err
	}
	var reports []AxisReport
	for _, axis := range classifier.Axes {
		report, err := compareAxis(axis, candidate.examples, old, fresh)
		if err != nil {
			return nil, nil, err
		}
		if report != nil {
			reports = append(reports, *report)
		}
	}
	return reports, fresh, ctx.Err()
}

// encodeReport is the report as the store keeps it.
func encodeReport(report Report) ([]byte, error) { return json.Marshal(report) }
