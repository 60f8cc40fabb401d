package view

import (
	"fmt"
	"math"
	"strconv"

	"commentdesk/moderation/figures"
)

// fairnessArticles is how many articles the page lists.
const fairnessArticles = 50

// Fairness is the page that asks whether those who disagree are treated as those who agree.
type Fairness struct {
	Frame
	Whole      []FairnessRow // calm, hostile
	Topics     FairnessTable
	Articles   FairnessTable
	Moderators FairnessTable
	Everyone   bool // the moderators are all, not the reader alone
	Looked     string
	LeftOut    []string
	More       string // how many articles are not listed
	Least      int
	Empty      bool
}

func (Fairness) template() string { return "fairness" }

// FairnessTable is the comparisons of topics, articles or moderators.
type FairnessTable struct {
	Name string
	Rows []FairnessRow
}

// FairnessRow is one comparison.
type FairnessRow struct {
	Name, Temper    string
	First           bool // of its name
	Words           string
	Disagree, Agree string // rejected of decided
	Verdict         string
	Interval        string // "" where nothing can be said
	Clear           bool   // a difference was found
	X, Width        string // the interval's place from −100 to 100
}

// NewFairness lays out the figures.
func NewFairness(frame Frame, fairness figures.Fairness, everyone bool) Fairness {
	page := Fairness{Frame: frame, Whole: fairnessRows(fairness.Whole, ""), Everyone: everyone, Least: figures.LeastToSay, Empty: fairness.Decided == 0,
		Looked: fmt.Sprintf("%s, approved or rejected.", counted(fairness.Decided, "decided comment"))}
	page.Topics.Name, page.Articles.Name, page.Moderators.Name = "By topic", "By article", "Your own decisions"
	if everyone {
		page.Moderators.Name = "By moderator"
	}
	if fairness.More {
		page.Looked += fmt.Sprintf(" Only the newest %s entries of the ledger were read.", Thousands(figures.NewestDeeds))
	}
	for _, left := range []struct {
		n    int
		what string
	}{
		{fairness.LeftOut.Spam, "shown as spam"}, {fairness.LeftOut.Open, "under articles with an open side"},
		{fairness.LeftOut.Unsure, "whose stance or hostility nobody can tell yet"}, {fairness.LeftOut.Neither, "that neither agree nor disagree"},
		{fairness.Whole.Tempers[figures.Calm].Apart + fairness.Whole.Tempers[figures.Hostile].Apart, "whose article has no decided comment of the other kind"},
	} {
		if left.n > 0 {
			page.LeftOut = append(page.LeftOut, Thousands(left.n)+" "+left.what)
		}
	}
	for _, t := range fairness.Topics {
		page.Topics.Rows = append(page.Topics.Rows, fairnessRows(t, t.Topic)...)
	}
	for _, t := range fairness.Moderators {
		page.Moderators.Rows = append(page.Moderators.Rows, fairnessRows(t, t.Moderator)...)
	}
	for i, t := range fairness.Articles {
		if i == fairnessArticles {
			page.More = counted(len(fairness.Articles)-fairnessArticles, "article")
			break
		}
		page.Articles.Rows = append(page.Articles.Rows, fairnessRows(t, t.Headline)...)
	}
	return page
}

func fairnessRows(t figures.Treatment, name string) (rows []FairnessRow) {
	for temper, c := range t.Tempers {
		row := FairnessRow{Name: name, Temper: temperNames[temper], First: temper == 0, Disagree: share(c.Disagree), Agree: share(c.Agree),
			Verdict: verdictWords(c), Clear: c.Verdict() == figures.DisagreeMore || c.Verdict() == figures.AgreeMore}
		row.Words = fmt.Sprintf("In %s comments, %s that disagree %s rejected, %s that agree: %s.", row.Temper, row.Disagree, wereOf(c.Disagree), row.Agree, row.Verdict)
		if c.Verdict() != figures.TooFew {
			row.Interval = points(c.Difference.Low) + " to " + points(c.Difference.High)
			row.X, row.Width = strconv.FormatFloat(100*c.Difference.Low, 'f', 1, 64), strconv.FormatFloat(100*(c.Difference.High-c.Difference.Low), 'f', 1, 64)
		}
		rows = append(rows, row)
	}
	return rows
}

// share is "12 of 80".
func share(s figures.Share) string { return Thousands(s.Of) + " of " + Thousands(s.All) }

func wereOf(s figures.Share) string {
	if s.Of == 1 {
		return "was"
	}
	return "were"
}

// verdictWords says what the figures can say.
func verdictWords(c figures.Comparison) string {
	switch c.Verdict() {
	case figures.TooFew:
		return "too few to say"
	case figures.DisagreeMore:
		return fmt.Sprintf("those that disagree are rejected more often, by %s", between(c.Difference.Low, c.Difference.High))
	case figures.AgreeMore:
		return fmt.Sprintf("those that agree are rejected more often, by %s", between(-c.Difference.High, -c.Difference.Low))
	}
	return "no difference can be told from these"
}

// between is "12 to 28 points of 100".
func between(low, high float64) string {
	from, to := int(math.Round(100*low)), int(math.Round(100*high))
	if from == 0 {
		return fmt.Sprintf("up to %d points of 100", max(1, to))
	}
	return fmt.Sprintf("%d to %d points of 100", from, to)
}

// points is a signed difference in hundredths.
func points(difference float64) string {
	switch rounded := int(math.Round(100 * difference)); {
	case rounded > 0:
		return "+" + strconv.Itoa(rounded)
	case rounded < 0:
		return "−" + strconv.Itoa(-rounded)
	}
	return "0"
}
