package view

import (
	"strconv"
	"strings"
	"time"

	"commentdesk/classifier"
	"commentdesk/moderation/figures"
)

// Week is the weekly digest: the last whole week in words, and a table of all.
type Week struct {
	Frame
	Heading string
	Words   []string
	Head    []string
	Rows    [][]string // the newest first
	Running string     // the week that is under way
	Note    string
}

func (Week) template() string { return "week" }

// NewWeek lays out the weeks of a dashboard.
func NewWeek(frame Frame, d figures.Dashboard) Week {
	last, before := d.Weeks[len(d.Weeks)-2], d.Weeks[len(d.Weeks)-3]
	local := frame.Local
	page := Week{Frame: frame, Heading: local.T("week.of", "date", local.DeskDate(last.Start)), Words: weekWords(local, last, before), Running: local.DeskDate(d.Weeks[len(d.Weeks)-1].Start),
		Head: []string{local.T("chart.column_week"), local.T("chart.column_arrived"), local.T("week.column_approved"), local.T("week.column_rejected"), local.T("week.column_escalated"),
			local.T("chart.column_half"), local.T("chart.column_tenth"), local.T("week.column_labels"), local.T("week.column_corrections")}}
	for i := len(d.Weeks) - 1; i >= 0; i-- {
		w := d.Weeks[i]
		row := []string{local.DeskDate(w.Start)}
		for _, n := range []int{w.Arrived, w.Approved, w.Rejected, w.Escalated} {
			row = append(row, local.Number(n))
		}
		half, tenth := "–", "–"
		if w.Timed > 0 {
			half, tenth = span(local, w.Half), span(local, w.NineTenth)
		}
		page.Rows = append(page.Rows, append(row, half, tenth, local.Number(w.Labels()), local.Number(w.Corrections())))
	}
	if d.More {
		page.Note = local.T("week.more", "entries", figures.NewestDeeds)
	}
	return page
}

func weekWords(local Local, w, before figures.Week) []string {
	words := []string{local.T("week.arrived", "n", w.Arrived, "before", before.Arrived)}
	if w.Decided() == 0 {
		words = append(words, local.T("week.no_decisions"))
	} else {
		words = append(words, local.T("week.decided", "n", w.Decided(), "approved", w.Approved, "rejected", w.Rejected, "escalated", w.Escalated,
			"before", before.Decided()))
	}
	if w.Timed > 0 {
		words = append(words, local.T("week.timed", "n", w.Timed, "half", span(local, w.Half), "tenth", span(local, w.NineTenth)))
	}
	if w.Labels() == 0 {
		return append(words, local.T("week.no_labels"))
	}
	words = append(words, local.T("week.labels", "n", w.Labels(), "corrections", w.Corrections()))
	for at, axis := range classifier.Axes {
		if same := w.Answers[at].Same; same.All > 0 {
			words = append(words, local.T("week.same", "axis", local.Axis(axis), "share", share(local, same)))
		}
	}
	return words
}

// WeekRecords are the weeks as rows of a table for programs, the oldest first, its head before them. What is unknown is empty.
func WeekRecords(weeks []figures.Week) [][]string {
	head := []string{"week", "arrived", "approved", "rejected", "escalated", "first_decided", "half_within_hours", "nine_of_ten_within_hours"}
	for _, axis := range classifier.Axes {
		for _, name := range []string{"labels", "unsure", "answered", "same"} {
			head = append(head, string(axis)+"_"+name)
		}
	}
	records := [][]string{head}
	for _, w := range weeks {
		record := []string{w.Start.UTC().Format(time.DateOnly)}
		add := func(numbers ...int) {
			for _, n := range numbers {
				record = append(record, strconv.Itoa(n))
			}
		}
		add(w.Arrived, w.Approved, w.Rejected, w.Escalated, w.Timed)
		if w.Timed > 0 {
			record = append(record, hours(w.Half), hours(w.NineTenth))
		} else {
			record = append(record, "", "")
		}
		for _, a := range w.Answers {
			add(a.Labels, a.Unsure, a.Same.All, a.Same.Of)
		}
		records = append(records, record)
	}
	return records
}

func hours(d time.Duration) string {
	return strings.TrimSuffix(strconv.FormatFloat(d.Hours(), 'f', 2, 64), ".00")
}
