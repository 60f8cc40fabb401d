package learn_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"strings"
	"testing"

	"commentdesk/classifier"
	"commentdesk/classifier/registry"
	"commentdesk/moderation/learn"
)

// tampered is a store that hands out other files for every model.
type tampered struct {
	learn.Store
	files registry.Files
}

func (s tampered) ModelFiles(context.Context, string) (learn.ModelFiles, error) { return s.files, nil }

// promoted is a desk whose champion learned a few labels, with the champion's files.
func promoted(t *testing.T) (*desk, registry.Files) {
	t.Helper()
	d := newDesk(t)
	d.teachInsult(6)
	if report := d.retrain(); !report.Promoted {
		t.Fatal(report.Reason)
	}
	files, err := d.store.ModelFiles(t.Context(), d.championID())
	if err != nil {
		t.Fatal(err)
	}
	return d, files
}

func TestVerifyRebuildsFromStarterAndLedger(t *testing.T) {
	d, files := promoted(t)
	d.label(d.submit("", phrase(500, "letter"))[0], classifier.Hostile, classifier.No) // later than the champion
	for _, record := range d.models() {
		if err := d.learner.Verify(t.Context(), record.ID); err != nil {
			t.Errorf("%s, %s: %v", record.ID, record.State, err)
		}
	}
	manifest := manifestOf(t, files)
	if manifest.Origin.Position != 6 || manifest.Origin.Starter != manifestOf(t, starter(t)).ID || manifest.Origin.Parent != manifest.Origin.Starter {
		t.Errorf("the origin is %+v", manifest.Origin)
	}
}

func TestVerifyDetectsTampering(t *testing.T) {
	d, files := promoted(t)
	manifest := manifestOf(t, files)
	counts, _, err := registry.ReadCounts(files)
	if err != nil {
		t.Fatal(err)
	}
	weights := bytes.Clone(files.Weights)
	weights[len(weights)-1] ^= 1

	// A model that is whole in itself, but of other labels than the ledger holds.
	counts.Add(classifier.Example{Text: "the town is a zorbler", Labels: map[classifier.Axis]string{classifier.Hostile: classifier.No}})
	model, err := classifier.Build(counts, manifest.Parameters)
	if err != nil {
		t.Fatal(err)
	}
	forged, err := registry.Encode(model, counts, manifest.Origin, nil)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := registry.Encode(model, counts, registry.Origin{Starter: strings.Repeat("0", 32), Position: 3}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		files registry.Files
		want  string
	}{
		{"one weight", registry.Files{Manifest: files.Manifest, Counts: files.Counts, Weights: weights}, "weights: their SHA-256 is not the one in the manifest"},
		{"weights cut short", registry.Files{Manifest: files.Manifest, Counts: files.Counts, Weights: files.Weights[:len(files.Weights)-8]}, "weights: "},
		{"one count", registry.Files{Manifest: files.Manifest, Counts: recount(t, files.Counts), Weights: files.Weights}, "counts: their SHA-256 is not the one in the manifest"},
		{"a parameter", registry.Files{Manifest: bytes.Replace(files.Manifest, []byte(`"site_weight": 20`), []byte(`"site_weight": 21`), 1),
			Counts: files.Counts, Weights: files.Weights}, "rebuilt from its counts the model has the id "},
		{"another model", forged, "rebuilt from starter and ledger the model has the id " + d.championID()},
		{"another starter", foreign, "the model was built on the starter 00000000; this version ships "},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := learn.NewLearner(learn.Options{Store: tampered{d.store, c.files}, Starter: starter(t), Champion: d.champion, Now: clock})
			if err := l.Verify(t.Context(), d.championID()); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %s…", err, c.want)
			}
		})
	}
}

// recount changes the last digit of the counts.
func recount(t *testing.T, packed []byte) []byte {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	last := len(plain) - 2 // before the line's end
	plain[last] = '0' + (plain[last]-'0'+1)%10
	var again bytes.Buffer
	writer := gzip.NewWriter(&again)
	if _, err := writer.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return again.Bytes()
}
