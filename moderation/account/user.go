package account

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"commentdesk/moderation"
)

// MaxName is the longest user name, in characters.
const MaxName = 64

// User is a person who may sign in.
type User struct {
	ID        int64
	Name      string // unique in any case
	Role      Role
	Disabled  bool
	Epoch     int64 // rises with every change of role, password or Disabled: a session of an earlier epoch has ended
	CreatedAt time.Time
}

// Change is what to change about a user; nil fields stay.
type Change struct {
	Hash     *string // of the password, in PHC form
	Role     *Role
	Disabled *bool
	SignOut  bool // ends the user's sessions, whatever else changes
}

// What events say of who signs in.
const (
	EventSignIn = "sign-in" // the kind, of sign-outs too
	SignedIn    = "signed in"
	SignedOut   = "signed out"
)

// Store keeps users. Each change notes its event in the same transaction.
type Store interface {
	// AddUser is Exists where the name is taken, in any case.
	AddUser(ctx context.Context, user User, hash, actor string) (User, error)
	// ChangeUser changes what the change names and raises the epoch. NotFound where there is no such user; Forbidden where no admin would be
	// left who can sign in.
	ChangeUser(ctx context.Context, name string, change Change, actor string, at time.Time) (User, error)
	// Users lists every user by name.
	Users(ctx context.Context) ([]User, error)
	CountUsers(ctx context.Context) (int, error)
	// LastSignIns is when each user last signed in, by the user's number, as the events tell; who never did is missing.
	LastSignIns(ctx context.Context) (map[int64]time.Time, error)
	// User and Credentials are NotFound where there is none.
	User(ctx context.Context, id int64) (User, error)
	Credentials(ctx context.Context, name string) (User, string, error)
}

// reservedNames stand in the ledger for what no person did.
var reservedNames = []string{"import", "clock", "commentdesk", "demonstration"}

// checkName says what is wrong with a new user's name.
func checkName(name string) error {
	if name == "" || utf8.RuneCountInString(name) > MaxName || !utf8.ValidString(name) {
		return moderation.Invalid("a user name has 1 to %d characters", MaxName)
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_@+", r) {
			return moderation.Invalid("a user name holds letters, digits and . - _ @ + only")
		}
	}
	for _, reserved := range reservedNames {
		if strings.EqualFold(name, reserved) {
			return moderation.Invalid("the name %q is taken by the program itself", name)
		}
	}
	return nil
}
