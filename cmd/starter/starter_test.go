package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/seeds"
)

const shippedFolder = "../../models/starter"

func idOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := registry.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	return manifest.ID
}

func TestTheStarterMadeAnewIsTheOneShipped(t *testing.T) {
	data := os.Getenv("COMMENTDESK_SETS")
	if data == "" {
		t.Skip("COMMENTDESK_SETS is not set: it names the folder of the public sets (hostile/train, spam/train, stance) that the starter is made from")
	}
	out := filepath.Join(t.TempDir(), "starter")
	if err := run(data, out); err != nil {
		t.Fatal(err)
	}
	if made, shipped := idOf(t, out), idOf(t, shippedFolder); made != shipped {
		t.Errorf("made anew the starter is %s; models/starter is %s: run make starter", made, shipped)
	}
}

// writeSet writes the lines of one public set, packed.
func writeSet(t *testing.T, path string, lines ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip := gzip.NewWriter(file)
	if _, err := zip.Write([]byte(strings.Join(lines, "\n"))); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadSet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "set.jsonl.gz")
	writeSet(t, path, `{"text":"a","label":1,"group":"g","article":"x"}`, `{"text":"b","label":"0","article":"x"}`, `{"text":"c","label":0}`,
		`{"text":"d","label":0}`, `{"text":"e","label":""}`, `{"text":"f","label":"maybe"}`)
	read, err := readSet(path, set{first: 2, labels: yesNo(classifier.Hostile, classifier.Spam)})
	if err != nil {
		t.Fatal(err)
	}
	no := map[classifier.Axis]string{classifier.Hostile: classifier.No, classifier.Spam: classifier.No}
	want := []classifier.Example{
		{Text: "a", Group: "g", Labels: map[classifier.Axis]string{classifier.Hostile: classifier.Yes, classifier.Spam: classifier.No}},
		{Text: "b", Group: "x", Labels: no}, {Text: "c", Labels: no},
	}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("(-want +read): %s", diff)
	}
	if read, err = readSet(path, set{labels: only(classifier.Spam, "1", classifier.Yes)}); err != nil || len(read) != 1 || read[0].Labels[classifier.Spam] != classifier.Yes {
		t.Errorf("only spam: %+v, error %v", read, err)
	}
	writeSet(t, path, `{"text":"a","label":1}`, `{"text":`)
	if _, err := readSet(path, set{labels: yesNo(classifier.Spam, "")}); err == nil || !strings.Contains(err.Error(), path+": line 2: ") {
		t.Errorf("a broken line: %v", err)
	}
}

func TestReadSeeds(t *testing.T) {
	read, err := seedExamples([]seeds.Comment{
		{Text: "a", Claim: "c", Topic: "t", Stance: "favor"}, {Text: "b", Claim: "c", Stance: "none", Hostile: "yes", Spam: "no"},
	})
	want := []classifier.Example{
		{Text: "a", Claim: "c", Labels: map[classifier.Axis]string{classifier.Stance: classifier.Favor}},
		{Text: "b", Claim: "c", Labels: map[classifier.Axis]string{classifier.Stance: classifier.None, classifier.Hostile: classifier.Yes, classifier.Spam: classifier.No}},
	}
	if diff := cmp.Diff(want, read); diff != "" || err != nil {
		t.Errorf("error %v (-want +read): %s", err, diff)
	}
	_, err = seedExamples([]seeds.Comment{{Text: "a", Spam: "perhaps"}})
	if err == nil || !strings.HasSuffix(err.Error(), `comment 1: spam has no answer "perhaps"`) {
		t.Errorf("a wrong answer: %v", err)
	}
}

func TestEverySeedIsRead(t *testing.T) {
	comments, err := seeds.Training()
	if err != nil {
		t.Fatal(err)
	}
	read, err := seedExamples(comments)
	if err != nil || len(read) != 340 {
		t.Errorf("%d comments, error %v; the model's card says 340", len(read), err)
	}
}

func TestRunNeedsItsData(t *testing.T) {
	out := filepath.Join(t.TempDir(), "starter")
	for _, data := range []string{"", t.TempDir()} {
		if err := run(data, out); err == nil {
			t.Errorf("-data %q made a starter", data)
		}
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}

func TestReplaceLeavesOtherFoldersAlone(t *testing.T) {
	files, err := registry.Load(shippedFolder)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "starter")
	for range 2 {
		if err := replace(out, files); err != nil {
			t.Fatal(err)
		}
	}
	letter := filepath.Join(out, "letter.txt")
	if err := os.WriteFile(letter, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := replace(out, files); err == nil || !strings.Contains(err.Error(), "letter.txt") {
		t.Errorf("error %v", err)
	}
	if kept, err := os.ReadFile(letter); string(kept) != "mine" {
		t.Errorf("the letter is %q, error %v", kept, err)
	}
}
