package account

import (
	"slices"

	"commentdesk/moderation"
)

// Role is what a user may do; each includes the ones before it.
type Role string

const (
	Viewer    Role = "viewer"    // reads
	Moderator Role = "moderator" // acts, undoes own actions
	Editor    Role = "editor"    // undoes others' actions, manages topics, retrains, promotes, exports
	Admin     Role = "admin"     // manages users
)

// Roles lists every role, the weakest first.
var Roles = [4]Role{Viewer, Moderator, Editor, Admin}

// ParseRole reads a role's name.
func ParseRole(name string) (Role, error) {
	if role := Role(name); slices.Contains(Roles[:], role) {
		return role, nil
	}
	return "", moderation.Invalid("no role %q: viewer, moderator, editor or admin", name)
}

// AtLeast reports whether the role includes the other. What is not a role includes nothing.
func (r Role) AtLeast(other Role) bool {
	mine, theirs := slices.Index(Roles[:], r), slices.Index(Roles[:], other)
	return theirs >= 0 && mine >= theirs
}
