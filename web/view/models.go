package view

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation/learn"
)

// Models lists the models and what can be done with them.
type Models struct {
	Frame
	Notice    *Notice
	SetAside  string // why the starter serves instead of the champion
	Job       *Job   // the newest; nil where none ever ran
	Models    []Model
	Rescoring *Rescoring // nil where everything that waits has the champion's answers
	Earlier   bool       // there is a champion to roll back to
}

// Running reports whether something goes on that the page follows.
func (m Models) Running() bool { return m.Rescoring != nil || m.Job != nil && m.Job.Running }

func (Models) template() string { return "models" }

// Rescoring is how far the champion is in answering what waits.
type Rescoring struct{ Done, Of, Percent int }

// NewRescoring lays it out.
func NewRescoring(r learn.Rescoring) *Rescoring {
	return &Rescoring{Done: r.Done, Of: r.Of, Percent: 100 * r.Done / max(1, r.Of)}
}

// Job is one retraining.
type Job struct {
	State, StateWords, By string
	Started, Ended        template.HTML // Ended is "" while it runs
	Step, Message         string
	Stored                string // a message as it was stored, in English
	Percent               int
	Running               bool
}

// NewJob lays out a job. The records say in words what came of it, where they have its model.
func NewJob(local Local, job learn.Job, records []learn.ModelRecord) *Job {
	shown := &Job{State: string(job.State), StateWords: local.T("job." + string(job.State)), By: job.StartedBy, Started: local.Moment(job.StartedAt), Step: stepWords(local, job.Step),
		Stored: Sentence(job.Message), Ended: local.MomentOrNone(job.EndedAt), Percent: min(100, max(0, job.Percent)), Running: job.State == learn.JobRunning}
	if local.Knows(job.Message) {
		shown.Message, shown.Stored = Sentence(local.Said(job.Message)), ""
	}
	for _, record := range records {
		if record.ID == job.ModelID && record.Reason == job.Message && job.Message != "" {
			shown.Message, shown.Stored = NewModel(local, record).Reason, ""
		}
	}
	if job.State == learn.JobInterrupted {
		shown.Message, shown.Stored = local.T("models.interrupted"), ""
	}
	return shown
}

// stepWords says what a retraining is at.
func stepWords(local Local, step string) string {
	var part, parts int
	name, rest, found := strings.Cut(step, ", part ")
	if found {
		if _, err := fmt.Sscanf(rest, "%d of %d", &part, &parts); err == nil {
			return local.Said("%s, part %d of %d", local.Said(name), part, parts)
		}
	}
	if weight, found := strings.CutPrefix(step, "trying site weight "); found {
		return local.Said("trying site weight %s", weight)
	}
	return local.Said(step)
}

// Model is one model with the figures of its comparison.
type Model struct {
	ID, Short, StateWords string
	Parent, By            string
	Made                  template.HTML
	Reason                string // a person's words, or the program's as they were stored
	Position              int64
	Champion, Held        bool
	Priors                []string // the shares of yes that were estimated over arrivals
	Figures               []Figure
}

// Figure compares champion and candidate on one axis.
type Figure struct {
	Axis                string
	NewLabels, Labels   int
	Champion, Candidate string // log loss, nats a label
	Difference          string
	Low, High           string
	Verdict             string
	Worse, Better       bool
	Compared            bool    // there are labels enough for an interval
	X, Width, Middle    float64 // the interval's place on a line from -100 (better) to 100 (worse)
}

// NewModel lays out a model record. A report that cannot be read is left out: the reason still says what came of it.
func NewModel(local Local, record learn.ModelRecord) Model {
	m := Model{
		ID: record.ID, Short: shortID(record.ID), StateWords: local.T("state." + string(record.State)), Parent: shortID(record.Parent), By: record.CreatedBy,
		Made: local.Moment(record.CreatedAt), Reason: Sentence(reasonWords(local, record.Reason)), Position: record.Position,
		Champion: record.State == learn.StateChampion, Held: record.State == learn.StateHeld,
	}
	var report learn.Report
	if len(record.Report) == 0 || json.Unmarshal(record.Report, &report) != nil {
		return m
	}
	if record.Reason == report.Reason && len(report.Axes) > 0 {
		m.Reason = Sentence(retrainingWords(local, report))
	}
	for _, p := range report.Priors {
		m.Priors = append(m.Priors, priorWords(local, p))
	}
	scale := 0.01
	for _, a := range report.Axes {
		if a.Compared() {
			scale = max(scale, -a.Low, a.High)
		}
	}
	for _, a := range report.Axes {
		m.Figures = append(m.Figures, newFigure(local, a, scale))
	}
	return m
}

