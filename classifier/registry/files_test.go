package registry

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier"
	"commentdesk/classifier/feature"
)

const claim = "The town should build the bridge"

// labelled are examples of all three axes, the same on every run.
func labelled(n int) []classifier.Example {
	words := map[string][]string{
		classifier.Favor: {"agree finally", "support overdue"}, classifier.Against: {"oppose waste", "wrong costs"}, classifier.None: {"weather recipe", "football yesterday"},
		"hostile": {"you idiot", "pathetic scum"}, "friendly": {"thanks friend", "kind reader"}, "spam": {"cheap click", "bitcoin earn"}, "honest": {"the article", "the paper"},
	}
	examples := make([]classifier.Example, n)
	for i := range examples {
		stance := classifier.Stance.Answers()[i%3]
		hostile, spam := []string{classifier.Yes, classifier.No}[i/2%2], []string{classifier.Yes, classifier.No}[i/3%2]
		parts := []string{
			words[stance][i%2], words[map[string]string{classifier.Yes: "hostile", classifier.No: "friendly"}[hostile]][i/5%2],
			words[map[string]string{classifier.Yes: "spam", classifier.No: "honest"}[spam]][i/7%2], fmt.Sprintf("word%d", i%17),
		}
		examples[i] = classifier.Example{Text: strings.Join(parts, " "), Claim: claim, Group: fmt.Sprint(i), Labels: map[classifier.Axis]string{
			classifier.Stance: stance, classifier.Hostile: hostile, classifier.Spam: spam,
		}}
	}
	return examples
}

func trained(t testing.TB, n int) (*classifier.Model, *classifier.Counts) {
	t.Helper()
	model, counts, err := classifier.Train(feature.Current, labelled(n), classifier.Shipped())
	if err != nil {
		t.Fatal(err)
	}
	return model, counts
}

func encoded(t testing.TB, n int) Files {
	t.Helper()
	model, counts := trained(t, n)
	files, err := Encode(model, counts, Origin{Data: "made for tests"}, map[string]float64{"auc": 0.5})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var probes = []classifier.Example{
	{}, {Text: "you idiot, I agree"}, {Text: "I oppose this waste!!!", Claim: claim}, {Text: "cheap bitcoin x.com", Claim: "another claim"},
	{Text: "THE ARTICLE OF ｉdiot 👩\u200d👧 word3", Claim: strings.ToUpper(claim)}, {Text: "unheard of"},
}

// wantEqual checks that two models answer and explain alike.
func wantEqual(t *testing.T, want, got *classifier.Model) {
	t.Helper()
	for _, probe := range probes {
		if diff := cmp.Diff(want.Explain(probe), got.Explain(probe)); diff != "" {
			t.Errorf("%q (-before +after):\n%s", probe.Text, diff)
		}
	}
	if diff := cmp.Diff(want.Describe(), got.Describe()); diff != "" {
		t.Errorf("description (-before +after):\n%s", diff)
	}
}

func TestOpenAnswersAsBefore(t *testing.T) {
	model, counts := trained(t, 120)
	origin := Origin{Starter: "aa", Parent: "bb", Position: 77, Data: "made for tests"}
	files, err := Encode(model, counts, origin, map[string]float64{"auc": 0.5})
	if err != nil {
		t.Fatal(err)
	}
	opened, manifest, err := Open(files)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, model, opened)
	if manifest.Origin != origin || !strings.Contains(string(manifest.Metrics), "0.5") {
		t.Errorf("origin %+v and metrics %s did not come back", manifest.Origin, manifest.Metrics)
	}
	if err := Verify(files); err != nil {
		t.Errorf("a fresh model does not verify: %v", err)
	}
}

func TestEncodeIsTheSameEveryTime(t *testing.T) {
	first, second := encoded(t, 120), encoded(t, 120)
	if diff := cmp.Diff(first, second); diff != "" {
		t.Error("the same examples made other bytes")
	}
}

