package page

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSaveWritesOverAPageOfOurs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.html")
	first := made(t)
	for _, command := range []string{"first", "second"} {
		first.Command = []string{command}
		if err := Save(path, first); err != nil {
			t.Fatal(err)
		}
		saved, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(saved, []byte("<span>"+command+"</span>")) || !bytes.HasSuffix(bytes.TrimSpace(saved), []byte("</html>")) {
			t.Fatalf("%s: not the whole page, %v", command, err)
		}
	}
	onlyFile(t, path)
}

func TestSaveLeavesOtherThingsAlone(t *testing.T) {
	folder := t.TempDir()
	other := filepath.Join(folder, "notes.html")
	if err := os.WriteFile(other, []byte("<title>mine</title>"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		folder:                                  "is a folder",
		other:                                   "no page of this program",
		filepath.Join(folder, "none", "a.html"): "no such file",
		filepath.Join(other, "a.html"):          "not a directory",
		os.DevNull:                              "no regular file",
	} {
		if err := Save(path, Page{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if kept, err := os.ReadFile(other); err != nil || string(kept) != "<title>mine</title>" {
		t.Errorf("the other file holds %q, %v", kept, err)
	}
	onlyFile(t, other)
}

func TestSaveFollowsALink(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target.html"), filepath.Join(folder, "link.html")
	if err := Save(target, Page{}); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if err := Save(link, Page{Command: []string{"again"}}); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if saved, err := os.ReadFile(target); err != nil || !strings.Contains(string(saved), "again") {
		t.Errorf("the target was not written: %v", err)
	}
}

// What cannot be written is an error before anything is renamed.
func TestWriteSyncedSaysWhatFailed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "report.html")
	if err := Save(path, Page{}); err != nil {
		t.Fatal(err)
	}
	readOnly, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeSynced(readOnly, made(t)); err == nil {
		t.Error("a page was written to a file open for reading")
	}
}

func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("beside %s: %v, %v", path, entries, err)
	}
}
