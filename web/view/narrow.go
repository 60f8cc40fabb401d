package view

import (
	"commentdesk/classifier"
	"commentdesk/moderation"
)

// Narrow is the controls that write terms into the search box.
type Narrow struct {
	Open    bool // one of them was just set
	Selects []NarrowSelect
}

// NarrowSelect is one of the controls.
type NarrowSelect struct {
	Name, Title string
	Options     []Option
}

// NewNarrow are the controls as the place's tab and query set them.
func NewNarrow(local Local, place Place, filter moderation.Filter, topics, colleagues []string) Narrow {
	narrow := Narrow{Open: (len(filter.Answers) > 0 || filter.Topic != "" || filter.Opinion || filter.For != "" && filter.For != moderation.Me) && len(place.Back) == 0}
	tab := NarrowSelect{Name: "tab", Title: local.T("narrow.status")}
	for _, name := range tabOrder {
		tab.Options = append(tab.Options, Option{Value: name, Text: tabName(local, name), Selected: name == place.Tab})
	}
	narrow.Selects = append(narrow.Selects, tab)
	for _, axis := range classifier.Axes {
		s := NarrowSelect{Name: string(axis), Title: local.axisTitle(axis), Options: []Option{{Text: local.T("narrow.any"), Selected: filter.Answers[axis] == ""}}}
		for _, answer := range append(pageOrder(axis), classifier.Unsure, moderation.CantTell) {
			s.Options = append(s.Options, Option{Value: answer, Text: local.Answer(answer), Selected: filter.Answers[axis] == answer})
		}
		narrow.Selects = append(narrow.Selects, s)
	}
	topic := NarrowSelect{Name: "topic", Title: local.T("narrow.topic"), Options: []Option{{Text: local.T("narrow.any"), Selected: filter.Topic == ""}}}
	known := false
	for _, name := range topics {
		known = known || name == filter.Topic
		topic.Options = append(topic.Options, Option{Value: name, Text: name, Selected: name == filter.Topic})
	}
	if filter.Topic != "" && !known {
		topic.Options = append(topic.Options, Option{Value: filter.Topic, Text: filter.Topic, Selected: true})
	}
	narrow.Selects = append(narrow.Selects, topic, newForSelect(local, filter, colleagues), NarrowSelect{Name: "opinion", Title: local.T("narrow.opinion"),
		Options: []Option{{Text: local.T("narrow.any"), Selected: !filter.Opinion}, {Value: "wanted", Text: local.T("narrow.wanted"), Selected: filter.Opinion}}})
	return narrow
}

// SavedLink is one of the user's own views.
type SavedLink struct {
	ID      int64
	Name    string
	URL     string
	Current bool
}

// NewSavedLinks are the user's views, in the list or one by one as the place is.
func NewSavedLinks(saved []moderation.SavedView, place Place) []SavedLink {
	links := make([]SavedLink, len(saved))
	for i, v := range saved {
		to := Place{Tab: AllTab, List: place.List, Order: v.Order, Query: v.Query}
		if v.Status != "" {
			to.Tab = string(v.Status)
		}
		links[i] = SavedLink{ID: v.ID, Name: v.Name, URL: to.URL(), Current: to.URL() == place.Top().URL()}
	}
	return links
}

// MatchingWords is how many comments fit a filter: "12 fit", "1,000+ fit".
func MatchingWords(local Local, m moderation.Matching) string {
	if m.More {
		return local.T("narrow.more_fit", "count", m.Comments)
	}
	return local.T("narrow.fit", "n", m.Comments)
}

// newForSelect chooses whom comments were handed to.
func newForSelect(local Local, filter moderation.Filter, colleagues []string) NarrowSelect {
	s := NarrowSelect{Name: "for", Title: local.T("narrow.for"), Options: []Option{{Text: local.T("narrow.any"), Selected: filter.For == ""},
		{Value: moderation.Me, Text: local.T("narrow.me"), Selected: filter.For == moderation.Me}}}
	known := filter.For == "" || filter.For == moderation.Me
	for _, name := range colleagues {
		chosen := moderation.FoldCase(name) == moderation.FoldCase(filter.For)
		known = known || chosen
		s.Options = append(s.Options, Option{Value: name, Text: name, Selected: chosen})
	}
	if !known {
		s.Options = append(s.Options, Option{Value: filter.For, Text: filter.For, Selected: true})
	}
	return s
}
