package classifier

import (
	"cmp"
	"slices"
	"testing"

	"commentdesk/classifier/feature"
)

// BenchmarkClassify is the whole way of a comment: text, features, look-ups, three answers.
func BenchmarkClassify(b *testing.B) {
	model := trainedModel(b)
	for _, kind := range []struct {
		name     string
		examples []Example
	}{
		{"ascii", byArticle(synthetic(256, 21))},
		{"unicode", byArticle(accented(synthetic(256, 21)))},
		{"long", byArticle(lengthened(synthetic(1024, 21), 4))},
	} {
		b.Run(kind.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				model.Classify(kind.examples[i%len(kind.examples)])
				i++
			}
		})
	}
}

func BenchmarkExplain(b *testing.B) {
	model, examples := trainedModel(b), synthetic(256, 22)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		model.Explain(examples[i%len(examples)])
		i++
	}
}

// BenchmarkTrain trains on 2,000 examples, calibration included.
func BenchmarkTrain(b *testing.B) {
	examples := synthetic(2000, 23)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Train(feature.Current, examples, Shipped()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRestore is what it costs to open a model that lies in memory.
func BenchmarkRestore(b *testing.B) {
	model := trainedModel(b)
	description := model.Describe()
	for b.Loop() {
		if _, err := Restore(description, model.Weights()); err != nil {
			b.Fatal(err)
		}
	}
}

// byArticle puts comments under one claim in a row, as they come from a page.
func byArticle(examples []Example) []Example {
	slices.SortStableFunc(examples, func(a, b Example) int { return cmp.Compare(a.Claim, b.Claim) })
	return examples
}

// lengthened makes one example of every n, about as long as a comment under a news article.
func lengthened(examples []Example, n int) []Example {
	var long []Example
	for part := range slices.Chunk(examples, n) {
		e := part[0]
		for _, next := range part[1:] {
			e.Text += " " + next.Text
		}
		long = append(long, e)
	}
	return long
}

// accented puts a character beyond ASCII into every text, so that the slow path reads it.
func accented(examples []Example) []Example {
	for i := range examples {
		examples[i].Text += " café"
	}
	return examples
}
