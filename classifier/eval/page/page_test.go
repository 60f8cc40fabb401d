package page

import (
	"bytes"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"commentdesk/classifier/eval"
)

var update = flag.Bool("update", false, "write the golden files anew")

// rows are n made rows of so many classes; a model of that skill is right more often than not.
func rows(n, classes int, skill float64, seed uint64) []eval.Row {
	random := rand.New(rand.NewPCG(seed, 1))
	rows := make([]eval.Row, n)
	for i := range rows {
		gold := random.IntN(classes)
		scores, sum := make([]float64, classes), 0.0
		for class := range scores {
			scores[class] = math.Exp(random.NormFloat64())
			if class == gold {
				scores[class] *= math.Exp(skill)
			}
			sum += scores[class]
		}
		for class := range scores {
			scores[class] = math.Round(scores[class]/sum*1000) / 1000
		}
		scores[0] = 1
		for _, p := range scores[1:] {
			scores[0] -= p
		}
		rows[i] = eval.Row{Gold: gold, Probabilities: scores, Answered: random.IntN(10) > 0}
	}
	return rows
}

// reported measures rows as one axis.
func reported(t testing.TB, axis string, classes []string, rows []eval.Row) (*eval.Measurement, eval.Report) {
	t.Helper()
	m, err := eval.Measure(classes, rows, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m, eval.NewReport(axis, m, m.Intervals(eval.Bootstrap{Resamples: 40, Seed: 1}))
}

const hostileText = "</script></style></blockquote><img src=x onerror=alert(1)> {{.Command}} <!-- \u202etxet \x00 هذا نص عربي"

// made is a page of two axes with everything on it, hostile texts wherever a user's text can stand.
func made(t testing.TB) Page {
	yesNo := []string{"yes", "no"}
	spamRows := rows(240, 2, 1.5, 1)
	spam, spamReport := reported(t, "spam", yesNo, spamRows)
	base, _ := reported(t, "spam", yesNo, rowsWithGold(rows(240, 2, .6, 9), spamRows))
	differences, err := eval.Compare(base, spam, eval.Bootstrap{Resamples: 40, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	model := "3f9c0a51b2d4e6f8"
	spamReport.Model = &model
	spamReport.LeftOut = 12
	speed := 41250.4
	spamReport.CommentsPerSecond = &speed
	stance, stanceReport := reported(t, "stance", []string{"favor", "against", "none"}, rows(90, 3, 1, 2))
	var learning []LearningPoint
	for i, share := range []float64{.1, .2, .4, .7, 1} {
		_, report := reported(t, "spam", yesNo, rows(240, 2, .3+share, uint64(i+3)))
		learning = append(learning, LearningPoint{Share: share, Examples: int(1500 * share), Report: report})
	}
	learning[0] = LearningPoint{Share: .1, Examples: 150, Reason: "too few"}
	return Page{
		Command: []string{"commentdesk", "evaluate", "--axis", "spam", "--data", `'it'\''s "odd" <b>.jsonl'`, "--html", "report.html"},
		At:      time.Date(2026, 11, 22, 21, 30, 0, 0, time.UTC),
		Program: "1.2.3",
		Sets: []Set{
			{Purpose: "measured", Files: []File{{`it's "odd" <b>.jsonl`, 240}}, LeftOut: 12},
			{Purpose: "trained on", Files: []File{{"a.csv", 1000}, {"b.csv", 500}}, Refused: 1},
		},
		Axes: []Axis{
			{Name: "stance", Measured: "model " + model, Report: stanceReport, Measurement: stance, Wrong: 31,
				Claims: []eval.ClaimPoint{{Labels: 0, Examples: 400, MacroF1: stanceReport.MacroF1}, {Labels: 15, Examples: 690, MacroF1: stanceReport.MacroF1}},
				Errors: []Error{
					{Text: "Finally.", Claim: "Build <i>it</i>", Label: "favor", Answer: "none", Probability: .97},
				}},
			{Name: "spam", Measured: "recipe shipped", Report: spamReport, Measurement: spam, Shared: 4, Expects: .03, Learning: learning, Wrong: 60,
				Base: &Base{Name: "plain", Measurement: base, Differences: differences},
				Errors: []Error{
					{Text: hostileText, File: "<b>.jsonl", Line: 45, Label: "no", Answer: "yes", Probability: .996},
					{Text: strings.Repeat("ä", 100_000), File: "b.csv", Label: "yes", Answer: "no", Probability: .91, Unsure: true},
				},
				WordsOf: "recipe shipped",
				Words: []ClassWords{
					{"yes", []Word{{Text: "<link>", Weight: 2.25, Counts: []float64{120, 1.5}}}},
					{"no", []Word{{Text: "هذا", Claim: "</table>", Weight: .5, Counts: []float64{0, 3}}}},
				}},
		},
	}
}

// rowsWithGold are answers to the labels of other rows.
func rowsWithGold(answers, gold []eval.Row) []eval.Row {
	for i := range answers {
		answers[i].Gold, answers[i].Group = gold[i].Gold, gold[i].Group
	}
	return answers
}

func written(t testing.TB, p Page) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, p); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func parsed(t testing.TB, html string) *goquery.Document {
	t.Helper()
	document, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestGolden(t *testing.T) {
	got := written(t, made(t))
	path := filepath.Join("testdata", "page.html")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// No text of a user becomes markup, and each stands where it reads in its own direction.
func TestHostileTextStaysText(t *testing.T) {
	document := parsed(t, written(t, made(t)))
	if n := document.Find("script, img, b, i, iframe, object, link").Length(); n != 0 {
		t.Errorf("%d elements that the page does not have", n)
	}
	quotes := document.Find("#spam .errors blockquote")
	if got, want := quotes.First().Text(), strings.ReplaceAll(hostileText, "\x00", "\uFFFD"); got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
	document.Find("blockquote").Each(func(_ int, quote *goquery.Selection) {
		if dir, _ := quote.Attr("dir"); dir != "auto" || quote.Closest("details").Length() != 1 {
			t.Error("a comment is not isolated, or stands open")
		}
	})
	if open := document.Find("details[open]").Length(); open != 0 {
		t.Errorf("%d details stand open", open)
	}
	if command := document.Find(".command").Text(); command != strings.Join(made(t).Command, " ") {
		t.Errorf("command %q", command)
	}
	for _, text := range []string{"<b>.jsonl, line 45", "Build <i>it</i>", "</table>", "<link>"} {
		found := document.Find("bdi").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == text })
		if found.Length() == 0 {
			t.Errorf("%q is nowhere isolated", text)
		}
	}
}

func TestLongTextIsCut(t *testing.T) {
	item := parsed(t, written(t, made(t))).Find("#spam .errors li").Eq(1)
	if n := strings.Count(item.Find("blockquote").Text(), "ä"); n != 2000 {
		t.Errorf("%d characters shown", n)
	}
	if note := item.Find(".said").Text(); note != "Cut after 2,000 of 100,000 characters." {
		t.Errorf("note %q", note)
	}
	if shown, of := shortened(strings.Repeat("語", 2000)); of != 0 || len(shown) != 6000 {
		t.Errorf("a text of 2,000 characters is cut to %d bytes", len(shown))
	}
}

// The page loads nothing, links nowhere but to itself, and forbids the rest.
func TestNothingFromElsewhere(t *testing.T) {
	html := written(t, made(t))
	document := parsed(t, html)
	document.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, attribute := range s.Nodes[0].Attr {
			switch name := strings.ToLower(attribute.Key); {
			case name == "href" && strings.HasPrefix(attribute.Val, "#"):
			case name == "href", name == "src", name == "srcset", name == "action", name == "data", name == "style", strings.HasPrefix(name, "on"):
				t.Errorf("<%s %s=%q>", s.Nodes[0].Data, name, attribute.Val)
			}
		}
	})
	style := document.Find("style").Text()
	if strings.Contains(style, "url(") || strings.Contains(style, "@import") || strings.Contains(style, "ZgotmplZ") || !strings.Contains(style, "prefers-color-scheme: dark") {
		t.Error("the style refers to something, or is not the one of this package")
	}
	if strings.Contains(html, "://") {
		t.Error("an address stands in the page")
	}
	if policy, _ := document.Find(`meta[http-equiv="Content-Security-Policy"]`).Attr("content"); !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	if !strings.Contains(html[:1024], Generator) {
		t.Error("the first kilobyte does not say whose page it is")
	}
}

