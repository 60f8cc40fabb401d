package registry

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSaveAndLoad(t *testing.T) {
	model, _ := trained(t, 120)
	files := encoded(t, 120)
	folder := filepath.Join(t.TempDir(), "models", model.ID())
	for _, round := range []string{"first", "again"} {
		if err := Save(folder, files); err != nil {
			t.Fatalf("%s: %v", round, err)
		}
	}
	loaded, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(files, loaded); diff != "" {
		t.Error("other bytes came back")
	}
	opened, _, err := Open(loaded)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, model, opened)
	if err := Verify(loaded); err != nil {
		t.Error(err)
	}
	wantNames(t, filepath.Dir(folder), model.ID())
	wantNames(t, folder, CountsName, ManifestName, WeightsName)
}

// wantNames checks what lies in a folder: nothing is left of what was unfinished.
func wantNames(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", folder, diff)
	}
}

func mustWrite(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestSaveLeavesOthersAlone(t *testing.T) {
	files := encoded(t, 120)
	tests := []struct {
		name   string
		before func(t *testing.T, folder string)
	}{
		{"another model", func(t *testing.T, folder string) {
			if err := Save(folder, encoded(t, 90)); err != nil {
				t.Fatal(err)
			}
		}},
		{"a damaged copy", func(t *testing.T, folder string) {
			if err := Save(folder, files); err != nil {
				t.Fatal(err)
			}
			mustWrite(t, filepath.Join(folder, WeightsName), "damaged")
		}},
		{"half a model", func(t *testing.T, folder string) {
			mustWrite(t, filepath.Join(folder, ManifestName), string(files.Manifest))
		}},
		{"something else", func(t *testing.T, folder string) { mustWrite(t, filepath.Join(folder, "notes.txt"), "mine") }},
		{"a file of that name", func(t *testing.T, folder string) { mustWrite(t, folder, "mine") }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			folder := filepath.Join(parent, "model")
			test.before(t, folder)
			before := contents(t, parent)
			if err := Save(folder, files); err == nil {
				t.Error("saved without an error")
			}
			if diff := cmp.Diff(before, contents(t, parent)); diff != "" {
				t.Errorf("what was there changed (-before +after):\n%s", diff)
			}
		})
	}
}

// contents are all files under a folder.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		found[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestSaveRefusesABrokenManifest(t *testing.T) {
	files := encoded(t, 60)
	files.Manifest = []byte("{}")
	parent := t.TempDir()
	if err := Save(filepath.Join(parent, "model"), files); err == nil {
		t.Error("saved without an error")
	}
	wantNames(t, parent)
}

func TestLoadCapsSizes(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, ManifestName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(folder, ManifestName), MaxManifest+1); err != nil { // a sparse file
		t.Fatal(err)
	}
	if _, err := Load(folder); err == nil {
		t.Error("a manifest beyond the cap was loaded")
	}
	if _, err := Load(filepath.Join(folder, "none")); err == nil {
		t.Error("a folder that is not there was loaded")
	}
}
