package view

import (
	"fmt"
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
	page := Week{Frame: frame, Heading: "The week of " + Date(last.Start), Words: weekWords(last, before), Running: Date(d.Weeks[len(d.Weeks)-1].Start),
		Head: []string{"week of", "arrived", "approved", "rejected", "escalated", "half within", "nine of ten within", "labels", "corrections"}}
	for i := len(d.Weeks) - 1; i >= 0; i-- {
		w := d.Weeks[i]
		row := []string{Date(w.Start)}
		for _, n := range []int{w.Arrived, w.Approved, w.Rejected, w.Escalated} {
			row = append(row, Thousands(n))
		}
		half, tenth := "–", "–"
		if w.Timed > 0 {
			half, tenth = span(w.Half), span(w.NineTenth)
		}
		page.Rows = append(page.Rows, append(row, half, tenth, Thousands(w.Labels()), Thousands(w.Corrections())))
	}
	if d.More {
		page.Note = fmt.Sprintf("The first weeks are not whole: only the newest %s entries of the ledger were read.", Thousands(figures.NewestDeeds))
	}
	return page
}

func weekWords(w, before figures.Week) []string {
	words := []string{fmt.Sprintf("%s arrived, %s the week before.", counted(w.Arrived, "comment"), Thousands(before.Arrived))}
	if w.Decided() == 0 {
		words = append(words, "Nothing was decided.")
	} else {
		words = append(words, fmt.Sprintf("%s: %s approved, %s rejected, %s escalated. The week before there were %s.", counted(w.Decided(), "decision"),
			Thousands(w.Approved), Thousands(w.Rejected), Thousands(w.Escalated), Thousands(before.Decided())))
	}
	if w.Timed > 0 {
		words = append(words, fmt.Sprintf("Of %s decided for the first time, half were within %s of their arrival, nine of ten within %s.", counted(w.Timed, "comment"), span(w.Half), span(w.NineTenth)))
	}
	if w.Labels() == 0 {
		return append(words, "Nobody labelled anything.")
	}
	words = append(words, fmt.Sprintf("People gave %s; %s of them corrected the model.", counted(w.Labels(), "label"), Thousands(w.Corrections())))
	for at, axis := range classifier.Axes {
		if same := w.Answers[at].Same; same.All > 0 {
			words = append(words, fmt.Sprintf("On %s they gave the model’s answer %s times.", axis, share(same)))
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