// Every picture says what it shows, and its table stands beside it.
func TestEveryPictureIsNamed(t *testing.T) {
	document := parsed(t, written(t, made(t)))
	ids := map[string]bool{}
	document.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id, _ := s.Attr("id")
		if ids[id] {
			t.Errorf("id %s stands twice", id)
		}
		ids[id] = true
	})
	pictures := document.Find("svg")
	if pictures.Length() != 7 {
		t.Errorf("%d pictures: five of spam and two of stance are meant", pictures.Length())
	}
	pictures.Each(func(_ int, s *goquery.Selection) {
		title, description := s.Find("title").Text(), s.Find("desc").Text()
		if len(title) < 10 || len(description) < 40 {
			t.Errorf("title %q, description %q", title, description)
		}
		named, _ := s.Attr("aria-labelledby")
		for _, id := range strings.Fields(named) {
			if !ids[id] {
				t.Errorf("%s: no element %s", title, id)
			}
		}
		if s.Closest("figure").Find("details table tbody tr").Length() < 2 {
			t.Errorf("%s: no table", title)
		}
		if markup, err := s.Html(); err != nil || strings.Contains(markup, "NaN") || strings.Contains(markup, "Inf") {
			t.Errorf("%s: drawn with no number, %v", title, err)
		}
	})
}

