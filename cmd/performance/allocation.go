package main

import (
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
)

const (
	asciiAllocations = "allocations of one classification, ASCII"
	mixedAllocations = "allocations of one classification, mixed text"
)

// beyondASCII is put behind every comment of the mixed text: other scripts, joined emoji, hidden characters, words in disguise.
const beyondASCII = " “café” naïve ΩΣ Привет 日本語 👩🏽‍🚀 🇩🇪 i\u200bdiot ｗｏｒｄ fr3е s p a c e d"

// countable is below one allocation in 2,000 comments: what the benchmark itself brings.
const countable = .0005

// measureAllocations counts what one model allocates once it is warm.
func measureAllocations(s sizes) ([]figure, error) {
	model, _, err := registry.Open(starterFiles())
	if err != nil {
		return nil, err
	}
	examples, err := seedExamples()
	if err != nil {
		return nil, err
	}
	ascii, mixed := onlyASCII(examples), withMixedText(examples)
	var figures []figure
	for _, kind := range []struct {
		name     string
		examples []classifier.Example
	}{{asciiAllocations, ascii}, {mixedAllocations, mixed}} {
		var results []testing.BenchmarkResult
		if err := onOneCore(func() (err error) {
			results, err = benchmark(s.rounds, countAllocations(model, kind.examples))
			return err
		}); err != nil {
			return nil, err
		}
		n := float64(len(kind.examples))
		var allocations, allocated []float64
		for _, r := range results {
			allocations = append(allocations, float64(r.MemAllocs)/float64(r.N)/n)
			allocated = append(allocated, float64(r.MemBytes)/float64(r.N)/n)
		}
		median := quantile(allocations, .5)
		if median < countable {
			median = 0
		}
		figures = append(figures, figure{Name: kind.name, Value: spread(allocations, "a comment") + ", " + rounded(quantile(allocated, .5)) + " bytes",
			Wanted: atMost(median, 0, ""), How: english.Sprintf(
				"passes of model.Classify over %d comments of seeds/train and seeds/demo, each with its claim, after a pass to warm up", len(kind.examples))})
	}
	figures[1].How = "all of them, with other scripts, emoji, hidden and disguised characters put behind each"
	return figures, nil
}

func countAllocations(model *classifier.Model, examples []classifier.Example) func(b *testing.B) error {
	pass := func() {
		for _, e := range examples {
			model.Classify(e)
		}
	}
	return func(b *testing.B) error {
		pass()
		b.ReportAllocs()
		for b.Loop() {
			pass()
		}
		return nil
	}
}

// onlyASCII leaves out every comment with a character beyond ASCII.
func onlyASCII(examples []classifier.Example) []classifier.Example {
	var kept []classifier.Example
	for _, e := range examples {
		if isASCII(e.Text) {
			kept = append(kept, e)
		}
	}
	return kept
}

func withMixedText(examples []classifier.Example) []classifier.Example {
	mixed := make([]classifier.Example, len(examples))
	for i, e := range examples {
		e.Text += beyondASCII
		mixed[i] = e
	}
	return mixed
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
