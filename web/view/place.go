package view

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commentdesk/moderation"
)

// End is the cursor behind the last comment.
const End = "end"

// Limits of what an address may hold.
const (
	maxCursor = 100 // bytes
	maxBack   = 12  // steps
)

// AllTab is the tab without a status of its own; the others are named by their status.
const AllTab = "all"

// listView is how an address names the list.
const listView = "list"

// Place is where a moderator stands in the queue: everything that the address of a queue page says.
type Place struct {
	Tab   string // a status, or AllTab
	List  bool   // a page of rows instead of one comment; After then stands before the first of them
	Order moderation.Order
	Query string // as typed: see moderation.ParseFilter
	ID    int64  // the comment shown; 0 means the first after After
	After string // the cursor of the comment shown; "" stands before the first, End behind the last
	Back  []Step // the comments seen before this one, the latest last
	Mix   Mix    // of calm comments
	Shade string // whose evidence is shown: hostile, spam, favor, against, none; "" for the most telling
}

// Step is a comment that was seen, with its cursor.
type Step struct {
	ID    int64
	After string
	Mix   Mix
}

// ParsePlace reads a place. What it cannot read it leaves out: a broken address leads to the top of the queue.
func ParsePlace(values url.Values) Place {
	p := Place{Tab: values.Get("tab"), List: values.Get("view") == listView, Query: values.Get("q"), After: values.Get("after"), Mix: parseMix(values.Get("mix")), Shade: values.Get("axis")}
	if p.Tab != AllTab && !slices.Contains(moderation.Statuses[:], moderation.Status(p.Tab)) {
		p.Tab = string(moderation.Pending)
	}
	p.Order, _ = moderation.ParseOrder(values.Get("order"))
	if p.Order == "" {
		p.Order = moderation.OrderHarm
	}
	if len(p.Query) > moderation.MaxQuery {
		p.Query = p.Query[:moderation.MaxQuery+1] // still too long: ParseFilter says so
	}
	if len(p.After) > maxCursor {
		p.After = ""
	}
	if p.ID, _ = strconv.ParseInt(values.Get("id"), 10, 64); p.ID < 0 {
		p.ID = 0
	}
	for _, step := range strings.Split(values.Get("back"), ".") {
		id, after, _ := strings.Cut(step, "~")
		after, mix, _ := strings.Cut(after, "~")
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && n > 0 && len(after) <= maxCursor && len(p.Back) < maxBack {
			p.Back = append(p.Back, Step{n, after, parseMix(mix)})
		}
	}
	return p
}

// ParsePlaceQuery reads a place from a query string, such as a form carries.
func ParsePlaceQuery(query string) Place {
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	return ParsePlace(values)
}

// String is the query string that ParsePlaceQuery reads as this place.
func (p Place) String() string {
	values := url.Values{}
	set := func(name, value, usual string) {
		if value != usual {
			values.Set(name, value)
		}
	}
	set("tab", p.Tab, string(moderation.Pending))
	if p.List {
		values.Set("view", listView)
	}
	set("order", string(p.Order), string(moderation.OrderHarm))
	set("q", p.Query, "")
	set("after", p.After, "")
	set("mix", p.Mix.String(), "")
	set("axis", p.Shade, "")
	set("id", strconv.FormatInt(p.ID, 10), "0")
	steps := make([]string, len(p.Back))
	for i, step := range p.Back {
		steps[i] = strconv.FormatInt(step.ID, 10) + "~" + step.After
		if mix := step.Mix.String(); mix != "" {
			steps[i] += "~" + mix
		}
	}
	set("back", strings.Join(steps, "."), "")
	return values.Encode()
}

// URL is the address of the place.
func (p Place) URL() string {
	if query := p.String(); query != "" {
		return "/?" + query
	}
	return "/"
}

// Next is the place after the comment shown.
func (p Place) Next() Place {
	if p.ID != 0 {
		p.Back = append(slices.Clone(p.Back), Step{p.ID, p.After, p.Mix})
		if len(p.Back) > maxBack {
			p.Back = p.Back[len(p.Back)-maxBack:]
		}
	}
	p.ID, p.Mix, p.Shade = 0, p.Mix.next(), ""
	return p
}

// Previous is the place of the comment seen before.
func (p Place) Previous() Place {
	last := len(p.Back) - 1
	p.ID, p.After, p.Mix, p.Back, p.Shade = p.Back[last].ID, p.Back[last].After, p.Back[last].Mix, p.Back[:last], ""
	return p
}

// At is the place of that comment: where it was seen before, with what followed it, else by itself.
func (p Place) At(commentID int64) Place {
	for i := len(p.Back) - 1; i >= 0; i-- {
		if p.Back[i].ID == commentID {
			p.ID, p.After, p.Mix, p.Back, p.Shade = commentID, p.Back[i].After, p.Back[i].Mix, p.Back[:i], ""
			return p
		}
	}
	if p.ID != commentID {
		turn := p.Mix.Turn // one that is looked up takes no turn
		p = p.Next()
		p.ID, p.Mix.Turn = commentID, turn
	}
	return p
}

// Top is the first place of the same queue.
func (p Place) Top() Place { return Place{Tab: p.Tab, List: p.List, Order: p.Order, Query: p.Query} }

// InTab is the first place of another tab.
func (p Place) InTab(tab string) Place {
	return Place{Tab: tab, List: p.List, Order: p.Order, Query: p.Query}
}

// Shaded is the same place with other evidence.
func (p Place) Shaded(shade string) Place {
	p.Shade = shade
	return p
}

// AtEnd reports whether nothing follows.
func (p Place) AtEnd() bool { return p.After == End }

// Other is the other view of the same place: the list that begins with the comment shown, or the first comment of the list.
func (p Place) Other() Place {
	other := Place{Tab: p.Tab, List: !p.List, Order: p.Order, Query: p.Query, After: p.After}
	if p.List {
		return other
	}
	other.After = ""
	if last := len(p.Back) - 1; last >= 0 {
		other.After = p.Back[last].After
	}
	if other.AtEnd() {
		other.After = ""
	}
	return other
}

// opened is the place of one comment of the list, with the cursor that stands on it and the one before it.
func (p Place) opened(commentID int64, cursor string, before []Step) Place {
	return Place{Tab: p.Tab, Order: p.Order, Query: p.Query, ID: commentID, After: cursor, Back: before}
}

// Opened is the place of one comment by itself.
func (p Place) Opened(commentID int64) Place { return p.opened(commentID, "", nil) }

// nextPage is the list behind the cursor; first is the comment that this page begins with.
func (p Place) nextPage(first int64, cursor string) Place {
	next := p
	next.ID, next.Back = 0, append(slices.Clone(p.Back), Step{ID: first, After: p.After})
	if len(next.Back) > maxBack {
		next.Back = next.Back[len(next.Back)-maxBack:]
	}
	next.After = cursor
	return next
}

// previousPage is the list before this one.
func (p Place) previousPage() Place {
	last := len(p.Back) - 1
	p.ID, p.After, p.Back = 0, p.Back[last].After, p.Back[:last]
	return p
}
