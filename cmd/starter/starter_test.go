package main

import (
	"compress/gzip"
	"fmt"
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
	writeSet(t, path, `{"text":"a HTTP://x.example","label":0}`, `{"text":"b","label":0}`, `{"text":"c www.x.example","label":0}`, `{"text":"d www.x.example","label":1}`)
	read, err = readSet(path, set{first: 1, labels: yesNo(classifier.Hostile, ""), linked: true})
	linked := func(text string) classifier.Example {
		return classifier.Example{Text: text, Labels: notSpam, Weight: linkedWeight}
	}
	hostile := func(text, answer string) classifier.Example {
		return classifier.Example{Text: text, Labels: map[classifier.Axis]string{classifier.Hostile: answer}}
	}
	want = []classifier.Example{
		linked("a HTTP://x.example"), hostile("a HTTP://x.example", classifier.No), linked("c www.x.example"),
		linked("d www.x.example"), hostile("d www.x.example", classifier.Yes),
	}
	if diff := cmp.Diff(want, read); diff != "" || err != nil {
		t.Errorf("links: error %v (-want +read): %s", err, diff)
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

// Every comment of seeds/train is read, and the model's card says how many there are.
func TestEverySeedIsRead(t *testing.T) {
	comments, err := seeds.Training()
	if err != nil {
		t.Fatal(err)
	}
	read, err := seedExamples(comments)
	if err != nil || len(read) != len(comments) || len(read) == 0 {
		t.Fatalf("%d of %d comments, error %v", len(read), len(comments), err)
	}
	found := map[string]int{}
	for _, e := range read {
		if len(e.Labels) == 0 || e.Text == "" || e.Labels[classifier.Stance] != "" && e.Claim == "" {
			t.Errorf("%.40q has the labels %v and the claim %q", e.Text, e.Labels, e.Claim)
		}
		for axis, answer := range e.Labels {
			found[string(axis)]++
			found[string(axis)+" "+answer]++
		}
	}
	card, err := os.ReadFile("../../models/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, row, _ := strings.Cut(string(card), "\n| seeds/train |")
	row, _, _ = strings.Cut(row, "\n")
	want := fmt.Sprintf(" | %d / %d | %d / %d | %d |", found["hostile yes"], found["hostile no"], found["spam yes"], found["spam no"], found["stance"])
	if !strings.HasSuffix(row, want) {
		t.Errorf("models/README.md says of seeds/train %q; want the labels%s", row, want)
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
