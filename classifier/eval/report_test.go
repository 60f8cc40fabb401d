package eval

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var update = flag.Bool("update", false, "write the golden files anew")

func wantGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// goldenReports are one report of each kind: three classes, two classes, and an axis without rows.
func goldenReports(t *testing.T) []Report {
	t.Helper()
	three := mustMeasure(t, stance, threeClassRows(), Options{})
	two := mustMeasure(t, yesNo, twoClassRows(), Options{})
	empty := mustMeasure(t, yesNo, nil, Options{})
	reports := []Report{
		NewReport("stance", three, nil),
		NewReport("hostile", two, two.Intervals(Bootstrap{Resamples: 100, Seed: 1})),
		NewReport("spam", empty, empty.Intervals(Bootstrap{})),
	}
	model := "3f9c0a51b2d4e68f7091"
	reports[0].Model, reports[1].Model = &model, &model
	reports[1].LeftOut = 2
	reports[1].CommentsPerSecond = number(41250.5)
	return reports
}

func TestReportJSON(t *testing.T) {
	got, err := json.MarshalIndent(goldenReports(t), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "reports.json")
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(decoded(t, want), decoded(t, got), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func decoded(t *testing.T, data []byte) (value any) {
	t.Helper()
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestReportKeysAreAlwaysThereInOrder(t *testing.T) {
	want := []string{"axis", "n", "left_out", "classes", "accuracy", "macro_f1", "f1", "auc", "average_precision", "brier", "ece", "unsure",
		"confusion", "interval", "comments_per_second", "model", "log_loss", "prior", "threshold", "false_positive_rate", "recall", "ece_redrawn",
		"abstention", "thresholds"}
	topKey := regexp.MustCompile(`(?m)^ "(\w+)":`)
	for _, report := range goldenReports(t) {
		data, err := json.MarshalIndent(report, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, match := range topKey.FindAllSubmatch(data, -1) {
			keys = append(keys, string(match[1]))
		}
		if diff := cmp.Diff(want, keys); diff != "" {
			t.Errorf("%s (-want +got):\n%s", report.Axis, diff)
		}
	}
}

func TestReportHoldsEveryFigure(t *testing.T) {
	m := mustMeasure(t, yesNo, simulatedRows(2, 100), Options{})
	intervals := m.Intervals(Bootstrap{Resamples: 50})
	report := NewReport("hostile", m, intervals)
	for _, figure := range m.Figures() {
		value, interval := report.get(figure)
		want, _ := m.Value(figure)
		if value == nil || *value != want || interval == nil || *interval != intervals[figure] {
			t.Errorf("%s: report has %v and %v", figure, value, interval)
		}
	}
}

func TestWriteTable(t *testing.T) {
	var out bytes.Buffer
	if err := WriteTable(&out, goldenReports(t)); err != nil {
		t.Fatal(err)
	}
	wantGolden(t, "reports.txt", out.Bytes())
}

func TestWriteDifferences(t *testing.T) {
	differences := []Difference{
		{Figure: LogLoss, Base: .4, Other: .38, Difference: -.02, Low: -.03, High: -.01},
		{Figure: F1Of("yes"), Base: .7, Other: .65, Difference: -.05, Low: -.08, High: -.02},
		{Figure: AUC, Base: .8, Other: .8, Difference: 0, Low: -.00001, High: .004},
	}
	var out bytes.Buffer
	if err := WriteDifferences(&out, "hostile", "plain", "shipped", differences); err != nil {
		t.Fatal(err)
	}
	wantGolden(t, "differences.txt", out.Bytes())
}

var errClosed = errors.New("closed")

type closedWriter struct{}

func (closedWriter) Write([]byte) (int, error) { return 0, errClosed }

func TestWritersPassErrorsOn(t *testing.T) {
	if err := WriteTable(closedWriter{}, goldenReports(t)); !errors.Is(err, errClosed) {
		t.Errorf("WriteTable: %v", err)
	}
	if err := WriteDifferences(closedWriter{}, "", "", "", nil); !errors.Is(err, errClosed) {
		t.Errorf("WriteDifferences: %v", err)
	}
}
