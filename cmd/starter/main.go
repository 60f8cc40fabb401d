// Command starter trains the model that commentdesk ships with: from the labelled public sets that may train, and from seeds/train. It writes
// models/starter; the same data gives the same id on every machine.
//
//	go run ./cmd/starter -data DATA -out models/starter
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
	"commentdesk/classifier/registry"
)

func main() {
	data := flag.String("data", "", "folder that holds the public sets: hostile/train, spam/train, stance")
	out := flag.String("out", "models/starter", "folder to write; replaced")
	flag.Parse()
	if err := run(*data, *out); err != nil {
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
	model, counts, err := classifier.Train(feature.Current, examples, classifier.Shipped())
	if err != nil {
		return err
	}
	files, err := registry.Encode(model, counts, registry.Origin{Data: describe()}, nil)
	if err != nil {
		return err
	}
	if err := replace(out, files); err != nil {
		return err
	}
	fmt.Printf("starter %s: %d examples, weights %d KB, counts %d KB\n", model.ID(), len(examples), len(files.Weights)>>10, len(files.Counts)>>10)
	for _, axis := range classifier.Axes {
		p := model.Parameters().Axes[axis.Index()]
		fmt.Printf("  %-8s examples %v, features %d, slope %.3f, bias %.3f\n", axis, model.Examples(axis), model.Vocabulary(axis), p.Slope, p.Bias)
	}
	return nil
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
