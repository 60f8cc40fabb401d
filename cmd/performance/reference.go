package main

import (
	"context"
	"errors"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
)

const (
	threeAxesSpeed = "raw text to three axes, one core"
	oneAxisSpeed   = "raw text to one axis, one core"
	bareSpeed      = "bare loop over words, one core"
	bareRatio      = "three axes beside the bare loop"
	sklearnSpeed   = "scikit-learn, one axis, one thread"
	sklearnRatio   = "three axes beside scikit-learn's one"
)

// What is wanted beside the references, for a chain without and with character n-grams.
const (
	leastOfSklearn       = 5
	leastOfSklearnNgrams = 3
	leastOfBare          = 1.0 / 3
	leastOfBareNgrams    = 1.0 / 6
)

// measureReferences takes turns: the whole pipeline, the bare loop, scikit-learn, one axis alone; all on the comments of newsSets.
func measureReferences(ctx context.Context, s sizes, around surroundings) (figures []figure, err error) {
	news, err := readSets(ctx, around.data, newsSets...)
	if err != nil {
		return nil, err
	}
	news = news[:min(len(news), s.news)]
	stance, err := readSets(ctx, around.data, stanceSet)
	if err != nil {
		return nil, err
	}
	claims, err := seedClaims()
	if err != nil {
		return nil, err
	}
	threeAxes, _, err := registry.Open(starterFiles())
	if err != nil {
		return nil, err
	}
	oneAxis, _, err := classifier.Train(feature.Current, stance, classifier.Shipped())
	if err != nil {
		return nil, err
	}
	loop, err := newBareLoop(starterFiles())
	if err != nil {
		return nil, err
	}
	runners := []runner{classifying(threeAxes, underClaims(news, claims)), bare(loop, news), classifying(oneAxis, underClaims(news, claimsOf(stance)))}
	python, missing := startSklearn(ctx, around.python, classifier.Stance, stance, news)
	if missing == nil {
		runners = append(runners, python.round)
		defer func() { err = errors.Join(err, python.stop()) }()
	}
	var seconds [][]float64
	if err := onOneCore(func() (err error) {
		seconds, err = interleave(s.rounds, runners...)
		return err
	}); err != nil {
		return nil, err
	}
	n := len(news)
	figures = []figure{
		{Name: threeAxesSpeed, Value: commentSpeed(n, seconds[0]), How: english.Sprintf(
			"model.Classify with the starter, GOMAXPROCS 1; %d news comments, %s bytes each: the texts of ucc and arc, the starter's claims given in turn, %d comments each; this and the next rows took turns, ratios go round by round",
			n, rounded(meanBytes(news)), underOneClaim)},
		{Name: oneAxisSpeed, Value: commentSpeed(n, seconds[2]), How: "the same texts and chain; stance alone, trained on arc_train, its claims in turn"},
		{Name: bareSpeed, Value: commentSpeed(n, seconds[1]), How: english.Sprintf("strings.Fields(strings.ToLower(text)) and a look-up a word in a Go map of the starter's %d words", len(loop))},
		against(bareRatio, ratios(seconds[1], seconds[0]), leastOfBare, leastOfBareNgrams),
	}
	if missing != nil {
		return append(figures, figure{Name: sklearnSpeed, Missing: missing}, figure{Name: sklearnRatio, Missing: missing}), nil
	}
	return append(figures,
		figure{Name: sklearnSpeed, Value: commentSpeed(n, seconds[3]), How: english.Sprintf(
			"scikit-learn %s: CountVectorizer(ngram_range=(1, 2), binary=True), MultinomialNB, fitted before on arc_train's %d stance labels; transform and predict of the whole list at once", python.version, len(stance))},
		against(sklearnRatio, ratios(seconds[3], seconds[0]), leastOfSklearn, leastOfSklearnNgrams)), nil
}

// against is the figure of a ratio of speeds.
func against(name string, ratio []float64, least, leastNgrams float64) figure {
	median := quantile(ratio, .5)
	return figure{Name: name, Value: spread(ratio, "times its speed"), How: "comments/s by comments/s, round by round",
		Wanted: atLeast(median, least, "") + "; with character n-grams " + atLeast(median, leastNgrams, "")}
}

// classifying is a pass of the whole pipeline.
func classifying(model *classifier.Model, examples []classifier.Example) runner {
	return passes(func() {
		for _, e := range examples {
			model.Classify(e)
		}
	})
}

func bare(loop bareLoop, examples []classifier.Example) runner {
	sum := float32(0)
	return passes(func() {
		for _, e := range examples {
			sum += loop.score(e.Text)
		}
	})
}

// claimsOf are the distinct claims of examples, in their order.
func claimsOf(examples []classifier.Example) []string {
	var claims []string
	known := map[string]bool{"": true}
	for _, e := range examples {
		if !known[e.Claim] {
			known[e.Claim] = true
			claims = append(claims, e.Claim)
		}
	}
	return claims
}
