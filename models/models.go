// Package models holds the model that ships with the program: hostile and spam from public sets and our own comments, stance for the claims of
// seeds/train. It is a source folder, made by make starter, and never written at run time. README.md is the model's card.
package models

import _ "embed"

// The starter's files.
var (
	//go:embed starter/manifest.json
	Manifest []byte
	//go:embed starter/counts.tsv.gz
	Counts []byte
	//go:embed starter/weights.bin
	Weights []byte
)
