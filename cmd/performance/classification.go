package main

import (
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/models"
	"commentdesk/seeds"
)

const classificationSpeed = "whole classification, one core"

func starterFiles() registry.Files {
	return registry.Files{Manifest: models.Manifest, Counts: models.Counts, Weights: models.Weights}
}

func measureClassification(s sizes) ([]figure, error) {
	model, _, err := registry.Open(starterFiles())
	if err != nil {
		return nil, err
	}
	examples, err := seedExamples()
	if err != nil {
		return nil, err
	}
	var results []testing.BenchmarkResult
	err = onOneCore(func() (err error) {
		results, err = benchmark(s.rounds, func(b *testing.B) error {
			i := 0
			for b.Loop() {
				model.Classify(examples[i%len(examples)])
				i++
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return []figure{{Name: classificationSpeed, Value: spread(perSecond(results), "comments/s"), How: english.Sprintf(
		"model.Classify with the starter, GOMAXPROCS 1: raw text to three axes, claim given; the %d comments of seeds/train and seeds/demo in turn, %s bytes a comment",
		len(examples), rounded(meanBytes(examples)))}}, nil
}

// seedExamples are the comments of train and demo, each with its claim; those of one article or topic in a row.
func seedExamples() ([]classifier.Example, error) {
	training, err := seeds.Training()
	if err != nil {
		return nil, err
	}
	pages, err := demoPages()
	if err != nil {
		return nil, err
	}
	var examples []classifier.Example
	for _, c := range training {
		examples = append(examples, classifier.Example{Text: c.Text, Claim: c.Claim})
	}
	for _, p := range pages {
		for _, c := range p.comments {
			examples = append(examples, classifier.Example{Text: c.Text, Claim: p.article.ClaimSentence()})
		}
	}
	return examples, nil
}
