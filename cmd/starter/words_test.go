package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
)

func TestCountWords(t *testing.T) {
	uses := map[string]*wordUse{}
	countWords(uses, `The idiot's "fool," the f*cking id-iot said: don't! 1diot naïve so`, classifier.Yes)
	countWords(uses, "the fool", classifier.No)
	countWords(uses, "the fool", "")
	want := map[string]*wordUse{"the": {3, 1, 1}, "idiot": {1, 1, 0}, "fool": {3, 1, 1}, "said": {1, 1, 0}, "don": {1, 1, 0}}
	if diff := cmp.Diff(want, uses, cmp.AllowUnexported(wordUse{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRudeness(t *testing.T) {
	for _, test := range []struct {
		use  wordUse
		want int
	}{
		{wordUse{hostile: 2}, 0}, {wordUse{hostile: 100, friendly: 100}, 0}, {wordUse{hostile: 40, friendly: 10}, 0},
		{wordUse{hostile: 42, friendly: 10}, 4}, {wordUse{hostile: 84, friendly: 10}, 6}, {wordUse{hostile: 64}, 14},
	} {
		if got := test.use.rudeness(1000, 1000); got != test.want {
			t.Errorf("%+v: rudeness %d, want %d", test.use, got, test.want)
		}
	}
}

// The list that text embeds is the one the sets make.
func TestTheWordsMadeAnewAreTheKnownOnes(t *testing.T) {
	data := os.Getenv("COMMENTDESK_SETS")
	if data == "" {
		t.Skip("COMMENTDESK_SETS is not set: it names the folder of the public sets that the known words are made from")
	}
	out := filepath.Join(t.TempDir(), "words.gz")
	if err := writeWords(data, out); err != nil {
		t.Fatal(err)
	}
	made, shipped := unpacked(t, out), unpacked(t, "../../classifier/text/known_words.txt.gz")
	if !bytes.Equal(made, shipped) {
		t.Errorf("%d bytes made anew, %d shipped: run make words", len(made), len(shipped))
	}
}

func unpacked(t *testing.T, path string) []byte {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
