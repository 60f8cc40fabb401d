package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"commentdesk/moderation/learn"
)

// Models lists the models and what can be done with them.
type Models struct {
	Frame
	Notice   *Notice
	SetAside string // why the starter serves instead of the champion
	Job      *Job   // the newest; nil where none ever ran
	Models   []Model
	Earlier  bool // there is a champion to roll back to
}

func (Models) template() string { return "models" }

// Job is one retraining.
type Job struct {
	State, By, Started, Ended string
	Step, Message, ModelID    string
	Percent                   int
	Running                   bool
}

// NewJob lays out a job.
func NewJob(job learn.Job, now time.Time) *Job {
	shown := &Job{State: string(job.State), By: job.StartedBy, Started: Ago(now, job.StartedAt), Step: job.Step, Message: Sentence(job.Message),
		ModelID: shortID(job.ModelID), Percent: min(100, max(0, job.Percent)), Running: job.State == learn.JobRunning}
	if job.State == learn.JobInterrupted {
		shown.Message = "The desk stopped before it was done. Retrain starts it anew."
	}
	if !job.EndedAt.IsZero() {
		shown.Ended = Ago(now, job.EndedAt)
	}
	return shown
}

// Model is one model with the figures of its comparison.
type Model struct {
	ID, Short, State     string
	Parent, By, Made, At string
	Reason               string
	Position             int64
	Champion, Held       bool
	Priors               []string // the shares of yes that were estimated over arrivals
	Figures              []Figure
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
	X, Width, Middle    float64 // the interval's place on a line from -100 (better) to 100 (worse)
}

// NewModel lays out a model record. A report that cannot be read is left out: the reason still says what came of it.
func NewModel(record learn.ModelRecord, now time.Time) Model {
	m := Model{
		ID: record.ID, Short: shortID(record.ID), State: string(record.State), Parent: shortID(record.Parent), By: record.CreatedBy,
		Made: Ago(now, record.CreatedAt), At: Day(record.CreatedAt), Reason: Sentence(record.Reason), Position: record.Position,
		Champion: record.State == learn.StateChampion, Held: record.State == learn.StateHeld,
	}
	var report learn.Report
	if len(record.Report) == 0 || json.Unmarshal(record.Report, &report) != nil {
		return m
	}
	for _, p := range report.Priors {
		m.Priors = append(m.Priors, Sentence(p.String()))
	}
	scale := 0.01
	for _, a := range report.Axes {
		scale = max(scale, -a.Low, a.High)
	}
	for _, a := range report.Axes {
		m.Figures = append(m.Figures, newFigure(a, scale))
	}
	return m
}

func newFigure(a learn.AxisReport, scale float64) Figure {
	f := Figure{
		Axis: string(a.Axis), NewLabels: a.NewLabels, Labels: a.Labels, Champion: nats(a.ChampionLogLoss), Candidate: nats(a.CandidateLogLoss),
		Difference: signedNats(a.Difference), Low: signedNats(a.Low), High: signedNats(a.High), Worse: a.Worse, Better: a.High < 0 && a.Labels >= learn.LeastToCompare,
		X: a.Low / scale * 100, Width: (a.High - a.Low) / scale * 100, Middle: a.Difference / scale * 100,
	}
	switch {
	case f.Worse:
		f.Verdict = "worse"
	case a.Labels < learn.LeastToCompare:
		f.Verdict = "too few labels to say"
	case f.Better:
		f.Verdict = "better"
	default:
		f.Verdict = "no clear difference"
	}
	return f
}

func nats(x float64) string { return fmt.Sprintf("%.3f", x) }

func signedNats(x float64) string {
	return strings.Replace(fmt.Sprintf("%+.3f", x), "-", "−", 1)
}
