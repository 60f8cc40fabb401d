package view

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"commentdesk/classifier"
)

// TestPiecesKeepTheText marks random words, overlapping and outside the text too: the text stays what it was.
func TestPiecesKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		evidence := &classifier.Evidence{Axis: classifier.Hostile, Answer: classifier.Yes}
		for range rapid.IntRange(0, 9).Draw(t, "rows") {
			evidence.Rows = append(evidence.Rows, classifier.EvidenceRow{
				Start: rapid.IntRange(0, 50).Draw(t, "start"), End: rapid.IntRange(0, 50).Draw(t, "end"), Share: rapid.Float64Range(-9, 9).Draw(t, "share")})
		}
		var got strings.Builder
		for _, piece := range newPieces(Local{}, text, evidence) {
			got.WriteString(piece.Text)
		}
		if got.String() != string([]rune(text)) {
			t.Fatalf("%q became %q", text, got.String())
		}
	})
}

// TestEvidenceAddsUp cuts a long list and checks that what is shown still sums to the log-odds.
func TestEvidenceAddsUp(t *testing.T) {
	evidence := &classifier.Evidence{Axis: classifier.Hostile, Answer: classifier.Yes, Prior: -3.48, LogOdds: -3.48}
	for i := range 40 {
		share := float64(i%7)/10 - 0.25
		evidence.Rows = append(evidence.Rows, classifier.EvidenceRow{Text: "word", Start: i, End: i + 1, Share: share})
		evidence.LogOdds += share
	}
	shown := newEvidence(Local{}, evidence)
	if len(shown.Rows) != shownRows+2 {
		t.Fatalf("%d rows", len(shown.Rows))
	}
	sum := 0.0
	for _, row := range shown.Rows {
		sum += parseSigned(t, row.Share)
		if row.Width < 0 || row.Width > 100 || row.Away != (row.X < 0) && row.Width > 0 {
			t.Errorf("bar %+v", row)
		}
	}
	if total := parseSigned(t, shown.Sum.Share); math.Abs(sum-total) > 0.005*float64(len(shown.Rows)+1) {
		t.Errorf("the rows sum to %.2f, the last row says %.2f", sum, total)
	}
}

func parseSigned(t *testing.T, s string) float64 {
	t.Helper()
	whole, part := 0, 0
	sign := 1.0
	if strings.HasPrefix(s, "−") {
		sign = -1
	}
	digits := strings.TrimLeft(s, "+−")
	for _, r := range digits {
		if r == '.' {
			part = 1
			continue
		}
		whole = whole*10 + int(r-'0')
		if part > 0 {
			part *= 10
		}
	}
	return sign * float64(whole) / float64(part)
}

func TestPercent(t *testing.T) {
	for p, want := range map[float64]string{0: "< 1 %", 0.0099: "< 1 %", 0.01: "1 %", 0.5: "50 %", 0.99: "99 %", 0.995: "> 99 %", 1: "> 99 %"} {
		if got := (Local{}).Percent(p); got != want {
			t.Errorf("%v is %q, want %q", p, got, want)
		}
	}
}
