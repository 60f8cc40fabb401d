package account_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
	"commentdesk/moderation/sqlstore"
)

const secret = "correct horse battery"

// newService is a service on an empty database, with its store.
func newService(t *testing.T) (*account.Service, *sqlstore.Store) {
	t.Helper()
	store, err := sqlstore.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	now := time.Date(2026, 5, 14, 9, 0, 0, 0, time.UTC)
	return account.NewService(store, func() time.Time { return now }), store
}

func add(t *testing.T, service *account.Service, name string, role account.Role) account.User {
	t.Helper()
	user, err := service.Add(t.Context(), "setup", name, secret, role)
	if err != nil {
		t.Fatal(err)
	}
	return user
}

func TestRoles(t *testing.T) {
	for i, role := range account.Roles {
		parsed, err := account.ParseRole(string(role))
		if err != nil || parsed != role {
			t.Errorf("%s: %s, error %v", role, parsed, err)
		}
		for j, other := range account.Roles {
			if role.AtLeast(other) != (i >= j) {
				t.Errorf("%s at least %s is %v", role, other, role.AtLeast(other))
			}
		}
	}
	for _, bad := range []account.Role{"", "root", "Admin"} {
		if _, err := account.ParseRole(string(bad)); moderation.ErrorCode(err) != moderation.CodeInvalid {
			t.Errorf("%q: %v", bad, err)
		}
		if bad.AtLeast(account.Viewer) || account.Admin.AtLeast(bad) || bad.AtLeast(bad) {
			t.Errorf("%q counts as a role", bad)
		}
	}
}

func TestAddRefuses(t *testing.T) {
	service, _ := newService(t)
	add(t, service, "Zoë.O-1@desk", account.Admin)
	for _, test := range []struct {
		name, password string
		role           account.Role
		code           moderation.Code
	}{
		{"", secret, account.Viewer, moderation.CodeInvalid},
		{"two words", secret, account.Viewer, moderation.CodeInvalid},
		{"new\nline", secret, account.Viewer, moderation.CodeInvalid},
		{"a\u202eb", secret, account.Viewer, moderation.CodeInvalid},
		{"\xff", secret, account.Viewer, moderation.CodeInvalid},
		{strings.Repeat("a", 65), secret, account.Viewer, moderation.CodeInvalid},
		{"Import", secret, account.Viewer, moderation.CodeInvalid},
		{"commentdesk", secret, account.Viewer, moderation.CodeInvalid},
		{"Clock", secret, account.Viewer, moderation.CodeInvalid},
		{"ben", "ninechars", account.Viewer, moderation.CodeInvalid},
		{"ben", strings.Repeat("a", 201), account.Viewer, moderation.CodeInvalid},
		{"ben", secret, "root", moderation.CodeInvalid},
		{"ZOË.o-1@DESK", secret, account.Viewer, moderation.CodeExists},
	} {
		if _, err := service.Add(t.Context(), "setup", test.name, test.password, test.role); moderation.ErrorCode(err) != test.code {
			t.Errorf("%q, %q, %q: %v, want %s", test.name, test.password, test.role, err, test.code)
		}
	}
	if n, err := service.Count(t.Context()); n != 1 || err != nil {
		t.Errorf("%d users, error %v", n, err)
	}
}

