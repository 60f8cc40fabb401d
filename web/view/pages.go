package view

import (
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
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
	LastSignIn string
}

func (Password) template() string { return "password" }

// Settings is what a user sets for the own pages.
type Settings struct {
	Frame
	Notice *Notice
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
	Roles  []account.Role
	Name   string // as typed, where it was refused
}

func (Users) template() string { return "users" }

// UserRow is one user.
type UserRow struct {
	account.User
	Since      string
	LastSignIn string
	Roles      []Option
	Self       bool
}

// LastSignIn says when somebody last signed in; never where the time is zero.
func LastSignIn(at, now time.Time) string {
	if at.IsZero() {
		return "never signed in"
	}
	return "signed in " + Ago(now, at)
}