// reasonWords says why a model serves or does not: a person's words, and most of the program's, as they were stored.
func reasonWords(local Local, reason string) string {
	if from, found := strings.CutPrefix(reason, "rolled back from "); found {
		return local.Said("rolled back from %s", from)
	}
	return local.Said(reason)
}

// retrainingWords says why a retraining promoted or held its candidate, as the report's reason does in English.
func retrainingWords(local Local, report learn.Report) string {
	_, why := learn.Decide(report.Axes)
	said := make([]string, len(why))
	for i, because := range why {
		args := make([]any, len(because.Args))
		for j, arg := range because.Args {
			args[j] = reasonPart(local, arg)
		}
		said[i] = local.Said(because.Format, args...)
	}
	words := strings.Join(said, "; ")
	if strings.HasPrefix(report.Reason, strings.TrimSuffix(learn.Waits, "%s")) {
		return local.Said(learn.Waits, words)
	}
	return words
}

// reasonPart is what stands in a reason of a retraining.
func reasonPart(local Local, arg any) string {
	switch arg := arg.(type) {
	case classifier.Axis:
		return local.Axis(arg)
	case []classifier.Axis:
		names := make([]string, len(arg))
		for i, axis := range arg {
			names[i] = local.Axis(axis)
		}
		return strings.Join(names, ", ")
	case int:
		return local.Number(arg)
	case float64:
		return local.Decimal(arg, 3)
	}
	return fmt.Sprint(arg)
}

// priorWords says what is expected and why.
func priorWords(local Local, p learn.PriorReport) string {
	share, axis := significant(local, p.Prior*100, 3), local.Axis(p.Axis)
	if p.LeftOut > 0 {
		return local.T("models.prior_left_out", "share", share, "axis", axis, "arrivals", int(p.Arrivals), "n", int(p.LeftOut))
	}
	return local.T("models.prior", "share", share, "axis", axis, "n", int(p.Arrivals))
}

// significant is a number with that many digits that count.
func significant(local Local, x float64, digits int) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil {
		return strconv.FormatFloat(x, 'g', digits, 64)
	}
	return local.Short(rounded, 12)
}

func newFigure(local Local, a learn.AxisReport, scale float64) Figure {
	f := Figure{
		Axis: local.Axis(a.Axis), NewLabels: a.NewLabels, Labels: a.Labels, Champion: local.Decimal(a.ChampionLogLoss, 3), Candidate: local.Decimal(a.CandidateLogLoss, 3),
		Difference: signedLoss(local, a.Difference), Low: signedLoss(local, a.Low), High: signedLoss(local, a.High), Worse: a.Worse, Better: a.High < 0 && a.Compared(), Compared: a.Compared(),
		X: a.Low / scale * 100, Width: (a.High - a.Low) / scale * 100, Middle: a.Difference / scale * 100,
	}
	switch {
	case f.Worse:
		f.Verdict = local.T("models.verdict_worse")
	case a.Doubtful():
		f.Verdict = local.T("models.verdict_doubtful")
	case !f.Compared:
		f.Verdict = local.T("models.verdict_too_few")
	case f.Better:
		f.Verdict = local.T("models.verdict_better")
	default:
		f.Verdict = local.T("models.verdict_none")
	}
	return f
}

// signedLoss is a difference in nats with its sign.
func signedLoss(local Local, x float64) string {
	if x < 0 {
		return local.Decimal(x, 3)
	}
	return "+" + local.Decimal(x, 3)
}
