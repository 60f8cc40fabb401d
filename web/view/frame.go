package view

import "commentdesk/moderation/account"

// Frame is what stands around every page.
type Frame struct {
	Title   string
	Section string        // the part of the site that is open: queue, topics, models, users, audit
	User    *account.User // nil where nobody is signed in
	Toast   *Toast        // nil without one
	Demo    bool
	Version string
	Local   Local
	KeysOff bool   // single keys do nothing
	Keymap  Keymap // of the user
	Cover   bool   // hostile text is covered for the user
	Refresh int    // seconds until a browser without scripts loads the page anew; 0 for never
}

// frame is what stands around the page.
func (f Frame) frame() Frame { return f }

// Toast says what was just done.
type Toast struct {
	Text     string
	ActionID string // of the action that can be undone; "" where there is none
	BulkID   string // of what was done at once and can be undone at once; "" where there is none
}

// Undoes reports whether there is something that can be undone.
func (t Toast) Undoes() bool { return t.ActionID != "" || t.BulkID != "" }

// SignedIn reports whether somebody is.
func (f Frame) SignedIn() bool { return f.User != nil }

// MayAct, MayEdit and MayAdminister say what the user's role allows.
func (f Frame) MayAct() bool        { return f.may(account.Moderator) }
func (f Frame) MayEdit() bool       { return f.may(account.Editor) }
func (f Frame) MayAdminister() bool { return f.may(account.Admin) }

func (f Frame) may(least account.Role) bool { return f.User != nil && f.User.Role.AtLeast(least) }

// Notice is what a page says before anything else.
type Notice struct {
	Title string
	Text  string
	Alarm bool // something went wrong
}
