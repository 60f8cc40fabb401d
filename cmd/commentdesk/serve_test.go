package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDemoIsForThisMachineOnly(t *testing.T) {
	s := newSite(t)
	t.Chdir(s.folder)
	for _, address := range []string{":8080", "0.0.0.0:8080", "[::]:8080", "192.0.2.7:8080", "example.com:8080", "8080", ""} {
		o := s.run("serve", "--demo", "--addr", address)
		if o.code != exitUsage || o.out != "" || !strings.Contains(o.err, "--addr") {
			t.Errorf("--addr %q: %+v", address, o)
		}
	}
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0", "127.3.2.1:80"} {
		if err := checkDemoAddress(address); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
	if left, err := os.ReadDir(s.folder); err != nil || len(left) != 0 {
		t.Errorf("a refused demonstration left %v, %v", left, err)
	}
}

func TestServeOnATakenAddress(t *testing.T) {
	s := newSite(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if o := s.run("serve", "--addr", taken.Addr().String()); o.code != exitFailed || !strings.Contains(o.err, "address already in use") {
		t.Errorf("%+v", o)
	}
	if _, err := os.Stat(s.db); !os.IsNotExist(err) {
		t.Error("a database was made")
	}
}

// The demonstration never touches the database that the environment names; it prints a sign-in that works, the same one on the second start.
func TestDemo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.begin()
	s.must(exitDone, "queue")
	var kept []byte
	for range 2 {
		p, address := s.serve("--demo")
		password, err := os.ReadFile(filepath.Join(s.folder, "commentdesk-data", "demo.password"))
		if err != nil {
			t.Fatal(err)
		}
		if kept != nil && string(kept) != string(password) {
			t.Error("the second start has another password")
		}
		kept = password
		signIn(t, address, "demo", strings.TrimSpace(string(password)))
		if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		p.end()
		if code := p.cmd.ProcessState.ExitCode(); code != exitDone {
			t.Errorf("stopped with exit %d", code)
		}
	}
	contains(t, s.must(exitDone, "user", "list").err, "no users yet")
	if found := s.queue().Comments; len(found) != 0 {
		t.Error("the demonstration went into the newsroom's database")
	}
	demo := filepath.Join(s.folder, "commentdesk-data", "demo.db")
	contains(t, s.must(exitDone, "user", "list", "--db", demo).out, "demo")
	if found := s.queue("--db", demo, "--limit", "200").Comments; len(found) < 100 {
		t.Errorf("the demonstration has %d comments", len(found))
	}
}
