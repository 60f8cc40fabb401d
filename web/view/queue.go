package view

import (
	"errors"
	"slices"
	"strings"

	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Queue is the page a moderator works on: one comment at a time.
type Queue struct {
	Frame
	Place    Place
	Tabs     []Tab
	Orders   []Option
	Narrow   Narrow
	Saved    []SavedLink
	Matching string // how many fit the filter; "" where they were not counted
	Hint     string // what is wrong with the query
	Notice   *Notice
	Empty    *Empty    // nil where a comment is shown
	List     *List     // nil where one comment is shown
	Left     []LeftRow // what was left as it is when many comments were decided at once
	Comment  *Comment  // nil where there is none to show
	Topics   []Option  // for editors; nil where the user assigns none
	Why      *Why      // asks for the reason of a rejection; nil where the user rejects nothing
	Later    *Later    // nil where the comment cannot be put off
	Mine     *Mine     // nil for who decides nothing
	Undo     *Undo     // what z undoes; nil where there is nothing
}

func (Queue) template() string { return "queue" }

// Tab is one part of the queue.
type Tab struct {
	Key     string // a status, or AllTab
	Name    string
	Count   string
	URL     string
	Current bool
}

// Option is one choice of a list.
type Option struct {
	Value, Text string
	Selected    bool
}

// Empty says why there is no comment, and what to do.
type Empty struct {
	Title, Text string
	Link, URL   string // "" without a link
}

// tabName says what a part of the queue is called over it.
func tabName(local Local, tab string) string {
	switch tab {
	case string(moderation.Pending):
		return local.T("queue.needs_review")
	case AllTab:
		return local.T("queue.all")
	}
	return local.Status(moderation.Status(tab))
}

// tabOrder is the order of the tabs.
var tabOrder = []string{string(moderation.Pending), string(moderation.Escalated), string(moderation.Snoozed), string(moderation.Approved), string(moderation.Rejected), AllTab}

// NewTabs are the parts of the queue with their counts.
func NewTabs(local Local, place Place, counts map[moderation.Status]int) []Tab {
	var tabs []Tab
	for _, name := range tabOrder {
		if name == string(moderation.Snoozed) && counts[moderation.Snoozed] == 0 && place.Tab != name {
			continue // a part that is there for a while
		}
		tabs = append(tabs, Tab{Key: name, Name: tabName(local, name), Count: local.Number(countIn(name, counts)), URL: place.InTab(name).URL(), Current: place.Tab == name})
	}
	return tabs
}

// orderNames are the keys of the ways to sort.
var orderNames = map[moderation.Order]string{
	moderation.OrderHarm: "queue.order_harm", moderation.OrderDoubt: "queue.order_doubt", moderation.OrderNewest: "queue.order_newest",
	moderation.OrderOldest: "queue.order_oldest", moderation.OrderAlike: "queue.order_alike",
}

// countIn is how many comments stand in a tab.
func countIn(tab string, counts map[moderation.Status]int) int {
	if tab != AllTab {
		return counts[moderation.Status(tab)]
	}
	all := 0
	for _, status := range moderation.Statuses {
		all += counts[status]
	}
	return all
}

// NewOrders are the ways to sort the queue.
func NewOrders(local Local, place Place) []Option {
	var options []Option
	for _, order := range moderation.Orders {
		options = append(options, Option{Value: string(order), Text: local.T(orderNames[order]), Selected: order == place.Order})
	}
	return options
}

// emptyTexts are the keys of what would be in a tab and how it gets there.
var emptyTexts = map[string][2]string{
	string(moderation.Pending):   {"queue.no_pending", "queue.no_pending_text"},
	string(moderation.Escalated): {"queue.no_escalated", "queue.no_escalated_text"},
	string(moderation.Snoozed):   {"queue.no_snoozed", "queue.no_snoozed_text"},
	string(moderation.Approved):  {"queue.no_approved", "queue.no_approved_text"},
	string(moderation.Rejected):  {"queue.no_rejected", "queue.no_rejected_text"},
	AllTab:                       {"queue.no_comments", "queue.no_comments_text"},
}

// NewEmpty says why the place shows no comment. goOn is where the search continues when it only stopped for a while, "" otherwise.
func NewEmpty(local Local, place Place, goOn string, counts map[moderation.Status]int) *Empty {
	empty := func(title, text, link, url string) *Empty {
		e := &Empty{Title: local.T(title), Text: local.T(text), URL: url}
		if link != "" {
			e.Link = local.T(link)
		}
		return e
	}
	switch {
	case countIn(place.Tab, counts) == 0: // said below
	case goOn != "":
		more := place
		more.ID, more.After = 0, goOn
		return empty("queue.none_yet", "queue.none_yet_text", "list.further", more.URL())
	case filterOf(place).Waits():
		return empty("queue.none_waits", "queue.none_waits_text", "alike.on", Place{Tab: string(moderation.Pending), Order: place.Order}.URL())
	case place.After != "":
		return empty("queue.end", "queue.end_text", "queue.to_top", place.Top().URL())
	case place.Query != "":
		nothing := empty("queue.none_fits", "queue.none_fits_text", "queue.clear", Place{Tab: place.Tab, Order: place.Order}.URL())
		nothing.Text += misread(local, filterOf(place))
		return nothing
	}
	return empty(emptyTexts[place.Tab][0], emptyTexts[place.Tab][1], "", "")
}

// misread says what parts of a filter that nothing fits may mean otherwise than they were meant.
func misread(local Local, filter moderation.Filter) (said string) {
	if !filter.After.IsZero() || !filter.Before.IsZero() {
		said += " " + local.T("queue.hint_arrived")
	}
	for _, word := range filter.Words {
		for _, axis := range classifier.Axes {
			if strings.EqualFold(word, string(axis)) {
				said += " " + local.T("queue.hint_axis", "term", string(axis)+":"+axis.Answers()[0], "word", word)
			}
		}
	}
	return said
}

// NewConflict is what a moderator reads who came second.
func NewConflict(local Local, conflict *moderation.Conflict, lost string) *Notice {
	return &Notice{Alarm: true, Title: Sentence(conflictWords(local, conflict, local.Ago(conflict.At))), Text: lost}
}

// conflictWords says who did what meanwhile, and when.
func conflictWords(local Local, conflict *moderation.Conflict, when string) string {
	e := conflict.Entry
	did, key := "", ""
	switch e.Kind {
	case moderation.KindText:
		return local.T("queue.conflict_text", "when", when)
	case moderation.KindWake:
		return local.T("queue.conflict_woke", "when", when)
	case moderation.KindUndo:
		return local.T("queue.conflict_undo", "who", conflict.By, "when", when)
	case moderation.KindSame, moderation.KindOpposite:
		return local.T("queue.conflict_merge", "who", conflict.By, "when", when)
	}
	switch {
	case e.Decision != "":
		did, key = local.Status(e.Decision.Status()), "queue.conflict"
	case e.Wait.Kind != "":
		did, key = local.waited(e.Wait), "queue.conflict"
	default:
		key = "queue.conflict_labels"
	}
	if did != "" && len(e.Labels) > 0 {
		key = "queue.conflict_both"
	}
	return local.T(key, "did", did, "who", conflict.By, "when", when, "labels", local.labels(e.Labels))
}

// Refusal is a failure in the reader's words.
func Refusal(local Local, err error) string {
	var known *moderation.Error
	if errors.As(err, &known) && known.Format != "" {
		return Sentence(local.Said(known.Format, inWords(local, known.Args)...))
	}
	return Sentence(err.Error())
}

// inWords are the values of a failure, a status in the reader's language.
func inWords(local Local, values []any) []any {
	said := slices.Clone(values)
	for i, value := range said {
		if status, ok := value.(moderation.Status); ok {
			said[i] = local.Status(status)
		}
	}
	return said
}

// filterOf is the place's filter; one that cannot be read lets everything through.
func filterOf(place Place) moderation.Filter {
	filter, _ := moderation.ParseFilter(place.Query)
	return filter
}
