package view

import (
	"html/template"
	"slices"
	"strconv"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/web/view/language"
)

// SignIn is the page before everything else.
type SignIn struct {
	Frame
	Name    string
	Next    string
	Refused string // why the last try failed
	Nobody  bool   // there is no user yet
	Lost    bool   // a form came after the session had ended
}

func (SignIn) template() string { return "signin" }

// Password lets a user change the own password and end the own sessions.
type Password struct {
	Frame
	Notice     *Notice
	LastSignIn template.HTML // "" for never
}

func (Password) template() string { return "password" }

// Settings is what a user sets for the own pages.
type Settings struct {
	Frame
	Notice    *Notice
	Languages []Option
	Zones     []Option
	Clock     string   // what time it is in the user's zone
	Shares    []Option // of calm comments
	Keys      []KeyRow
	KeysOpen  bool // the table of keys is unfolded
}

func (Settings) template() string { return "settings" }

// Problem is a page that says what went wrong.
type Problem struct {
	Frame
	Status  int
	Text    string
	Request string // the request's id, for the log
}

func (Problem) template() string { return "problem" }

// Topics lists the topics and takes new ones.
type Topics struct {
	Frame
	Notice *Notice
	Topics []TopicRow
	Merges []MergeRow // that can be undone
	Name   string     // as typed, where it was refused
	Claim  string
}

func (Topics) template() string { return "topics" }

// TopicRow is one topic with the address of its comments.
type TopicRow struct {
	moderation.Topic
	URL         string
	ArticlesURL string
}

// NewTopicRows lays out topics.
func NewTopicRows(topics []moderation.Topic) []TopicRow {
	rows := make([]TopicRow, len(topics))
	for i, t := range topics {
		filter := moderation.Filter{Topic: t.Name}
		rows[i] = TopicRow{t, Place{Tab: AllTab, Order: moderation.OrderHarm, Query: filter.String()}.URL(), ArticlesURL(t.Name, "")}
	}
	return rows
}

// Users lists who may sign in.
type Users struct {
	Frame
	Notice *Notice
	Users  []UserRow
	Roles  []Option
	Name   string       // as typed, where it was refused
	Role   account.Role // as chosen there
}

func (Users) template() string { return "users" }

// UserRow is one user.
type UserRow struct {
	account.User
	Since      string
	LastSignIn template.HTML // "" for never
	Roles      []Option
	Self       bool
}

// NewUserRow lays out a user who last signed in at that time, zero for never.
func NewUserRow(local Local, u account.User, signedIn time.Time, self bool) UserRow {
	return UserRow{User: u, Since: local.Date(u.CreatedAt), LastSignIn: local.MomentOrNone(signedIn), Roles: NewRoleOptions(local, u.Role), Self: self}
}

// NewRoleOptions are the roles with the one that is.
func NewRoleOptions(local Local, current account.Role) (options []Option) {
	for _, role := range account.Roles {
		options = append(options, Option{Value: string(role), Text: local.Role(role), Selected: role == current})
	}
	return options
}

// shareNames say the shares of calm comments.
var shareNames = map[int]string{0: "calm.share0", 10: "calm.share10", 20: "calm.share20", 30: "calm.share30"}

// NewSettings lays out what was set. browserZone is what the browser last said.
func NewSettings(frame Frame, set moderation.Settings, browserZone string) Settings {
	local, code, zone := frame.Local, set.Language, set.Zone
	page := Settings{Frame: frame, Clock: local.Exact(local.Now), Keys: KeyRows(local, frame.Keymap), KeysOpen: len(frame.Keymap) > 0,
		Languages: []Option{{Text: local.T("settings.browser_language"), Selected: code == ""}}}
	for _, share := range moderation.CalmShares {
		page.Shares = append(page.Shares, Option{Value: strconv.Itoa(share), Text: local.T(shareNames[share]), Selected: share == set.Calm})
	}
	for _, l := range language.All() {
		page.Languages = append(page.Languages, Option{Value: l.Code, Text: l.Name, Selected: l.Code == code})
	}
	browser := local.T("settings.browser_zone")
	if browserZone != "" {
		browser = local.T("settings.browser_zone_known", "zone", browserZone)
	}
	page.Zones = []Option{{Text: browser, Selected: zone == ""}}
	zones := language.Zones()
	if zone != "" && !slices.Contains(zones, zone) {
		page.Zones = append(page.Zones, Option{Value: zone, Text: zone, Selected: true})
	}
	for _, name := range zones {
		page.Zones = append(page.Zones, Option{Value: name, Text: name, Selected: name == zone})
	}
	return page
}
