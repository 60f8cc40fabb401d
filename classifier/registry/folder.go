package registry

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// The names of a model's files in its folder.
const (
	ManifestName = "manifest.json"
	CountsName   = "counts.tsv.gz"
	WeightsName  = "weights.bin"
)

// Save writes the model's folder whole or not at all: into a folder beside it, synced, then renamed. An existing folder that holds the same
// model is left as it is; one that holds something else is an error.
func Save(folder string, files Files) error {
	manifest, err := ReadManifest(files.Manifest)
	if err != nil {
		return err
	}
	if there, err := Load(folder); err == nil {
		if old, err := ReadManifest(there.Manifest); err != nil || old.ID != manifest.ID {
			return fmt.Errorf("%s holds another model", folder)
		}
		if _, _, err := Open(there); err != nil {
			return fmt.Errorf("%s holds a damaged copy of the model: %w", folder, err)
		}
		return nil
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	parent := filepath.Dir(filepath.Clean(folder))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(parent, ".model-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	for name, data := range map[string][]byte{ManifestName: files.Manifest, CountsName: files.Counts, WeightsName: files.Weights} {
		if err := writeSynced(filepath.Join(temporary, name), data); err != nil {
			return err
		}
	}
	if err := os.Chmod(temporary, 0o755); err != nil {
		return err
	}
	if err := syncFolder(temporary); err != nil {
		return err
	}
	if err := os.Rename(temporary, folder); err != nil {
		return err
	}
	return syncFolder(parent)
}

// Load reads a model's folder. It opens nothing: see Open.
func Load(folder string) (Files, error) {
	var files Files
	for _, part := range []struct {
		name string
		cap  int64
		into *[]byte
	}{{ManifestName, MaxManifest, &files.Manifest}, {CountsName, MaxCounts, &files.Counts}, {WeightsName, MaxWeights, &files.Weights}} {
		data, err := readCapped(filepath.Join(folder, part.name), part.cap)
		if err != nil {
			return Files{}, err
		}
		*part.into = data
	}
	return files, nil
}

func readCapped(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%s: larger than %d bytes", path, limit)
	}
	return data, nil
}

func writeSynced(path string, data []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.Write(data); err != nil {
		file.Close()
		return err
	}
	if err := file.Sync(); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}
