package main

import (
	"testing"

	"commentdesk/classifier/registry"
)

const (
	starterSize = "starter model, size"
	starterOpen = "starter model, opened"
)

// What is wanted of the starter.
const (
	largestStarter = 6000 // KB
	slowestOpening = 60   // ms
)

func measureStarter(s sizes) ([]figure, error) {
	files := starterFiles()
	results, err := benchmark(s.rounds, func(b *testing.B) error {
		for b.Loop() {
			if _, _, err := registry.Open(files); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var milliseconds []float64
	for _, r := range results {
		milliseconds = append(milliseconds, r.T.Seconds()*1e3/float64(r.N))
	}
	kilobytes := func(part []byte) string { return rounded(float64(len(part)) / 1e3) }
	size := float64(len(files.Manifest)+len(files.Weights)+len(files.Counts)) / 1e3
	return []figure{
		{Name: starterSize, Value: rounded(size) + " KB", Wanted: atMost(size, largestStarter, "KB"),
			How: "manifest " + kilobytes(files.Manifest) + " KB, weights " + kilobytes(files.Weights) + " KB, counts " + kilobytes(files.Counts) + " KB (gzip)"},
		{Name: starterOpen, Value: spread(milliseconds, "ms"), Wanted: atMost(quantile(milliseconds, .5), slowestOpening, "ms"),
			How: "registry.Open on the embedded bytes, the weights' SHA-256 checked"},
	}, nil
}
