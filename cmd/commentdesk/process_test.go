package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// binary builds the program once for all tests of this run; TestMain removes it.
var binary = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "commentdesk-test-")
	if err != nil {
		return "", err
	}
	binaryFolder = folder
	path := filepath.Join(folder, "commentdesk")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

var binaryFolder string

func TestMain(m *testing.M) {
	code := m.Run()
	if binaryFolder != "" {
		os.RemoveAll(binaryFolder)
	}
	os.Exit(code)
}

// process is the real program, running.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	in    io.WriteCloser
	lines chan string // of standard error; closed at its end
}

// launch starts the program on the site's database. The test's end kills it if it still runs.
func (s *site) launch(args ...string) *process {
	s.t.Helper()
	path, err := binary()
	if err != nil {
		s.t.Fatal(err)
	}
	cmd := exec.CommandContext(s.t.Context(), path, args...)
	cmd.Env, cmd.Dir = append(os.Environ(), s.environment...), s.folder
	in, err := cmd.StdinPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	complaints, err := cmd.StderrPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	p := &process{t: s.t, cmd: cmd, in: in, lines: make(chan string, 1<<16)}
	go func() {
		defer close(p.lines)
		scanner := bufio.NewScanner(complaints)
		for scanner.Scan() {
			p.lines <- scanner.Text()
		}
	}()
	return p
}

// wait is the next line of standard error that holds the words.
func (p *process) wait(words string) string {
	p.t.Helper()
	for line := range p.lines {
		if strings.Contains(line, words) {
			return line
		}
	}
	p.t.Fatalf("the program ended without saying %q", words)
	return ""
}

// kill ends the program as a power cut does, and returns what it still had said.
func (p *process) kill() (rest []string) {
	p.t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	return p.end()
}

// end waits until the program has ended.
func (p *process) end() (rest []string) {
	for line := range p.lines {
		rest = append(rest, line)
	}
	p.cmd.Wait() // the exit state is in cmd.ProcessState
	return rest
}

// Ctrl-C ends a command that waits for its standard input.
func TestInterruptedAtTheKeyboard(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	s.must(exitDone, "import", s.file("c.jsonl", rows(t, "One.")))
	p := s.launch("label", "--file", "-")
	if _, err := io.WriteString(p.in, `{"id":"1","hostile":"no"}`+"\n"); err != nil {
		t.Fatal(err)
	}
	p.wait("1: labelled hostile: no")
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	p.wait("commentdesk: interrupted")
	p.end()
	if code := p.cmd.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit %d", code)
	}
}
