package registry

import (
	"bytes"
	"math"
	"testing"

	"commentdesk/classifier"
)

// FuzzReadManifest: whatever a manifest says, it is refused, or the model that it describes answers.
func FuzzReadManifest(f *testing.F) {
	files := encoded(f, 30)
	f.Add(files.Manifest)
	f.Add([]byte(`{"format":1,"id":"00000000000000000000000000000000","chain":"words-letters-2","vocabulary":[-1,9,9]}`))
	f.Add([]byte(`{"format":1,"id":"00000000000000000000000000000000","chain":"words-letters-2","vocabulary":[9,9,9],"parameters":{"axes":[{"slope":1e9},{"prior":0.5,"slope":-1e9},{"prior":1e-300}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		manifest, err := ReadManifest(data)
		if err != nil {
			return
		}
		model, err := classifier.Restore(manifest.Description, files.Weights)
		if err != nil {
			return
		}
		wantAnswers(t, model)
	})
}

// wantAnswers checks that a model says something that can be shown.
func wantAnswers(t *testing.T, model *classifier.Model) {
	t.Helper()
	for _, probe := range probes {
		explanation := model.Explain(probe)
		for _, axis := range classifier.Axes {
			o := explanation.Prediction.On(axis)
			sum := o.Probabilities[0] + o.Probabilities[1] + o.Probabilities[2]
			if want := map[bool]float64{true: 1}[model.Has(axis)]; math.IsNaN(sum) || math.Abs(sum-want) > 1e-9 {
				t.Fatalf("%s of %q: probabilities %v", axis, probe.Text, o.Probabilities)
			}
		}
		for _, evidence := range explanation.Evidence {
			if math.IsNaN(evidence.LogOdds) || math.IsInf(evidence.LogOdds, 0) {
				t.Fatalf("%s %s of %q: log-odds %v", evidence.Axis, evidence.Answer, probe.Text, evidence.LogOdds)
			}
		}
	}
}

// FuzzOpenWeights: weights whose digest is right, but that nobody trained, are refused or answer.
func FuzzOpenWeights(f *testing.F) {
	files := encoded(f, 30)
	f.Add(0, []byte{0xff, 0xff, 0x7f, 0x7f}, uint(0))
	f.Add(8, []byte{1}, uint(0))
	f.Add(12, []byte{24}, uint(0))
	f.Add(len(files.Weights)-8, []byte{0, 0, 0x80, 0x7f}, uint(0))
	f.Add(0, []byte{}, uint(100))
	f.Fuzz(func(t *testing.T, at int, patch []byte, cut uint) {
		damaged := files
		damaged.Weights = bytes.Clone(files.Weights[:uint(len(files.Weights))-cut%uint(len(files.Weights))])
		if at >= 0 && at < len(damaged.Weights) {
			copy(damaged.Weights[at:], patch)
		}
		damaged = changed(t, damaged, func(m *Manifest) { m.WeightsSHA256 = sum(damaged.Weights) })
		model, _, err := Open(damaged)
		if err != nil {
			return
		}
		wantAnswers(t, model)
		if err := Verify(damaged); err == nil && !bytes.Equal(damaged.Weights, files.Weights) {
			opened, _, err := Open(files)
			if err != nil {
				t.Fatal(err)
			}
			if err := classifier.CompareWeights(opened, model, 1e-6); err != nil {
				t.Fatalf("other weights verify: %v", err)
			}
		}
	})
}

// FuzzReadCounts: counts of any bytes are refused or make a model that answers, or an error that says why not.
func FuzzReadCounts(f *testing.F) {
	files := encoded(f, 30)
	f.Add(unpacked(f, files.Counts), false)
	f.Add([]byte("hostile\tw:abcd\t1\t4\t1\t1\nhostile\tw:abce\t-1e3\t4\t1e12\t1e-9\nhostile\tl:abc\t-1e3\n"), false)
	f.Add(files.Counts, true)
	f.Fuzz(func(t *testing.T, data []byte, asPacked bool) {
		damaged := files
		if asPacked {
			damaged.Counts = data
		} else {
			damaged = withCounts(t, files, data)
		}
		counts, manifest, err := ReadCounts(damaged)
		if err != nil {
			return
		}
		model, err := classifier.Build(counts, manifest.Parameters)
		if err != nil {
			return
		}
		wantAnswers(t, model)
		if _, err := Encode(model, counts, Origin{}, nil); err != nil {
			t.Fatal(err)
		}
	})
}
