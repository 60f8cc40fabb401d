package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"commentdesk/classifier/registry"
)

func TestTrainWritesAModel(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "a.jsonl", spamRows(40, 0)+`{"text":"no label"}`+"\n")
	writeFile(t, "b.csv", "Kommentar;Urteil\n\"bitcoin; now\";yes\neditor writes;no\n")
	writeFile(t, "test.jsonl", strings.Join(strings.SplitAfter(spamRows(40, 0), "\n")[:3], "")+`{"text":"unlabelled texts count too"}`+"\n")
	o := commandline(t, "train", "--axis", "spam", "--data", "a.jsonl", "--exclude", "test.jsonl", "--out", "models/mine")
	if o.code != exitDone || !strings.Contains(o.out, "examples 37 learned from; left out: 1 without a label, 3 excluded; 0 refused") {
		t.Fatalf("%+v", o)
	}
	files, err := registry.Load(filepath.Join("models", "mine"))
	if err != nil {
		t.Fatal(err)
	}
	if err := registry.Verify(files); err != nil {
		t.Error(err)
	}
	manifest, err := registry.ReadManifest(files.Manifest)
	if err != nil || manifest.Origin.Data != "a.jsonl; recipe shipped" || manifest.Vocabulary[0]+manifest.Vocabulary[1] != 0 {
		t.Errorf("%+v, %v", manifest.Origin, err)
	}
	if again := commandline(t, "train", "--axis", "spam", "--data", "a.jsonl", "--exclude", "test.jsonl", "--out", "models/mine"); again.out != o.out {
		t.Errorf("a second run: %+v", again)
	}
	reports := readReports(t, commandline(t, "evaluate", "--axis", "spam", "--data", "b.csv", "--columns", "text=Kommentar,label=Urteil", "--model", "models/mine"))
	if *reports[0].Model != manifest.ID || reports[0].N != 2 || *reports[0].AUC != 1 {
		t.Errorf("%+v", reports[0])
	}
	other := commandline(t, "train", "--axis", "spam", "--data", "b.csv", "a.jsonl", "--columns", "text=Kommentar,label=Urteil", "--out", "models/mine")
	if other.code != exitFailed && other.code != exitSomeRefused {
		t.Errorf("another model into the same folder: %+v", other)
	}
}

func TestTrainRefusals(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFile(t, "good.jsonl", spamRows(40, 0))
	writeFile(t, "mixed.jsonl", spamRows(40, 0)+`{"text":"x","label":"perhaps"}`+"\nnot JSON\n")
	writeFile(t, "bad.jsonl", `{"text":"x","label":"perhaps"}`+"\n")
	writeFile(t, "none.jsonl", `{"text":"x"}`+"\n")
	writeFile(t, "one.jsonl", `{"text":"x y","label":1}`+"\n"+`{"text":"y z","label":1}`+"\n")
	for name, try := range map[string]struct {
		args string
		code int
		says string
	}{
		"some rows":       {"--axis spam --data mixed.jsonl --out some", exitSomeRefused, "mixed.jsonl:42: not JSON"},
		"all rows":        {"--axis spam --data bad.jsonl --out out", exitFailed, "bad.jsonl:1: label"},
		"no label":        {"--axis spam --data none.jsonl --out out", exitFailed, "no row has a label on spam; 1 rows were left out"},
		"all excluded":    {"--axis spam --data good.jsonl --exclude good.jsonl --out out", exitFailed, "--exclude"},
		"one class":       {"--axis spam --data one.jsonl --out out", exitFailed, "2 yes and none is no"},
		"exclude missing": {"--axis spam --data good.jsonl --exclude nowhere.jsonl --out out", exitFailed, "nowhere.jsonl"},
		"recipe plain":    {"--axis spam --data good.jsonl --out out --recipe plain", exitUsage, "no model that can be saved; these do: shipped"},
		"no such recipe":  {"--axis spam --data good.jsonl --out out --recipe stew", exitUsage, "no recipe"},
		"no axis":         {"--data good.jsonl --out out", exitUsage, "--axis"},
		"no out":          {"--axis spam --data good.jsonl", exitUsage, "--out"},
		"no data":         {"--axis spam --out out", exitUsage, "--data"},
	} {
		t.Run(name, func(t *testing.T) {
			o := commandline(t, append([]string{"train"}, strings.Fields(try.args)...)...)
			if o.code != try.code || !strings.Contains(o.err, try.says) {
				t.Errorf("exit %d instead of %d; standard error %q lacks %q", o.code, try.code, o.err, try.says)
			}
			if _, err := os.Stat("out"); !os.IsNotExist(err) {
				t.Error("a folder was written")
			}
		})
	}
	if _, err := os.Stat(filepath.Join("some", registry.WeightsName)); err != nil {
		t.Error(err)
	}
}
