package registry

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
)

// Format is the version of the files that this program writes and reads.
const Format = 1

// Caps on what is read.
const (
	MaxManifest = 8 << 20
	MaxCounts   = 256 << 20 // compressed
	MaxText     = 2 << 30   // uncompressed
	MaxWeights  = 512 << 20
)

// MaxMetrics caps what is stored of a model's figures, in bytes of JSON without white space.
const MaxMetrics = 60 << 10

// Files are a model's three files, as bytes.
type Files struct {
	Manifest []byte // manifest.json
	Counts   []byte // counts.tsv.gz
	Weights  []byte // weights.bin
}

// Manifest says what a model is and where it came from. What stands in Origin and Metrics is outside the model's id.
type Manifest struct {
	Format int `json:"format"`
	classifier.Description
	CountsSHA256  string          `json:"counts_sha256"` // of the uncompressed counts
	WeightsSHA256 string          `json:"weights_sha256"`
	Origin        Origin          `json:"origin"`
	Metrics       json.RawMessage `json:"metrics,omitempty"`
}

// Origin is where a model came from.
type Origin struct {
	Starter  string `json:"starter,omitempty"`  // the starter it was built on
	Parent   string `json:"parent,omitempty"`   // the champion it was compared with
	Position int64  `json:"position,omitempty"` // the ledger position it was trained up to
	Data     string `json:"data,omitempty"`     // where its examples came from, in words

	// Arrivals is how many comments the prior of each axis was estimated over, in the order of the axes; 0 where it is not.
	Arrivals [3]int64 `json:"arrivals,omitzero"`
}

// Encode writes a model and the counts it was built from. The bytes are the same on every run.
func Encode(model *classifier.Model, counts *classifier.Counts, origin Origin, metrics any) (Files, error) {
	var plain, packed bytes.Buffer
	if _, err := counts.WriteTo(&plain); err != nil {
		return Files{}, err
	}
	zip, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return Files{}, err
	}
	if _, err := zip.Write(plain.Bytes()); err != nil {
		return Files{}, err
	}
	if err := zip.Close(); err != nil {
		return Files{}, err
	}
	manifest := Manifest{
		Format: Format, Description: model.Describe(), Origin: origin,
		CountsSHA256: sum(plain.Bytes()), WeightsSHA256: sum(model.Weights()),
	}
	if metrics != nil {
		if manifest.Metrics, err = json.Marshal(metrics); err != nil {
			return Files{}, err
		}
		if len(manifest.Metrics) > MaxMetrics {
			return Files{}, fmt.Errorf("metrics: %d bytes, more than %d", len(manifest.Metrics), MaxMetrics)
		}
	}
	encoded, err := json.MarshalIndent(manifest, "", " ")
	if err != nil {
		return Files{}, err
	}
	return Files{Manifest: append(encoded, '\n'), Counts: packed.Bytes(), Weights: model.Weights()}, nil
}

// Open makes the model ready to serve: it checks the weights' digest and parses only the manifest.
func Open(files Files) (*classifier.Model, Manifest, error) {
	manifest, err := ReadManifest(files.Manifest)
	if err != nil {
		return nil, Manifest{}, err
	}
	if len(files.Weights) > MaxWeights {
		return nil, Manifest{}, fmt.Errorf("weights: larger than %d bytes", MaxWeights)
	}
	if sum(files.Weights) != manifest.WeightsSHA256 {
		return nil, Manifest{}, errors.New("weights: their SHA-256 is not the one in the manifest")
	}
	model, err := classifier.Restore(manifest.Description, files.Weights)
	return model, manifest, err
}

// ReadManifest reads and checks a manifest.
func ReadManifest(data []byte) (Manifest, error) {
	if len(data) > MaxManifest {
		return Manifest{}, fmt.Errorf("manifest: larger than %d bytes", MaxManifest)
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return Manifest{}, fmt.Errorf("manifest: %w", err)
	}
	if m.Format != Format {
		return Manifest{}, fmt.Errorf("manifest: format %d; this version reads format %d", m.Format, Format)
	}
	if !isHex(m.ID) {
		return Manifest{}, errors.New("manifest: the id is not 32 hex digits")
	}
	return m, nil
}

// ReadCounts opens the counts of a model: what retraining and verifying start from.
func ReadCounts(files Files) (*classifier.Counts, Manifest, error) {
	manifest, err := ReadManifest(files.Manifest)
	if err != nil {
		return nil, Manifest{}, err
	}
	chain, err := feature.Find(manifest.Chain)
	if err != nil {
		return nil, Manifest{}, err
	}
	if len(files.Counts) > MaxCounts {
		return nil, Manifest{}, fmt.Errorf("counts: larger than %d bytes", MaxCounts)
	}
	zip, err := gzip.NewReader(bytes.NewReader(files.Counts))
	if err != nil {
		return nil, Manifest{}, fmt.Errorf("counts: %w", err)
	}
	digest := sha256.New()
	counts, err := classifier.ReadCounts(io.TeeReader(io.LimitReader(zip, MaxText), digest), chain, manifest.Examples, manifest.Claims)
	if err != nil {
		return nil, Manifest{}, err
	}
	if hex.EncodeToString(digest.Sum(nil)) != manifest.CountsSHA256 {
		return nil, Manifest{}, errors.New("counts: their SHA-256 is not the one in the manifest")
	}
	return counts, manifest, nil
}

// Verify builds the model again from its counts through the library and compares id and every weight.
func Verify(files Files) error {
	stored, manifest, err := Open(files)
	if err != nil {
		return err
	}
	counts, _, err := ReadCounts(files)
	if err != nil {
		return err
	}
	rebuilt, err := classifier.Build(counts, manifest.Parameters)
	if err != nil {
		return err
	}
	if rebuilt.ID() != stored.ID() {
		return fmt.Errorf("rebuilt from its counts the model has the id %s, not %s", rebuilt.ID(), stored.ID())
	}
	if rebuilt.Describe().Vocabulary != manifest.Vocabulary {
		return fmt.Errorf("rebuilt from its counts the model knows %v features an axis, not %v", rebuilt.Describe().Vocabulary, manifest.Vocabulary)
	}
	return classifier.CompareWeights(stored, rebuilt, 1e-6)
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

func isHex(id string) bool {
	decoded, err := hex.DecodeString(id)
	return err == nil && len(decoded) == 16
}
