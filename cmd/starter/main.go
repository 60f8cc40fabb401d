// Command starter trains the model that commentdesk ships with: from the labelled public sets that may train, and from seeds/train. It writes
// models/starter; the same data gives the same id on every machine.
//
//	go run ./cmd/starter -data DATA -out models/starter
//
// With -words it writes the known words of classifier/text instead, from the same sets.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
	"commentdesk/classifier/trial"
)

func main() {
	data := flag.String("data", "", "folder that holds the public sets: hostile/train, spam/train, stance")
	out := flag.String("out", "models/starter", "folder to write; replaced")
	words := flag.String("words", "", "file to write the list of known words to, instead of the model")
	examples := flag.String("examples", "", "folder to write the training examples to, instead of the model, as files for evaluate --train")
	flag.Parse()
	write := func() error { return run(*data, *out) }
	if *words != "" {
		write = func() error { return writeWords(*data, *words) }
	}
	if *examples != "" {
		write = func() error {
			all, err := readAll(*data)
			if err != nil {
				return err
			}
			return writeExamples(*examples, all)
		}
	}
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "starter:", err)
		os.Exit(1)
	}
}

func run(data, out string) error {
	if data == "" {
		return fmt.Errorf("-data is needed: the folder of the public sets")
	}
	examples, err := readAll(data)
	if err != nil {
		return err
	}
	training, err := classifier.NewTraining(feature.Current, examples, classifier.Shipped())
	if err != nil {
		return err
	}
	files, err := encode(training)
	if err != nil {
		return err
	}
	if err := replace(out, files); err != nil {
		return err
	}
	model := training.Model
	fmt.Printf("starter %s: %d examples, weights %d KB, counts %d KB\n", model.ID(), len(examples), len(files.Weights)>>10, len(files.Counts)>>10)
	for _, axis := range classifier.Axes {
		p := model.Parameters().Axes[axis.Index()]
		fmt.Printf("  %-8s examples %v, features %d, slope %.3f, bias %.3f, least coverage %.2f, no up to %.2f, yes from %.2f\n", axis, model.Examples(axis),
			model.Vocabulary(axis), p.Slope, p.Bias, p.MinCoverage, p.Low, p.High)
	}
	return nil
}

// measured says what the figures stored with the starter were measured on.
const measured = "held-out folds of its own training examples; the sources of texts are partly told apart by it, so figures on other sources are lower: " +
	"see models/README.md"

// encode makes the model's files, its report with them.
func encode(training *classifier.Training) (registry.Files, error) {
	heldOut, err := training.HeldOut()
	if err != nil {
		return registry.Files{}, err
	}
	report, err := trial.NewModelReport(measured, training.Model.Parameters(), heldOut)
	if err != nil {
		return registry.Files{}, err
	}
	metrics, err := report.JSON()
	if err != nil {
		return registry.Files{}, err
	}
	return registry.Encode(training.Model, training.Counts, registry.Origin{Data: describe()}, metrics)
}

// replace writes the model's folder anew. A folder that holds anything but a model is left alone.
func replace(out string, files registry.Files) error {
	entries, err := os.ReadDir(out)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, entry := range entries {
		switch entry.Name() {
		case registry.ManifestName, registry.CountsName, registry.WeightsName:
		default:
			return fmt.Errorf("%s holds %s, which is no part of a model: nothing was replaced", out, entry.Name())
		}
	}
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	return registry.Save(out, files)
}