func TestAuthenticate(t *testing.T) {
	service, _ := newService(t)
	ada := add(t, service, "ada", account.Admin)
	add(t, service, "ben", account.Moderator)
	if err := service.Disable(t.Context(), "ada", "ben", true); err != nil {
		t.Fatal(err)
	}
	if user, err := service.Authenticate(t.Context(), "Ada", secret); err != nil || user != ada {
		t.Errorf("ada: %+v, error %v", user, err)
	}
	var first error
	for _, test := range [][2]string{{"ada", "wrong horse battery"}, {"ada", ""}, {"nobody", secret}, {"", ""}, {"ben", secret}, {"ben", "wrong"},
		{"\x00\xff", secret}, {"ada", strings.Repeat("x", 1<<20)}} {
		user, err := service.Authenticate(t.Context(), test[0], test[1])
		if moderation.ErrorCode(err) != moderation.CodeForbidden || user != (account.User{}) {
			t.Errorf("%.20q, %.20q: %+v, error %v", test[0], test[1], user, err)
			continue
		}
		if first == nil {
			first = err
		}
		if err.Error() != first.Error() {
			t.Errorf("%.20q, %.20q: %q tells it apart from %q", test[0], test[1], err, first)
		}
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := service.Authenticate(cancelled, "ada", secret); !errors.Is(err, context.Canceled) {
		t.Errorf("with a cancelled request: %v", err)
	}
}

func TestLongestPassword(t *testing.T) {
	service, _ := newService(t)
	longest := strings.Repeat("é", account.MaxPasswordBytes/2)
	if _, err := service.Add(t.Context(), "setup", "ada", longest, account.Admin); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Authenticate(t.Context(), "ada", longest); err != nil {
		t.Error(err)
	}
	if _, err := service.Authenticate(t.Context(), "ada", longest+"x"); moderation.ErrorCode(err) != moderation.CodeForbidden {
		t.Errorf("a longer one: %v", err)
	}
}

func TestPasswordHashes(t *testing.T) {
	service, store := newService(t)
	add(t, service, "ada", account.Admin)
	add(t, service, "ben", account.Admin)
	_, first, _ := store.Credentials(t.Context(), "ada")
	_, second, _ := store.Credentials(t.Context(), "ben")
	if !strings.HasPrefix(first, "$argon2id$v=19$m=19456,t=2,p=1$") || first == second || strings.Contains(first, secret) {
		t.Errorf("the hashes are %q and %q", first, second)
	}
	broken := "$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA"
	if _, err := store.ChangeUser(t.Context(), "ben", account.Change{Hash: &broken}, "test", time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Authenticate(t.Context(), "ben", secret); err == nil || moderation.ErrorCode(err) != "" {
		t.Errorf("a hash of unknown form: %v", err)
	}
}

func TestChangesEndSessions(t *testing.T) {
	service, store := newService(t)
	add(t, service, "ada", account.Admin)
	ben := add(t, service, "ben", account.Viewer)
	steps := []func() error{
		func() error { return service.SetPassword(t.Context(), "ada", "ben", "another long secret") },
		func() error { return service.SetRole(t.Context(), "ada", "ben", account.Editor) },
		func() error { return service.Disable(t.Context(), "ada", "ben", true) },
		func() error { return service.Disable(t.Context(), "ada", "ben", false) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
		if user, err := service.ByID(t.Context(), ben.ID); err != nil || user.Epoch != ben.Epoch+int64(i)+1 {
			t.Errorf("after change %d the epoch is %d, error %v", i, user.Epoch, err)
		}
	}
	if user, err := service.Authenticate(t.Context(), "ben", "another long secret"); err != nil || user.Role != account.Editor {
		t.Errorf("%+v, error %v", user, err)
	}
	if _, err := service.Authenticate(t.Context(), "ben", secret); moderation.ErrorCode(err) != moderation.CodeForbidden {
		t.Errorf("with the old password: %v", err)
	}
	events, err := store.Events(t.Context(), 0, 10)
	if err != nil || len(events) != 6 || events[2].Actor != "ada" || events[2].Subject != "ben" || events[2].Detail != "role editor" {
		t.Errorf("the events are %+v, error %v", events, err)
	}
	for _, e := range events {
		if strings.Contains(e.Detail, "secret") || strings.Contains(e.Detail, "argon2") {
			t.Errorf("an event tells the password: %+v", e)
		}
	}
	if users, err := service.List(t.Context()); err != nil || len(users) != 2 {
		t.Errorf("%+v, error %v", users, err)
	}
}

func TestNobodyDisablesThemselves(t *testing.T) {
	service, _ := newService(t)
	add(t, service, "ada", account.Admin)
	add(t, service, "ben", account.Admin)
	if err := service.Disable(t.Context(), "ada", "ADA", true); moderation.ErrorCode(err) != moderation.CodeForbidden {
		t.Errorf("error %v", err)
	}
	if user, err := service.ByName(t.Context(), "ada"); err != nil || user.Disabled {
		t.Errorf("%+v, error %v", user, err)
	}
}

func TestLastAdminStays(t *testing.T) {
	service, _ := newService(t)
	add(t, service, "ada", account.Admin)
	add(t, service, "ben", account.Admin)
	if err := service.Disable(t.Context(), "ada", "ben", true); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{
		"a disabled admin does not count": service.SetRole(t.Context(), "ada", "ada", account.Editor),
		"disabling":                       service.Disable(t.Context(), "ada", "ADA", true),
	} {
		if moderation.ErrorCode(err) != moderation.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := service.SetPassword(t.Context(), "ada", "ada", "another long secret"); err != nil {
		t.Errorf("the last admin's password: %v", err)
	}
	user, err := service.ByName(t.Context(), "ada")
	if err != nil || user.Role != account.Admin || user.Disabled {
		t.Errorf("%+v, error %v", user, err)
	}
	for _, err := range []error{service.SetRole(t.Context(), "ada", "nobody", account.Admin), service.Disable(t.Context(), "ada", "nobody", true)} {
		if moderation.ErrorCode(err) != moderation.CodeNotFound {
			t.Errorf("of nobody: %v", err)
		}
	}
}
