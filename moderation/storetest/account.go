package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"commentdesk/moderation"
	"commentdesk/moderation/account"
)

func usersUnderGuard(t *testing.T, store Store) {
	ctx := context.Background()
	add := func(name string, role account.Role) (account.User, error) {
		return store.AddUser(ctx, account.User{Name: name, Role: role, Epoch: 1, CreatedAt: Start}, "hash of "+name, "setup")
	}
	if n, err := store.CountUsers(ctx); err != nil || n != 0 {
		t.Errorf("%d users at first, error %v", n, err)
	}
	ada, err := add("Ada", account.Admin)
	if err != nil || ada.ID == 0 {
		t.Fatalf("the user is %+v, error %v", ada, err)
	}
	_, err = add("ADA", account.Viewer)
	wantCode(t, err, moderation.CodeExists)
	ben, err := add("ben", account.Moderator)
	if err != nil {
		t.Fatal(err)
	}
	got, hash, err := store.Credentials(ctx, "aDA")
	if diff := cmp.Diff(ada, got); diff != "" || err != nil || hash != "hash of Ada" {
		t.Errorf("by name: %s, hash %q, error %v", diff, hash, err)
	}
	if got, err := store.User(ctx, ben.ID); err != nil || got != ben {
		t.Errorf("by number: %+v, error %v", got, err)
	}
	_, err = store.User(ctx, 99)
	wantCode(t, err, moderation.CodeNotFound)
	_, _, err = store.Credentials(ctx, "nobody")
	wantCode(t, err, moderation.CodeNotFound)

	viewer, admin, yes, no, secret := account.Viewer, account.Admin, true, false, "another hash"
	_, err = store.ChangeUser(ctx, "ada", account.Change{Role: &viewer}, "ada", Start)
	wantCode(t, err, moderation.CodeForbidden)
	_, err = store.ChangeUser(ctx, "ada", account.Change{Disabled: &yes}, "ada", Start)
	wantCode(t, err, moderation.CodeForbidden)
	if got, _ := store.User(ctx, ada.ID); got != ada {
		t.Errorf("a refused change left %+v", got)
	}
	for i, change := range []account.Change{{Role: &admin}, {Hash: &secret}, {Disabled: &yes}, {Disabled: &no}} {
		got, err := store.ChangeUser(ctx, "ben", change, "ada", Start)
		if err != nil || got.Epoch != int64(i)+2 || got.Role != account.Admin || got.Disabled != (i == 2) {
			t.Errorf("change %d: %+v, error %v", i, got, err)
		}
	}
	if _, hash, _ := store.Credentials(ctx, "ben"); hash != secret {
		t.Errorf("the hash is %q", hash)
	}
	if _, err := store.ChangeUser(ctx, "ada", account.Change{Role: &viewer}, "ben", Start); err != nil {
		t.Errorf("with another admin, an admin can step down: %v", err)
	}
	_, err = store.ChangeUser(ctx, "nobody", account.Change{Role: &viewer}, "ben", Start)
	wantCode(t, err, moderation.CodeNotFound)
	users, err := store.Users(ctx)
	if err != nil || len(users) != 2 || users[0].Name != "Ada" || users[1].Name != "ben" {
		t.Errorf("the users are %+v, error %v", users, err)
	}
	if got, err := store.ChangeUser(ctx, "ben", account.Change{SignOut: true}, "ben", Start); err != nil || got.Epoch != 6 || got.Role != account.Admin || got.Disabled {
		t.Errorf("signed out everywhere: %+v, error %v", got, err)
	}
	if events, err := store.Events(ctx, 0, 1); err != nil || events[0].Subject != "ben" || events[0].Detail != "signed out everywhere" {
		t.Errorf("the event is %+v, error %v", events, err)
	}
	if events, err := store.Events(ctx, 0, 20); err != nil || len(events) != 8 {
		t.Errorf("%d events, want 8 (two users added, six changes), error %v", len(events), err)
	}
}

func noAdminYet(t *testing.T, store Store) {
	ctx := context.Background()
	if _, err := store.AddUser(ctx, account.User{Name: "ben", Role: account.Moderator, Epoch: 1, CreatedAt: Start}, "hash", "setup"); err != nil {
		t.Fatal(err)
	}
	editor, yes := account.Editor, true
	for _, change := range []account.Change{{Role: &editor}, {Disabled: &yes}} {
		if _, err := store.ChangeUser(ctx, "ben", change, "command line", Start); err != nil {
			t.Errorf("ben is no admin: %v", err)
		}
	}
}