// An axis of which little is known still makes a page: one row, one class, no base, nothing learned.
func TestSparseAxes(t *testing.T) {
	one := []eval.Row{{Gold: 1, Probabilities: []float64{.5, .5}}}
	m, report := reported(t, "hostile", []string{"yes", "no"}, one)
	html := written(t, Page{Axes: []Axis{{Name: "hostile", Report: report, Measurement: m, Base: &Base{Name: "x", Measurement: m}}}})
	if strings.Contains(html, "NaN") || strings.Contains(html, "Inf") {
		t.Error("something that is no number is shown")
	}
	if n := parsed(t, html).Find(".figures tbody").Length(); n < 4 {
		t.Errorf("%d figures", n)
	}
	none, noReport := reported(t, "spam", []string{"yes", "no"}, nil)
	written(t, Page{Axes: []Axis{{Name: "spam", Report: noReport, Measurement: none}}})
}

func TestNumbersInWords(t *testing.T) {
	for share, want := range map[float64]string{0: "0\u00a0%", .004: "<\u00a01\u00a0%", .5: "50\u00a0%", .994: ">\u00a099\u00a0%", 1: "100\u00a0%", math.NaN(): "–"} {
		if got := percent(share); got != want {
			t.Errorf("percent(%v) is %q, want %q", share, got, want)
		}
	}
	for share, want := range map[float64]string{0: "0", .0042: "0.4", .916: "92", .9951: "99.5", 1: "100"} {
		if got := hundred(share); got != want {
			t.Errorf("hundred(%v) is %q, want %q", share, got, want)
		}
	}
	for n, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", 2.5: "2.5"} {
		if got := count(n); got != want {
			t.Errorf("count(%v) is %q, want %q", n, got, want)
		}
	}
	for value, want := range map[float64]string{.01234: "+0.012", -.5: "−0.500", .0001: "0.000"} {
		if got := signed(value); got != want {
			t.Errorf("signed(%v) is %q, want %q", value, got, want)
		}
	}
}

// A model that is always right, or always wrong, has a scale too.
func TestTwentieths(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		want      scale
	}{{.61, .83, scale{.6, .85}}, {1, 1, scale{.95, 1}}, {0, 0, scale{0, .05}}, {.5, .5, scale{.45, .5}}} {
		if got := twentieths(c.low, c.high); got != c.want {
			t.Errorf("%v to %v: %v, want %v", c.low, c.high, got, c.want)
		}
	}
}

func TestRoundTicks(t *testing.T) {
	for _, c := range []struct {
		s    scale
		want string
	}{
		{scale{0, 1500}, "0 250 500 750 1,000 1,250 1,500"},
		{scale{.85, 1}, "0.85 0.875 0.9 0.925 0.95 0.975 1"},
		{scale{0, 7}, "0 1 2 3 4 5 6 7"},
		{scale{0, 40}, "0 10 20 30 40"},
		{scale{1, 1}, ""},
	} {
		var got []string
		for _, tick := range c.s.roundTicks(c.s.x, func(v float64) string {
			if v < 10 {
				return strconv.FormatFloat(v, 'g', 3, 64)
			}
			return count(v)
		}) {
			got = append(got, tick.Label)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, want %s", c.s, got, c.want)
		}
	}
}