func TestOriginAndMetricsAreOutsideTheID(t *testing.T) {
	model, counts := trained(t, 120)
	plain, err := Encode(model, counts, Origin{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	told, err := Encode(model, counts, Origin{Position: 9}, "good")
	if err != nil {
		t.Fatal(err)
	}
	a, errA := ReadManifest(plain.Manifest)
	b, errB := ReadManifest(told.Manifest)
	if errA != nil || errB != nil || a.ID != b.ID {
		t.Errorf("ids %s and %s, errors %v and %v", a.ID, b.ID, errA, errB)
	}
}

func TestReadCountsRebuildsTheModel(t *testing.T) {
	files := encoded(t, 120)
	model, _, err := Open(files)
	if err != nil {
		t.Fatal(err)
	}
	counts, manifest, err := ReadCounts(files)
	if err != nil {
		t.Fatal(err)
	}
	rebuilt, err := classifier.Build(counts, manifest.Parameters)
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, model, rebuilt)
	if !bytes.Equal(model.Weights(), rebuilt.Weights()) {
		t.Error("the rebuilt model has other weights")
	}
}

// changed is files with a changed manifest.
func changed(t testing.TB, files Files, change func(*Manifest)) Files {
	t.Helper()
	manifest, err := ReadManifest(files.Manifest)
	if err != nil {
		t.Fatal(err)
	}
	change(&manifest)
	if files.Manifest, err = json.Marshal(manifest); err != nil {
		t.Fatal(err)
	}
	return files
}

func unpacked(t testing.TB, packed []byte) []byte {
	t.Helper()
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

func packed(t testing.TB, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	if _, err := zip.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withCounts is files whose counts are others, the manifest's digest with them: damage that no digest shows.
func withCounts(t testing.TB, files Files, plain []byte) Files {
	files.Counts = packed(t, plain)
	return changed(t, files, func(m *Manifest) { m.CountsSHA256 = sum(plain) })
}

// withWeight is files with one weight changed, digest included.
func withWeight(t testing.TB, files Files, by float32) Files {
	files.Weights = bytes.Clone(files.Weights)
	for at := len(files.Weights) - 4; ; at -= 4 {
		weight := math.Float32frombits(binary.LittleEndian.Uint32(files.Weights[at:]))
		if weight != weight {
			continue
		}
		binary.LittleEndian.PutUint32(files.Weights[at:], math.Float32bits(weight+by))
		return changed(t, files, func(m *Manifest) { m.WeightsSHA256 = sum(files.Weights) })
	}
}

func TestVerifyCatchesChanges(t *testing.T) {
	files := encoded(t, 120)
	plain := string(unpacked(t, files.Counts))
	line, _, _ := strings.Cut(plain, "\n")
	fields := strings.Split(line, "\t")
	fields[4] = "1" + fields[4]
	otherCount := strings.Replace(plain, line, strings.Join(fields, "\t"), 1)
	fields = strings.Split(line, "\t")
	fields[2] = "0.5"
	otherAttribute := strings.Replace(plain, line, strings.Join(fields, "\t"), 1)
	tests := []struct {
		name  string
		files Files
		want  string
	}{
		{"a weight", withWeight(t, files, 0.001), "weight"},
		{"a count", withCounts(t, files, []byte(otherCount)), "id"},
		{"an attribute weight", withCounts(t, files, []byte(otherAttribute)), "id"},
		{"a run's attribute weight", withCounts(t, files, []byte(plain+"spam\tl:<bi\t0.25\n")), "id"},
		{"letters switched off", changed(t, files, func(m *Manifest) { m.Parameters.Letters = false }), "id"},
		{"the slope of letters", changed(t, files, func(m *Manifest) { m.Parameters.Axes[1].LetterSlope++ }), "id"},
		{"a feature left out", withCounts(t, files, []byte(strings.Replace(plain, line+"\n", "", 1))), "id"},
		{"a feature renamed", withCounts(t, files, []byte(strings.Replace(plain, "w:idiot", "w:idiom", 1))), "id"},
		{"the prior", changed(t, files, func(m *Manifest) { m.Parameters.Axes[1].Prior = 0.5 }), "id"},
		{"the smoothing", changed(t, files, func(m *Manifest) { m.Parameters.Axes[1].Smoothing = 7 }), "id"},
		{"the examples counted", changed(t, files, func(m *Manifest) { m.Examples[1][0]++ }), "id"},
		{"a claim's sentence", changed(t, files, func(m *Manifest) { m.Claims[0].Sentence += "?" }), "id"},
		{"a claim's labels", changed(t, files, func(m *Manifest) { m.Claims[0].Labels[0]++ }), "id"},
		{"the vocabulary", changed(t, files, func(m *Manifest) { m.Vocabulary[1] = 0 }), "features"},
		{"the id", changed(t, files, func(m *Manifest) { m.ID = strings.Repeat("ab", 16) }), "id"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := Verify(test.files); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestDigestsCatchDamage(t *testing.T) {
	files := encoded(t, 120)
	weights, counts := files, files
	weights.Weights = bytes.Clone(files.Weights)
	weights.Weights[len(weights.Weights)-1] ^= 1
	if _, _, err := Open(weights); err == nil {
		t.Error("weights with one bit turned were opened")
	}
	counts.Counts = packed(t, append(unpacked(t, files.Counts), "spam\tw:added\t1\t2\t1\t1\n"...))
	if _, _, err := ReadCounts(counts); err == nil || !strings.Contains(err.Error(), "SHA-256") {
		t.Errorf("counts with a line added: %v", err)
	}
	counts.Counts = files.Counts[:len(files.Counts)-9]
	if _, _, err := ReadCounts(counts); err == nil {
		t.Error("counts that were cut were read")
	}
}

func TestReadManifestRefuses(t *testing.T) {
	good := string(encoded(t, 60).Manifest)
	replace := func(old, new string) []byte {
		if !strings.Contains(good, old) {
			t.Fatalf("the manifest has no %q", old)
		}
		return []byte(strings.Replace(good, old, new, 1))
	}
	for name, data := range map[string][]byte{
		"nothing":          nil,
		"not JSON":         []byte("model"),
		"cut":              []byte(good[:len(good)/2]),
		"another format":   replace(`"format": 1`, `"format": 2`),
		"no id":            replace(`"id": "`, `"other": "`),
		"an id with path":  replace(`"id": "`, `"id": "../`),
		"a list":           []byte("[]"),
		"a number too big": replace(`"min_examples": 2`, `"min_examples": 1e400`),
		"too large":        bytes.Repeat([]byte(" "), MaxManifest+1),
	} {
		if _, err := ReadManifest(data); err == nil {
			t.Errorf("%s: read without an error", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	files := encoded(t, 60)
	for name, bad := range map[string]Files{
		"an unknown chain":      changed(t, files, func(m *Manifest) { m.Chain = "letters-9" }),
		"a prior of 2":          changed(t, files, func(m *Manifest) { m.Parameters.Axes[2].Prior = 2 }),
		"a slope of 1e300":      changed(t, files, func(m *Manifest) { m.Parameters.Axes[0].Slope = 1e300 }),
		"no example of favor":   changed(t, files, func(m *Manifest) { m.Examples[0][0] = 0 }),
		"examples below 0":      changed(t, files, func(m *Manifest) { m.Examples[2][1] = -1 }),
		"too many examples":     changed(t, files, func(m *Manifest) { m.Examples[1][1] = 1e300 }),
		"a claim's labels < 0":  changed(t, files, func(m *Manifest) { m.Claims[0].Labels[2] = -3 }),
		"a claim's labels high": changed(t, files, func(m *Manifest) { m.Claims[0].Labels[2] = 1e300 }),
		"a slope of letters":    changed(t, files, func(m *Manifest) { m.Parameters.Axes[1].LetterSlope = 1e300 }),
		"a claim's slope":       changed(t, files, func(m *Manifest) { m.Parameters.Axes[0].ClaimSlope = -1e300 }),
		"a letter no number":    withWeight(t, files, float32(math.NaN())),
		"an infinite weight":    withWeight(t, files, float32(math.Inf(1))),
		"weights of no version": changed(t, Files{files.Manifest, files.Counts, nil}, func(m *Manifest) { m.WeightsSHA256 = sum(nil) }),
	} {
		if _, _, err := Open(bad); err == nil {
			t.Errorf("%s: opened without an error", name)
		}
	}
}

// A few kilobytes that unpack to megabytes without an end of line are refused at the cap of a line.
func TestReadCountsStopsAtALineTooLong(t *testing.T) {
	files := encoded(t, 60)
	files.Counts = packed(t, bytes.Repeat([]byte("a"), 8<<20))
	if _, _, err := ReadCounts(files); err == nil || !strings.Contains(err.Error(), "after line 0") {
		t.Errorf("error %v, want one at the first line", err)
	}
}

func TestEncodeCapsMetrics(t *testing.T) {
	model, counts := trained(t, 120)
	if _, err := Encode(model, counts, Origin{}, strings.Repeat("x", MaxMetrics-2)); err != nil {
		t.Errorf("metrics of just the cap: %v", err)
	}
	if _, err := Encode(model, counts, Origin{}, strings.Repeat("x", MaxMetrics-1)); err == nil || !strings.Contains(err.Error(), "metrics") {
		t.Errorf("metrics a byte larger: %v", err)
	}
}