func lastSignInsTold(t *testing.T, store Store) {
	ctx := context.Background()
	ids := map[string]int64{}
	for _, name := range []string{"Ada", "ben", "eva"} {
		user, err := store.AddUser(ctx, account.User{Name: name, Role: account.Viewer, Epoch: 1, CreatedAt: Start}, "hash", "setup")
		if err != nil {
			t.Fatal(err)
		}
		ids[name] = user.ID
	}
	for i, e := range []moderation.Event{
		{Actor: "Ada", Kind: account.EventSignIn, Detail: account.SignedIn}, {Actor: "ben", Kind: account.EventSignIn, Detail: account.SignedIn},
		{Actor: "Ada", Kind: account.EventSignIn, Detail: account.SignedIn}, {Actor: "Ada", Kind: account.EventSignIn, Detail: account.SignedOut},
		{Actor: "eva", Kind: "user changed", Detail: account.SignedIn},
	} {
		if err := store.Note(ctx, Start.Add(time.Duration(i)*time.Hour), e.Actor, e.Kind, e.Actor, e.Detail); err != nil {
			t.Fatal(err)
		}
	}
	last, err := store.LastSignIns(ctx)
	want := map[int64]time.Time{ids["Ada"]: Start.Add(2 * time.Hour), ids["ben"]: Start.Add(time.Hour)}
	if diff := cmp.Diff(want, last); diff != "" || err != nil {
		t.Errorf("last sign-ins differ (-want +got): %s, error %v", diff, err)
	}
}

func sessionsExpire(t *testing.T, store Store) {
	ctx, now := context.Background(), Start
	sessions := store.Sessions(func() time.Time { return now })
	find := func(token string) string {
		t.Helper()
		data, found, err := sessions.FindCtx(ctx, token)
		if err != nil || !found && data != nil {
			t.Fatalf("find %s: %q, %v, %v", token, data, found, err)
		}
		return fmt.Sprintf("%v %s", found, data)
	}
	commit := func(token, data string, expiry time.Time) {
		t.Helper()
		if err := sessions.CommitCtx(ctx, token, []byte(data), expiry); err != nil {
			t.Fatal(err)
		}
	}
	commit("one", "first", now.Add(time.Hour))
	commit("two", "second", now.Add(2*time.Hour))
	commit("one", "changed", now.Add(time.Hour))
	if got := find("one"); got != "true changed" {
		t.Errorf("one is %q", got)
	}
	if got := find("three"); got != "false " {
		t.Errorf("three is %q", got)
	}
	now = now.Add(time.Hour)
	if got := find("one"); got != "false " {
		t.Errorf("expired, one is %q", got)
	}
	commit("three", "third", now.Add(time.Hour))
	now = Start
	if got := find("one"); got != "false " {
		t.Errorf("an expired session was kept: %q", got)
	}
	for range 2 {
		if err := sessions.DeleteCtx(ctx, "two"); err != nil {
			t.Fatal(err)
		}
	}
	if got := find("two") + find("three"); got != "false true third" {
		t.Errorf("two and three are %q", got)
	}
	commit("two", "back", now.Add(2*time.Hour)) // by a request that was under way when the session ended
	if got := find("two"); got != "false " {
		t.Errorf("an ended session came back: %q", got)
	}
	if err := sessions.DeleteCtx(ctx, "never there"); err != nil {
		t.Fatal(err)
	}
}

func eventsListed(t *testing.T, store Store) {
	ctx := context.Background()
	for i := range 5 {
		if err := store.Note(ctx, Start.Add(time.Duration(i)*time.Second), "anna", "sign-in", fmt.Sprint(i), "from \x00 a browser"); err != nil {
			t.Fatal(err)
		}
	}
	subjects := func(before int64, limit int) (subjects []string, last int64) {
		events, err := store.Events(ctx, before, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			subjects, last = append(subjects, e.Subject), e.ID
		}
		return subjects, last
	}
	first, last := subjects(0, 3)
	rest, _ := subjects(last, 3)
	if !slices.Equal(first, []string{"4", "3", "2"}) || !slices.Equal(rest, []string{"1", "0"}) {
		t.Errorf("events %q, then %q", first, rest)
	}
	events, _ := store.Events(ctx, 0, 1)
	want := moderation.Event{ID: events[0].ID, At: Start.Add(4 * time.Second), Actor: "anna", Kind: "sign-in", Subject: "4", Detail: "from \uFFFD a browser"}
	if events[0] != want {
		t.Errorf("the event is %+v", events[0])
	}
}
