package account

import (
	"context"
	"time"

	"commentdesk/moderation"
)

// Service is what web and command line call. It does not ask what the actor may do: its callers do.
type Service struct {
	store  Store
	hasher hasher
	now    func() time.Time
}

// NewService wires the service. now is the clock; tests move it.
func NewService(store Store, now func() time.Time) *Service {
	return &Service{store: store, hasher: newHasher(), now: now}
}

// Add makes a user: Exists where the name is taken, Invalid where name, password or role are not fit.
func (s *Service) Add(ctx context.Context, actor, name, password string, role Role) (User, error) {
	if err := checkName(name); err != nil {
		return User{}, err
	}
	if _, err := ParseRole(string(role)); err != nil {
		return User{}, err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return User{}, err
	}
	return s.store.AddUser(ctx, User{Name: name, Role: role, Epoch: 1, CreatedAt: s.now()}, hash, actor)
}

// SetPassword gives a user a new password and ends the user's sessions.
func (s *Service) SetPassword(ctx context.Context, actor, name, password string) error {
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return err
	}
	return s.change(ctx, actor, name, Change{Hash: &hash})
}

// SetRole gives a user another role and ends the user's sessions. The last admin stays one: Forbidden.
func (s *Service) SetRole(ctx context.Context, actor, name string, role Role) error {
	if _, err := ParseRole(string(role)); err != nil {
		return err
	}
	return s.change(ctx, actor, name, Change{Role: &role})
}

// Disable keeps a user out, or lets the user in again, and ends the user's sessions. Nobody shuts themselves out, and the last admin stays in:
// Forbidden.
func (s *Service) Disable(ctx context.Context, actor, name string, disabled bool) error {
	if disabled && moderation.FoldCase(actor) == moderation.FoldCase(name) {
		return moderation.Forbidden("nobody disables themselves: another admin can")
	}
	return s.change(ctx, actor, name, Change{Disabled: &disabled})
}

// SignOut ends every session of a user and changes nothing else.
func (s *Service) SignOut(ctx context.Context, actor, name string) error {
	return s.change(ctx, actor, name, Change{SignOut: true})
}

func (s *Service) change(ctx context.Context, actor, name string, change Change) error {
	_, err := s.store.ChangeUser(ctx, name, change, actor, s.now())
	return err
}

// List is every user by name.
func (s *Service) List(ctx context.Context) ([]User, error) { return s.store.Users(ctx) }

// LastSignIns is when each user last signed in, by the user's number; who never did is missing.
func (s *Service) LastSignIns(ctx context.Context) (map[int64]time.Time, error) {
	return s.store.LastSignIns(ctx)
}

// Count is how many users there are, disabled ones too.
func (s *Service) Count(ctx context.Context) (int, error) { return s.store.CountUsers(ctx) }

// ByID is one user, NotFound where there is none.
func (s *Service) ByID(ctx context.Context, id int64) (User, error) { return s.store.User(ctx, id) }

// ByName is one user by name in any case, NotFound where there is none.
func (s *Service) ByName(ctx context.Context, name string) (User, error) {
	user, _, err := s.store.Credentials(ctx, name)
	return user, err
}

// Authenticate is the user who has that name and password. An unknown name, a wrong password and a disabled user take the same work and get
// the same error, which is Forbidden.
func (s *Service) Authenticate(ctx context.Context, name, password string) (User, error) {
	user, hash, err := s.store.Credentials(ctx, moderation.Clean(name))
	unknown := moderation.ErrorCode(err) == moderation.CodeNotFound
	if err != nil && !unknown {
		return User{}, err
	}
	if unknown {
		hash = noPassword
	}
	if len(password) > MaxPasswordBytes {
		password = password[:MaxPasswordBytes+1] // longer than any that can match, and bounded work
	}
	matches, err := s.hasher.matches(ctx, password, hash)
	if err != nil {
		return User{}, err
	}
	if unknown || !matches || user.Disabled {
		return User{}, moderation.Forbidden("wrong name or password")
	}
	return user, nil
}
