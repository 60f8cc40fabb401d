package main

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"commentdesk/moderation/learn"
)

// withPassword is a command that reads a password.
func (s *site) withPassword(code int, password string, args ...string) outcome {
	s.t.Helper()
	s.in = strings.NewReader(password)
	return s.must(code, args...)
}

func TestUsers(t *testing.T) {
	s := newSite(t)
	s.begin()
	contains(t, s.must(exitDone, "user", "list").err, "no users yet")
	contains(t, s.withPassword(exitDone, "a long password\n", "user", "add", "anna", "--role", "admin").err, "added anna, admin")
	s.withPassword(exitDone, "another password\r\nand a second line", "user", "add", "ben")
	for name, try := range map[string]struct {
		password string
		args     []string
		code     int
		says     string
	}{
		"short password":     {"too short\n", []string{"user", "add", "cleo"}, exitUsage, "at least 10 characters"},
		"no password":        {"", []string{"user", "add", "cleo"}, exitUsage, "at least 10 characters"},
		"long password":      {strings.Repeat("x", 300) + "\n", []string{"user", "add", "cleo"}, exitUsage, "at most 200 bytes"},
		"name taken":         {"a long password\n", []string{"user", "add", "ANNA"}, exitFailed, "ANNA"},
		"no name":            {"a long password\n", []string{"user", "add", "two words"}, exitUsage, "user name"},
		"short new password": {"short\n", []string{"user", "passwd", "anna"}, exitUsage, "at least 10 characters"},
		"the last admin":     {"", []string{"user", "role", "anna", "editor"}, exitFailed, "admin"},
		"disabling it":       {"", []string{"user", "disable", "anna"}, exitFailed, "admin"},
		"no such role":       {"", []string{"user", "role", "ben", "queen"}, exitUsage, "queen"},
	} {
		t.Run(name, func(t *testing.T) { contains(t, s.withPassword(try.code, try.password, try.args...).err, try.says) })
	}
	if list := s.must(exitDone, "user", "list").out; list != "anna                     admin\nben                      moderator\n" {
		t.Error(list)
	}
	if !s.signsIn("anna", "a long password") || !s.signsIn("ben", "another password") || s.signsIn("ben", "a long password") {
		t.Error("the passwords are not those that were given")
	}
	s.withPassword(exitDone, "yet another one\n", "user", "passwd", "ben")
	if s.signsIn("ben", "another password") || !s.signsIn("ben", "yet another one") {
		t.Error("the password is the old one")
	}
	s.must(exitDone, "user", "role", "ben", "admin")
	s.must(exitDone, "user", "disable", "anna")
	contains(t, s.must(exitDone, "user", "list").out, "anna                     admin  disabled", "ben                      admin\n")
	if s.signsIn("anna", "a long password") {
		t.Error("a disabled user signs in")
	}
	contains(t, s.must(exitFailed, "user", "disable", "ben").err, "admin")
	s.must(exitDone, "user", "disable", "anna", "--undo")
	s.must(exitDone, "user", "disable", "ben")
	if !s.signsIn("anna", "a long password") {
		t.Error("let in again, and still out")
	}
}

func (s *site) signsIn(name, password string) bool {
	s.t.Helper()
	d := s.open()
	defer d.Close()
	_, err := d.accounts.Authenticate(s.t.Context(), name, password)
	return err == nil
}

// open is the site's desk, for what no command shows.
func (s *site) open() *desk {
	s.t.Helper()
	d, err := openDeskAt(s.t.Context(), s.db, func() time.Time { return s.now }, learn.Options{Logger: slog.New(slog.DiscardHandler), AutoPromote: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}
