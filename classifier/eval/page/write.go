package page

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"time"
)

//go:embed page.html
var pageSource string

//go:embed chart.html
var chartSource string

//go:embed page.css
var styleSource string

var layout = template.Must(template.Must(template.New("page").Parse(pageSource)).Parse(
	`{{define "chart"}}` + chartSource + `{{end}}{{define "style"}}` + styleSource + `{{end}}`))

// Write writes the page.
func Write(w io.Writer, p Page) error {
	shown := view{Page: p, Generator: template.HTML(Generator), When: p.At.Format("2 January 2006, 15:04 MST"), Stamp: p.At.Format(time.RFC3339)}
	for i := range p.Axes {
		shown.Sections = append(shown.Sections, newSection(&p.Axes[i]))
	}
	return layout.Execute(w, shown)
}

// view is what the template sees.
type view struct {
	Page
	Generator template.HTML
	When      string
	Stamp     string
	Sections  []section
}

// section is one axis as the template sees it.
type section struct {
	*Axis
	Comments    string
	LeftOut     string
	SharedSaid  string
	Speed       string
	Headlines   []string
	Conditions  []string
	Figures     []figure
	Differences []difference
	Confusion   confusion
	SliceHead   []string
	Slices      []slice
	Charts      []chart
	Claims      []claimRow
	Mistakes    []mistake
	WrongOf     string
	Carriers    []carrier
}

func newSection(a *Axis) section {
	s := section{
		Axis:       a,
		Comments:   many(a.Report.N, "comment"),
		Headlines:  headlines(&a.Report),
		Conditions: conditions(a),
		Figures:    figuresOf(&a.Report),
		Confusion:  confusionOf(&a.Report),
		SliceHead:  sliceHead(&a.Report),
		Slices:     slicesOf(&a.Report),
		WrongOf:    many(a.Wrong, "answer"),
	}
	if a.Report.LeftOut > 0 {
		s.LeftOut = many(a.Report.LeftOut, "row") + " without a label left out"
	}
	if a.Shared > 0 {
		s.SharedSaid = many(a.Shared, "training row") + " left out, their text is measured too"
	}
	if a.Report.CommentsPerSecond != nil {
		s.Speed = count(math.Round(*a.Report.CommentsPerSecond)) + " comments a second"
	}
	if a.Base != nil {
		s.Differences = differencesOf(a.Base.Differences)
	}
	for _, draw := range []func(*Axis) (chart, bool){rocOf, precisionRecallOf, reliabilityOf, riskOf, learningOf} {
		if drawn, ok := draw(a); ok {
			s.Charts = append(s.Charts, drawn)
		}
	}
	for _, p := range a.Claims {
		s.Claims = append(s.Claims, claimRow{count(float64(p.Labels)), count(float64(p.Examples)), optional(p.MacroF1), interval(p.Interval),
			optional(p.Accuracy), optional(p.Unsure)})
	}
	for i := range a.Errors {
		s.Mistakes = append(s.Mistakes, newMistake(&a.Errors[i]))
	}
	for i := range a.Words {
		s.Carriers = append(s.Carriers, newCarrier(a, &a.Words[i]))
	}
	return s
}

// claimRow is what stance came to with so many labels a claim.
type claimRow struct{ Labels, Examples, MacroF1, Interval, Accuracy, Unsure string }

// mistake is one error as the template sees it.
type mistake struct {
	*Error
	Shown   string
	Of      string // characters the text has, where it is cut
	Percent string
	Place   string
}

func newMistake(e *Error) mistake {
	m := mistake{Error: e, Percent: percent(e.Probability), Place: e.File}
	shown, of := shortened(e.Text)
	m.Shown = shown
	if of > 0 {
		m.Of = count(float64(of))
	}
	if e.Line > 0 {
		m.Place = fmt.Sprintf("%s, line %d", e.File, e.Line)
	}
	return m
}

// carrier is one class's words as the template sees them.
type carrier struct {
	Class   string
	Classes []string
	Words   []carriedWord
}

type carriedWord struct {
	Word
	Weight string
	Counts []string
}

func newCarrier(a *Axis, words *ClassWords) carrier {
	c := carrier{Class: words.Class, Classes: a.Report.Classes}
	for _, w := range words.Words {
		shown := carriedWord{Word: w, Weight: signed(w.Weight)}
		for _, n := range w.Counts {
			shown.Counts = append(shown.Counts, count(n))
		}
		c.Words = append(c.Words, shown)
	}
	return c
}
