package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"commentdesk/classifier"
	"commentdesk/moderation/intake"
	"commentdesk/seeds"
)

// publicSet is a labelled file of the folder of public sets.
type publicSet struct {
	file string
	axis classifier.Axis // what its key label answers
}

// newsSets are comments under news articles. They are only read for speed.
var newsSets = []publicSet{
	{"hostile/dev/ucc.jsonl.gz", classifier.Hostile},
	stanceSet,
	{"stance/arc_test.jsonl.gz", classifier.Stance},
}

var stanceSet = publicSet{"stance/arc_train.jsonl.gz", classifier.Stance}

// readSets reads the rows of the sets that are labelled on their axis. A set that is not there is absent.
func readSets(ctx context.Context, data string, sets ...publicSet) ([]classifier.Example, error) {
	var examples []classifier.Example
	for _, set := range sets {
		path := filepath.Join(data, filepath.FromSlash(set.file))
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, absent("no file " + path + "; -data names the folder of the public sets")
		}
		var refused error
		_, err := intake.Examples(ctx, []string{path}, intake.Options{Axis: set.axis, Refused: func(r intake.Refusal) { refused = errors.New(r.String()) }},
			func(row intake.Labelled) error {
				examples = append(examples, row.Example)
				return nil
			})
		if err = errors.Join(err, refused); err != nil {
			return nil, err
		}
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("the public sets in %s hold no labelled row", data)
	}
	return examples, nil
}

// seedClaims are the claims that the starter learned stance for, in the order of seeds/train.
func seedClaims() ([]string, error) {
	training, err := seeds.Training()
	if err != nil {
		return nil, err
	}
	var claims []string
	known := map[string]bool{"": true}
	for _, c := range training {
		if !known[c.Claim] {
			known[c.Claim] = true
			claims = append(claims, c.Claim)
		}
	}
	if len(claims) == 0 {
		return nil, errors.New("seeds/train names no claim")
	}
	return claims, nil
}

// underOneClaim is how many comments in a row are given the same claim, as under one article.
const underOneClaim = 100

// underClaims gives the texts of examples the claims in turn. Labels and groups are left behind.
func underClaims(examples []classifier.Example, claims []string) []classifier.Example {
	given := make([]classifier.Example, len(examples))
	for i, e := range examples {
		given[i] = classifier.Example{Text: e.Text, Claim: claims[i/underOneClaim%len(claims)]}
	}
	return given
}

// meanBytes is the mean length of the texts.
func meanBytes(examples []classifier.Example) float64 {
	total := 0
	for _, e := range examples {
		total += len(e.Text)
	}
	return float64(total) / float64(len(examples))
}
