package view

import (
	"slices"
	"strings"
	"time"

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
	Picks    []Pick    // reasons that a rejection can name; nil where the user rejects nothing
	Later    *Later    // nil where the comment cannot be put off
	Mine     *Mine     // nil for who decides nothing
	Undo     *Toast    // the session's last action, which can still be undone; nil without one
}

func (Queue) template() string { return "queue" }

// Repeats reports whether the reason given last is among the picks.
func (q Queue) Repeats() bool {
	return slices.ContainsFunc(q.Picks, func(p Pick) bool { return p.Last })
}

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

// tabNames says what each status is called over the queue.
var tabNames = map[string]string{
	string(moderation.Pending): "needs review", string(moderation.Escalated): "escalated", string(moderation.Approved): "approved",
	string(moderation.Rejected): "rejected", string(moderation.Snoozed): "snoozed", AllTab: "all",
}

// tabOrder is the order of the tabs.
var tabOrder = []string{string(moderation.Pending), string(moderation.Escalated), string(moderation.Snoozed), string(moderation.Approved), string(moderation.Rejected), AllTab}

// NewTabs are the parts of the queue with their counts.
func NewTabs(place Place, counts map[moderation.Status]int) []Tab {
	var tabs []Tab
	for _, name := range tabOrder {
		if name == string(moderation.Snoozed) && counts[moderation.Snoozed] == 0 && place.Tab != name {
			continue // a part that is there for a while
		}
		tabs = append(tabs, Tab{Key: name, Name: tabNames[name], Count: Thousands(countIn(name, counts)), URL: place.InTab(name).URL(), Current: place.Tab == name})
	}
	return tabs
}

var orderNames = map[moderation.Order]string{
	moderation.OrderHarm: "likely harmful first", moderation.OrderDoubt: "most doubtful first", moderation.OrderNewest: "newest first",
	moderation.OrderOldest: "oldest first", moderation.OrderAlike: "most similar together",
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
func NewOrders(place Place) []Option {
	var options []Option
	for _, order := range moderation.Orders {
		options = append(options, Option{Value: string(order), Text: orderNames[order], Selected: order == place.Order})
	}
	return options
}

// emptyTexts says what would be in a tab and how it gets there.
var emptyTexts = map[string]Empty{
	string(moderation.Pending): {Title: "Nothing needs review.",
		Text: "New comments arrive here when pages or exports are imported: commentdesk import FILES."},
	string(moderation.Escalated): {Title: "Nothing is escalated.", Text: "Comments that a moderator hands on with Escalate wait here."},
	string(moderation.Snoozed):   {Title: "Nothing is snoozed.", Text: "Comments that somebody puts off with Later… wait here until their time comes."},
	string(moderation.Approved):  {Title: "Nothing is approved yet.", Text: "Comments that a moderator approves stand here. They can be opened and decided again."},
	string(moderation.Rejected):  {Title: "Nothing is rejected yet.", Text: "Comments that a moderator rejects stand here. They can be opened and decided again."},
	AllTab: {Title: "There are no comments yet.", Text: "Import article pages, exports or plain lines: commentdesk import FILES. " +
		"To see the desk with example comments first: commentdesk serve --demo."},
}

// NewEmpty says why the place shows no comment. goOn is where the search continues when it only stopped for a while, "" otherwise.
func NewEmpty(place Place, goOn string, counts map[moderation.Status]int) *Empty {
	switch {
	case countIn(place.Tab, counts) == 0: // said below
	case goOn != "":
		more := place
		more.ID, more.After = 0, goOn
		return &Empty{Title: "Nothing found yet.", Text: "Many comments were looked at and none fits the filter so far.", Link: "Look further", URL: more.URL()}
	case filterOf(place).Waits():
		return &Empty{Title: "Nothing more waits here.", Text: "What colleagues hand to somebody, or want a second opinion on, stands here until it is decided.", Link: "On with the queue", URL: Place{Tab: string(moderation.Pending), Order: place.Order}.URL()}
	case place.After != "":
		return &Empty{Title: "This is the end of the queue.", Text: "What was skipped or arrived meanwhile stands at the top.",
			Link: "Back to the top", URL: place.Top().URL()}
	case place.Query != "":
		return &Empty{Title: "Nothing here fits the filter.", Text: "Try another tab, or fewer words.", Link: "Clear the filter",
			URL: Place{Tab: place.Tab, Order: place.Order}.URL()}
	}
	empty := emptyTexts[place.Tab]
	return &empty
}

// NewConflict is what a moderator reads who came second.
func NewConflict(conflict *moderation.Conflict, now time.Time, lost string) *Notice {
	return &Notice{Alarm: true, Title: Sentence(conflictWords(conflict, " "+Ago(now, conflict.At))), Text: lost}
}

// conflictWords says who did what meanwhile, and when, where that is given.
func conflictWords(conflict *moderation.Conflict, when string) string {
	by := " by " + conflict.By + when
	did := conflict.Did + by
	if decided, labelled, both := strings.Cut(conflict.Did, ", "); both && !strings.HasPrefix(decided, "labelled") {
		did = decided + by + ", " + labelled
	}
	return did
}

// filterOf is the place's filter; one that cannot be read lets everything through.
func filterOf(place Place) moderation.Filter {
	filter, _ := moderation.ParseFilter(place.Query)
	return filter
}
